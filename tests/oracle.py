#!/usr/bin/env python3
"""An independent recomputation of every figure of a figures.json, from the exported record alone.

    python tests/oracle.py --record DIR --catalogue DIR --t975 FILE --figures figures.json

Standard library only, one file, nothing of the portal: it follows docs/rules.md and
docs/rule-readings.md and was written without looking at the engine that it checks. It is slow and
obvious on purpose: each figure is worked out from lists of units, in `Decimal` with 50 digits.
Prints one line per difference and exits 1; exits 0 with "N figures equal".
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

D = Decimal
HUNDRED = D(100)
MILLIONTH = D("0.000001")
# fmt: off
MEASURES = (
    "main", "median", "p25", "p75", "to_date", "total", "joined_later", "excluded", "not_answered", "gained", "lost",
    "up", "equal", "within", "down", "bound_low", "bound_high",
)
# fmt: on
COUNTING = {
    "joined_later",
    "excluded",
    "not_answered",
    "gained",
    "lost",
    "up",
    "equal",
    "within",
    "down",
}
FLAGS = ("projects_missing", "mixed_periods", "reconstructed_over_30", "estimate")
LOST = ("left", "closed_unknown", "refused", "not_collected", "no_data")
LEVEL_UNIT = {"firm": "firms", "network": "networks", "project": "projects"}
GROUPINGS = {
    "firm": {
        "country",
        "typology",
        "project",
        "network",
        "sector",
        "size",
        "owner_sex",
        "network_age",
    },
    "network": {"country", "typology", "project", "network", "sector", "network_age"},
    "project": {"country", "typology", "project"},
}
OVER_PANEL = {"panel_sum", "panel_change_abs", "panel_change_pct", "panel_share_up", "survival"}
ADDED_TARGETS = {"sum", "panel_sum", "count_positive"}
POSITIVE = {"count_positive", "share_positive"}  # judged on whether any part is above 0
UNCONVERTED = {
    "count_positive",
    "share_positive",
    "median_ratio",
}  # amounts as entered, no rate needed
NO_PANEL_BLOCK = {"share_among", "panel_share_up"}
QUALITY = ("completeness", "timeliness", "validity", "plausibility", "baseline", "evidence")
FEW, LEAST_CLUSTERS = 5, 8
REASON_ORDER = (
    "not_asked_at_baseline",
    "no_data",
    "definition_changed",
    "no_rate",
    "zero_denominator",
)


class Undefined(Exception):  # noqa: N818 -- it is an answer with a reason, not an error
    """A number that the rules leave undefined; `reason` is the code that is published in its place."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def attempt(work: Callable[[], Decimal]) -> tuple[Decimal | None, str | None]:
    """The number and None, or None and the reason why there is none."""
    try:
        return work(), None
    except Undefined as undefined:
        return None, undefined.reason


def first_reason(*reasons: str | None) -> str | None:
    return min((r for r in reasons if r), key=REASON_ORDER.index, default=None)


# ---------------------------------------------------------------- writing


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def publish(number: Decimal | int | None) -> str | None:
    """Half-even to 6 decimals, plain, no trailing zeros, no minus zero."""
    if number is None:
        return None
    text = (
        format(D(number).quantize(MILLIONTH, rounding=ROUND_HALF_EVEN), "f").rstrip("0").rstrip(".")
    )
    return "0" if text in ("-0", "") else text


# ---------------------------------------------------------------- time


def first_day(period: str) -> date:
    year = int(period[:4])
    return date(year, 7, 1) if period.endswith("-S2") else date(year, 1, 1)


def last_day(period: str) -> date:
    year = int(period[:4])
    return date(year, 6, 30) if period.endswith("-S1") else date(year, 12, 31)


def months_between(start: date, end: date) -> int:
    """Full months: a month is full when its day of the month has been reached."""
    return (
        (end.year - start.year) * 12 + end.month - start.month - (1 if end.day < start.day else 0)
    )


def last_s2(rnd: str) -> str:
    """The S2 round at or before a round."""
    return rnd if rnd.endswith("-S2") else f"{int(rnd[:4]) - 1}-S2"


# ---------------------------------------------------------------- the files


def rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def is_true(text: str) -> bool:
    return text.lower() in ("1", "true")


@dataclass(frozen=True)
class Cell:
    value: Decimal | None
    missing: str
    period: str
    currency: str
    catalogue: str


@dataclass
class Observation:
    project: str
    level: str
    subject: str
    round: str
    kind: str
    country: str
    sector: str
    size: str
    owner_sex: str
    constituted_on: str
    joined_on: str
    membership: str
    reconstructed: bool
    # position, network, typology, constituted_on
    networks: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def cluster(self) -> str:
        """Whose members are not independent: the network joined first, for a network its project."""
        if self.level == "network":
            return self.project
        return self.networks[0][1] if self.networks else f"project {self.project}"


class Record:
    """The record files as of approval N: cells, observations, rates, targets."""

    def __init__(self, folder: Path, as_of: int) -> None:
        def alive(row: dict[str, str]) -> bool:
            return int(row["approved_in"]) <= as_of and (
                not row["superseded_in"] or int(row["superseded_in"]) > as_of
            )

        # variable -> (project, subject, kind, round or "" for a baseline) -> cell
        self.cells: dict[str, dict[tuple[str, str, str, str], Cell]] = defaultdict(dict)
        # (variable, project) -> rounds with regular rows
        self.asked: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in filter(alive, rows(folder / "measurements.csv")):
            regular = row["kind"] == "regular"
            key = (row["project"], row["subject"], row["kind"], row["round"] if regular else "")
            value = D(row["value"]) if row["value"] != "" else None
            cell = Cell(value, row["missing"], row["period"], row["currency"], row["catalogue"])
            if key in self.cells[row["variable"]]:
                raise ValueError(f"two live rows for {row['variable']} {key}")
            self.cells[row["variable"]][key] = cell
            if regular:
                self.asked[row["variable"], row["project"]].add(row["round"])

        networks: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
        for row in filter(alive, rows(folder / "observation_networks.csv")):
            member = (int(row["position"]), row["network"], row["typology"], row["constituted_on"])
            networks[row["observation"]].append(member)

        self.observations: list[Observation] = []
        self.baseline: dict[tuple[str, str], Observation] = {}
        self.regular: dict[tuple[str, str, str], Observation] = {}
        for row in filter(alive, rows(folder / "observations.csv")):
            observation = Observation(
                project=row["project"],
                level=row["level"],
                subject=row["subject"],
                round=row["round"],
                kind=row["kind"],
                country=row["country"],
                sector=row["sector"],
                size=row["size"],
                owner_sex=row["owner_sex"],
                constituted_on=row["constituted_on"],
                joined_on=row["joined_on"],
                membership=row["membership"],
                reconstructed=is_true(row["reconstructed"]),
                networks=sorted(networks[row["observation"]]),
            )
            self.observations.append(observation)
            if observation.kind == "baseline":
                self.baseline[observation.project, observation.subject] = observation
            else:
                self.regular[observation.project, observation.subject, observation.round] = (
                    observation
                )

        self.rates = {
            (r["currency"], r["period"]): r for r in rows(folder / "rates.csv") if alive(r)
        }

        # (project, indicator, round) -> what the project means it to be
        self.targets: dict[tuple[str, str, str], Decimal] = {}
        if (folder / "targets.csv").exists():
            for row in filter(alive, rows(folder / "targets.csv")):
                if row["value"] != "":
                    where = (row["project"], row["indicator"], row["round"])
                    self.targets[where] = D(row["value"])

    def rate(self, currency: str, period: str, column: str) -> Decimal:
        text = self.rates.get((currency, period), {}).get(column, "")
        if text == "":
            raise Undefined("no_rate")
        return D(text)


@dataclass(frozen=True)
class Indicator:
    code: str
    level: str
    unit: str
    rule: str
    numerator: tuple[tuple[int, str], ...]  # (sign, variable)
    denominator: tuple[tuple[int, str], ...]
    factor: tuple[Decimal, Decimal]  # a / b
    threshold: Decimal
    min_k: Decimal
    constant: bool  # always at constant prices, whatever the specification says
    estimate: bool
    protected: bool  # firm-level or about one firm: small numbers are withheld from the public
    frequency: str
    asked_at_baseline: bool
    adds_up: bool  # has a `to_date`


class Catalogue:
    def __init__(self, folder: Path) -> None:
        self.variables = {row["code"]: row for row in rows(folder / "variables.csv")}
        self.indicators = {
            row["code"]: self._indicator(row) for row in rows(folder / "indicators.csv")
        }

    def _indicator(self, row: dict[str, str]) -> Indicator:
        def terms(text: str) -> tuple[tuple[int, str], ...]:
            return tuple(
                (-1 if sign == "-" else 1, name)
                for sign, name in re.findall(r"([+-]?)\s*(\w+)", text)
            )

        numerator, denominator = terms(row["numerator"]), terms(row["denominator"])
        variables = [self.variables[name] for _, name in numerator + denominator]
        top, _, bottom = (row["factor"] or "1").partition("/")
        return Indicator(
            code=row["code"],
            level=row["level"],
            unit=row["unit"],
            rule=row["rule"],
            numerator=numerator,
            denominator=denominator,
            factor=(D(top), D(bottom or 1)),
            threshold=D(row["threshold"] or 0),
            min_k=D(row["min_k"] or 0),
            constant=row["prices"] == "constant",
            estimate=is_true(row["estimate"]),
            protected=row["level"] == "firm" or row["confidential"] == "firm",
            frequency=variables[0]["frequency"],
            asked_at_baseline=row["level"] != "project"
            and all(is_true(v["asked_at_baseline"]) for v in variables),
            adds_up=row["rule"] == "sum"
            and all(v["stock_or_flow"] == "flow" for v in variables)
            and row["not_summed_over"] != "rounds",
        )


# ---------------------------------------------------------------- one value of one unit


@dataclass(frozen=True)
class Reading:
    """An expression for one unit at one time: a number, or why there is none (`missing`)."""

    missing: str = ""  # a missing code, "not_applicable", or "absent" (no row at all)
    amount: Decimal | None = None  # None with missing "" when a rate is missing
    cells: tuple[tuple[str, Cell], ...] = ()  # the rows that apply

    @property
    def known(self) -> bool:
        return not self.missing

    @property
    def applies(self) -> bool:
        return self.missing not in ("not_applicable", "absent")

    def number(self) -> Decimal:
        if self.amount is None:
            raise Undefined("no_rate")
        return self.amount


@dataclass
class Unit:
    """One unit at t, with the parts of the indicator (y is None for rules of one part)."""

    project: str
    subject: str
    cluster: str
    x: Reading
    y: Reading | None
    eligible: bool
    round: str

    @property
    def answered(self) -> bool:
        return self.x.known and (self.y is None or self.y.known)


