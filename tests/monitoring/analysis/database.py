"""Put a made record into the database as it is, with just enough registry around it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection

from monitoring import models
from monitoring.catalogue.loading import load_version
from pip_network.models import Institution, User
from projects.models import Country, Firm, Network, Project, ProjectFamily
from tests.factories import PROCESS
from tests.monitoring.analysis.records import CATALOGUE_FOLDER, CURRENCIES, Made

DAY = dt.date(2003, 1, 1)
NOW = dt.datetime(2006, 1, 15, 12, tzinfo=dt.UTC)


def store(made: Made, approvals: int = 6) -> None:
    """Registry, rounds, catalogue version 1, approvals 1 to `approvals`, and every row of the
    record.
    """
    if not models.CatalogueVersion.objects.filter(number=1).exists():
        load_version(1, CATALOGUE_FOLDER, by=PROCESS, at=NOW)
    _registry(made)
    models.Round.objects.bulk_create(
        [
            models.Round.of(int(code[:4]), int(code[-1]))
            for code in sorted({row["round"] for row in made.observations})
        ],
        ignore_conflicts=True,
    )
    person = User.objects.create(email="approver@example.org")
    models.Approval.objects.bulk_create(
        models.Approval(
            number=n, kind="rates", at=NOW, approver=person, reason="made", hash=f"{n:064d}"
        )
        for n in range(1, approvals + 1)
    )
    models.RecordHead.objects.get_or_create(id=1)
    for number in range(1, approvals + 1):  # the guards let the head go up by one at a time
        models.RecordHead.objects.filter(id=1).update(number=number, hash=f"{number:064d}")
    _record(made)
    models.Target.objects.bulk_create(
        models.Target(
            project_id=row["project"],
            indicator=row["indicator"],
            round=row["round"],
            value=row["value"] or None,
            note="made",
            proposed_by=person,
            **_versions(row),
        )
        for row in made.targets
    )


def _registry(made: Made) -> None:
    for iso2, currency in CURRENCIES.items():
        Country.objects.update_or_create(iso2=iso2, defaults={"currency": currency})
    family, _ = ProjectFamily.objects.get_or_create(code="pip", defaults={"name_es": "PIP"})
    home, _ = Institution.objects.get_or_create(
        name="Institution", defaults={"slug": "institution"}
    )
    projects = sorted({row["project"] for row in made.observations})
    Project.objects.bulk_create(
        Project(
            code=code,
            family=family,
            name=code,
            executing_institution=home,
            starts_on=DAY,
            ends_on=NOW.date(),
            amount_fomin=1,
            amount_local=1,
        )
        for code in projects
    )
    networks = {row["network"]: row["typology"] for row in made.observation_networks}
    Network.objects.bulk_create(
        Network(
            code=code,
            project_id=code.partition("N")[0],
            name=code,
            typology=typology,
            sector="15",
            country_id="AR",
            constituted_on=DAY,
            registered_on=DAY,
        )
        for code, typology in networks.items()
    )
    firms = sorted({row["subject"][2:] for row in made.observations if row["level"] == "firm"})
    Firm.objects.bulk_create(
        Firm(code=code, name=code, country_id="AR", registered_on=DAY) for code in firms
    )


def _record(made: Made) -> None:
    variables = dict(models.Variable.objects.values_list("code", "pk"))
    models.Observation.objects.bulk_create(
        (_observation(row) for row in made.observations), batch_size=500
    )
    models.ObservationNetwork.objects.bulk_create(
        (
            models.ObservationNetwork(
                observation_id=row["observation"],
                network_id=row["network"],
                typology=row["typology"],
                constituted_on=row["constituted_on"],
                joined_on=row["joined_on"],
                position=row["position"],
            )
            for row in made.observation_networks
        ),
        batch_size=500,
    )
    _measurements(made, variables)
    models.Rate.objects.bulk_create(
        models.Rate(
            currency=row["currency"],
            period=row["period"],
            usd_rate=Decimal(row["usd_rate"]),
            cpi=Decimal(row["cpi"]),
            **_versions(row),
        )
        for row in made.rates
    )


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while some := list(islice(rows, size)):
        yield some


def _versions(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "approved_in_id": row["approved_in"],
        "superseded_in_id": row.get("superseded_in") or None,
    }


def _subject(row: dict[str, Any]) -> dict[str, Any]:
    kind, _, code = row["subject"].partition(":")
    return {
        "project_id": row["project"],
        "level": row["level"],
        "subject": row["subject"],
        "kind": row["kind"],
        "firm_id": code if kind == "F" else None,
        "network_id": code if kind == "N" else None,
        "round_id": row["round"],
        "catalogue_id": row["catalogue"],
        **_versions(row),
    }


def _observation(row: dict[str, Any]) -> models.Observation:
    return models.Observation(
        id=row["observation"],
        membership=row["membership"],
        country=row["country"],
        sector=row.get("sector", ""),
        size=row.get("size", ""),
        owner_sex=row.get("owner_sex", ""),
        currency=row["currency"],
        constituted_on=row.get("constituted_on"),
        joined_on=row.get("joined_on"),
        reconstructed=bool(row["reconstructed"]),
        **_subject(row),
    )


def _measurements(made: Made, variables: dict[str, int]) -> None:
    """By plain SQL: at scale 10 there are a million rows."""
    columns = (
        "project_id",
        "level",
        "subject",
        "kind",
        "firm_id",
        "network_id",
        "round_id",
        "catalogue_id",
        "approved_in",
        "superseded_in",
        "variable_id",
        "variable_code",
        "period",
        "value",
        "missing",
        "source",
        "currency",
    )
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO monitoring_measurement ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    rows = (_measurement(row, variables) for row in made.measurements)
    with connection.cursor() as cursor:
        for some in _batches(rows, 20_000):
            cursor.executemany(statement, some)


def _measurement(row: dict[str, Any], variables: dict[str, int]) -> tuple[Any, ...]:
    kind, _, code = row["subject"].partition(":")
    return (
        row["project"],
        row["level"],
        row["subject"],
        row["kind"],
        code if kind == "F" else None,
        code if kind == "N" else None,
        row["round"],
        row["catalogue"],
        row["approved_in"],
        row.get("superseded_in") or None,
        variables[row["variable"]],
        row["variable"],
        row["period"],
        row["value"] or None,
        row["missing"],
        row["source"],
        row["currency"],
    )
