"""Loading a version of the catalogue from its files.

What has been published never changes: a correction is a new version.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from monitoring.catalogue.contents import TABLES, Contents, Row, begin_series
from monitoring.catalogue.rules import faults
from monitoring.choices import CatalogueStatus
from monitoring.definitions.reading import forget
from monitoring.models import CatalogueVersion, Check, Indicator, Unit, Variable
from pip_network import audit
from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import for_update

SAME_IN_CHECK = (
    "code",
    "severity",
    "level",
    "kind",
    "left",
    "operator",
    "right",
    "factor",
    "low",
    "high",
    "then_left",
    "then_operator",
    "then_value",
    "scale",
    "when",
    "message_es",
)
SAME_IN_INDICATOR = (
    "code",
    "theme",
    "name_es",
    "name_en",
    "name_pt",
    "level",
    "direction",
    "rule",
    "numerator",
    "denominator",
    "factor",
    "threshold",
    "min_k",
    "confidential",
    "not_summed_over",
    "applies_to",
    "featured",
    "definition_es",
    "prices",
    "shown_in",
    "drawn_as",
    "alert",
    "sentence_es",
)
ORDERS_IN_INDICATOR = ("featured_order", "attrition_order", "leading_order")
SAME_IN_VARIABLE = (
    "code",
    "level",
    "theme",
    "name_es",
    "name_en",
    "name_pt",
    "value_type",
    "frequency",
    "stock_or_flow",
    "applies_to",
    "set_by",
    "definition_es",
)

Lines = list[dict[str, str]]
Translations = dict[str, dict[str, str]]  # the line of translations, by code


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
    _units(_lines(folder, "units.csv"))
    version = CatalogueVersion(
        number=number, status=CatalogueStatus.PUBLISHED, published_on=day_of(at)
    )
    contents = Contents(
        _rows(folder, "variables", version, _variable),
        _rows(folder, "indicators", version, _indicator),
        _rows(folder, "checks", version, _check),
    )
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
    audit.record(
        verb="catalogue.published",
        on=f"V:{number}",
        by=by,
        at=at,
        variables=len(contents.variables),
        checks=len(contents.checks),
    )
    forget()
    return version


def newest_published() -> CatalogueVersion | None:
    """The newest published version, held until the transaction ends: who adds a version waits for
    who is adding one.
    """
    rows = CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED)
    return for_update(rows).order_by("-number").first()


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


def _lines(folder: Path, name: str) -> Lines:
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(
            _("The file cannot be read: %(error)s.") % {"error": error}, place=name
        ) from error


def _translations(folder: Path, name: str) -> Translations:
    """English and Portuguese words by code; an absent file leaves them to be read in Spanish."""
    file = f"{name}_translations.csv"
    return {line["code"]: line for line in _lines(folder, file)} if (folder / file).exists() else {}


def _rows(folder: Path, name: str, version: CatalogueVersion, make: Callable[..., Row]) -> list:
    """The rows of a file, not stored yet."""
    translations = _translations(folder, name)
    rows = []
    for position, line in enumerate(_lines(folder, f"{name}.csv"), 1):
        try:
            rows.append(make(version, position, line, translations))
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise Invalid(
                _(
                    "Row %(row)s cannot be read: a column is missing, or there is text where a "
                    "number belongs."
                )
                % {"row": position + 1},
                place=f"{name}.csv",
            ) from error
    return rows


def _units(lines: Lines) -> None:
    Unit.objects.bulk_create(
        (Unit(position=position, **line) for position, line in enumerate(lines, 1)),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["position", "es", "en", "pt"],
    )


def _translated(translations: Translations, code: str, *columns: str) -> Iterator[str]:
    """What a line of translations says in its columns; nothing where the code has none."""
    line = translations.get(code)
    return (line[column] if line else "" for column in columns)


def _variable(
    version: CatalogueVersion, position: int, line: dict[str, str], translations: Translations
) -> Variable:
    english, portuguese = _translated(translations, line["code"], "en", "pt")
    return Variable(
        catalogue=version,
        position=position,
        unit_id=line["unit"],
        decimals=int(line["decimals"]),
        minimum=Decimal(line["min"]) if line["min"] else None,
        maximum=Decimal(line["max"]) if line["max"] else None,
        core=line["core"] == "1",
        asked_at_baseline=line["asked_at_baseline"] == "1",
        definition_en=english,
        definition_pt=portuguese,
        **{name: line[name] for name in SAME_IN_VARIABLE},
    )


def _indicator(
    version: CatalogueVersion, position: int, line: dict[str, str], translations: Translations
) -> Indicator:
    texts = _translated(translations, line["code"], "en", "pt", "sentence_en", "sentence_pt")
    columns = ("definition_en", "definition_pt", "sentence_en", "sentence_pt")
    return Indicator(
        catalogue=version,
        position=position,
        unit_id=line["unit"],
        classification=line["class"],
        core=line["core"] == "1",
        estimate=line["estimate"] == "1",
        **dict(zip(columns, texts, strict=True)),
        **{name: int(line[name]) if line[name] else None for name in ORDERS_IN_INDICATOR},
        **{name: line[name] for name in SAME_IN_INDICATOR},
    )


def _check(
    version: CatalogueVersion, position: int, line: dict[str, str], translations: Translations
) -> Check:
    english, portuguese = _translated(translations, line["code"], "en", "pt")
    return Check(
        catalogue=version,
        position=position,
        message_en=english,
        message_pt=portuguese,
        **{name: line[name] for name in SAME_IN_CHECK},
    )