@dataclass
class Pair:
    """One panel-eligible unit at both its times."""

    base: Unit
    now: Unit
    membership: str
    reconstructed: bool

    @property
    def cluster(self) -> str:
        return self.base.cluster

    @property
    def redefined(self) -> bool:
        def versions(unit: Unit) -> dict[str, str]:
            parts = [unit.x] if unit.y is None else [unit.x, unit.y]
            return {name: cell.catalogue for part in parts for name, cell in part.cells}

        before, after = versions(self.base), versions(self.now)
        return any(before[name] != after[name] for name in before.keys() & after.keys())

    def cause_of_loss(self) -> str | None:
        def gap(unit: Unit) -> str:
            for part in [unit.x] if unit.y is None else [unit.x, unit.y]:
                if not part.known:
                    return "not_collected" if part.missing == "absent" else part.missing
            return ""

        if self.membership == "left":
            return "left"
        if self.membership == "closed" and gap(self.now):
            return "closed_unknown"
        return gap(self.now) or gap(self.base) or None


# ---------------------------------------------------------------- statistics


def median(values: Iterable[Decimal]) -> Decimal:
    return quantile(values, D("0.5"))


def quantile(values: Iterable[Decimal], p: Decimal) -> Decimal:
    ordered = sorted(values)
    if not ordered:
        raise Undefined("no_data")
    j = len(ordered) * p
    whole = int(j)
    if j == whole:
        one, two = ordered[whole - 1], ordered[whole]
        return one if one == two else (one + two) / 2
    return ordered[whole]  # x(ceil j), counted from 1


def divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    if denominator == 0:
        raise Undefined("zero_denominator")
    return numerator / denominator


@dataclass(frozen=True)
class Interval:
    low: Decimal | None = None
    high: Decimal | None = None
    method: str | None = "none"
    clusters: int | None = None


NO_INTERVAL = Interval()
Contributions = list[tuple[str, Decimal]]  # (cluster, u)


class Intervals:
    """The three intervals of the rules. All take what each unit contributes, with its cluster."""

    def __init__(self, t975: Path) -> None:
        self.t = {int(row["df"]): D(row["t975"]) for row in rows(t975)}

    def _spread(self, contributions: Contributions) -> tuple[int, Decimal, Decimal]:
        """Number of clusters, t with C-1 degrees of freedom, V = C/(C-1) sum (U_g - mean U)^2."""
        clusters: dict[str, Decimal] = defaultdict(D)
        for cluster, u in contributions:
            clusters[cluster] += u
        count = len(clusters)
        if count < LEAST_CLUSTERS:
            return count, D(0), D(0)
        mean = sum(clusters.values(), D(0)) / count
        variance = D(count) / (count - 1) * sum(((u - mean) ** 2 for u in clusters.values()), D(0))
        return count, self.t.get(count - 1, D("1.9599639845")), variance

    def linearised(self, estimate: Decimal, contributions: Contributions) -> Interval:
        count, t, variance = self._spread(contributions)
        if count < LEAST_CLUSTERS:
            return Interval(method="none_few_clusters", clusters=count)
        half = t * variance.sqrt()
        return Interval(estimate - half, estimate + half, "linearised", count)

    def wilson(self, answers: list[tuple[str, bool]]) -> Interval:
        """For a share of yes among the answers, published x 100."""
        n = D(len(answers))
        p = sum(yes for _, yes in answers) / n
        count, t, variance = self._spread([(cluster, (D(yes) - p) / n) for cluster, yes in answers])
        if count < LEAST_CLUSTERS:
            return Interval(method="none_few_clusters", clusters=count)
        simple = p * (1 - p) / n
        effective = n if simple == 0 else n / max(D(1), variance / simple)
        middle = p + t * t / (2 * effective)
        half = t * (p * (1 - p) / effective + t * t / (4 * effective * effective)).sqrt()
        scale = 1 + t * t / effective
        return Interval(
            HUNDRED * (middle - half) / scale,
            HUNDRED * (middle + half) / scale,
            "wilson_neff",
            count,
        )

    def woodruff(self, values: Contributions) -> Interval:
        """For the median of the values."""
        n = D(len(values))
        middle = median(x for _, x in values)
        share = sum(x <= middle for _, x in values) / n
        count, t, variance = self._spread(
            [(cluster, (D(x <= middle) - share) / n) for cluster, x in values]
        )
        if count < LEAST_CLUSTERS:
            return Interval(method="none_few_clusters", clusters=count)
        half = t * variance.sqrt()
        ordered = sorted(x for _, x in values)

        def endpoint(bound: Decimal) -> Decimal:
            # the k-th smallest has at least k values at or below it: the least x whose share of
            # values at or below it reaches the bound
            return next(x for k, x in enumerate(ordered, 1) if D(k) / n >= bound)

        low, high = max(D(0), D("0.5") - half), min(D(1), D("0.5") + half)
        return Interval(endpoint(low), endpoint(high), "woodruff", count)


# ---------------------------------------------------------------- one indicator over the record


@dataclass
class Group:
    """What one figure is made of."""

    key: dict[str, str]
    units: list[Unit] = field(default_factory=list)  # observed at t, chosen once
    pairs: list[Pair] = field(default_factory=list)  # panel-eligible
    earlier: list[Unit] = field(
        default_factory=list
    )  # respondents of all asked rounds up to t (to_date)
    projects_missing: bool = False
    added: list[str] = field(default_factory=list)  # the rounds that `to_date` adds


