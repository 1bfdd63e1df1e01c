"""The rooms of the registry: projects, networks, institutions, typologies, countries, firms."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.web import text
from pip_network.web.text import fold
from projects import documented
from projects.choices import PROGRAMME, Typology
from projects.filters import InstitutionFilter, NetworkFilter, ProjectFilter
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily

from .addresses import first_address
from .answers import Found, Hit
from .questions import Question
from .ranking import in_every_language, listed, ranked


class EveryProject(ProjectFilter):
    """Of every family: what has a page is found."""

    family_path = ""


class EveryNetwork(NetworkFilter):
    family_path = ""


def outside(family: ProjectFamily) -> str:
    """What a project of another family must say wherever it is found: no total counts it."""
    if family.code == PROGRAMME:
        return ""
    return _("%(family)s: outside the nineteen projects of the programme") % {"family": family.name}


def projects(_user, question: Question, limit: int) -> Found:
    rows = EveryProject({"q": question.text}, queryset=Project.objects.current()).qs.distinct()
    count, kept = ranked(
        rows.select_related("executing_institution", "family"),
        question,
        code="code",
        title="name",
        limit=limit,
    )
    return Found(
        count,
        [
            Hit(
                one.name,
                one.get_absolute_url(),
                one.code,
                one.executing_institution.name,
                origin=one.origin,
                aside=outside(one.family),
            )
            for one in kept
        ],
    )


def networks(_user, question: Question, limit: int) -> Found:
    rows = EveryNetwork(
        {"q": question.text}, queryset=Network.objects.filter(archived_at__isnull=True)
    ).qs
    count, kept = ranked(
        rows.select_related("country", "project__family"),
        question,
        code="code",
        title="name",
        limit=limit,
    )
    return Found(
        count,
        [
            Hit(
                one.name,
                one.get_absolute_url(),
                one.code,
                f"{one.get_typology_display()} · {one.country.name}",
                origin=one.origin,
                aside=outside(one.project.family),
            )
            for one in kept
        ],
    )


def institutions(_user, question: Question, limit: int) -> Found:
    rows = InstitutionFilter({"q": question.text}, queryset=Institution.objects.all()).qs
    count, kept = ranked(rows, question, code="acronym", title="name", limit=limit)
    return Found(
        count,
        [
            Hit(
                one.name,
                reverse("institution", args=[one.slug]),
                note=f"{one.get_relation_display()} · {one.country}"
                if one.country
                else one.get_relation_display(),
                origin=one.origin,
            )
            for one in kept
        ],
    )


def typologies(_user, question: Question, limit: int) -> Found:
    return listed(
        (
            (
                one.value,
                in_every_language(lambda one=one: str(one.label)),
                Hit(
                    str(one.label), first_address(("typology", [one.value]), ("networks", [])) or ""
                ),
            )
            for one in Typology
        ),
        question,
        limit,
    )


def countries(_user, question: Question, limit: int) -> Found:
    return listed(
        (
            (
                one.iso2,
                in_every_language(lambda one=one: one.name) + " " + fold(one.iso2),
                Hit(one.name, one.get_absolute_url(), origin=one.origin),
            )
            for one in Country.objects.order_by("iso2")
        ),
        question,
        limit,
    )


def documented_projects(_user, question: Question, limit: int) -> Found:
    """Real projects that sources document: a page of their own, apart from the registry."""
    address = reverse("documented-projects")
    return listed(
        (
            (
                one.number or one.key,
                fold(" ".join((one.name, one.place, one.executor, one.number, *one.texts.values())))
                + in_every_language(
                    lambda one=one: " ".join(name for _iso2, name in one.country_names)
                ),
                Hit(
                    one.name or one.place or one.key,
                    f"{address}#{one.key}",
                    one.number,
                    one.facts,
                    one.name_lang,
                ),
            )
            for one in documented.documented()
        ),
        question,
        limit,
    )


def firms(user, question: Question, limit: int) -> Found:
    """Firms of the networks whose firms she may see by name."""
    mine = Membership.objects.filter(network__in=Network.objects.where(user, P.VIEW_FIRM_NAMES))
    seen = Firm.objects.filter(pk__in=mine.values("firm"), archived_at__isnull=True)
    rows = text.search(seen, question.text, "name", "code", "tax_id")
    count, kept = ranked(
        rows.select_related("country"), question, code="code", title="name", limit=limit
    )
    return Found(
        count,
        [
            Hit(
                str(one),
                first_address(("firm", [one.code])) or "",
                one.code,
                f"{one.get_sector_display()} · {one.country.name}",
                origin=one.origin,
            )
            for one in kept
        ],
    )
