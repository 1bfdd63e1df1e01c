"""The record and the catalogue as plain files: codes only, plain decimals, LF, ordered by id; rows
are streamed.
"""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from monitoring.choices import CatalogueStatus
from monitoring.models import (
    CatalogueVersion,
    Check,
    Indicator,
    Measurement,
    Observation,
    ObservationNetwork,
    Rate,
    RecordHead,
    Unit,
    Variable,
)
from monitoring.numbers import plain
from pip_network.web.errors import Invalid

CHUNK = 5000
VERSIONS = {"approved_in": "approved_in_id", "superseded_in": "superseded_in_id"}
MEASUREMENTS = {
    "measurement": "id",
    "project": "project_id",
    "level": "level",
    "subject": "subject",
    "round": "round_id",
    "kind": "kind",
    "period": "period",
    "variable": "variable_code",
    "value": "value",
    "missing": "missing",
    "source": "source",
    "currency": "currency",
    "catalogue": "catalogue_id",
    **VERSIONS,
}
OBSERVATIONS = {
    "observation": "id",
    "project": "project_id",
    "level": "level",
    "subject": "subject",
    "round": "round_id",
    "kind": "kind",
    "country": "country",
    "sector": "sector",
    "size": "size",
    "owner_sex": "owner_sex",
    "currency": "currency",
    "constituted_on": "constituted_on",
    "joined_on": "joined_on",
    "captured_on": "captured_on",
    "membership": "membership",
    "reconstructed": "reconstructed",
    "catalogue": "catalogue_id",
    **VERSIONS,
}
NETWORKS = {
    "observation": "observation_id",
    "network": "network_id",
    "typology": "typology",
    "constituted_on": "constituted_on",
    "joined_on": "joined_on",
    "position": "position",
    "approved_in": "observation__approved_in_id",
    "superseded_in": "observation__superseded_in_id",
}
RATES = {
    "currency": "currency",
    "period": "period",
    "usd_rate": "usd_rate",
    "cpi": "cpi",
    **VERSIONS,
}
FILES: dict[str, tuple[Any, dict[str, str], tuple[str, ...], str]] = {
    "measurements.csv": (Measurement, MEASUREMENTS, ("id",), ""),
    "observations.csv": (Observation, OBSERVATIONS, ("id",), ""),
    "observation_networks.csv": (
        ObservationNetwork,
        NETWORKS,
        ("observation_id", "position"),
        "observation__",
    ),
    "rates.csv": (Rate, RATES, ("id",), ""),
}


def export_measurements(folder: Path | str, as_of: int | None = None) -> dict[str, int]:
    """Write the four record files; rows by file. With `as_of` the rows in force after that
    approval, else all versions.

    Raises Invalid for an approval that does not exist, OSError where the folder cannot be written.
    """
    head = RecordHead.objects.get(pk=1).number
    if as_of is not None and not 0 <= as_of <= head:
        raise Invalid(
            _("The record has no approval N=%(number)s: the last is N=%(head)s.")
            % {"number": as_of, "head": head}
        )
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return {
        name: _write(folder / name, spec[1], _rows(*spec, as_of)) for name, spec in FILES.items()
    }


def _rows(
    model, columns: dict[str, str], order: tuple[str, ...], prefix: str, as_of: int | None
) -> Iterator[Iterable]:
    rows = model.objects.order_by(*order)
    if as_of is not None:
        approved, superseded = f"{prefix}approved_in", f"{prefix}superseded_in"
        in_force = Q(**{f"{superseded}__isnull": True}) | Q(**{f"{superseded}__gt": as_of})
        rows = rows.filter(in_force, **{f"{approved}__lte": as_of})
    for row in rows.values_list(*columns.values()).iterator(CHUNK):
        yield row if as_of is None else (*row[:-1], None)


def _write(file: Path, columns: Iterable[str], rows: Iterable[Iterable]) -> int:
    """Beside its place first, then moved in: who reads never sees half a file."""
    aside = file.with_name(f".{file.name}.part")
    count = 0
    with aside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_text(value) for value in row])
            count += 1
    aside.replace(file)
    return count


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)


# --- the catalogue

VARIABLE_COLUMNS = (
    "code",
    "level",
    "theme",
    "name_es",
    "name_en",
    "name_pt",
    "unit",
    "value_type",
    "decimals",
    "frequency",
    "stock_or_flow",
    "min",
    "max",
    "core",
    "asked_at_baseline",
    "applies_to",
    "set_by",
    "definition_es",
)
INDICATOR_COLUMNS = (
    "code",
    "theme",
    "name_es",
    "name_en",
    "name_pt",
    "unit",
    "level",
    "class",
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
    "definition_es",
    "prices",
    "estimate",
    "shown_in",
    "featured_order",
    "attrition_order",
    "leading_order",
    "drawn_as",
    "alert",
    "sentence_es",
)
CHECK_COLUMNS = (
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
CATALOGUE: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("variables", Variable, VARIABLE_COLUMNS),
    ("indicators", Indicator, INDICATOR_COLUMNS),
    ("checks", Check, CHECK_COLUMNS),
)
# Columns of the files of translations: their names, and of what.
DEFINITIONS = (("en", "definition_en"), ("pt", "definition_pt"))
TRANSLATIONS: dict[Any, tuple[tuple[str, str], ...]] = {
    Variable: DEFINITIONS,
    Indicator: (*DEFINITIONS, ("sentence_en", "sentence_en"), ("sentence_pt", "sentence_pt")),
    Check: (("en", "message_en"), ("pt", "message_pt")),
}
OTHER_NAMES = {"min": "minimum", "max": "maximum", "class": "classification", "unit": "unit_id"}


def export_catalogue(folder: Path | str, version: int | None = None) -> dict[str, int]:
    """Write variables, indicators, checks, units and the translations of a version: what
    `load_version` reads.

    Without `version` the newest that is published; a draft by its number.

    Raises Invalid when there is no such version.
    """
    version_filter = (
        {"status": CatalogueStatus.PUBLISHED} if version is None else {"number": version}
    )
    catalogue = CatalogueVersion.objects.filter(**version_filter).order_by("-number").first()
    if catalogue is None:
        raise Invalid(_("There is no such version of the catalogue."))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    row_counts = {}
    for name, model, columns in CATALOGUE:
        rows = list(model.objects.filter(catalogue=catalogue).order_by("position"))
        row_counts[f"{name}.csv"] = _write(
            folder / f"{name}.csv", columns, _catalogue_rows(rows, columns)
        )
        heads, fields = zip(("code", "code"), *TRANSLATIONS[model], strict=True)
        translated = [[getattr(row, word) for word in fields] for row in rows]
        if any(any(texts) for _code, *texts in translated):
            file = f"{name}_translations.csv"
            row_counts[file] = _write(folder / file, heads, translated)
    units = Unit.objects.order_by("position", "code")
    row_counts["units.csv"] = _write(
        folder / "units.csv",
        ("code", "es", "en", "pt"),
        units.values_list("code", "es", "en", "pt"),
    )
    return row_counts


def catalogue_zip(version: int) -> bytes:
    """The same files in one archive; equal bytes for equal contents.

    Raises Invalid when there is no such version.
    """
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sorted(export_catalogue(folder, version)):
            archive.writestr(
                zipfile.ZipInfo(name), (Path(folder) / name).read_bytes(), zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def _catalogue_rows(rows: Iterable, columns: tuple[str, ...]) -> Iterator[list]:
    for row in rows:
        yield [getattr(row, OTHER_NAMES.get(column, column)) for column in columns]