class Question:
    """One indicator under one specification: finds the units of every group."""

    def __init__(
        self, record: Record, indicator: Indicator, catalogue: Catalogue, spec: dict[str, Any]
    ) -> None:
        self.record, self.indicator, self.catalogue, self.spec = record, indicator, catalogue, spec
        self.round: str = spec["round"]
        self.dimensions = [name for name in spec["group_by"] if name in GROUPINGS[indicator.level]]
        self.constant = spec["prices"] == "constant" or indicator.constant
        self.price_year = last_s2(self.round)[
            :4
        ]  # T, the last calendar year ended at the close of the round
        self.observations = [
            o
            for o in record.observations
            if o.level == indicator.level and (o.kind == "baseline" or o.round <= self.round)
        ]
        self.projects = {o.project for o in record.observations}
        self.observed = {(o.project, o.round) for o in self.observations if o.kind == "regular"}
        self.added: list[str] = []

    # -- time

    def t(self, project: str) -> str | None:
        """The project's asked round at or before the report's round, if it has been approved."""
        if self.indicator.frequency == "milestone":
            asked = self.record.asked[self.indicator.numerator[0][1], project]
            return max((rnd for rnd in asked if rnd <= self.round), default=None)
        rnd = self.round if self.indicator.frequency == "semester" else last_s2(self.round)
        return rnd if (project, rnd) in self.observed else None

    def span(self, rnd: str) -> str:
        """The period that a round asks for."""
        return rnd[:4] if self.indicator.frequency == "annual" else rnd

    # -- targets

    def target(self, working: Working) -> Decimal | None:
        """What the projects of a figure mean its main value to be."""
        spec, indicator, key = self.spec, self.indicator, working.group.key
        parts = [name for _, name in indicator.numerator + indicator.denominator]
        money = indicator.rule not in UNCONVERTED and any(
            self.catalogue.variables[name]["unit"] == "local_currency" for name in parts
        )
        if money and (spec["prices"], spec["currency"]) != ("current", "USD"):
            return None
        if set(key) == {"project"}:
            return self.target_at(key["project"])
        if key:
            return None
        if len(spec["scope"].get("projects", ())) == 1:
            return self.target_at(spec["scope"]["projects"][0])
        if indicator.rule not in ADDED_TARGETS:
            return None
        units = working.eligible
        if indicator.rule in OVER_PANEL:
            units = [pair.now for pair in working.panel_eligible]
        found = [self.target_at(project) for project in {unit.project for unit in units}]
        if not found or None in found:
            return None
        return sum((value for value in found if value is not None), D(0))

    def target_at(self, project: str) -> Decimal | None:
        """A project's own, of the round that its t is."""
        rnd = self.round if self.indicator.frequency == "semester" else last_s2(self.round)
        if self.indicator.frequency == "milestone":
            rnd = self.t(project) or ""
        return self.record.targets.get((project, self.indicator.code, rnd))

    # -- scope and groups

    def in_scope(self, observation: Observation) -> bool:
        scope = self.spec["scope"]
        return (
            ("projects" not in scope or observation.project in scope["projects"])
            and ("countries" not in scope or observation.country in scope["countries"])
            and (
                not {"typologies", "networks"} & scope.keys()
                or bool(self.networks_in_scope(observation))
            )
        )

    def networks_in_scope(self, observation: Observation) -> list[tuple[str, str]]:
        """(network, typology) of the unit's networks that the scope admits: typology and network of
        the same row.
        """
        scope = self.spec["scope"]
        return [
            (network or "unknown", typology or "unknown")
            for _, network, typology, _ in observation.networks
            if network in scope.get("networks", [network])
            and typology in scope.get("typologies", [typology])
        ]

    def age(self, observation: Observation | None) -> str:
        if observation is None:
            return "unknown"
        text = observation.networks[0][3] if observation.networks else ""
        if not text:
            return "unknown"
        months = months_between(date.fromisoformat(text), last_day(self.round))
        if date.fromisoformat(text) > last_day(self.round):
            return "unknown"
        return "0-12" if months <= 12 else "13-24" if months <= 24 else "25+"

    def values_of(self, name: str, observation: Observation, at_t: Observation | None) -> list[str]:
        if name == "network_age":
            return [self.age(at_t)]
        if name == "typology":
            return sorted({typology for _, typology in self.networks_in_scope(observation)}) or [
                "unknown"
            ]
        if name == "network":
            return sorted({network for network, _ in self.networks_in_scope(observation)}) or [
                "unknown"
            ]
        return [getattr(observation, name) or "unknown"]

    def group_keys(self, observation: Observation, at_t: Observation | None) -> list[str]:
        """The total, the margins and the cells that a unit counts in, as canonical JSON."""
        keys: list[dict[str, str]] = [{}]
        for name in self.dimensions:
            keys += [{name: value} for value in self.values_of(name, observation, at_t)]
        if len(self.dimensions) == 2:
            one, two = self.dimensions
            if set(self.dimensions) == {"typology", "network"}:
                pairs = [
                    {"network": n, "typology": t} for n, t in self.networks_in_scope(observation)
                ]
                keys += pairs or [{"typology": "unknown", "network": "unknown"}]
            else:
                keys += [
                    {one: a, two: b}
                    for a in self.values_of(one, observation, at_t)
                    for b in self.values_of(two, observation, at_t)
                ]
        return sorted({canonical(key) for key in keys})

    # -- values

    def convert(self, variable: str, cell: Cell) -> Decimal:
        value = cell.value
        assert value is not None
        if (
            self.catalogue.variables[variable]["unit"] != "local_currency"
            or self.indicator.rule in UNCONVERTED
        ):
            return value
        rate, dollars = self.record.rate, self.spec["currency"] != "local"
        if self.constant:
            value = (
                value
                * rate(cell.currency, self.price_year, "cpi")
                / rate(cell.currency, cell.period, "cpi")
            )
            return value / rate(cell.currency, self.price_year, "usd_rate") if dollars else value
        return value / rate(cell.currency, cell.period, "usd_rate") if dollars else value

    def read(
        self, terms: tuple[tuple[int, str], ...], project: str, subject: str, kind: str, rnd: str
    ) -> Reading:
        found = [
            (sign, name, self.record.cells[name].get((project, subject, kind, rnd)))
            for sign, name in terms
        ]
        present = [(sign, name, cell) for sign, name, cell in found if cell is not None]
        applicable = [
            (sign, name, cell) for sign, name, cell in present if cell.missing != "not_applicable"
        ]
        if not present:
            return Reading(missing="absent")
        if not applicable:
            return Reading(missing="not_applicable")
        cells = tuple((name, cell) for _, name, cell in applicable)
        gaps = [cell.missing for _, _, cell in applicable if cell.value is None]
        if self.indicator.rule in POSITIVE:
            if any(cell.value is not None and cell.value > 0 for _, _, cell in applicable):
                return Reading(amount=D(1), cells=cells)
            return (
                Reading(missing=gaps[0], cells=cells) if gaps else Reading(amount=D(0), cells=cells)
            )
        if gaps:
            return Reading(missing=gaps[0], cells=cells)
        amount, _ = attempt(
            lambda: sum((sign * self.convert(name, cell) for sign, name, cell in applicable), D(0))
        )
        return Reading(amount=amount, cells=cells)

    def unit(self, observation: Observation) -> Unit:
        """The unit of an observation, with its values at that observation's time."""
        project, subject, kind = observation.project, observation.subject, observation.kind
        rnd = observation.round if kind == "regular" else ""
        x = self.read(self.indicator.numerator, project, subject, kind, rnd)
        y = (
            self.read(self.indicator.denominator, project, subject, kind, rnd)
            if self.indicator.denominator
            else None
        )
        member = observation.membership == "active" or (
            observation.membership == "closed" and (project, subject) in self.record.baseline
        )
        return Unit(
            project,
            subject,
            observation.cluster,
            x,
            y,
            member and x.applies and (y is None or y.applies),
            rnd,
        )

    def pair(self, base: Observation) -> Pair | None:
        """The unit at its baseline and at t, or None if it is not panel-eligible."""
        if not self.indicator.asked_at_baseline:
            return None
        rnd = self.t(base.project)
        now = self.record.regular.get((base.project, base.subject, rnd)) if rnd else None
        if rnd is None or now is None:
            return None
        before, after = self.unit(base), self.unit(now)
        if (
            self.indicator.rule == "survival"
        ):  # every unit with a baseline observation whose operation was asked at t
            return (
                Pair(before, after, now.membership, base.reconstructed) if after.x.applies else None
            )
        start = base.joined_on if base.level == "firm" else base.constituted_on
        if start and date.fromisoformat(start) > last_day(self.span(rnd)):
            return None
        for part in (before.x, before.y):
            if part is None:
                continue
            if not part.applies:
                return None
            if any(last_day(cell.period) >= first_day(self.span(rnd)) for _, cell in part.cells):
                return None
        if any(
            part is not None and part.missing == "not_applicable" for part in (after.x, after.y)
        ):
            return None
        return Pair(before, after, now.membership, base.reconstructed)

    # -- the groups

    @staticmethod
    def precedence(observation: Observation) -> tuple[bool, str, str]:
        """Earliest joining first, unknown dates last, then the lower project code."""
        return not observation.joined_on, observation.joined_on, observation.project

    def once(self, found: list[tuple[str, Observation]]) -> dict[str, list[Observation]]:
        """By group: one observation a unit, that of the project it joined first (tie: the lower
        code).
        """
        chosen: dict[str, dict[str, Observation]] = defaultdict(dict)
        for key, observation in found:
            other = chosen[key].get(observation.subject)
            if other is None or self.precedence(observation) < self.precedence(other):
                chosen[key][observation.subject] = observation
        return {key: list(units.values()) for key, units in chosen.items()}

    def at_round(self, wanted: Callable[[str], str | None]) -> dict[str, list[Observation]]:
        """By group: the observations of each project's round `wanted(project)`."""
        found = []
        for observation in self.observations:
            asked = observation.kind == "regular" and observation.round == wanted(
                observation.project
            )
            if asked and self.in_scope(observation):
                found += [(key, observation) for key in self.group_keys(observation, observation)]
        return self.once(found)

    def groups(self) -> list[Group]:
        groups: dict[str, Group] = {"{}": Group({})}

        def group(key: str) -> Group:
            return groups.setdefault(key, Group(json.loads(key)))

        for key, observations in self.at_round(self.t).items():
            group(key).units = [self.unit(observation) for observation in observations]

        baselines = []
        for base in self.observations:
            rnd = self.t(base.project)
            if base.kind == "baseline" and rnd and self.in_scope(base):
                now = self.record.regular.get((base.project, base.subject, rnd))
                if now is not None:
                    baselines += [(key, base) for key in self.group_keys(base, now)]
        for key, observations in self.once(baselines).items():
            pairs = [self.pair(base) for base in observations]
            group(key).pairs = [pair for pair in pairs if pair is not None]

        if self.indicator.adds_up:
            last = self.round if self.indicator.frequency == "semester" else last_s2(self.round)
            asked = {rnd for _, rnd in self.observed if rnd <= last}
            if self.indicator.frequency == "annual":
                asked = {rnd for rnd in asked if rnd.endswith("-S2")}
            self.added = sorted(asked)
            for rnd in self.added:
                for key, observations in self.at_round(
                    dict.fromkeys(self.projects, rnd).get
                ).items():
                    units = [self.unit(observation) for observation in observations]
                    group(key).earlier += [u for u in units if u.eligible and u.answered]

        for observation in self.observations:
            missing = observation.kind == "regular" and self.t(observation.project) is None
            if missing and self.in_scope(observation):
                for key in self.group_keys(observation, observation):
                    group(key).projects_missing = True

        for one in groups.values():
            one.added = self.added
        survival = self.indicator.rule == "survival"
        return [
            g
            for g in groups.values()
            if not g.key or g.pairs or (not survival and any(u.eligible for u in g.units))
        ]


# ---------------------------------------------------------------- the figures of one group


@dataclass
class Answer:
    """One measure before it is written down."""

    value: Decimal | None
    reason: str | None
    n: int | None
    eligible: int | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    interval: Interval = NO_INTERVAL
    panel: dict[str, Any] | None = None


