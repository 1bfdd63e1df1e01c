"""Projects: create, change, archive, restore."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.administration import archiving
from pip_network.choices import Origin
from pip_network.models import Institution, User
from pip_network.people import time_zones
from pip_network.people.access import Permission, Process, require
from pip_network.web.edits import apply_changes, change_set, clean, details, require_unchanged
from pip_network.web.errors import Invalid
from pip_network.web.locks import lock
from pip_network.web.reasons import require_reason
from projects import calendars, semesters, zones
from projects.models import Country, Network, Project, ProjectFamily

from .validation import require_code

EDITABLE = (
    "family",
    "name",
    "summary",
    "executing_institution",
    "typology_label",
    "starts_on",
    "ends_on",
    "time_zone",
    "amount_fomin",
    "amount_local",
)
DAYS = {"starts_on", "ends_on"}
STAMPED = (*EDITABLE, "countries", "predecessors")


@transaction.atomic
def create_project(
    *,
    code: str,
    family: ProjectFamily,
    name: str,
    executing_institution: Institution,
    countries: Sequence[Country],
    starts_on: dt.date,
    ends_on: dt.date,
    amount_fomin: Decimal,
    amount_local: Decimal,
    predecessors: Sequence[Project] = (),
    summary: str = "",
    typology_label: str = "",
    time_zone: str = "",
    origin: str = Origin.ENTERED,
    by: User | Process,
    at: dt.datetime,
) -> Project:
    """Register an approved operation. Amounts in US$, two places. `time_zone`: "" is that of the
    country of its executing institution.

    Raises Invalid when the code is malformed or taken, it names no country or no time zone that
    exists, or it ends before it starts.
    """
    require(by, Permission.MANAGE_REGISTRY)
    require_code(code)
    project = Project(
        code=code,
        family=family,
        name=name,
        summary=summary,
        executing_institution=executing_institution,
        typology_label=typology_label,
        starts_on=starts_on,
        ends_on=ends_on,
        amount_fomin=amount_fomin,
        amount_local=amount_local,
        time_zone=time_zone or default_zone(executing_institution, countries),
        origin=origin,
    )
    _check_dates(project)
    _check_zone(project)
    clean(project)
    if not countries:
        raise Invalid(_("A project needs at least one country."), place="countries")
    project.save(force_insert=True)
    project.countries.set(countries)
    if predecessors:
        _check_predecessors(project, predecessors)
        project.predecessors.set(predecessors)
    iso2 = sorted(country.pk for country in countries)
    audit.record(verb="project.created", on=f"P:{code}", by=by, at=at, countries=iso2)
    return project


@transaction.atomic
def update_project(
    *,
    project: Project,
    countries: Sequence[Country] | None = None,
    predecessors: Sequence[Project] | None = None,
    stamp: str = "",
    by: User | Process,
    at: dt.datetime,
    **changes: Any,
) -> Project:
    """Change what the agreement says; `stamp` is the stamp of `STAMPED` that the form showed. An
    empty `time_zone` is that of the country of its executing institution.

    Raises Invalid when dates or countries would leave a network outside, or dates a round that was
    handed in, approved or holds what people entered; Conflict when it is archived or somebody else
    changed it meanwhile.
    """
    require(by, Permission.MANAGE_REGISTRY)
    lock(project)
    _require_current(project)
    require_unchanged(project, STAMPED, stamp)
    if changes.get("time_zone") == "":
        executing = changes.get("executing_institution", project.executing_institution)
        places = project.countries.all() if countries is None else countries
        changes["time_zone"] = default_zone(executing, places)
    changed = apply_changes(project, changes, EDITABLE)
    columns = list(changed)
    _check_dates(project)
    _check_rounds(project, changed)
    _check_zone(project)
    clean(project)
    if countries is not None:
        _check_countries(project, countries)
        change_set(project, "countries", countries, changed)
    if predecessors is not None:
        _check_predecessors(project, predecessors)
        change_set(project, "predecessors", predecessors, changed)
    if columns:
        project.save(update_fields=columns)
    if DAYS & changed.keys():
        calendars.follow(project)
    if changed:
        audit.record(
            verb="project.updated", on=f"P:{project.code}", by=by, at=at, **details(changed)
        )
    return project


@transaction.atomic
def archive_project(
    *, project: Project, reason: str = "", by: User | Process, at: dt.datetime
) -> Project:
    """Take a project and its networks out of the lists; nothing is deleted.

    Raises Conflict when it already is.
    """
    require(by, Permission.MANAGE_REGISTRY)
    reason = require_reason(reason) if reason else reason
    lock(project)
    _require_current(project)
    return archiving.archive(
        project, verb="project.archived", on=f"P:{project.code}", reason=reason, by=by, at=at
    )


@transaction.atomic
def restore_project(*, project: Project, by: User | Process, at: dt.datetime) -> Project:
    """Back into the lists. Raises Conflict when it is not archived."""
    require(by, Permission.MANAGE_REGISTRY)
    lock(project)
    refusal = _("The project %(code)s is not archived.") % {"code": project.code}
    return archiving.restore(
        project, verb="project.restored", on=f"P:{project.code}", refusal=refusal, by=by, at=at
    )


def _require_current(project: Project) -> None:
    archiving.require_current(
        project, _("The project %(code)s is archived.") % {"code": project.code}
    )


def _check_dates(project: Project) -> None:
    if project.ends_on <= project.starts_on:
        raise Invalid(_("A project ends after it starts."), place="ends_on")
    constituted = Network.objects.filter(project_id=project.code).order_by("-constituted_on")
    last = constituted.values_list("constituted_on", flat=True).first()
    if last is not None and last > project.ends_on:
        raise Invalid(
            _("The project cannot end before its last network was constituted (%(day)s).")
            % {"day": date_format(last)},
            place="ends_on",
        )


def _check_rounds(project: Project, changed: dict[str, list[Any]]) -> None:
    """Rounds that were in its calendar and hold something stay in it."""
    if not DAYS & changed.keys():
        return
    first, last = semesters.of(project.starts_on), semesters.of(project.ends_on)
    before = {
        name: dt.date.fromisoformat(str(changed[name][0]))
        if name in changed
        else getattr(project, name)
        for name in DAYS
    }
    was = semesters.of(before["starts_on"]), semesters.of(before["ends_on"])
    held = [code for code in calendars.held_rounds(project) if was[0] <= code <= was[1]]
    left = [code for code in held if not first <= code <= last]
    if left:
        raise Invalid(
            _(
                "Its calendar cannot leave out rounds that were handed in, approved or hold data: "
                "%(rounds)s."
            )
            % {"rounds": ", ".join(left)},
            place="ends_on" if left[-1] > last else "starts_on",
        )


def default_zone(institution: Institution, countries: Iterable[Country]) -> str:
    """The time zone of a project for which none is set."""
    return zones.zone_of(institution.iso2, [country.pk for country in countries])


def _check_zone(project: Project) -> None:
    if not time_zones.exists(project.time_zone):
        raise Invalid(
            _("No time zone is called “%(zone)s”: write one like America/Lima.")
            % {"zone": project.time_zone},
            place="time_zone",
        )


def _check_countries(project: Project, countries: Sequence[Country]) -> None:
    codes = {country.pk for country in countries}
    if not codes:
        raise Invalid(_("A project needs at least one country."), place="countries")
    used = set(
        Network.objects.filter(project=project).values_list("country_id", flat=True).distinct()
    )
    if used - codes:
        raise Invalid(
            _("Networks of the project work in %(countries)s.")
            % {"countries": ", ".join(sorted(used - codes))},
            place="countries",
        )


def _check_predecessors(project: Project, predecessors: Sequence[Project]) -> None:
    if any(
        predecessor.pk == project.pk or predecessor.starts_on > project.starts_on
        for predecessor in predecessors
    ):
        raise Invalid(_("A project follows others that began before it."), place="predecessors")
