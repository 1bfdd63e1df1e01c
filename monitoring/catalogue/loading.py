"""Loading a version of the catalogue from its files.

What has been published never changes: a correction is a new version.
"""

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.catalogue.contents import TABLES, Contents, begin_series
from monitoring.catalogue.rules import faults
from monitoring.choices import CatalogueStatus
from monitoring.definitions.reading import forget
from monitoring.models import CatalogueVersion, RecordHead, Unit
from monitoring.record import catalogues
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid

from .files import Lines, contents_of, lines_of
from .versions import newest_published


@transaction.atomic
def load_version(
    number: int, folder: Path | str, *, by: User | Process, at: dt.datetime
) -> CatalogueVersion:
    """Load and publish a version from units.csv, variables.csv, indicators.csv, checks.csv and
    their translations.

    Raises Conflict when the version exists or a draft is open, Invalid (place: file) for a file
    that cannot be read or that the rules of the catalogue refuse, Forbidden.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    newest = newest_published()
    _require_next(number, newest)
    folder = Path(folder)
    _units(lines_of(folder, "units.csv"))
    version = CatalogueVersion(number=number, status=CatalogueStatus.DRAFT)
    contents = contents_of(folder, version)
    before = Contents.of(newest.number) if newest else None
    if broken_rules := faults(contents, before):
        raise Invalid(
            f"{broken_rules[0].code}: {broken_rules[0].message}",
            place=f"{broken_rules[0].table}.csv",
            faults=broken_rules,
        )
    begin_series(contents.variables, number, before)
    version.save(force_insert=True)
    for table in TABLES:
        table.objects.bulk_create(contents.rows(table))
    version.status, version.published_on = CatalogueStatus.PUBLISHED, day_of(at)
    version.save(update_fields=["status", "published_on"])
    audit.record(
        verb="catalogue.published",
        on=f"V:{number}",
        by=by,
        at=at,
        variables=len(contents.variables),
        checks=len(contents.checks),
    )
    if RecordHead.objects.filter(number__gt=0).exists():  # an empty record states nothing yet
        reason = _("Version %(number)s of the catalogue, from its files.") % {"number": number}
        catalogues.state(reason, approver=by, at=at)
    forget()
    return version


def _require_next(number: int, newest: CatalogueVersion | None) -> None:
    draft = CatalogueVersion.objects.filter(status=CatalogueStatus.DRAFT).first()
    if draft is not None:
        raise Conflict(
            _("Version %(number)s is being drafted: publish it or discard it first.")
            % {"number": draft.number}
        )
    if newest is not None and number <= newest.number:
        raise Conflict(
            _("Version %(number)s of the catalogue exists: what is published never changes.")
            % {"number": newest.number}
        )


def _units(lines: Lines) -> None:
    """Adds those that are not there. The others stay as they are: figures are named by them.

    Raises Invalid where the file says something else of one.
    """
    units = [Unit(position=position, **line) for position, line in enumerate(lines, 1)]
    known = Unit.objects.in_bulk()
    for unit in units:
        before = known.get(unit.code)
        if before and (before.es, before.en, before.pt) != (unit.es, unit.en, unit.pt):
            raise Invalid(
                _("The unit %(code)s is in use and keeps its words: give another unit a code.")
                % {"code": unit.code},
                place="units.csv",
            )
    Unit.objects.bulk_create(unit for unit in units if unit.code not in known)