class Working:
    """One indicator in one group: the lists of the rules (E, R, P) and each rule worked out on
    them.
    """

    def __init__(self, question: Question, group: Group, intervals: Intervals) -> None:
        self.indicator, self.intervals, self.group = question.indicator, intervals, group
        self.question = question
        self.eligible = [u for u in group.units if u.eligible]
        self.respondents = [u for u in self.eligible if u.answered]
        self.panel_eligible = group.pairs
        if self.indicator.rule == "survival":
            self.panel = [
                p for p in group.pairs if p.now.x.known
            ]  # everyone operates at the baseline
        else:
            self.panel = [p for p in group.pairs if self.usable(p.base) and self.usable(p.now)]
        self.redefined = any(pair.redefined for pair in self.panel)
        self.mixed_now = self.mixed(pair.now for pair in self.panel)
        self.mixed_ends = self.mixed(unit for pair in self.panel for unit in (pair.base, pair.now))

    def mixed(self, units: Iterable[Unit]) -> bool:
        """Whether amounts that stay in local currency are in more than one."""
        question = self.question
        if question.spec["currency"] != "local" or self.indicator.rule in UNCONVERTED:
            return False
        money = {
            name
            for name, variable in question.catalogue.variables.items()
            if variable["unit"] == "local_currency"
        }
        parts = (part for unit in units for part in (unit.x, unit.y) if part is not None)
        cells = (each for part in parts for each in part.cells)
        return (
            len({cell.currency for name, cell in cells if name in money and cell.value is not None})
            > 1
        )

    # -- small words

    def usable(self, unit: Unit) -> bool:
        """Has a value; for rules of unit ratios, the ratio exists."""
        if not unit.answered:
            return False
        if self.indicator.rule == "median_ratio":
            return unit.y is not None and unit.y.number() > 0
        if self.indicator.rule == "median_tie_density":
            return unit.y is not None and unit.y.number() >= self.indicator.min_k
        return True

    def scaled(self, number: Decimal) -> Decimal:
        return self.indicator.factor[0] * number / self.indicator.factor[1]

    def ratio(self, unit: Unit) -> Decimal:
        """factor x num / den of one unit; for ties, ties over possible ties."""
        assert unit.y is not None
        x, y = unit.x.number(), unit.y.number()
        if self.indicator.rule == "median_tie_density":
            return x / (y * (y - 1) / 2)
        return divide(self.indicator.factor[0] * x, y) / self.indicator.factor[1]

    def linearised(self, estimate: Decimal, contributions: Contributions) -> Interval:
        return (
            NO_INTERVAL
            if self.indicator.level == "project"
            else self.intervals.linearised(estimate, contributions)
        )

    def wilson(self, answers: list[tuple[str, bool]]) -> Interval:
        return NO_INTERVAL if self.indicator.level == "project" else self.intervals.wilson(answers)

    def woodruff(self, values: Contributions) -> Interval:
        return NO_INTERVAL if self.indicator.level == "project" else self.intervals.woodruff(values)

    @staticmethod
    def total(units: Iterable[Unit]) -> Decimal:
        numbers = [u.x.number() for u in units]
        if not numbers:
            raise Undefined("no_data")
        return sum(numbers, D(0))

    def no_panel(self, *, only_now: bool = False) -> str | None:
        """What keeps every figure over P from being a number; `only_now`: one that reads t alone."""
        if not self.indicator.asked_at_baseline:
            return "not_asked_at_baseline"
        if not self.panel:
            return "no_data"
        mixed = self.mixed_now if only_now else self.mixed_ends
        return "definition_changed" if self.redefined or mixed else None

    def before(self) -> list[Decimal]:
        return [p.base.x.number() for p in self.panel]

    def after(self) -> list[Decimal]:
        return [p.now.x.number() for p in self.panel]

    # -- measures over R and over P

    def over_r(self, work: Callable[[], Decimal]) -> Answer:
        value, reason = attempt(self.in_one_currency(self.respondents, work))
        return Answer(value, reason, len(self.respondents), len(self.eligible))

    def in_one_currency(
        self, units: list[Unit], work: Callable[[], Decimal]
    ) -> Callable[[], Decimal]:
        def checked() -> Decimal:
            if self.mixed(units):
                raise Undefined("definition_changed")
            return work()

        return checked

    def over_p(
        self, work: Callable[[], Decimal], *, always: bool = False, only_now: bool = False
    ) -> Answer:
        """`always`: a count that stands even when P is empty or redefined, if the baseline asked at
        all.
        """

        def checked() -> Decimal:
            undefined = self.no_panel(only_now=only_now)
            if undefined and not always:
                raise Undefined(undefined)
            return work()

        if not self.indicator.asked_at_baseline:
            return Answer(None, "not_asked_at_baseline", None, None)
        value, reason = attempt(checked)
        return Answer(value, reason, len(self.panel), len(self.panel_eligible))

    # -- the panel block

    def block(
        self,
        base: Callable[[], Decimal],
        value: Callable[[], Decimal],
        change: Callable[[], Decimal],
        interval: Callable[[Decimal], Interval],
    ) -> dict[str, Any]:
        names = (
            "n",
            "eligible",
            "coverage",
            "baseline",
            "value",
            "change",
            "ci_low",
            "ci_high",
            "ci_method",
        )
        if not self.indicator.asked_at_baseline:
            return dict.fromkeys(names) | {"lost": {}, "reason": "not_asked_at_baseline"}
        n, eligible = len(self.panel), len(self.panel_eligible)
        inside = {id(pair) for pair in self.panel}
        # known at one end, but without a ratio there: neither in P nor a loss
        unusable = {
            id(p)
            for p in self.panel_eligible
            for u in (p.base, p.now)
            if u.answered and not self.usable(u)
        }
        causes = [p.cause_of_loss() for p in self.panel_eligible if id(p) not in inside | unusable]
        reason = self.no_panel()
        b = v = c = None
        if reason is None:
            (b, no_base), (v, no_value) = attempt(base), attempt(value)
            reason = first_reason(no_base, no_value)
            if reason is None:
                c, reason = attempt(change)
            else:
                b = v = None
        found = interval(c) if c is not None else NO_INTERVAL
        return {
            "n": n,
            "eligible": eligible,
            "coverage": publish(D(n) / eligible) if eligible else None,
            "baseline": publish(b),
            "value": publish(v),
            "change": publish(c),
            "ci_low": publish(found.low),
            "ci_high": publish(found.high),
            "ci_method": found.method,
            "lost": {cause: causes.count(cause) for cause in LOST if cause in causes},
            "reason": reason,
        }

    def block_of_sums(self) -> dict[str, Any]:
        """Sum at base, sum at t, difference, with the linearised interval of a sum of differences."""
        return self.block(
            lambda: sum(self.before(), D(0)),
            lambda: sum(self.after(), D(0)),
            lambda: sum(self.after(), D(0)) - sum(self.before(), D(0)),
            lambda c: self.linearised(
                c, [(p.cluster, p.now.x.number() - p.base.x.number()) for p in self.panel]
            ),
        )

    def block_of_means(self, scale: Decimal) -> dict[str, Any]:
        """scale x mean at base and at t, difference, u_i = u_i(t) - u_i(base)."""

        def mean(values: list[Decimal]) -> Decimal:
            return sum(values, D(0)) / len(values)

        def interval(change: Decimal) -> Interval:
            n, first, second = len(self.panel), mean(self.before()), mean(self.after())
            return self.linearised(
                change,
                [
                    (
                        p.cluster,
                        scale * ((p.now.x.number() - second) / n - (p.base.x.number() - first) / n),
                    )
                    for p in self.panel
                ],
            )

        return self.block(
            lambda: scale * sum(self.before(), D(0)) / len(self.panel),
            lambda: scale * sum(self.after(), D(0)) / len(self.panel),
            lambda: scale * (mean(self.after()) - mean(self.before())),
            interval,
        )

    def block_of_medians(self, number: Callable[[Unit], Decimal]) -> dict[str, Any]:
        """Medians at base and at t; the change is the median of the unit differences."""

        def differences() -> Contributions:
            return [(p.cluster, number(p.now) - number(p.base)) for p in self.panel]

        return self.block(
            lambda: median(number(p.base) for p in self.panel),
            lambda: median(number(p.now) for p in self.panel),
            lambda: median(d for _, d in differences()),
            lambda _change: self.woodruff(differences()),
        )

    # -- the rules

    def rule_sum(self) -> dict[str, Answer]:
        main = self.over_r(lambda: self.total(self.respondents))
        main.panel = self.block_of_sums()
        answers = {
            "main": main,
            "median": self.over_r(lambda: median(u.x.number() for u in self.respondents)),
        }
        if self.indicator.adds_up:
            earlier = self.group.earlier
            value, reason = attempt(self.in_one_currency(earlier, lambda: self.total(earlier)))
            answers["to_date"] = Answer(value, reason, None, None)
        return answers

    def rule_mean(self) -> dict[str, Answer]:
        r, n = self.respondents, D(len(self.respondents))
        main = self.over_r(lambda: self.total(r) / n)
        if main.value is not None:
            main.numerator, main.denominator = self.total(r), n
            mean = main.value
            main.interval = self.linearised(
                mean, [(u.cluster, (u.x.number() - mean) / n) for u in r]
            )
        main.panel = self.block_of_means(D(1))
        return {"main": main, "median": self.over_r(lambda: median(u.x.number() for u in r))}

    def rule_ratio(self) -> dict[str, Answer]:
        def below(unit: Unit) -> Decimal:
            assert unit.y is not None
            return unit.y.number()

        def value(units: list[Unit]) -> Decimal:
            top, bottom = self.total(units), sum((below(u) for u in units), D(0))
            return divide(self.indicator.factor[0] * top, bottom) / self.indicator.factor[1]

        def contributions(units: list[Unit]) -> list[Decimal]:
            bottom = sum((below(u) for u in units), D(0))
            plain = self.total(units) / bottom
            return [self.scaled((u.x.number() - plain * below(u)) / bottom) for u in units]

        r = self.respondents
        main = self.over_r(lambda: value(r))
        if main.reason in (None, "zero_denominator"):
            main.numerator, main.denominator = self.total(r), sum((below(u) for u in r), D(0))
        if main.value is not None:
            main.interval = self.linearised(
                main.value, [(u.cluster, part) for u, part in zip(r, contributions(r), strict=True)]
            )

        base, now = [p.base for p in self.panel], [p.now for p in self.panel]

        def interval(change: Decimal) -> Interval:
            parts = zip(self.panel, contributions(now), contributions(base), strict=True)
            return self.linearised(
                change, [(p.cluster, after - before) for p, after, before in parts]
            )

        main.panel = self.block(
            lambda: value(base), lambda: value(now), lambda: value(now) - value(base), interval
        )

        def median_of_units() -> Decimal:
            if not r:
                raise Undefined("no_data")
            numbers = [
                (u.x.number(), below(u)) for u in r
            ]  # a missing rate says so before the denominators do
            if not any(bottom > 0 for _, bottom in numbers):
                raise Undefined("zero_denominator")
            return median(self.ratio(u) for u in r if below(u) > 0)

        return {"main": main, "median": self.over_r(median_of_units)}

    def _middle(self, units: list[Unit], number: Callable[[Unit], Decimal]) -> dict[str, Answer]:
        """Main value median, quartiles beside it, Woodruff's interval, panel of medians."""

        def at(p: str) -> Answer:
            work = self.in_one_currency(units, lambda: quantile((number(u) for u in units), D(p)))
            value, reason = attempt(work)
            return Answer(value, reason, len(units), len(self.eligible))

        main = at("0.5")
        if main.value is not None:
            main.interval = self.woodruff([(u.cluster, number(u)) for u in units])
        main.panel = self.block_of_medians(number)
        return {"main": main, "p25": at("0.25"), "p75": at("0.75")}

    def rule_median(self) -> dict[str, Answer]:
        return self._middle(self.respondents, lambda u: u.x.number())

    def rule_median_ratio(self) -> dict[str, Answer]:
        units = [u for u in self.respondents if self.usable(u)]
        without = D(len(self.respondents) - len(units))
        answers = self._middle(units, self.ratio)
        return answers | {"excluded": Answer(without, None, len(units), len(self.eligible))}

    def rule_median_tie_density(self) -> dict[str, Answer]:
        units = [u for u in self.respondents if self.usable(u)]
        return {"main": self._middle(units, self.ratio)["main"]}

    def rule_count_positive(self) -> dict[str, Answer]:
        main = self.over_r(lambda: self.total(self.respondents))  # readings of this rule are 0 or 1
        main.panel = self.block_of_sums()
        unknown = D(len(self.eligible) - len(self.respondents))
        return {"main": main, "not_answered": self.over_r(lambda: unknown)}

    def _share(self, yes: list[tuple[str, bool]], eligible: int) -> Answer:
        n, count = D(len(yes)), D(sum(answer for _, answer in yes))
        if not yes:
            return Answer(None, "no_data", 0, eligible)
        return Answer(HUNDRED * count / n, None, len(yes), eligible, count, n, self.wilson(yes))

    def rule_share_positive(self) -> dict[str, Answer]:
        main = self._share(
            [(u.cluster, u.x.number() > 0) for u in self.respondents], len(self.eligible)
        )
        main.panel = self.block_of_means(HUNDRED)

        def moved(before: Decimal, after: Decimal) -> Answer:
            return self.over_p(
                lambda: D(
                    sum(
                        (p.base.x.number(), p.now.x.number()) == (before, after) for p in self.panel
                    )
                )
            )

        return {"main": main, "gained": moved(D(0), D(1)), "lost": moved(D(1), D(0))}

    def rule_share_among(self) -> dict[str, Answer]:
        def condition(unit: Unit) -> Reading:
            assert unit.y is not None
            return unit.y

        eligible = [
            u for u in self.eligible if not condition(u).known or condition(u).number() == 1
        ]
        asked = [u for u in eligible if u.answered]
        main = self._share([(u.cluster, u.x.number() == 1) for u in asked], len(eligible))
        conditions = [condition(u).number() for u in self.eligible if condition(u).known]
        if main.value is None and conditions and 1 not in conditions:
            main.reason = "zero_denominator"
        return {"main": main}

    def rule_panel_sum(self) -> dict[str, Answer]:
        main = self.over_p(lambda: sum(self.after(), D(0)), only_now=True)
        main.panel = self.block_of_sums()
        panel_eligible = {(p.base.project, p.base.subject) for p in self.panel_eligible}
        later = D(sum((u.project, u.subject) not in panel_eligible for u in self.respondents))
        return {
            "main": main,
            "median": self.over_p(lambda: median(self.after()), only_now=True),
            "total": self.over_r(lambda: self.total(self.respondents)),
            "joined_later": self.over_p(lambda: later, always=True),
        }

    def rule_panel_change_abs(self) -> dict[str, Answer]:
        block = self.block_of_sums()
        main = self.over_p(lambda: sum(self.after(), D(0)) - sum(self.before(), D(0)))
        if main.value is not None:
            main.interval = self.linearised(
                main.value, [(p.cluster, p.now.x.number() - p.base.x.number()) for p in self.panel]
            )
        main.panel = block

        def count(holds: Callable[[Decimal, Decimal], bool]) -> Answer:
            return self.over_p(
                lambda: D(
                    sum(holds(b, a) for b, a in zip(self.before(), self.after(), strict=True))
                )
            )

        return {
            "main": main,
            "up": count(lambda b, a: a > b),
            "equal": count(lambda b, a: a == b),
            "down": count(lambda b, a: a < b),
        }

    def rule_panel_change_pct(self) -> dict[str, Answer]:
        def change() -> Decimal:
            after, before = sum(self.after(), D(0)), sum(self.before(), D(0))
            return HUNDRED * (divide(after, before) - 1)

        def interval(estimate: Decimal) -> Interval:
            before, after = self.before(), self.after()
            bottom = sum(before, D(0))
            plain = sum(after, D(0)) / bottom
            return self.linearised(
                estimate,
                [
                    (p.cluster, HUNDRED * (a - plain * b) / bottom)
                    for p, b, a in zip(self.panel, before, after, strict=True)
                ],
            )

        main = self.over_p(change)
        if main.reason in (None, "zero_denominator"):
            main.numerator, main.denominator = sum(self.after(), D(0)), sum(self.before(), D(0))
        if main.value is not None:
            main.interval = interval(main.value)
        main.panel = self.block(
            lambda: sum(self.before(), D(0)), lambda: sum(self.after(), D(0)), change, interval
        )

        def median_of_units() -> Decimal:
            both = list(zip(self.before(), self.after(), strict=True))
            if not any(b > 0 for b, _ in both):
                raise Undefined("zero_denominator")
            return median(HUNDRED * (a / b - 1) for b, a in both if b > 0)

        zeros = D(sum(as_entered(p.base) == 0 for p in self.panel))  # needs no rate
        return {
            "main": main,
            "median": self.over_p(median_of_units),
            "excluded": self.over_p(lambda: zeros, always=True),
        }

    def rule_panel_share_up(self) -> dict[str, Answer]:
        factor = 1 + self.indicator.threshold / HUNDRED

        def both() -> list[tuple[Decimal, Decimal]]:
            return list(zip(self.before(), self.after(), strict=True))

        def is_up(b: Decimal, a: Decimal) -> bool:
            return a >= b * factor and a > b

        main = self.over_p(lambda: HUNDRED * sum(is_up(b, a) for b, a in both()) / len(self.panel))
        if main.value is not None:
            yes = [(p.cluster, is_up(b, a)) for p, (b, a) in zip(self.panel, both(), strict=True)]
            main.numerator, main.denominator = D(sum(up for _, up in yes)), D(len(yes))
            main.interval = self.wilson(yes)
        return {
            "main": main,
            "up": self.over_p(lambda: D(sum(is_up(b, a) for b, a in both()))),
            "within": self.over_p(lambda: D(sum(not is_up(b, a) and a >= b for b, a in both()))),
            "down": self.over_p(lambda: D(sum(a < b for b, a in both()))),
        }

    def rule_survival(self) -> dict[str, Answer]:
        main = self.over_p(lambda: HUNDRED * sum(a == 1 for a in self.after()) / len(self.panel))
        if main.value is not None:
            yes = [(p.cluster, p.now.x.number() == 1) for p in self.panel]
            main.numerator, main.denominator = D(sum(alive for _, alive in yes)), D(len(yes))
            main.interval = self.wilson(yes)

        def share() -> Decimal:
            return HUNDRED * sum(a == 1 for a in self.after()) / len(self.panel)

        def interval(change: Decimal) -> Interval:
            # everyone operated at the baseline, so u_i(base) = 0
            p, n = share() / HUNDRED, len(self.panel)
            return self.linearised(
                change,
                [
                    (pair.cluster, HUNDRED * (D(pair.now.x.number() == 1) - p) / n)
                    for pair in self.panel
                ],
            )

        main.panel = self.block(lambda: HUNDRED, share, lambda: share() - HUNDRED, interval)

        def bound_low() -> Decimal:
            if not self.panel_eligible:
                raise Undefined("no_data")
            return HUNDRED * sum(a == 1 for a in self.after()) / len(self.panel_eligible)

        return {"main": main, "bound_low": self.over_p(bound_low, always=True)}

    def answers(self) -> dict[str, Answer]:
        rule: Callable[[], dict[str, Answer]] = getattr(self, f"rule_{self.indicator.rule}")
        return rule()

    def reconstructed_share(self) -> Decimal | None:
        return D(sum(p.reconstructed for p in self.panel)) / len(self.panel) if self.panel else None


