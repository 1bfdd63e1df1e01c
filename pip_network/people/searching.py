"""Where people and institutions are searched, and what a word may stand for that is not in the
database: the name of a country in any of the languages, the relation of an institution.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django_countries import countries

from pip_network.choices import Relation
from pip_network.folding.words import keyed
from pip_network.web.text import How, Meaning, Searched, holds


def in_every_language(name_of: Callable[[], object]) -> str:
    """A text as each of our languages has it: for names that are not in the database."""
    names = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.append(str(name_of()))
    return " . ".join(dict.fromkeys(names))


class Called:
    """Codes by what they are called in any of the languages, which is read once."""

    def __init__(self, codes: Callable[[], Iterable[str]], name: Callable[[str], object]) -> None:
        self.codes, self.name = codes, name

    @cached_property
    def names(self) -> dict[str, str]:
        return {code: keyed(self._in_every_language(code)) for code in self.codes()}

    def _in_every_language(self, code: str) -> str:
        return in_every_language(lambda: self.name(code))

    def by(self, word: str, how: How) -> list[str]:
        return sorted(code for code, name in self.names.items() if holds(name, [word], how))


COUNTRIES = Called(lambda: dict(countries), countries.name)
RELATIONS = Called(lambda: Relation.values, lambda value: Relation(value).label)


def country(lookup: str = "country") -> Meaning:
    return lambda word, how: Q(**{f"{lookup}__in": COUNTRIES.by(word, how)})


def relation(word: str, how: How) -> Q:
    return Q(relation__in=RELATIONS.by(word, how))


INSTITUTIONS = Searched(("searched",), (country("iso2"), relation))
PEOPLE = Searched(("named", "email", "institution__named", "institution__folded_acronym"))
