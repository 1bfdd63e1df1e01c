"""What a word typed into a search box of the registry may stand for, beside what its columns say:
words that are not in the database, such as the name of a country in her language or of a typology.
"""

from django.db.models import Q
from django_countries import countries

from pip_network.people.searching import country, with_name
from pip_network.web.text import Meaning, Searched
from projects.choices import Sector, Typology
from projects.models import Membership, Network, Project
from projects.models.network import NetworkQuerySet
from projects.tax_ids import tax_key


def tax_id(word: str) -> Q:
    """However it was written."""
    key = tax_key(word)
    return Q(tax_key__contains=key) if key else Q(pk__in=())


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


def of_networks(networks: NetworkQuerySet) -> Meaning:
    """Firms of those of `networks` that are so called, or work in a place so called."""

    def meaning(word: str) -> Q:
        named = networks.current().filter(searched__contains=word)
        return Q(pk__in=Membership.objects.filter(network__in=named).values("firm"))

    return meaning


PROJECTS = Searched(
    (
        "searched",
        "code",
        "executing_institution__folded",
        "executing_institution__folded_acronym",
    ),
    (project_country, project_kind),
)
NETWORKS = Searched(
    (
        "searched",
        "code",
        "project__folded",
        "project__code",
        "project__executing_institution__folded",
    ),
    (country(), typology, sector),
)


def firms_in(networks: NetworkQuerySet) -> Searched:
    """Firms, by their networks too: those whose firms the reader may see by name."""
    return Searched(("folded", "code"), (tax_id, country(), sector, of_networks(networks)))