def as_entered(unit: Unit) -> Decimal:
    """The amount of a unit of P before any conversion (the rules over P have one variable)."""
    return sum((cell.value for _, cell in unit.x.cells if cell.value is not None), D(0))


# ---------------------------------------------------------------- writing figures, and withholding
# some


def identity(spec: dict[str, Any], indicator: str, measure: str, group: dict[str, str]) -> str:
    named = ("scope", "audience", "prices", "currency", "round", "as_of")
    defines = {name: spec[name] for name in named}
    defines |= {"indicator": indicator, "measure": measure, "group": group}
    return hashlib.sha256(canonical(defines).encode()).hexdigest()[:16]


def figures_of(question: Question, working: Working) -> list[dict[str, Any]]:
    group, indicator, spec = working.group, question.indicator, question.spec
    share = working.reconstructed_share()
    annual = indicator.frequency == "annual"
    figures = []
    for measure, answer in working.answers().items():
        main = measure == "main"
        covered = (
            D(answer.n) / answer.eligible if answer.n is not None and answer.eligible else None
        )
        raised = {
            "projects_missing": group.projects_missing,
            "mixed_periods": indicator.frequency == "milestone",
            "reconstructed_over_30": main and share is not None and share > D("0.3"),
            "estimate": indicator.estimate,
        }
        figures.append(
            {
                "id": identity(spec, indicator.code, measure, group.key),
                "indicator": indicator.code,
                "measure": measure,
                "level": indicator.level,
                "group": group.key,
                "period": last_s2(question.round)[:4] if annual else question.round,
                "round": question.round,
                "unit": LEVEL_UNIT[indicator.level] if measure in COUNTING else indicator.unit,
                "value": publish(answer.value),
                "numerator": publish(answer.numerator),
                "denominator": publish(answer.denominator),
                "n": answer.n,
                "eligible": answer.eligible,
                "coverage": publish(covered),
                "target": publish(question.target(working)) if main else None,
                "ci_low": publish(answer.interval.low),
                "ci_high": publish(answer.interval.high),
                "ci_method": answer.interval.method,
                "clusters": answer.interval.clusters,
                "reconstructed_share": publish(share) if main else None,
                "suppressed": False,
                "reason": answer.reason,
                "flags": [flag for flag in FLAGS if raised[flag]],
                "panel": answer.panel if main else None,
            }
        )
    return figures


def withhold(figure: dict[str, Any], reason: str) -> None:
    for name in (
        "value",
        "numerator",
        "denominator",
        "n",
        "eligible",
        "coverage",
        "panel",
        "ci_low",
        "ci_high",
    ):
        figure[name] = None
    figure |= {
        "reconstructed_share": None,
        "clusters": None,
        "ci_method": "none",
        "suppressed": True,
        "reason": reason,
    }
    figure["flags"] = [flag for flag in figure["flags"] if flag != "reconstructed_over_30"]


# A list of what units gave to a number, and the question that is put to it.
Gave = dict[tuple[str, ...], Decimal]
Witness = tuple[str, Gave]


class Nested(NamedTuple):
    """A sum beside sums of other tables: where one holds the other, what is left is asked.

    parts: the others are of the same group, and subtracted with it; asked: of the sum itself, or
    only of what is left of it.
    """

    given: Gave
    others: list[Gave]
    parts: bool = False
    asked: bool = True


PUBLIC_GROUPINGS = ("country", "typology", "sector", "size", "owner_sex")
RANKS = {"median", "p25", "p75"}
COUNTED = {"gained", "lost", "up", "equal", "within", "down"}
ANSWER_RULES = POSITIVE | {"share_among", "panel_share_up", "survival"}
RANK_RULES = {"median", "median_ratio"}
TESTS = ("few_units", "few_contributors", "dominance", "secondary")


def by_unit(
    units: Iterable[Unit], number: Callable[[Unit], Decimal]
) -> dict[tuple[str, ...], Decimal]:
    return {(u.subject, u.project): number(u) for u in units}


def amounts(units: list[Unit], number: Callable[[Unit], Decimal]) -> Witness:
    """Amounts that were added; nothing is asked of them where a rate is missing."""
    try:
        return "amounts", by_unit(units, number)
    except Undefined:
        return "nothing", {}


def nested(
    given: Witness, others: list[Witness], *, parts: bool = False, asked: bool = True
) -> Nested:
    if any(question == "nothing" for question, _ in (given, *others)):
        return Nested({}, [])
    return Nested(given[1], [other for _, other in others], parts, asked)


def less(one: Witness, two: Witness) -> Witness:
    if "nothing" in (one[0], two[0]):
        return "nothing", {}
    everybody = {*one[1], *two[1]}
    left = {giver: one[1].get(giver, D(0)) - two[1].get(giver, D(0)) for giver in everybody}
    return "difference", {giver: value for giver, value in left.items() if value}


def sides_of(units: list[Unit], indicator: Indicator) -> list[Witness]:
    """Numerator and, where it is a variable, denominator: or who said yes and who said no."""

    def denominator(unit: Unit) -> Decimal:
        assert unit.y is not None
        return unit.y.number()

    if indicator.rule in RANK_RULES:
        return []
    if indicator.rule in ANSWER_RULES:
        operates = indicator.rule == "survival"
        yes = [u for u in units if (u.x.number() == 1 if operates else u.x.number() > 0)]
        no = [u for u in units if u not in yes]
        return [("count", by_unit(found, lambda _: D(1))) for found in (yes, no)]
    top = amounts(units, lambda u: u.x.number())
    return [top, amounts(units, denominator)] if indicator.rule == "ratio" else [top]


