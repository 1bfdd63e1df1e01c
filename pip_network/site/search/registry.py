"""The rooms of the registry: projects, networks, institutions, typologies, countries, firms."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.people.searching import INSTITUTIONS, in_every_language
from projects import documented, searching
from projects.choices import PROGRAMME, Typology
from projects.documented import Documented
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily

from .addresses import first_address
from .answers import Answer, Hit, Reader
from .questions import Question
from .ranking import Candidate, listed, ranked


def outside(family: ProjectFamily) -> str:
    """What a project of another family must say wherever it is found: no total counts it."""
    if family.code == PROGRAMME:
        return ""
    return _("%(family)s: outside the nineteen projects of the programme") % {"family": family.name}


def projects(_reader: Reader, question: Question, limit: int) -> Answer:
    """Projects that are not archived, of every family."""
    rows = Project.objects.current().select_related("executing_institution", "family")
    return ranked(rows, question, searching.PROJECTS, _project, code="code", limit=limit)


def _project(project: Project) -> Hit:
    return Hit(
        project.name,
        project.get_absolute_url(),
        project.code,
        project.executing_institution.name,
        origin=project.origin,
        aside=outside(project.family),
    )


def networks(_reader: Reader, question: Question, limit: int) -> Answer:
    """Networks that are not archived, of every family."""
    rows = Network.objects.current().select_related("country", "project__family")
    return ranked(rows, question, searching.NETWORKS, _network, code="code", limit=limit)


def _network(network: Network) -> Hit:
    return Hit(
        network.name,
        network.get_absolute_url(),
        network.code,
        f"{network.get_typology_display()} · {network.country.name}",
        origin=network.origin,
        aside=outside(network.project.family),
    )


def institutions(_reader: Reader, question: Question, limit: int) -> Answer:
    """Institutions, by name or acronym."""
    rows = Institution.objects.current()
    return ranked(rows, question, INSTITUTIONS, _institution, code="folded_acronym", limit=limit)


def _institution(institution: Institution) -> Hit:
    return Hit(
        institution.name,
        reverse("institution", args=[institution.slug]),
        note=f"{institution.get_relation_display()} · {institution.country}"
        if institution.country
        else institution.get_relation_display(),
        origin=institution.origin,
    )


def typologies(_reader: Reader, question: Question, limit: int) -> Answer:
    """Typologies, in any of the languages."""
    return listed(map(_typology, Typology), question, limit)


def _typology(typology: Typology) -> Candidate:
    address = first_address(("typology", [typology.value]), ("networks", []))
    searched = in_every_language(lambda: str(typology.label))
    return Candidate(typology.value, searched, Hit(str(typology.label), address or ""))


def countries(_reader: Reader, question: Question, limit: int) -> Answer:
    """Countries, in any of the languages or by their two letters."""
    return listed(map(_country, Country.objects.order_by("iso2")), question, limit)


def _country(country: Country) -> Candidate:
    searched = f"{in_every_language(lambda: country.name)} . {country.iso2}"
    hit = Hit(country.name, country.get_absolute_url(), origin=country.origin)
    return Candidate(country.iso2, searched, hit)


def documented_projects(_reader: Reader, question: Question, limit: int) -> Answer:
    """Real projects that sources document: a page of their own, apart from the registry."""
    return listed(map(_documented, documented.documented()), question, limit)


def _documented(project: Documented) -> Candidate:
    texts = (project.name, project.place, project.executor, project.number, *project.texts.values())
    countries = in_every_language(lambda: " ".join(name for _iso2, name in project.country_names))
    hit = Hit(
        project.name or project.place or project.key,
        f"{reverse('documented-projects')}#{project.key}",
        project.number,
        project.facts,
        project.name_lang,
    )
    return Candidate(project.number or project.key, " . ".join([*texts, countries]), hit)


def firms(reader: Reader, question: Question, limit: int) -> Answer:
    """Firms of the networks whose firms she may see by name."""
    networks = Network.objects.where(reader, P.VIEW_FIRM_NAMES)
    members = Membership.objects.filter(network__in=networks).values("firm")
    visible = Firm.objects.current().filter(pk__in=members)
    return ranked(
        visible.select_related("country"),
        question,
        searching.firms_in(networks),
        _firm,
        code="code",
        limit=limit,
    )


def _firm(firm: Firm) -> Hit:
    return Hit(
        str(firm),
        first_address(("firm", [firm.code])) or "",
        firm.code,
        f"{firm.get_sector_display()} · {firm.country.name}",
        origin=firm.origin,
    )
