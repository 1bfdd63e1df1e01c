"""The record as plain files: all versions of its rows, or those in force after an approval."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from monitoring.models import (
    Evidence,
    Judgement,
    Measurement,
    Observation,
    ObservationNetwork,
    Rate,
    RecordHead,
    Target,
)
from monitoring.record import quality_export
from monitoring.record.csv_files import write_csv
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
TARGETS = {
    "project": "project_id",
    "indicator": "indicator",
    "round": "round",
    "value": "value",
    **VERSIONS,
}
# Never the address itself nor the name of a file: people wrote them.
EVIDENCE = {
    "evidence": "id",
    "project": "project_id",
    "round": "round_id",
    "place": "place",
    "subject": "subject",
    "kind": "kind",
    "variable": "variable_code",
    "remark": "remark_id",
    "format": "format",
    "size": "size",
    "sha256": "sha256",
    **VERSIONS,
}
JUDGEMENTS = {
    "measurement": "measurement_id",
    "check": "check_code",
    "explained": "explained",
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
    "targets.csv": (Target, TARGETS, ("id",), ""),
    "evidence.csv": (Evidence, EVIDENCE, ("id",), ""),
    "judgements.csv": (Judgement, JUDGEMENTS, ("id",), ""),
}


def export_measurements(folder: Path | str, as_of: int | None = None) -> dict[str, int]:
    """Write the record files; rows by file. With `as_of` the rows in force after that
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
    counts = {
        name: write_csv(folder / name, spec[1], _rows(*spec, as_of)) for name, spec in FILES.items()
    }
    for name, columns, rows in (
        ("submissions.csv", quality_export.SUBMISSIONS, quality_export.submissions(as_of)),
        ("narratives.csv", quality_export.NARRATIVES, quality_export.narratives(as_of)),
    ):
        counts[name] = write_csv(folder / name, columns, rows)
    return counts


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
