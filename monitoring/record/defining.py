"""What defines a figure besides the rows of the record: published versions of the catalogue, with
the units that they name, and rounds.

A digest is over a literal, numbered list of columns: a column that is added later is no part of
older digests, and a list that has been used never changes.
"""

import hashlib
import json
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from django.apps import apps

from monitoring.numbers import plain

NAMES = ("name_es", "name_en", "name_pt", "definition_es", "definition_en", "definition_pt")


class Columns(NamedTuple):
    """The columns of one numbered list, table by table."""

    version: tuple[str, ...]
    variable: tuple[str, ...]
    indicator: tuple[str, ...]
    check: tuple[str, ...]
    unit: tuple[str, ...]


LISTS: dict[int, Columns] = {
    1: Columns(
        version=("number", "published_on"),
        variable=(
            "id",
            "position",
            "code",
            "level",
            "theme",
            *NAMES,
            "unit_id",
            "value_type",
            "decimals",
            "frequency",
            "stock_or_flow",
            "minimum",
            "maximum",
            "core",
            "asked_at_baseline",
            "applies_to",
            "set_by",
            "defined_in",
        ),
        indicator=(
            "position",
            "code",
            "theme",
            *NAMES,
            "unit_id",
            "level",
            "classification",
            "core",
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
            "prices",
            "estimate",
            "shown_in",
            "featured_order",
            "attrition_order",
            "leading_order",
            "drawn_as",
            "alert",
            "sentence_es",
            "sentence_en",
            "sentence_pt",
        ),
        check=(
            "position",
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
            "message_en",
            "message_pt",
        ),
        unit=("code", "es", "en", "pt"),
    ),
}
ROUND = ("code", "year", "half", "starts_on", "ends_on")


def digest_of(version: int, columns: int, models: Any = apps) -> str:
    """The digest of a version as its rows are now; `models`: where they are found by name."""
    names, parts = LISTS[columns], {}
    for table in ("variable", "indicator", "check"):
        rows = models.get_model("monitoring", table).objects.filter(catalogue_id=version)
        parts[table] = _in_order(rows, getattr(names, table))
    used = {
        row[getattr(names, table).index("unit_id")]
        for table in ("variable", "indicator")
        for row in parts[table]
    }
    units = models.get_model("monitoring", "Unit").objects.filter(code__in=used)
    parts["unit"] = _in_order(units, names.unit)
    versions = models.get_model("monitoring", "CatalogueVersion").objects.filter(number=version)
    parts["version"] = list(versions.values_list(*names.version))
    return digest_of_rows(parts)


def _in_order(rows: Any, columns: tuple[str, ...]) -> list[tuple]:
    """By their code, which the two databases would sort differently."""
    return sorted(rows.order_by().values_list(*columns), key=itemgetter(columns.index("code")))


def digest_of_rows(rows: Any) -> str:
    """Of what is put together of texts, numbers, decimals, days and None."""
    text = json.dumps(
        rows, default=_text, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)


def rounds_of(codes: Iterable[str], models: Any = apps) -> list[tuple]:
    """The days of these rounds, in their order."""
    rounds = models.get_model("monitoring", "Round").objects.filter(code__in=sorted(set(codes)))
    return _in_order(rounds, ROUND)
