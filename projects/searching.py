"""What a person types into a search box of the registry: names and codes, but also words that are
not in the database, such as the name of a country in her language or of a typology.
"""

from collections.abc import Callable, Iterable, Mapping

from django.db.models import Q, QuerySet
from django_countries import countries

from pip_network.web.text import Folded, fold
from projects.choices import Sector, Typology
from projects.models import Network, Project

WORDS = 8  # of a search; what follows is not looked for

Codes = Callable[[str], Q]


def search(queryset: QuerySet, text: str, columns: Iterable[str], *named: Codes) -> QuerySet:
    """Rows where each word of `text` occurs in a column, or in one of the names that `named` look
    up.
    """
    words = fold(text).split()[:WORDS]
    if not words:
        return queryset
    folded = {f"folded_{place}": Folded(column) for place, column in enumerate(columns)}
    queryset = queryset.alias(**folded)
    for word in words:
        found = Q()
        for name in folded:
            found |= Q(**{f"{name}__contains": word})
        for look_up in named:
            found |= look_up(word)
        queryset = queryset.filter(found)
    return queryset


def with_name(word: str, names: Mapping[str, object] | Iterable[tuple[str, object]]) -> list[str]:
    """Codes whose name, in the reader's language, contains `word`."""
    pairs = names.items() if isinstance(names, Mapping) else names
    return sorted(code for code, name in pairs if word in fold(str(name)))


def country(lookup: str = "country") -> Codes:
    return lambda word: Q(**{f"{lookup}__in": with_name(word, countries)})


def typology(word: str) -> Q:
    return Q(typology__in=with_name(word, Typology.choices))


def sector(word: str) -> Q:
    return Q(sector__in=with_name(word, Sector.choices))


def project_country(word: str) -> Q:
    through = Project.countries.through.objects.filter(country__in=with_name(word, countries))
    return Q(pk__in=through.values("project"))


def project_kind(word: str) -> Q:
    """Projects with a network of a typology or sector so called."""
    return Q(
        pk__in=Network.objects.current().filter(typology(word) | sector(word)).values("project")
    )