class Withholding:
    """Who stands behind the public numbers of one indicator in one group; `others`: the same group
    of the indicators before it that show sums of the same expressions.
    """

    def __init__(self, working: Working, others: Iterable[Withholding] = ()) -> None:
        self.working, self.indicator = working, working.indicator
        self.others = list(others)
        self.tables: list[list[Withholding]] = []  # groups of other groupings, or of an own one
        self.before: list[Withholding] = []  # the same group in the rounds before, by indicator

    def nested(self, place: str) -> list[Nested]:
        """Each sum at this place beside every sum of the same in other tables."""
        found = []
        for of, given in ((of, given) for where, of, given in self.sums() if where == place):
            for table in self.tables:
                for others in zip(*(one.sums_of(of) for one in table), strict=True):
                    found.append(nested(given, list(others), asked=bool(self.working.group.key)))
            for earlier in self.before:
                for other in earlier.sums_of(of):
                    found.append(nested(given, [other], parts=True))
        return found

    def sums_of(self, what: str) -> list[Witness]:
        return [given for _, of, given in self.sums() if of == what]

    def sums(self) -> list[tuple[str, str, Witness]]:
        """(place, what is added and when, by whom) of each sum that can be read from this group."""
        w, rule = self.working, self.indicator.rule
        if rule in ANSWER_RULES | RANK_RULES | {"median_tie_density"}:
            return []
        top, bottom = canonical(self.indicator.numerator), canonical(self.indicator.denominator)
        answered = sides_of(w.respondents, self.indicator)
        if rule == "ratio":
            return [("main", f"{top} now", answered[0]), ("main", f"{bottom} now", answered[1])]
        now, base = ([p.now for p in w.panel], [p.base for p in w.panel])
        place = "main" if rule in OVER_PANEL else "panel"
        ends = [
            (place, f"{top} now", amounts(now, lambda u: u.x.number())),
            (place, f"{top} base", amounts(base, lambda u: u.x.number())),
        ]
        whole = ("total" if rule in OVER_PANEL else "main", f"{top} now", answered[0])
        if rule == "panel_sum":
            return [*ends, whole]
        if self.indicator.adds_up:
            return [whole, *ends, ("to_date", f"{top} to date", self.given_to_date())]
        return ends if rule in OVER_PANEL else [whole, *ends]

    def given_to_date(self) -> Witness:
        """What each unit gave in each round."""
        try:
            return "amounts", {
                (u.subject, u.project, u.round): u.x.number() for u in self.working.group.earlier
            }
        except Undefined:
            return "nothing", {}

    def differences(self, place: str) -> list[Witness]:
        """What is left of each sum at this place less each sum of the same that came before."""
        earlier = [(of, given) for other in self.others for _, of, given in other.sums()]
        own = self.sums()
        order = ["main", "panel", "total", "to_date"]
        earlier += [(of, w) for at, of, w in own if order.index(at) < order.index(place)]
        return [
            less(mine, theirs)
            for at, of, mine in own
            for same, theirs in earlier
            if at == place and of == same
        ]

    def heads(self, units: Iterable[Unit], measure: str) -> Witness:
        ranks = measure in RANKS or self.indicator.rule in RANK_RULES
        return "ten" if ranks else "five", by_unit(units, lambda _: D(1))

    def of_measure(self, figure: dict[str, Any]) -> list[Any] | None:
        """None where nobody stands behind it."""
        measure, rule = figure["measure"], self.indicator.rule
        known = figure["value"] is not None or figure["numerator"] is not None
        if measure == "to_date":
            return self.of_rounds() if known else None
        if figure["n"] is None:
            return None
        if measure in COUNTED:
            people = [self.heads((p.now for p in self.working.panel), measure)]
            return people + ([self.of_count(measure)] if known else [])
        if rule in OVER_PANEL and measure != "total":
            people = [self.heads((p.now for p in self.working.panel), measure)]
            return people + (self.of_panel() if known and measure == "main" else [])
        units = self.respondents()
        if not known or measure not in ("main", "total"):
            return [self.heads(units, measure)]
        sides = sides_of(units, self.indicator)
        return [
            self.heads(units, measure),
            *sides,
            *self.differences(measure),
            *self.nested(measure),
        ]

    def respondents(self) -> list[Unit]:
        w = self.working
        if self.indicator.rule == "share_among":
            return [u for u in w.respondents if u.y is not None and u.y.number() == 1]
        return [u for u in w.respondents if w.usable(u)]

    def of_panel(self) -> list[Any]:
        """Main values over P: at t and at the baseline; `survival` and `panel_share_up` are answers."""
        panel, factor = self.working.panel, 1 + self.indicator.threshold / HUNDRED
        if self.indicator.rule == "survival":
            return sides_of([p.now for p in panel], self.indicator)
        if self.indicator.rule != "panel_share_up":
            return [*self.of_ends(), *self.differences("main"), *self.nested("main")]
        answers = {
            (p.now.subject, p.now.project): self.moved("up", p.base, p.now, factor) for p in panel
        }
        return [
            ("count", {k: D(1) for k, up in answers.items() if up is side})
            for side in (True, False)
        ]

    def of_ends(self) -> list[Witness]:
        ends = [[p.now for p in self.working.panel], [p.base for p in self.working.panel]]
        if self.indicator.rule == "survival":  # all operate at the baseline
            return sides_of(ends[0], self.indicator)
        return [side for units in ends for side in sides_of(units, self.indicator)]

    def moved(self, measure: str, base: Unit, now: Unit, factor: Decimal) -> bool:
        b, a = base.x.number(), now.x.number()
        if self.indicator.rule == "panel_share_up":
            up = a >= b * factor and a > b
            return {"up": up, "down": a < b, "within": not up and a >= b}[measure]
        return {"gained": a > b, "up": a > b, "equal": a == b, "lost": a < b, "down": a < b}[
            measure
        ]

    def of_count(self, measure: str) -> Witness:
        factor = 1 + self.indicator.threshold / HUNDRED
        found = [p.now for p in self.working.panel if self.moved(measure, p.base, p.now, factor)]
        return "count", by_unit(found, lambda _: D(1))

    def of_rounds(self) -> list[Any]:
        """All that `to_date` adds: a firm gives once in each round."""
        _, gave = self.given_to_date()
        people: Witness = ("five", dict.fromkeys(gave, D(1)))
        each: list[Witness] = [
            ("round", {giver: x for giver, x in gave.items() if giver[2] == rnd})
            for rnd in self.working.group.added
        ]
        return [
            people,
            ("amounts", gave),
            *each,
            *self.differences("to_date"),
            *self.nested("to_date"),
        ]

    def of_round(self, rnd: str) -> list[Any] | None:
        found = [u for u in self.working.group.earlier if u.round == rnd]
        people: Witness = ("five", by_unit(found, lambda _: D(1)))
        return [people, amounts(found, lambda u: u.x.number())] if found else None

    def of_block(self, block: dict[str, Any] | None) -> list[Any] | None:
        if block is None or block["n"] is None:
            return None
        known = block["value"] is not None or block["baseline"] is not None
        people = self.heads((p.now for p in self.working.panel), "main")
        if not known:
            return [people]
        return [people, *self.of_ends(), *self.differences("panel"), *self.nested("panel")]


def objection(question: str, given: dict[tuple[str, ...], Decimal]) -> str | None:
    """What one list of givers has against being published; all that one firm gave is one."""
    firms: dict[str, Decimal] = defaultdict(D)
    for giver, value in given.items():
        firms[giver[0]] += value
    if question in ("five", "ten"):
        return "few_units" if len(firms) < (FEW if question == "five" else 2 * FEW) else None
    if question == "count":
        return "few_contributors" if 1 <= len(firms) <= 2 else None
    if question == "nothing":
        return None
    gave = sorted((abs(value) for value in firms.values() if value != 0), reverse=True)
    if question in ("difference", "round") and not (gave if question == "difference" else firms):
        return None  # nobody is in one of them alone; nobody answered in that round
    if question != "difference" and len(gave) < FEW:
        return "few_contributors"
    if sum(gave, D(0)) - sum(gave[:2], D(0)) < gave[0] / 10:
        return "secondary" if question == "difference" else "dominance"
    return None


def objection_to_nested(witness: Nested) -> str | None:
    for other in witness.others:
        one, two = ({k: x for k, x in gave.items() if x} for gave in (witness.given, other))
        if len(one) > len(two):
            one, two = two, one
        rest = {giver: x for giver, x in two.items() if giver not in one}
        holds = all(giver in two and two[giver] == x for giver, x in one.items())
        if one and holds and objection("difference", rest):
            return "secondary"
    return None


def objections(witnesses: list[Any]) -> str | None:
    found = [
        (objection_to_nested(w) if w.asked else None) if isinstance(w, Nested) else objection(*w)
        for w in witnesses
    ]
    return min((o for o in found if o), key=TESTS.index, default=None)


def remains(whole: Gave, groups: list[Gave]) -> Gave:
    """The whole less the groups, giver by giver."""
    left: Gave = {}
    for giver in {g for one in (whole, *groups) for g in one}:
        times = (giver in whole) - sum(giver in group for group in groups)
        value = whole.get(giver, D(0)) - sum((g.get(giver, D(0)) for g in groups), D(0))
        if times or value:
            left[giver] = value
    return left


def subtracted(whole: list[Any], shown: list[list[Any]]) -> list[Any]:
    """Side by side, what is left of the whole."""
    rest: list[Any] = []
    for place, witness in enumerate(whole):
        groups = [group[place] for group in shown if place < len(group)]
        if not isinstance(witness, Nested):
            left = remains(witness[1], [group[1] for group in groups])
            if left:
                rest.append((witness[0], left))
            continue
        beside = [group for group in groups if isinstance(group, Nested)]
        others = witness.others
        if witness.parts:
            others = [remains(one, [g.others[0] for g in beside if g.others]) for one in others]
        rest.append(Nested(remains(witness.given, [g.given for g in beside]), others))
    return rest


def close(
    ns: dict[str, int | None],
    witnesses: dict[str, list[Any] | None],
    verdict: dict[str, str],
    upper: Upper | None = None,
) -> None:
    """Adds to the verdicts of one partition: each group by itself, then until nothing can be had by
    subtraction; of projects, from the countries that they lie in (`upper`).
    """

    def alone(given: list[Any] | None) -> list[Any] | None:
        return given and [Nested({}, []) if isinstance(w, Nested) else w for w in given]

    for narrow in (True, False):  # first without looking at other tables
        asked = {key: alone(given) if narrow else given for key, given in witnesses.items()}
        for key, given in asked.items():
            if key not in verdict and given is not None and (reason := objections(given)):
                verdict[key] = reason
        if upper is None:
            subtract_until_safe(ns, asked, verdict)
        else:
            over = {key: alone(given) if narrow else given for key, given in upper[0].items()}
            subtract_from_countries(ns, asked, verdict, (over, upper[1]))


