"""Where people and institutions are searched, and what a word may stand for that is not in the
database: the name of a country in the reader's language, the relation of an institution.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django_countries import countries

from pip_network.choices import Relation
from pip_network.web.text import Meaning, Searched, fold


def with_name(word: str, names: Mapping[str, object] | Iterable[tuple[str, object]]) -> list[str]:
    """Codes whose name, in the reader's language, contains `word`."""
    pairs = names.items() if isinstance(names, Mapping) else names
    return sorted(code for code, name in pairs if word in fold(str(name)))


def country(lookup: str = "country") -> Meaning:
    return lambda word: Q(**{f"{lookup}__in": with_name(word, countries)})


def relation(word: str) -> Q:
    return Q(relation__in=with_name(word, Relation.choices))


INSTITUTIONS = Searched(("searched",), (country("iso2"), relation))
PEOPLE = Searched(("folded", "email", "institution__folded", "institution__folded_acronym"))
