"""A small approved record in the database, the same each time: projects with networks and firms
over some rounds.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from monitoring.analysis import Catalogue
from monitoring.choices import ApprovalKind, Kind, Status
from monitoring.models import (
    Approval,
    Measurement,
    Narrative,
    Observation,
    ObservationNetwork,
    Rate,
    RecordHead,
    Round,
    Submission,
    Variable,
)
from pip_network.models import Institution, RoleAssignment, User
from projects.models import Country, Firm, Network, Project, ProjectFamily
from tests import factories

DATA = Path(__file__).parents[3] / "monitoring" / "data"
TYPOLOGIES = ("redes_empresariales", "cluster", "sistema_territorial", "cadena_proveedores")
SECTORS = ("15", "17", "19", "28")
COUNTRIES = {"AR": "ARS", "BO": "BOB", "CL": "CLP", "EC": "USD"}
AT = dt.datetime(2006, 1, 20, 12, tzinfo=dt.UTC)


@dataclass
class World:
    """Makes the record.

    Every project has `networks` networks of `firms` firms, observed in each of `rounds`.
    """

    projects: int = 2
    networks: int = 2
    firms: int = 6
    rounds: tuple[str, ...] = ("2004-S2", "2005-S1", "2005-S2")
    origin: str = "demo"
    version: int = 1  # of the catalogue that everything is entered with
    seed: int = 1
    number: int = 0
    random: Random = field(default_factory=Random)

    def make(self) -> "World":
        self.random = Random(self.seed)
        factories.catalogue()
        self.catalogue = Catalogue.from_csv(DATA)
        self.author = person("autora@example.org", "Autora Inventada")
        self.approver = person("aprobador@example.org", "Aprobador Inventado")
        self.variables = {row.code: row for row in Variable.objects.filter(catalogue=self.version)}
        self.base()
        for place in range(self.projects):
            self.project(f"PIP-{place + 1:02d}", place)
        return self

    def base(self) -> None:
        family = ProjectFamily.objects.get_or_create(
            code="pip", defaults={"name_es": "PIP", "name_en": "PIP", "name_pt": "PIP"}
        )[0]
        self.family = family
        self.institution = Institution.objects.get_or_create(
            slug="ejecutora", defaults={"name": "Ejecutora", "relation": "member", "origin": "demo"}
        )[0]
        for iso2, currency in COUNTRIES.items():
            Country.objects.get_or_create(iso2=iso2, defaults={"currency": currency})
        for code in ("2003-S2", *self.rounds):
            made = Round.of(int(code[:4]), int(code[-1]))
            Round.objects.get_or_create(
                code=made.code,
                defaults={
                    k: getattr(made, k)
                    for k in ("year", "half", "starts_on", "ends_on", "opens_on", "due_on")
                },
            )
        approval = self.approve(ApprovalKind.RATES, None)
        for currency in COUNTRIES.values():
            for year in range(2001, 2007):
                for period in (str(year), f"{year}-S1", f"{year}-S2"):
                    usd = Decimal(1) if currency == "USD" else Decimal(3) + year - 2000
                    Rate.objects.create(
                        currency=currency,
                        period=period,
                        usd_rate=usd,
                        cpi=100 + 5 * (year - 2000),
                        approved_in=approval,
                    )

    def approve(self, kind: str, submission: Submission | None) -> Approval:
        head = RecordHead.objects.first() or RecordHead.objects.create(id=1)
        self.number = head.number + 1
        digest = hashlib.sha256(
            f"{head.hash}{self.number}{self.projects}/{self.networks}/{self.firms}".encode()
        ).hexdigest()
        approval = Approval.objects.create(
            number=self.number,
            kind=kind,
            submission=submission,
            revision=submission.revision if submission else None,
            at=AT + dt.timedelta(days=self.number),
            author=self.author if submission else None,
            approver=self.approver,
            reason="" if submission else "Tasas del período",
            previous_hash=head.hash,
            hash=digest,
        )
        RecordHead.objects.filter(pk=1).update(number=self.number, hash=digest)
        return approval

    def project(self, code: str, place: int) -> None:
        country = list(COUNTRIES)[place % len(COUNTRIES)]
        project = Project.objects.create(
            code=code,
            family=self.family,
            name=f"Proyecto {place + 1}",
            executing_institution=self.institution,
            starts_on=dt.date(2003, 7, 1),
            ends_on=dt.date(2007, 6, 30),
            amount_fomin=1_000_000,
            amount_local=900_000,
            origin=self.origin,
        )
        project.countries.add(country)
        networks = [
            Network.objects.create(
                code=f"{code}-R{n + 1}",
                project=project,
                name=f"Red {n + 1}",
                typology=TYPOLOGIES[(place + n) % 4],
                sector=SECTORS[n % 4],
                country_id=country,
                place="Ciudad",
                constituted_on=dt.date(2004, 1, 1 + n),
                registered_on=dt.date(2004, 1, 1),
            )
            for n in range(self.networks)
        ]
        firms = [
            (
                Firm.objects.create(
                    code=f"{place}{n}{f:02d}".replace("0", "X").replace("1", "Y"),
                    name=f"Firma {place} {n} {f}",
                    country_id=country,
                    sector=network.sector,
                    owner_sex=("f", "m", "mixed")[f % 3],
                    registered_on=dt.date(2004, 2, 1),
                ),
                network,
            )
            for n, network in enumerate(networks)
            for f in range(self.firms)
        ]
        for at, code in enumerate(self.rounds):
            self.round(project, networks, firms, country, code, first=at == 0, growth=at)

    def round(self, project, networks, firms, country, code, *, first: bool, growth: int) -> None:
        day = dt.datetime.combine(
            Round.objects.get(code=code).ends_on, dt.time(12), tzinfo=dt.UTC
        ) + dt.timedelta(days=20)
        submission = Submission.objects.create(
            project=project,
            round_id=code,
            catalogue_id=self.version,
            status=Status.APPROVED,
            due_on=day.date(),
            opened_at=day,
            submitted_at=day,
            submitted_by=self.author,
            first_submitted_at=day,
            decided_at=day,
            decided_by=self.approver,
            is_milestone=code.endswith("S2"),
        )
        approval = self.approve(ApprovalKind.SUBMISSION, submission)
        units = [("project", f"P:{project.code}", None, None, networks)]
        units += [
            ("network", f"N:{network.code}", None, network, [network]) for network in networks
        ]
        units += [("firm", f"F:{firm.code}", firm, None, [network]) for firm, network in firms]
        kinds = [Kind.BASELINE, Kind.REGULAR] if first else [Kind.REGULAR]
        cells: list[Measurement] = []
        for level, subject, firm, network, belongs in units:
            for kind in kinds if level != "project" else [Kind.REGULAR]:
                observation = Observation.objects.create(
                    approved_in=approval,
                    project=project,
                    level=level,
                    subject=subject,
                    firm=firm,
                    network=network,
                    kind=kind,
                    round_id=code,
                    catalogue_id=self.version,
                    membership="active",
                    country=country,
                    sector=(firm or network).sector if firm or network else "",
                    size="small" if firm else "",
                    owner_sex=firm.owner_sex if firm else "",
                    currency=COUNTRIES[country],
                    constituted_on=network.constituted_on if network else None,
                    joined_on=dt.date(2004, 2, 1) if firm else None,
                    captured_on=dt.date(2004, 3, 1),
                    reconstructed=bool(firm and self.random.random() < 0.2),
                )
                ObservationNetwork.objects.bulk_create(
                    ObservationNetwork(
                        observation=observation,
                        network=n,
                        typology=n.typology,
                        constituted_on=n.constituted_on,
                        joined_on=dt.date(2004, 2, 1),
                        position=i,
                    )
                    for i, n in enumerate(belongs, start=1)
                )
                cells += self.cells(observation, belongs, code, kind, growth)
        Measurement.objects.bulk_create(cells, batch_size=500)
        for theme in ("change", "for_whom", "example", "evidence"):
            Narrative.objects.filter(
                project=project, round_id=code, theme=theme
            ).exists() or Narrative.objects.create(
                project=project,
                round_id=code,
                theme=theme,
                text=f"Texto de {project.code} sobre {theme}: =2+2 <b>no es marca</b>.",
                language="es",
                approved_in=approval,
            )

    def cells(self, observation, belongs, code, kind, growth) -> list[Measurement]:
        typologies = {network.typology for network in belongs}
        found = []
        for variable in self.variables.values():
            if variable.level != observation.level or (
                kind == Kind.BASELINE and not variable.asked_at_baseline
            ):
                continue
            if (
                kind == Kind.REGULAR
                and variable.frequency != "semester"
                and not code.endswith("S2")
            ):
                continue
            year = int(code[:4])
            period = f"{year}" if variable.frequency == "annual" else code
            if kind == Kind.BASELINE:
                period = "2003" if variable.frequency == "annual" else "2003-S2"
            value, missing = self.value(variable, growth + (kind == Kind.REGULAR)), ""
            if variable.typologies and not variable.typologies & typologies:
                value, missing = None, "not_applicable"
            elif variable.set_by != "system" and self.random.random() < 0.08:
                value, missing = None, self.random.choice(["refused", "not_collected", "no_data"])
            found.append(
                Measurement(
                    approved_in=observation.approved_in,
                    project=observation.project,
                    level=observation.level,
                    subject=observation.subject,
                    firm=observation.firm,
                    network=observation.network,
                    kind=kind,
                    round=observation.round,
                    catalogue_id=1,
                    variable=variable,
                    variable_code=variable.code,
                    period=period,
                    value=value,
                    missing=missing,
                    source="system" if variable.set_by == "system" else "entered",
                    currency=observation.currency if variable.unit_id == "local_currency" else "",
                )
            )
        return found

    def value(self, variable: Variable, growth: int) -> Decimal:
        if variable.value_type == "boolean":
            return Decimal(1 if variable.code == "operating" else self.random.random() < 0.6)
        if variable.value_type == "score":
            return Decimal(self.random.randint(250, 450)) / 100
        if variable.code == "unit_cost_index":
            return Decimal(self.random.randint(8000, 10500)) / 100 if growth else Decimal(100)
        if variable.code.startswith("budget"):
            return Decimal(1_000_000)
        if variable.code.startswith("spent"):
            return Decimal(150_000 * (growth + 1))
        if variable.code == "tie_firms":
            return Decimal(6)
        if variable.code in ("sales", "reference_cost", "coordination_cost"):
            return Decimal(self.random.randint(80_000, 160_000)) * (10 + growth) / 10
        if variable.value_type == "amount":
            return Decimal(self.random.choice([0, 0, 2000, 9000, 30_000]) * (10 + growth)) / 10
        if variable.code == "jobs":
            return Decimal(self.random.randint(60, 200)) / 10 + growth
        if variable.value_type == "decimal":
            return Decimal(self.random.randint(10, 60)) / 10
        return Decimal(self.random.choice([0, 0, 1, 2, 3]))


def person(email: str, name: str, role: str = "", scope: str = "") -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, "una-clave-larga-1", name=name
    )
    if role:
        RoleAssignment.objects.get_or_create(
            person=user, role=role, scope=scope, defaults={"since": dt.date(2003, 1, 1)}
        )
        user.__dict__.pop("_assignments", None)
    return user
