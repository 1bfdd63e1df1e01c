"""Projects: create, change, archive."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.choices import Origin
from pip_network.errors import Conflict, Invalid
from pip_network.models import Institution, User
from projects.models import Country, Network, Project, ProjectFamily

from .validation import apply_changes, clean, require_code

EDITABLE = (
    "family", "name", "summary", "executing_institution", "typology_label", "starts_on", "ends_on", "amount_fomin",
    "amount_local",
)  # fmt: skip


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
    summary: str = "",
    typology_label: str = "",
    origin: str = Origin.ENTERED,
    by: User | str,
    at: dt.datetime,
) -> Project:
    """Register an approved operation. Amounts in US$, two places.

    Raises Invalid when the code is malformed or taken, it names no country, or it ends before it starts.
    """
    require_code(code)
    project = Project(
        code=code, family=family, name=name, summary=summary, executing_institution=executing_institution,
        typology_label=typology_label, starts_on=starts_on, ends_on=ends_on, amount_fomin=amount_fomin,
        amount_local=amount_local, origin=origin,
    )  # fmt: skip
    _check_dates(project)
    clean(project)
    if not countries:
        raise Invalid(_("A project needs at least one country."), place="countries")
    project.save(force_insert=True)
    project.countries.set(countries)
    iso2 = sorted(country.pk for country in countries)
    audit.record(verb="project.created", on=f"P:{code}", by=by, at=at, countries=iso2)
    return project


@transaction.atomic
def update_project(
    *, project: Project, countries: Sequence[Country] | None = None, by: User | str, at: dt.datetime, **changes: Any
) -> Project:
    """Change what the agreement says. Raises Invalid when dates or countries would leave a network outside."""
    _require_current(project)
    changed = apply_changes(project, changes, EDITABLE)
    _check_dates(project)
    clean(project)
    if countries is not None:
        _change_countries(project, countries, changed)
    if changed:
        project.save(update_fields=[name for name in changed if name != "countries"])
        audit.record(verb="project.updated", on=f"P:{project.code}", by=by, at=at, fields=changed)
    return project


@transaction.atomic
def archive_project(*, project: Project, by: User | str, at: dt.datetime) -> Project:
    """Take a project out of the lists; nothing is deleted. Raises Conflict when it already is."""
    _require_current(project)
    project.archived_at = at
    project.save(update_fields=["archived_at"])
    audit.record(verb="project.archived", on=f"P:{project.code}", by=by, at=at)
    return project


def _require_current(project: Project) -> None:
    if project.archived_at is not None:
        raise Conflict(_("The project %(code)s is archived.") % {"code": project.code})


def _check_dates(project: Project) -> None:
    if project.ends_on <= project.starts_on:
        raise Invalid(_("A project ends after it starts."), place="ends_on")
    constituted = Network.objects.filter(project_id=project.code).order_by("-constituted_on")
    last = constituted.values_list("constituted_on", flat=True).first()
    if last is not None and last > project.ends_on:
        raise Invalid(
            _("The project cannot end before its last network was constituted (%(day)s).") % {"day": date_format(last)},
            place="ends_on",
        )


def _change_countries(project: Project, countries: Sequence[Country], changed: list[str]) -> None:
    wanted = {country.pk for country in countries}
    if not wanted:
        raise Invalid(_("A project needs at least one country."), place="countries")
    used = set(Network.objects.filter(project=project).values_list("country_id", flat=True).distinct())
    if used - wanted:
        raise Invalid(
            _("Networks of the project work in %(countries)s.") % {"countries": ", ".join(sorted(used - wanted))},
            place="countries",
        )
    if wanted != set(project.countries.values_list("pk", flat=True)):
        project.countries.set(countries)
        changed.append("countries")
