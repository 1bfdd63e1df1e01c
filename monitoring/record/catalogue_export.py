"""The catalogue as plain files: what `load_version` reads."""

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion, Check, Indicator, Unit, Variable
from monitoring.record.csv_files import write_csv
from pip_network.web.errors import Invalid

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
        row_counts[f"{name}.csv"] = write_csv(
            folder / f"{name}.csv", columns, _catalogue_rows(rows, columns)
        )
        heads, fields = zip(("code", "code"), *TRANSLATIONS[model], strict=True)
        translated = [[getattr(row, word) for word in fields] for row in rows]
        if any(any(texts) for _code, *texts in translated):
            file = f"{name}_translations.csv"
            row_counts[file] = write_csv(folder / file, heads, translated)
    units = Unit.objects.order_by("position", "code")
    row_counts["units.csv"] = write_csv(
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