def subtract_from_countries(
    ns: dict[str, int | None],
    witnesses: dict[str, list[Any] | None],
    verdict: dict[str, str],
    upper: Upper,
) -> None:
    """Until nothing is left of a country, or of countries that a project joins, that tells of a
    firm. Hidden countries are one, known by what the shown ones leave of a total that is shown.
    """
    given, hidden = upper
    name = {key: "(hidden)" if key in hidden else key for key in given if key != "{}"}
    inside = {
        project: frozenset(
            name[key]
            for key in name
            if mine and given[key] and set(mine[0][1]) & set(given[key][0][1])
        )
        for project, mine in witnesses.items()
    }
    pieces = {one for one in inside.values() if one}
    everything = set(pieces)
    for piece in pieces:  # what projects join, one over another
        grown = piece
        while True:
            wider = frozenset(c for one in pieces if one & grown for c in one)
            if wider == grown:
                break
            grown = wider
        everything.add(grown)
    settled = False
    while not settled:
        settled = True
        for piece in sorted(everything, key=lambda one: (len(one), sorted(one))):
            apart = [k for k in name if name[k] != "(hidden)" and name[k] not in piece]
            if "(hidden)" in piece:
                if "{}" in hidden or "{}" not in given:
                    continue
                whole, less = given["{}"] or [], [given[k] or [] for k in apart]
            else:
                whole, less = side_by_side([given[k] or [] for k in sorted(piece)]), []
            while True:
                shown = [p for p, at in inside.items() if at and at <= piece and p not in verdict]
                rest = subtracted(whole, [*less, *(witnesses[p] or [] for p in shown)])
                if not shown or objections(rest) is None:
                    break
                smallest = min(shown, key=lambda p: (ns[p] is None, ns[p] or 0, p))
                verdict[smallest] = "secondary"
                settled = False


def side_by_side(countries: list[list[Any]]) -> list[Any]:
    """Several countries as one: no unit is in two of them."""

    def merged(several: Iterable[Gave]) -> Gave:
        return {giver: x for one in several for giver, x in one.items()}

    if len(countries) == 1:
        return countries[0]
    found: list[Any] = []
    for same in zip(*countries, strict=False):
        first = same[0]
        if not isinstance(first, Nested):
            unknown = any(question == "nothing" for question, _ in same)
            one = ("nothing", {}) if unknown else (first[0], merged(w[1] for w in same))
            found.append(one)
        elif any(not w.others for w in same):
            found.append(Nested({}, []))
        else:
            others = [merged(w.others[0] for w in same)] if first.parts else first.others
            found.append(first._replace(given=merged(w.given for w in same), others=others))
    return found


def subtract_until_safe(
    ns: dict[str, int | None], witnesses: dict[str, list[Any] | None], verdict: dict[str, str]
) -> None:
    if "{}" not in ns or len(ns) == 1:
        return
    while "{}" not in verdict:
        shown = [key for key in ns if key != "{}" and key not in verdict]
        rest = subtracted(witnesses["{}"] or [], [witnesses[key] or [] for key in shown])
        if objections(rest) is None:
            return
        smallest = min(shown, key=lambda key: (ns[key] is None, ns[key] or 0, key), default="{}")
        verdict[smallest] = "secondary"


# Of total and of a country: who stands behind it, its figures as they are, and as they are shown.
Country = tuple["Withholding", "list[dict[str, Any]]", "list[dict[str, Any]]"]
# Of one table of total and countries: what stands behind each, and which are hidden.
Upper = tuple[dict[str, "list[Any] | None"], "set[str]"]


def protect(
    found: list[tuple[Withholding, list[dict[str, Any]]]],
    countries: list[Country] | None = None,
) -> None:
    """Suppression of one indicator's public figures (all measures, all groups of one grouping).

    countries: total and countries, protected already, if these are the projects within them (and
    the withholdings of these know the tables that the projects are set beside).
    """
    behind = {canonical(figures[0]["group"]): who for who, figures in found}
    figures = [figure for _, of_group in found for figure in of_group]
    verdicts: dict[str, dict[str, str]] = {}
    uppers = uppers_of(countries) if countries is not None else {}
    for measure in MEASURES:
        table = {canonical(f["group"]): f for f in figures if f["measure"] == measure}
        verdicts[measure] = dict(verdicts.get("main", {}))
        close(
            {key: figure["n"] for key, figure in table.items()},
            {key: behind[key].of_measure(figure) for key, figure in table.items()},
            verdicts[measure],
            uppers.get(measure),
        )
        if measure == "to_date" and table:
            close_rounds(table, behind, verdicts[measure], countries, uppers.get(measure))
        if measure == "main":
            blocks = verdicts_of_blocks(table, behind, verdicts["main"], uppers.get("block"))
    for figure in figures:
        key = canonical(figure["group"])
        if reason := verdicts[figure["measure"]].get(key):
            withhold(figure, reason)
        elif figure["measure"] == "main" and key in blocks:
            figure["panel"] = dict.fromkeys(figure["panel"]) | {
                "ci_method": "none",
                "lost": {},
                "reason": blocks[key],
            }
            figure["reconstructed_share"] = None
            figure["flags"] = [flag for flag in figure["flags"] if flag != "reconstructed_over_30"]


def uppers_of(countries: list[Country]) -> dict[str, Upper]:
    """By measure, and of the panel blocks: total and countries."""
    uppers: dict[str, Upper] = {}
    for who, wholes, figures in countries:
        for figure, whole in zip(figures, wholes, strict=True):
            key = canonical(figure["group"])
            given, hidden = uppers.setdefault(figure["measure"], ({}, set()))
            given[key] = who.of_measure(whole)
            if figure["suppressed"]:
                hidden.add(key)
            if figure["measure"] == "main" and whole["panel"] and whole["panel"]["n"] is not None:
                given, hidden = uppers.setdefault("block", ({}, set()))
                given[key] = who.of_block(whole["panel"])
                if figure["suppressed"] or figure["panel"]["n"] is None:
                    hidden.add(key)
    return uppers


def close_rounds(
    table: dict[str, dict[str, Any]],
    behind: dict[str, Withholding],
    verdict: dict[str, str],
    countries: list[Country] | None = None,
    upper: Upper | None = None,
) -> None:
    """Two sums of rounds leave the rounds between: each of these, judged as its own report judges
    it, must be shown.
    """

    def judged(who: dict[str, Withholding], rnd: str, above: Upper | None) -> Upper:
        verdict: dict[str, str] = {}
        parts = {key: who[key].of_round(rnd) for key in who}
        ns = {key: len(p[0][1]) if p else None for key, p in parts.items()}
        close(ns, parts, verdict, above)
        return parts, set(verdict)

    mine = {key: behind[key] for key in table}
    over = {canonical(who.working.group.key): who for who, _, _ in countries or ()}
    hidden: set[str] = set()
    for rnd in next(iter(behind.values())).working.group.added:
        above = judged(over, rnd, None) if over else None
        hidden |= judged(mine, rnd, above)[1]
    for key in hidden - verdict.keys():
        verdict[key] = "secondary"
    close(
        {key: figure["n"] for key, figure in table.items()},
        {key: behind[key].of_measure(figure) for key, figure in table.items()},
        verdict,
        upper,
    )


def verdicts_of_blocks(
    mains: dict[str, dict[str, Any]],
    behind: dict[str, Withholding],
    hidden: dict[str, str],
    upper: Upper | None = None,
) -> dict[str, str]:
    """The same among the panel blocks of the main figures: a hidden figure hides its block."""
    found = {
        key: figure["panel"]
        for key, figure in mains.items()
        if key in hidden or (figure["panel"] and figure["panel"]["n"] is not None)
    }
    verdict = {key: reason for key, reason in hidden.items() if key in found}
    close(
        {key: block["n"] if block else None for key, block in found.items()},
        {key: behind[key].of_block(block) for key, block in found.items()},
        verdict,
        upper,
    )
    return verdict


def related(question: Question) -> list[Indicator]:
    """The indicators that add an expression that this one adds, asked for or not; itself too, if it
    adds any.
    """

    def added(indicator: Indicator) -> set[tuple[tuple[int, str], ...]]:
        silent = ANSWER_RULES | RANK_RULES | {"median_tie_density"}
        hidden = indicator.protected and indicator.rule not in silent
        return {e for e in (indicator.numerator, indicator.denominator) if e} if hidden else set()

    mine = added(question.indicator)
    return [
        other for _, other in sorted(question.catalogue.indicators.items()) if mine & added(other)
    ]


def family(question: Question, record: Record) -> list[tuple[Question, dict[str, Group]]]:
    """The related indicators of lower code."""
    found = []
    for other in related(question):
        if other.code < question.indicator.code:
            asked = Question(record, other, question.catalogue, question.spec)
            found.append((asked, {canonical(group.key): group for group in asked.groups()}))
    return found


def alike(
    working: Working, others: list[tuple[Question, dict[str, Group]]], intervals: Intervals
) -> list[Withholding]:
    """The same group of other indicators; one that they have not is empty."""
    key = working.group.key
    return [
        Withholding(Working(asked, groups.get(canonical(key), Group(key)), intervals))
        for asked, groups in others
    ]


def set_beside(
    question: Question,
    groups: list[Withholding],
    intervals: Intervals,
    earlier: Iterable[str] | None = None,
) -> None:
    """The tables that the public has besides: the groupings before this one (or those named), and
    the rounds before; where a unit counts in several groups, also the other groups and the total of
    this one.
    """
    if not groups or not groups[0].sums():
        return
    spec, record = question.spec, question.record

    def table(indicator: Indicator, **other: Any) -> list[Withholding]:
        asked = Question(record, indicator, question.catalogue, spec | other)
        asked.price_year = question.price_year
        return [Withholding(Working(asked, group, intervals)) for group in asked.groups()]

    if earlier is None:
        grouping = spec["group_by"][0] if spec["group_by"] else PUBLIC_GROUPINGS[0]
        earlier = PUBLIC_GROUPINGS[: PUBLIC_GROUPINGS.index(grouping)]
    alike = related(question)
    tables = [
        [one for one in table(indicator, group_by=[name]) if one.working.group.key]
        for name in earlier
        for indicator in alike
    ]
    rounds = {o.round for o in record.observations if o.kind == "regular"}
    before = [
        (
            Question(record, indicator, question.catalogue, spec | {"round": code}),
            {canonical(one.working.group.key): one for one in table(indicator, round=code)},
        )
        for code in sorted(rounds)
        if code < spec["round"]
        for indicator in alike
    ]
    wholes = [[one for one in table(indicator) if not one.working.group.key] for indicator in alike]
    for who in groups:
        who.tables = [*wholes, *tables]
        if spec["group_by"] == ["typology"]:
            rest = [other for other in groups if other is not who and other.working.group.key]
            who.tables.append(rest)
            for at in range(len(who.others)):
                who.tables.append([other.others[at] for other in rest])
        key = who.working.group.key
        who.before = [
            of_round.get(canonical(key), Withholding(Working(asked, Group(key), intervals)))
            for asked, of_round in before
        ]


