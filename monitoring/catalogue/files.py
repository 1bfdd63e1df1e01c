"""The files of a version of the catalogue, read as rows that are not stored yet."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from monitoring.catalogue.contents import Contents
from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from monitoring.record.catalogue_export import CHECK_COLUMNS, INDICATOR_COLUMNS, VARIABLE_COLUMNS
from pip_network.web.errors import Invalid

ORDERS_IN_INDICATOR = ("featured_order", "attrition_order", "leading_order")
# Columns that stand in a row as they stand in the file. What the export writes is read: a column
# that is new there is one of these, until it is named here.
SAME_IN_VARIABLE = tuple(
    column
    for column in VARIABLE_COLUMNS
    if column not in ("unit", "decimals", "min", "max", "core", "asked_at_baseline")
)
SAME_IN_INDICATOR = tuple(
    column
    for column in INDICATOR_COLUMNS
    if column not in ("unit", "class", "core", "estimate", *ORDERS_IN_INDICATOR)
)
SAME_IN_CHECK = CHECK_COLUMNS
R = TypeVar("R", Variable, Indicator, Check)
Line = dict[str, str]
Lines = list[Line]
Translations = dict[str, Line]  # the line of translations, by code


def contents_of(folder: Path, version: CatalogueVersion) -> Contents:
    """All rows of a version, from variables.csv, indicators.csv, checks.csv and translations.

    Raises Invalid (place: file).
    """
    return Contents(
        _rows(folder, "variables", version, _variable),
        _rows(folder, "indicators", version, _indicator),
        _rows(folder, "checks", version, _check),
    )


def lines_of(folder: Path, name: str) -> Lines:
    """A file as one dict a line; raises Invalid (place: file) where it cannot be read."""
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
    return (
        {line["code"]: line for line in lines_of(folder, file)} if (folder / file).exists() else {}
    )


def _rows(
    folder: Path,
    name: str,
    version: CatalogueVersion,
    make: Callable[[CatalogueVersion, int, Line, Translations], R],
) -> list[R]:
    """The rows of a file, not stored yet."""
    translations = _translations(folder, name)
    rows = []
    for position, line in enumerate(lines_of(folder, f"{name}.csv"), 1):
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


def _translated(translations: Translations, code: str, *columns: str) -> Iterator[str]:
    """What a line of translations says in its columns; nothing where the code has none."""
    line = translations.get(code)
    return (line[column] if line else "" for column in columns)


def _variable(
    version: CatalogueVersion, position: int, line: Line, translations: Translations
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
    version: CatalogueVersion, position: int, line: Line, translations: Translations
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
    version: CatalogueVersion, position: int, line: Line, translations: Translations
) -> Check:
    english, portuguese = _translated(translations, line["code"], "en", "pt")
    return Check(
        catalogue=version,
        position=position,
        message_en=english,
        message_pt=portuguese,
        **{name: line[name] for name in SAME_IN_CHECK},
    )
