"""What a word typed into a search box of the registry may stand for, beside what its columns say:
words that are not in the database, such as the name of a country or of a typology in any language.
"""

from django.db.models import Q

from pip_network.people.searching import COUNTRIES, Called, country
from pip_network.web.text import How, Meaning, Searched, having
from projects.choices import Sector, Typology
from projects.models import Membership, Network, Project
from projects.models.network import NetworkQuerySet
from projects.tax_ids import tax_key

TYPOLOGIES = Called(lambda: Typology.values, lambda value: Typology(value).label)
SECTORS = Called(lambda: Sector.values, lambda value: Sector(value).label)


def tax_id(word: str, _how: How) -> Q:
    """However it was written."""
    key = tax_key(word)
    return Q(tax_key__contains=key) if key else Q(pk__in=())


def typology(word: str, how: How) -> Q:
    return Q(typology__in=TYPOLOGIES.by(word, how))


def sector(word: str, how: How) -> Q:
    return Q(sector__in=SECTORS.by(word, how))


def project_country(word: str, how: How) -> Q:
    through = Project.countries.through.objects.filter(country__in=COUNTRIES.by(word, how))
    return Q(pk__in=through.values("project"))


def project_kind(word: str, how: How) -> Q:
    """Projects with a network of a typology or sector so called."""
    called = typology(word, how) | sector(word, how)
    return Q(pk__in=Network.objects.current().filter(called).values("project"))


def of_networks(networks: NetworkQuerySet) -> Meaning:
    """Firms of those of `networks` that are so called, or work in a place so called."""

    def meaning(word: str, how: How) -> Q:
        called = networks.current().filter(having(Network, [word], ["searched"], how=how))
        return Q(pk__in=Membership.objects.filter(network__in=called).values("firm"))

    return meaning


PROJECTS = Searched(
    (
        "searched",
        "code",
        "executing_institution__named",
        "executing_institution__folded_acronym",
    ),
    (project_country, project_kind),
)
NETWORKS = Searched(
    (
        "searched",
        "code",
        "project__named",
        "project__code",
        "project__executing_institution__named",
    ),
    (country(), typology, sector),
)


def firms_in(networks: NetworkQuerySet) -> Searched:
    """Firms, by their networks too: those whose firms the reader may see by name."""
    return Searched(("named", "code"), (tax_id, country(), sector, of_networks(networks)))
