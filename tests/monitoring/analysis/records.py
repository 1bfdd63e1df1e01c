"""Small random records, as the files of `export_measurements`.

Odd on purpose: all that may happen does.
"""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from monitoring.analysis import Catalogue, Variable

CATALOGUE_FOLDER = Path(__file__).parents[3] / "monitoring" / "data"
ROUNDS = ("2003-S2", "2004-S1", "2004-S2", "2005-S1", "2005-S2")
TYPOLOGIES = ("redes_empresariales", "cluster", "sistema_territorial", "cadena_proveedores")
MISSING = ("not_collected", "refused", "no_data")
CURRENCIES = {"AR": "ARS", "PE": "PEN", "EC": "USD"}
VERSIONED = ("approved_in", "superseded_in")
COLUMNS = {
    "measurements": "measurement project level subject round kind period variable value missing "
    "source currency "
    "catalogue",
    "observations": "observation project level subject round kind country sector size owner_sex "
    "currency "
    "constituted_on joined_on captured_on membership reconstructed catalogue",
    "observation_networks": "observation network typology constituted_on joined_on position",
    "rates": "currency period usd_rate cpi",
    "targets": "project indicator round value",
}


@dataclass
class Made:
    """Rows of the record files."""

    measurements: list[dict[str, Any]] = field(default_factory=list)
    observations: list[dict[str, Any]] = field(default_factory=list)
    observation_networks: list[dict[str, Any]] = field(default_factory=list)
    rates: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        for name, columns in COLUMNS.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(
                    out, [*columns.split(), *VERSIONED], lineterminator="\n", restval=""
                )
                writer.writeheader()
                writer.writerows(getattr(self, name))
        return folder


