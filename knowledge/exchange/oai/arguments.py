"""What a harvester asks: a verb, and what the verb takes."""

import re
from typing import NamedTuple

from django.http import QueryDict

from . import stamps
from .errors import OaiError, bad_argument


class Takes(NamedTuple):
    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


PREFIX, TOKEN = "metadataPrefix", "resumptionToken"
LIST = Takes(frozenset({PREFIX}), frozenset({"from", "until", "set", TOKEN}))
VERBS = {
    "Identify": Takes(),
    "ListMetadataFormats": Takes(may=frozenset({"identifier"})),
    "ListSets": Takes(may=frozenset({TOKEN})),
    "ListIdentifiers": LIST,
    "ListRecords": LIST,
    "GetRecord": Takes(frozenset({"identifier", PREFIX})),
}
# What the schema lets an answer repeat, with fewer letters for identifiers than there might be.
WORD = r"[A-Za-z0-9\-_.!~*'()]+"
FORMS = {
    PREFIX: re.compile(WORD),
    "set": re.compile(rf"{WORD}(:{WORD})*"),
    "identifier": re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-_.!~*'():;@&=+$,]+|{WORD}"),
}


def verb_of(values: QueryDict) -> str:
    verbs = values.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", f"Give one verb of {', '.join(VERBS)}.")
    return verbs[0]


def arguments_of(values: QueryDict) -> dict[str, str]:
    """All but the verb, each once. Raises OaiError."""
    takes = VERBS[verb_of(values)]
    given = {name: str(values[name]) for name in values if name != "verb"}
    if any(len(values.getlist(name)) > 1 for name in given):
        raise bad_argument("An argument is repeated.")
    if given.keys() - takes.must - takes.may:
        raise bad_argument("The verb does not take one of the arguments.")
    if TOKEN in given:
        if len(given) > 1:
            raise bad_argument("resumptionToken excludes all other arguments.")
        return given
    if missing := takes.must - given.keys():
        raise bad_argument(f"The verb needs {' and '.join(sorted(missing))}.")
    for name, form in FORMS.items():
        if name in given and not form.fullmatch(given[name]):
            raise bad_argument(f"{name} is not well formed.")
    for name in ("from", "until"):
        if name in given:
            stamps.read(given[name])  # an empty one is none either
    stamps.require_span(given.get("from", ""), given.get("until", ""))
    return given