def by_project(
    question: Question, record: Record, intervals: Intervals
) -> list[tuple[Withholding, list[dict[str, Any]]]]:
    """The figures of published projects: protected as though all projects were published, so that
    it does not matter which are, nor in which order.
    """
    spec = question.spec
    named = set(spec["scope"]["projects"])
    found: list[tuple[Withholding, list[dict[str, Any]]]]
    if not question.indicator.protected:
        narrow = [Working(question, group, intervals) for group in question.groups()]
        found = [(Withholding(w), figures_of(question, w)) for w in narrow]
    else:
        wide = Question(
            record,
            question.indicator,
            question.catalogue,
            spec | {"scope": {}, "group_by": ["country", "project"]},
        )
        others = family(wide, record)

        def gathered(groups: list[Group]) -> list[tuple[Withholding, list[dict[str, Any]]]]:
            workings = [Working(wide, group, intervals) for group in groups]
            return [
                (Withholding(w, alike(w, others, intervals)), figures_of(wide, w)) for w in workings
            ]

        groups = [group for group in wide.groups() if len(group.key) < 2]
        upper = [group for group in groups if "project" not in group.key]
        public, over = gathered(upper), gathered(upper)
        found = gathered([group for group in groups if "project" in group.key])
        set_beside(wide, [who for who, _ in public], intervals, [])
        protect(public)
        set_beside(wide, [who for who, _ in (*over, *found)], intervals, PUBLIC_GROUPINGS)
        pairs = zip(over, public, strict=True)
        protect(found, [(who, whole, shown) for (who, whole), (_, shown) in pairs])
    kept = [(who, figures) for who, figures in found if figures[0]["group"].get("project") in named]
    for _, figures in kept:
        for figure in figures:
            figure["id"] = identity(spec, figure["indicator"], figure["measure"], figure["group"])
    return kept


def recompute(
    record_dir: Path,
    catalogue_dir: Path,
    t975_path: Path,
    spec: dict[str, Any],
    read: Callable[[Path, int], Record] = Record,
) -> dict[str, Any]:
    """`{"spec", "as_of", "figures"}`: every figure of a resolved specification, in order.

    Needs spec.as_of, spec.round and spec.indicators resolved; raises KeyError for a code that is
    not in the catalogue. Who asks much of one record may `read` it once.
    """
    with localcontext(Context(prec=50, rounding=ROUND_HALF_EVEN)):
        record, catalogue = read(Path(record_dir), spec["as_of"]), Catalogue(Path(catalogue_dir))
        intervals = Intervals(Path(t975_path))
        figures: list[dict[str, Any]] = []
        for code in spec["indicators"]:
            question = Question(record, catalogue.indicators[code], catalogue, spec)
            hides = spec["audience"] == "public" and question.indicator.protected
            if spec["audience"] == "public" and spec["group_by"] == ["project"]:
                found = by_project(question, record, intervals)
                figures += [figure for _, of_group in found for figure in of_group]
                continue
            groups = [Working(question, group, intervals) for group in question.groups()]
            others = family(question, record) if hides else []
            found = [
                (Withholding(group, alike(group, others, intervals)), figures_of(question, group))
                for group in groups
            ]
            if hides:
                set_beside(question, [who for who, _ in found], intervals)
                protect(found)
            figures += [figure for _, of_group in found for figure in of_group]
        figures.sort(key=order_of)
    return {"spec": spec, "as_of": spec["as_of"], "figures": figures}


def order_of(figure: dict[str, Any]) -> tuple[str, int, str]:
    return figure["indicator"], MEASURES.index(figure["measure"]), canonical(figure["group"])


# ---------------------------------------------------------------- comparing


def differences(theirs: dict[str, Any], ours: dict[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    """Key by key, types included (1, "1" and true are three things); the panel block one level
    deeper.
    """
    for key in sorted(theirs.keys() | ours.keys()):
        one, two = theirs.get(key, "(absent)"), ours.get(key, "(absent)")
        if key == "panel" and isinstance(one, dict) and isinstance(two, dict):
            yield from ((f"panel.{name}", a, b) for name, a, b in differences(one, two))
        elif canonical(one) != canonical(two):
            yield key, one, two


def compare(
    document: dict[str, Any],
    record_dir: Path,
    catalogue_dir: Path,
    t975_path: Path,
    read: Callable[[Path, int], Record] = Record,
) -> list[str]:
    """One line per difference between a figures.json and its recomputation; empty when they are
    equal.
    """
    spec = document["spec"]
    ours = recompute(record_dir, catalogue_dir, t975_path, spec, read)["figures"]
    lines = []
    if document["as_of"] != spec["as_of"]:
        lines.append(
            f"as_of: the document says {document['as_of']}, its specification {spec['as_of']}"
        )

    def name(figure: dict[str, Any]) -> tuple[str, str, str]:
        return (
            str(figure.get("indicator")),
            str(figure.get("measure")),
            canonical(figure.get("group")),
        )

    def line(figure: dict[str, Any], key: str, one: object, two: object) -> str:
        return f"{figure.get('id')} {' '.join(name(figure))} {key} theirs={canonical(one)} ours={canonical(two)}"

    by_name = {name(figure): figure for figure in ours}
    seen: set[tuple[str, str, str]] = set()
    for figure in document["figures"]:
        if name(figure) in seen:
            lines.append(line(figure, "(figure)", "twice", "once"))
        elif name(figure) not in by_name:
            lines.append(line(figure, "(figure)", "present", "absent"))
        else:
            lines += [line(figure, *found) for found in differences(figure, by_name[name(figure)])]
        seen.add(name(figure))
    lines += [
        line(figure, "(figure)", "absent", "present") for figure in ours if name(figure) not in seen
    ]
    common = [name(figure) for figure in document["figures"] if name(figure) in by_name]
    expected = [name(figure) for figure in ours if name(figure) in seen]
    if len(common) == len(set(common)) and common != expected:
        place = next(
            i for i, (one, two) in enumerate(zip(common, expected, strict=True)) if one != two
        )
        lines.append(
            f"order: figure {place + 1} is {' '.join(common[place])}, not {' '.join(expected[place])}"
        )
    return lines


# ---------------------------------------------------------------- data quality


def parts_of_quality(
    record: Path, catalogues: Path, as_of: int, places: Iterable[tuple[str, str]]
) -> dict[str, tuple[Fraction, int]]:
    """Numerator and denominator of each of the six parts, added over these approved submissions.

    `catalogues`: the folder of the catalogue, for `core` and the kinds of checks.
    """
    wanted = set(places)
    got = dict.fromkeys(QUALITY, (Fraction(0), 0))

    def add(part: str, numerator: Fraction | int, denominator: int) -> None:
        got[part] = (got[part][0] + numerator, got[part][1] + denominator)

    def alive(row: dict[str, str]) -> bool:
        return int(row["approved_in"]) <= as_of and (
            not row["superseded_in"] or int(row["superseded_in"]) > as_of
        )

    def here(file: str) -> Iterable[dict[str, str]]:
        for row in filter(alive, rows(record / file)):
            if (row["project"], row["round"]) in wanted:
                yield row

    core = {r["code"] for r in rows(catalogues / "variables.csv") if is_true(r["core"])}
    kinds = {r["code"]: r["kind"] for r in rows(catalogues / "checks.csv")}
    cells, valued = set(), 0
    for row in here("measurements.csv"):
        cells.add(row["measurement"])
        valued += row["value"] != ""
        if row["variable"] in core and row["missing"] != "not_applicable":
            add("completeness", row["value"] != "", 1)
    unexplained, judged, doubtful = set(), set(), set()
    for row in filter(alive, rows(record / "judgements.csv")):
        cell = row["measurement"]
        if cell not in cells:
            continue
        if row["explained"] == "0":
            unexplained.add(cell)
        if kinds[row["check"]] in ("outlier", "jump"):
            judged.add(cell)
            if row["explained"] != "":
                doubtful.add(cell)
    add("validity", valued - len(unexplained), valued)
    add("plausibility", len(judged) - len(doubtful), len(judged))
    for row in here("observations.csv"):
        if row["kind"] == "baseline":
            good = row["captured_on"] != "" and not is_true(row["reconstructed"])
            add("baseline", int(good), 1)
    written: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for row in here("narratives.csv"):
        if int(row["characters"]):
            written[row["project"], row["round"]][row["theme"]] = is_true(row["evidence"])
    for texts in written.values():
        told = [theme for theme in ("change", "for_whom", "example") if theme in texts]
        borne_out = [theme for theme in told if texts[theme] or "evidence" in texts]
        add("evidence", len(borne_out), len(told))
    for row in _last_revisions(record, as_of, wanted):
        if row["due_first"] and row["first_submitted_at"]:
            at = datetime.fromisoformat(row["first_submitted_at"])
            handed_in = at.astimezone(ZoneInfo(row["zone"])).date()
            days = (handed_in - date.fromisoformat(row["due_first"])).days
            add("timeliness", max(Fraction(0), 1 - Fraction(max(days, 0), 90)), 1)
    return got


def _last_revisions(
    record: Path, as_of: int, wanted: set[tuple[str, str]]
) -> Iterable[dict[str, str]]:
    last = {}
    for row in rows(record / "submissions.csv"):
        if int(row["approved_in"]) <= as_of and (row["project"], row["round"]) in wanted:
            last[row["project"], row["round"]] = row
    return last.values()


def quality_of_project(
    record: Path, catalogues: Path, as_of: int, project: str
) -> dict[str, tuple[Fraction, int]]:
    """Over the last four submissions of a project that are approved."""
    rounds = {
        row["round"]
        for row in rows(record / "submissions.csv")
        if row["project"] == project and int(row["approved_in"]) <= as_of
    }
    last = [(project, code) for code in sorted(rounds)[-4:]]
    return parts_of_quality(record, catalogues, as_of, last)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for option in ("--record", "--catalogue", "--t975", "--figures"):
        parser.add_argument(option, type=Path, required=True)
    given = parser.parse_args(arguments)
    document = json.loads(given.figures.read_text(encoding="utf-8"))
    lines = compare(document, given.record, given.catalogue, given.t975)
    for line in lines:
        print(line)  # noqa: T201 -- it is a command
    if not lines:
        print(f"{len(document['figures'])} figures equal")  # noqa: T201
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