@dataclass
class Writer:
    """Makes one record.

    Every seventh firm is in two projects; `missing_rates`: how often a rate is missing.
    """

    random: Random
    catalogue: Catalogue
    firms: int = 24
    projects: int = 3
    most_networks: int = 5
    rounds: tuple[str, ...] = ROUNDS
    missing_rates: float = 0.05
    made: Made = field(default_factory=Made)

    def record(self) -> Made:
        projects = [f"P{number}" for number in range(1, self.projects + 1)]
        self.rounds_of: dict[str, list[str]] = {}
        self.milestones: dict[str, str] = {}
        most = self.most_networks
        self.networks = {
            p: [f"{p}N{n}" for n in range(1, self.random.randint(1, most) + 1)] for p in projects
        }
        self.typology = {
            n: self.random.choice(TYPOLOGIES) for ns in self.networks.values() for n in ns
        }
        self.constituted = {
            n: date(2002, 1, 1) + timedelta(days=self.random.randrange(1000)) for n in self.typology
        }
        self.country = {p: self.random.choice(list(CURRENCIES)) for p in projects}
        for project in projects:
            self.project(project)
        for number in range(self.firms):
            homes = self.random.sample(projects, 2 if number % 7 == 0 else 1)
            for project in homes:
                self.firm(project, f"F:{number:05d}")
        for currency in CURRENCIES.values():
            self.rates(currency)
        self.targets(projects, Random(len(self.made.measurements)))
        return self.made

    def targets(self, projects: list[str], random: Random) -> None:
        """Drawn apart, so that the rest is what it was: most projects have most of them; some are
        amended, some withdrawn.
        """
        for project, code, at in product(projects, self.catalogue.indicators, self.rounds):
            if random.random() > 0.8:
                continue
            row = {"project": project, "indicator": code, "round": at}
            value = f"{random.randint(-5, 400)}.{random.randint(0, 999999):06d}"
            first = random.randint(1, len(self.rounds))
            if random.random() > 0.2:
                self.made.targets.append(row | {"value": value, "approved_in": first})
                continue
            later = random.randint(first + 1, len(self.rounds) + 1)
            again = random.choice(["", f"{random.randint(1, 400)}"])
            self.made.targets += [
                row | {"value": value, "approved_in": first, "superseded_in": later},
                row | {"value": again, "approved_in": later},
            ]

    # Units

    def project(self, project: str) -> None:
        self.rounds_of[project] = self.approved(self.random.randrange(3))
        self.milestones[project] = self.random.choice(self.rounds[2:])
        typologies = {self.typology[n] for n in self.networks[project]}
        for code in self.rounds_of[project]:
            country = (
                "regional"
                if project == "P3" and self.random.random() < 0.3
                else self.country[project]
            )
            number = self.observe(
                project, "project", f"P:{project}", code, "regular", country=country
            )
            self.belong(number, self.networks[project])
            self.cells(project, "project", f"P:{project}", code, "regular", typologies)
        for network in self.networks[project]:
            self.network(project, network)

    def approved(self, first: int) -> list[str]:
        """Rounds of a project: some later one may not be approved."""
        return [code for code in self.rounds[first:] if self.random.random() > 0.12]

    def network(self, project: str, network: str) -> None:
        dates = {
            "constituted_on": self.constituted[network],
            "sector": self.random.choice(["15", "19", ""]),
        }
        self.unit(project, "network", f"N:{network}", [network], dates, self.constituted[network])

    def firm(self, project: str, subject: str) -> None:
        joined = date(2002, 6, 1) + timedelta(days=self.random.randrange(1200))
        mine = self.random.sample(
            self.networks[project], min(len(self.networks[project]), self.random.choice([1, 1, 2]))
        )
        facts = {
            "joined_on": joined,
            "sector": self.random.choice(["15", "17", "19"]),
            "size": self.random.choice(["micro", "small", "unknown"]),
            "owner_sex": self.random.choice(["f", "m", "mixed"]),
        }
        self.unit(project, "firm", subject, mine, facts, joined)

    def unit(
        self, project: str, level: str, subject: str, networks: list[str], facts: dict, since: date
    ) -> None:
        """Observations and cells of one unit from the round in which it appears, and its baseline."""
        asked = [
            code
            for code in self.rounds_of[project]
            if since <= date(int(code[:4]), 6 if code[-1] == "1" else 12, 30)
        ]
        typologies = {self.typology[n] for n in networks}
        membership = "active"
        for place, code in enumerate(asked):
            if membership == "active":
                membership = self.random.choices(["active", "left", "closed"], [12, 1, 1])[0]
            changed = (
                {**facts, "size": self.random.choice(["micro", "small"])}
                if self.random.random() < 0.1
                else facts
            )
            if place == 0 and self.random.random() > 0.05:
                reconstructed = int(self.random.random() < 0.3)
                base = self.observe(
                    project, level, subject, code, "baseline", reconstructed=reconstructed, **facts
                )
                self.belong(base, networks)
                self.cells(project, level, subject, code, "baseline", typologies, since)
            number = self.observe(
                project, level, subject, code, "regular", membership=membership, **changed
            )
            self.belong(number, networks if self.random.random() > 0.05 else networks[:1])
            self.cells(project, level, subject, code, "regular", typologies, since, membership)

    # Rows

    def observe(
        self, project: str, level: str, subject: str, code: str, kind: str, **facts: Any
    ) -> int:
        number = len(self.made.observations) + 1
        row = {
            "observation": number,
            "project": project,
            "level": level,
            "subject": subject,
            "round": code,
            "kind": kind,
            "country": self.country[project],
            "currency": CURRENCIES[self.country[project]],
            "membership": "active",
            "reconstructed": 0,
            "catalogue": 1,
            "approved_in": self.rounds.index(code) + 1,
        }
        self.made.observations.append(row | facts)
        return number

    def belong(self, observation: int, networks: list[str]) -> None:
        for position, network in enumerate(networks, 1):
            self.made.observation_networks.append(
                {
                    "observation": observation,
                    "network": network,
                    "typology": self.typology[network],
                    "constituted_on": self.constituted[network],
                    "joined_on": self.constituted[network],
                    "position": position,
                    "approved_in": self.made.observations[observation - 1]["approved_in"],
                }
            )

    def cells(
        self,
        project: str,
        level: str,
        subject: str,
        code: str,
        kind: str,
        typologies: set[str],
        since: date = date(2002, 1, 1),
        membership: str = "active",
    ) -> None:
        for variable in self.catalogue.variables.values():
            if variable.level != level or not self.is_asked(variable, project, code, kind):
                continue
            if self.random.random() < 0.01:
                continue  # a cell that was never asked
            value, missing = self.value(variable, typologies, membership)
            self.made.measurements.append(
                {
                    "measurement": len(self.made.measurements) + 1,
                    "project": project,
                    "level": level,
                    "subject": subject,
                    "round": code,
                    "kind": kind,
                    "variable": variable.code,
                    "period": self.period(variable, code, kind, since),
                    "value": value,
                    "missing": missing,
                    "source": "entered",
                    "currency": CURRENCIES[self.country[project]],
                    "catalogue": 1,
                    "approved_in": self.rounds.index(code) + 1,
                }
            )

    def is_asked(self, variable: Variable, project: str, code: str, kind: str) -> bool:
        if kind == "baseline":
            return variable.asked_at_baseline
        if variable.frequency == "semester":
            return True
        return code.endswith("S2") and (
            variable.frequency == "annual" or code >= self.milestones[project]
        )

    def period(self, variable: Variable, code: str, kind: str, since: date) -> str:
        if kind == "regular":
            return code[:4] if variable.frequency == "annual" else code
        if variable.frequency == "annual":
            return str(since.year - 1)
        if variable.frequency == "milestone":
            return code
        return f"{since.year - 1}-S2" if since.month <= 6 else f"{since.year}-S1"

    def value(self, variable: Variable, typologies: set[str], membership: str) -> tuple[str, str]:
        if variable.applies_to and not typologies & set(variable.applies_to):
            return "", "not_applicable"
        if membership == "left":
            return "", "not_collected"
        if membership == "closed":
            return (
                ("0", "")
                if variable.code in ("operating", "jobs", "sales", "exports")
                else ("", "not_applicable")
            )
        if self.random.random() < 0.12:
            return "", self.random.choice(MISSING)
        if variable.value_type == "boolean":
            return self.random.choice("01"), ""
        if variable.code == "tie_firms":
            return str(self.random.randrange(2, 12)), ""
        if self.random.random() < 0.15 and variable.code != "trust":
            return "0", ""
        whole = self.random.randrange(1, 9 if variable.decimals == 0 else 90)
        return (
            f"{whole}.{self.random.randrange(100):02d}" if variable.decimals == 2 else str(whole)
        ), ""

    def rates(self, currency: str) -> None:
        for year in range(2001, int(self.rounds[-1][:4]) + 1):
            for period in (str(year), f"{year}-S1", f"{year}-S2"):
                if self.random.random() < self.missing_rates:
                    continue
                rate = "1" if currency == "USD" else f"{self.random.randrange(100, 400) / 100}"
                row = {"currency": currency, "period": period, "usd_rate": rate, "approved_in": 1}
                self.made.rates.append(
                    row | {"cpi": f"{100 + 7 * (year - 2000) + self.random.randrange(5)}.5"}
                )


def amend(made: Made, random: Random, number: int) -> None:
    """Supersede some cells and one rate by later versions, as an amendment and a corrected rate do."""
    for row in random.sample(made.measurements, len(made.measurements) // 20):
        if row["value"]:
            row["superseded_in"] = number
            changed = {
                "value": str(random.randrange(2, 60)),
                "approved_in": number,
                "superseded_in": "",
            }
            made.measurements.append({**row, **changed, "measurement": len(made.measurements) + 1})
    if made.rates:
        row = random.choice(made.rates)
        row["superseded_in"] = number
        made.rates.append({**row, "usd_rate": "2.25", "approved_in": number, "superseded_in": ""})
