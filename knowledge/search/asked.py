"""A question as the parameters of an address: what is asked and what narrows it."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from pip_network.folding.words import seen_as_typed

from .answers import Answer
from .facet_labels import FACETS, label
from .questions import read

LONGEST_VALUE = 80


def answer_to(values: QueryDict, keys: frozenset[str]) -> Answer:
    """The answer to the question of an address, for a reader with these `keys`."""
    return Answer(
        read(values.get("q", "")),
        keys,
        {name: seen_as_typed(values.get(name, ""))[:LONGEST_VALUE] for name in FACETS},
        expand=values.get("expand") != "0",
    )


def question_of(values: QueryDict) -> str:
    """The address of the same question: neither page nor order."""
    asked = QueryDict(mutable=True)
    for name in ("q", *FACETS, "expand"):
        if value := seen_as_typed(values.get(name, "")):
            asked[name] = value
    return asked.urlencode()


def name_of(values: QueryDict) -> str:
    """What was typed and what narrows it, in words."""
    narrowed = [
        label(name, str(values.get(name))[:LONGEST_VALUE]) for name in FACETS if values.get(name)
    ]
    said = ", ".join(filter(None, (read(values.get("q", "")).typed, *narrowed)))
    return " ".join(said.split()) or _("All of the library")
