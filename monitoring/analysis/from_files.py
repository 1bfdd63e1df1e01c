"""The record read from the files that `export_measurements` writes."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from .money import Rate
from .sources import BASELINE, MeasurementRow, NetworkRow, Observation, Target


class FileSource:
    """Record files of a directory, as of approval `as_of` (each file may hold all versions).

    Raises OSError where a file is missing and KeyError where a column is.
    """

    def __init__(self, directory: Path | str, as_of: int) -> None:
        self.directory = Path(directory)
        self.as_of = as_of

    def observations(self) -> Iterator[Observation]:
        networks = self._networks()
        for row in self._live("observations.csv"):
            yield Observation(
                project=row["project"],
                level=row["level"],
                subject=row["subject"],
                round=row["round"],
                kind=row["kind"],
                membership=row["membership"],
                country=row["country"],
                sector=row["sector"],
                size=row["size"],
                owner_sex=row["owner_sex"],
                currency=row["currency"],
                constituted_on=_day(row["constituted_on"]),
                joined_on=_day(row["joined_on"]),
                reconstructed=row["reconstructed"].lower() in ("1", "true"),
                networks=tuple(
                    sorted(
                        networks.get(row["observation"], ()), key=lambda network: network.position
                    )
                ),
                approved_in=int(row["approved_in"]),
            )

    def measurements(
        self, variables: Collection[str], rounds: Collection[str] | None = None
    ) -> Iterator[tuple]:
        for row in self._live("measurements.csv"):
            if row["variable"] not in variables:
                continue
            if rounds is not None and row["kind"] != BASELINE and row["round"] not in rounds:
                continue
            yield MeasurementRow(
                project=row["project"],
                subject=row["subject"],
                kind=row["kind"],
                round=row["round"],
                variable=row["variable"],
                value=Decimal(row["value"]) if row["value"] else None,
                missing=row["missing"],
                period=row["period"],
                currency=row["currency"],
                catalogue=row["catalogue"],
                approved_in=int(row["approved_in"]),
            )

    def rates(self) -> Iterator[Rate]:
        for row in self._live("rates.csv"):
            yield Rate(
                row["currency"],
                row["period"],
                _number(row["usd_rate"]),
                _number(row["cpi"]),
                int(row["approved_in"]),
            )

    def targets(self) -> Iterator[Target]:
        """None in files that were written before there were targets."""
        if not (self.directory / "targets.csv").exists():
            return
        for row in self._live("targets.csv"):
            yield Target(
                row["project"],
                row["indicator"],
                row["round"],
                _number(row["value"]),
                int(row["approved_in"]),
            )

    def _networks(self) -> dict[str, list[NetworkRow]]:
        by_observation: dict[str, list[NetworkRow]] = defaultdict(list)
        for row in self._rows("observation_networks.csv"):
            by_observation[row["observation"]].append(
                NetworkRow(
                    row["network"],
                    row["typology"],
                    _day(row["constituted_on"]),
                    _day(row["joined_on"]),
                    int(row["position"]),
                )
            )
        return by_observation

    def _live(self, name: str) -> Iterator[dict[str, str]]:
        """Rows approved by `as_of` and not superseded by it."""
        for row in self._rows(name):
            if int(row["approved_in"]) <= self.as_of and not (
                row["superseded_in"] and int(row["superseded_in"]) <= self.as_of
            ):
                yield row

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self.directory / name).open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
