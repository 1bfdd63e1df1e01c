"""Loading a version of the catalogue from its files. What has been published never changes: a correction is a new version."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.checks import KINDS
from monitoring.choices import CatalogueStatus
from monitoring.definitions import forget
from monitoring.models import CatalogueVersion, Check, Indicator, Unit, Variable
from monitoring.numbers import day_of
from pip_network import access, audit
from pip_network.access import Permission
from pip_network.errors import Conflict, Forbidden, Invalid
from pip_network.models import User

SAME_IN_CHECK = (
    "code", "severity", "level", "kind", "left", "operator", "right", "factor", "low", "high", "then_left", "then_operator",
    "then_value", "scale", "when", "message_es",
)  # fmt: skip
SAME_IN_INDICATOR = (
    "code", "theme", "name_es", "name_en", "name_pt", "level", "direction", "rule", "numerator", "denominator", "factor",
    "threshold", "min_k", "confidential", "not_summed_over", "applies_to", "featured", "definition_es",
)  # fmt: skip
SAME_IN_VARIABLE = (
    "code", "level", "theme", "name_es", "name_en", "name_pt", "value_type", "frequency", "stock_or_flow", "applies_to",
    "set_by", "definition_es",
)  # fmt: skip

Lines = list[dict[str, str]]


@transaction.atomic
def load_version(number: int, folder: Path | str, *, by: User | str, at: dt.datetime) -> CatalogueVersion:
    """Load and publish a version from units.csv, variables.csv, indicators.csv, checks.csv and their translations.

    Raises Conflict when the version exists, Invalid (place: file) for a file that cannot be read or names unknown things.
    """
    if isinstance(by, User) and not access.can(by, Permission.MANAGE_CATALOGUE):
        raise Forbidden(_("You may not change the catalogue."))
    if CatalogueVersion.objects.filter(number=number).exists():
        raise Conflict(
            _("Version %(number)s of the catalogue exists: what is published never changes.") % {"number": number}
        )
    folder = Path(folder)
    version = CatalogueVersion.objects.create(number=number, status=CatalogueStatus.PUBLISHED, published_on=day_of(at))
    _units(_lines(folder, "units.csv"))
    variables, indicators, checks = (_lines(folder, f"{name}.csv") for name in ("variables", "indicators", "checks"))
    _require_known(variables, checks)
    words = {name: _translations(folder, name) for name in ("variables", "indicators", "checks")}
    Variable.objects.bulk_create(
        _variable(version, at_, line, words["variables"]) for at_, line in enumerate(variables, 1)
    )
    Indicator.objects.bulk_create(
        _indicator(version, at_, line, words["indicators"]) for at_, line in enumerate(indicators, 1)
    )
    Check.objects.bulk_create(_check(version, at_, line, words["checks"]) for at_, line in enumerate(checks, 1))
    audit.record(
        verb="catalogue.published", on=f"V:{number}", by=by, at=at, variables=len(variables), checks=len(checks)
    )
    forget()
    return version


def _lines(folder: Path, name: str) -> Lines:
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(_("The file cannot be read: %(error)s.") % {"error": error}, place=name) from error


def _translations(folder: Path, name: str) -> dict[str, tuple[str, str]]:
    """English and Portuguese words by code; an absent file leaves them to be read in Spanish."""
    file = f"{name}_translations.csv"
    return {line["code"]: (line["en"], line["pt"]) for line in _lines(folder, file)} if (folder / file).exists() else {}


def _require_known(variables: Lines, checks: Lines) -> None:
    codes = {line["code"] for line in variables}
    for line in checks:
        sides = {line["left"], line["right"], line["then_left"]} - {""}
        if line["kind"] not in KINDS or not sides <= codes:
            raise Invalid(
                _("Check %(code)s is of no known kind or names an unknown variable.") % line, place="checks.csv"
            )


def _units(lines: Lines) -> None:
    Unit.objects.bulk_create(
        (Unit(position=position, **line) for position, line in enumerate(lines, 1)),
        update_conflicts=True, unique_fields=["code"], update_fields=["position", "es", "en", "pt"],
    )  # fmt: skip


def _variable(
    version: CatalogueVersion, position: int, line: dict[str, str], words: dict[str, tuple[str, str]]
) -> Variable:
    english, portuguese = words.get(line["code"], ("", ""))
    return Variable(
        catalogue=version, position=position, unit_id=line["unit"], decimals=int(line["decimals"]),
        minimum=Decimal(line["min"]) if line["min"] else None, maximum=Decimal(line["max"]) if line["max"] else None,
        core=line["core"] == "1", asked_at_baseline=line["asked_at_baseline"] == "1",
        definition_en=english, definition_pt=portuguese, **{name: line[name] for name in SAME_IN_VARIABLE},
    )  # fmt: skip


def _indicator(
    version: CatalogueVersion, position: int, line: dict[str, str], words: dict[str, tuple[str, str]]
) -> Indicator:
    english, portuguese = words.get(line["code"], ("", ""))
    return Indicator(
        catalogue=version, position=position, unit_id=line["unit"], classification=line["class"], core=line["core"] == "1",
        definition_en=english, definition_pt=portuguese, **{name: line[name] for name in SAME_IN_INDICATOR},
    )  # fmt: skip


def _check(version: CatalogueVersion, position: int, line: dict[str, str], words: dict[str, tuple[str, str]]) -> Check:
    english, portuguese = words.get(line["code"], ("", ""))
    return Check(
        catalogue=version, position=position, message_en=english, message_pt=portuguese,
        **{name: line[name] for name in SAME_IN_CHECK},
    )  # fmt: skip
