"""Gathering the material of a report: the engine's figures, and what else the record says as of N."""

import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.analysis import (
    Attrition,
    Catalogue,
    Figure,
    Specification,
    approved_rounds_from_database,
    attrition,
    compute,
)
from monitoring.choices import Kind
from monitoring.models import Approval, Publication, Unit
from pip_network.choices import Origin
from projects.models import Network, Project

from .completeness import baselines, completeness
from .material import Figures, Material
from .names import Names
from .questions import by_project_question, over_rounds, public_over_rounds
from .record import (
    CachedSource,
    catalogue_of,
    earlier_rounds,
    holdings,
    in_scope,
    local_currency,
    narratives,
    projects_by_round,
)

Announce = Callable[[str], None]


def gather(
    specification: Specification,
    *,
    progress: Announce | None = None,
    figures: list[Figure] | None = None,
) -> Material:
    """Everything the sections need.

    `progress(message)` is called before each long step and may raise to stop.
    """
    announce = progress or (lambda _message: None)
    source, catalogue = CachedSource(specification.as_of), catalogue_of(specification.as_of)
    if figures is None:
        figures = compute(
            specification, source, catalogue, progress=lambda _done, _total, code: announce(code)
        )
    staff = specification.audience == "staff"
    approval = Approval.objects.get(number=specification.as_of)
    observed = in_scope(specification)
    by_round = projects_by_round(specification)
    asked = approved_rounds_from_database().asked.get(specification.round, ())
    projects = begun(by_round, specification.round, asked)
    at_round = observed.filter(kind=Kind.REGULAR, round=specification.round)
    approved = by_round.get(specification.round, ())
    series, asked_before = {}, {}
    for code, as_of in moments_before(specification).items():
        announce(code)
        asked_before[code], series[code] = before(specification, code, as_of, source, catalogue)
    by_project = None
    if staff and "projects" in specification.sections:
        by_project = _by_project(specification, source, catalogue, figures)
    lost: list[Attrition] = []
    if staff and "attrition" in specification.sections:
        announce(_("Attrition and data quality"))
        lost = attrition(replace(specification, group_by=()), source, catalogue)
    return Material(
        specification=specification,
        record_hash=approval.hash,
        approved_on=timezone.localtime(approval.at).date(),
        application=settings.VERSION,
        catalogue=catalogue,
        figures=Figures(figures),
        names=names(),
        series=series,
        asked_before=asked_before,
        by_project=by_project,
        attrition=lost,
        completeness=completeness(specification, projects) if staff else (),
        baselines=baselines(specification, projects) if staff else (),
        narratives=narratives(specification, projects) if staff else (),
        projects=projects,
        projects_by_round=by_round,
        unapproved=[code for code in projects if code in asked and code not in approved],
        published=published(),
        holdings=holdings(at_round),
        unit_names=unit_names(specification.language),
        currency=local_currency(observed) if specification.currency == "local" else "US$",
        demo=Project.objects.filter(code__in=projects, origin=Origin.DEMO).exists(),
    )


def moments_before(specification: Specification) -> dict[str, int]:
    """The rounds before the report's, each with the approval it is read as of: for the public those
    that it sees, as of their own publications.
    """
    rounds = earlier_rounds(specification)
    if specification.audience == "staff":
        return dict.fromkeys(rounds, specification.as_of)
    seen = dict(Publication.objects.in_force().values_list("round_id", "as_of_id"))
    return {code: seen[code] for code in sorted(seen) if code < specification.round}


def before(
    specification: Specification,
    code: str,
    as_of: int,
    source: CachedSource,
    catalogue: Catalogue,
) -> tuple[Specification, Figures]:
    """The same question about an earlier round, and its figures."""
    if specification.audience == "staff":
        question = over_rounds(specification, code, catalogue)
        return question, Figures(compute(question, source, catalogue))
    own = catalogue_of(as_of)
    question = public_over_rounds(specification, code, as_of, own)
    return question, Figures(compute(question, CachedSource(as_of), own))


def begun(
    by_round: Mapping[str, Collection[str]], round_code: str, asked: Collection[str]
) -> list[str]:
    """The projects of a scope that a round can say something of: observed up to it, or asked by it.

    One that begins later is not missing there.
    """
    observed = {project for projects in by_round.values() for project in projects}
    earlier = {
        project for code, projects in by_round.items() if code <= round_code for project in projects
    }
    return sorted(earlier | observed.intersection(asked))


def _by_project(
    specification: Specification,
    source: CachedSource,
    catalogue: Catalogue,
    figures: list[Figure],
) -> Figures:
    """Figures project by project; those of the report itself where it is grouped so."""
    if specification.group_by == ("project",):
        return Figures(figures)
    return Figures(compute(by_project_question(specification, catalogue), source, catalogue))


def names() -> Names:
    """What projects and networks are called in the registry."""
    return Names(
        dict(Project.objects.values_list("code", "name")),
        dict(Network.objects.values_list("code", "name")),
    )


def unit_names(language: str) -> dict[str, str]:
    """What the units of measure are called, by code."""
    return dict(Unit.objects.values_list("code", language))


def published() -> dict[str, str]:
    """Totals of the programme's own presentation."""
    path = settings.BASE_DIR / "pip_network" / "data" / "network.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        totals = {
            row["key"]: row["value"] for row in csv.DictReader(lines) if row["kind"] == "total"
        }
    keys = {
        "projects": "projects_approved",
        "networks": "networks_or_clusters",
        "countries": "countries",
        "millions": "amount_usd_millions",
    }
    return {name: totals[key] for name, key in keys.items() if key in totals}
