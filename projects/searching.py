"""What a word typed into a search box of the registry may stand for, beside what its columns say:
words that are not in the database, such as the name of a country in her language or of a typology.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django_countries import countries

from pip_network.choices import Relation
from pip_network.web.text import Meaning, fold
from projects.choices import Sector, Typology
from projects.models import Network, Project
from projects.tax_ids import tax_key


def with_name(word: str, names: Mapping[str, object] | Iterable[tuple[str, object]]) -> list[str]:
    """Codes whose name, in the reader's language, contains `word`."""
    pairs = names.items() if isinstance(names, Mapping) else names
    return sorted(code for code, name in pairs if word in fold(str(name)))


def country(lookup: str = "country") -> Meaning:
    return lambda word: Q(**{f"{lookup}__in": with_name(word, countries)})


def tax_id(word: str) -> Q:
    """However it was written."""
    key = tax_key(word)
    return Q(tax_key__contains=key) if key else Q(pk__in=())


def typology(word: str) -> Q:
    return Q(typology__in=with_name(word, Typology.choices))


def sector(word: str) -> Q:
    return Q(sector__in=with_name(word, Sector.choices))


def relation(word: str) -> Q:
    return Q(relation__in=with_name(word, Relation.choices))


def project_country(word: str) -> Q:
    through = Project.countries.through.objects.filter(country__in=with_name(word, countries))
    return Q(pk__in=through.values("project"))


def project_kind(word: str) -> Q:
    """Projects with a network of a typology or sector so called."""
    return Q(
        pk__in=Network.objects.current().filter(typology(word) | sector(word)).values("project")
    )
