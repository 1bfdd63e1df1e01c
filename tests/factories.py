"""Rows for tests, without surprises: each function makes one thing with plain values that arguments
can change.
"""

import datetime as dt
import secrets
from decimal import Decimal
from itertools import count
from pathlib import Path

from knowledge.codes import new_code
from knowledge.models import (
    PARAGRAPHS,
    Audience,
    Expression,
    Lesson,
    LessonText,
    LessonTheme,
    Validation,
    Work,
)
from knowledge.works.placing import place
from knowledge.works.records import FIELDS, write
from monitoring.calendar.rounds import ensure_rounds
from monitoring.catalogue import loading
from monitoring.models import Approval, CatalogueVersion, Round, Submission
from monitoring.sheet.cells import CellKey, asked_cells
from monitoring.sheet.roster import load_roster
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import open_submission, submit
from monitoring.submission.review import approve
from pip_network.models import Institution, RoleAssignment, Stored, User
from pip_network.people.access import Permission, Process, Role
from pip_network.web.days import day_of
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily

NUMBERS = count(1)
PROCESS = Process("system:tests", frozenset(Permission))  # may do all that a test needs done
CATALOGUE = Path(__file__).resolve().parent.parent / "monitoring" / "data"
LONG_AGO = dt.date(2000, 1, 1)


def moment(text: str) -> dt.datetime:
    """`2005-07-20` or `2005-07-20 14:30`, in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def user(name: str = "", *, role: Role | None = None, scope: str = "*", **fields) -> User:
    name = name or f"persona{next(NUMBERS)}"
    person = User.objects.filter(email=f"{name}@example.org").first() or User.objects.create_user(
        f"{name}@example.org", name=name.title(), **fields
    )
    if role is not None:
        assign(person, role, scope)
    return person


def assign(person: User, role: Role, scope: str) -> RoleAssignment:
    for kept in ("_assignments", "_library_keys"):  # what was read of her before
        person.__dict__.pop(kept, None)
    return RoleAssignment.objects.create(person=person, role=role, scope=scope, since=LONG_AGO)


def country(iso2: str = "AR", currency: str = "ARS") -> Country:
    return Country.objects.get_or_create(iso2=iso2, defaults={"currency": currency})[0]


def institution(slug: str = "ejecutora") -> Institution:
    return Institution.objects.get_or_create(
        slug=slug, defaults={"name": "Agencia Ejecutora", "relation": "member", "origin": "demo"}
    )[0]


def project(
    code: str = "PIP-01",
    *,
    starts_on: str = "2004-01-10",
    ends_on: str = "2007-12-20",
    countries=None,
    **fields,
) -> Project:
    family = ProjectFamily.objects.get_or_create(
        code="pip", defaults={"name_es": "PIP", "name_en": "PIP", "name_pt": "PIP"}
    )[0]
    row = Project.objects.create(
        code=code,
        family=family,
        name=f"Proyecto {code}",
        executing_institution=institution(),
        starts_on=day(starts_on),
        ends_on=day(ends_on),
        amount_fomin=Decimal(1_000_000),
        amount_local=Decimal(500_000),
        **fields,
    )
    row.countries.set(countries or [country()])
    return row


def network(
    code: str,
    owner: Project,
    *,
    typology: str = "cluster",
    constituted_on: str = "2004-02-01",
    **fields,
) -> Network:
    fields = {
        "sector": "15",
        "country": country(),
        "name": f"Red {code}",
        "registered_on": day(constituted_on),
        **fields,
    }
    return Network.objects.create(
        code=code, project=owner, typology=typology, constituted_on=day(constituted_on), **fields
    )


def firm(code: str, *networks: Network, joined_on: str = "2004-02-15", **fields) -> Firm:
    """A firm and its memberships, all from the same day on."""
    fields = {
        "name": f"Empresa {code}",
        "country": country(),
        "sector": "15",
        "owner_sex": "f",
        "registered_on": day(joined_on),
        **fields,
    }
    row = Firm.objects.create(code=code, **fields)
    for one in networks:
        membership(row, one, joined_on=joined_on)
    return row


def membership(
    row: Firm, of: Network, *, joined_on: str = "2004-02-15", left_on: str | None = None
) -> Membership:
    return Membership.objects.create(
        firm=row,
        network=of,
        joined_on=day(joined_on),
        left_on=day(left_on) if left_on else None,
        leaving_reason="own_decision" if left_on else "",
    )


def rounds(first: str = "2004-S1", last: str = "2007-S2") -> dict[str, Round]:
    return {row.code: row for row in ensure_rounds(first, last)}


def catalogue(number: int = 1) -> CatalogueVersion:
    """The catalogue of the portal, loaded once."""
    found = CatalogueVersion.objects.filter(number=number).first()
    return found or loading.load_version(number, CATALOGUE, by=PROCESS, at=moment("2004-01-01"))


# --- whole submissions

PLAUSIBLE = {
    "sales": "100000",
    "exports": "10000",
    "jobs": "8",
    "jobs_women": "3",
    "jobs_paid": "6",
    "payroll": "30000",
    "top_buyer_sales": "20000",
    "credit_amount": "5000",
    "credit_applied": "2",
    "credit_approved": "1",
    "trust": "3.4",
    "units_produced": "1000",
    "units_rejected": "10",
    "unit_cost_index": "98",
    "joint_actions": "3",
    "joint_actions_joined": "2",
    "joint_purchases": "9000",
    "joint_sales": "4000",
    "reference_cost": "8000",
    "paid_cost": "7000",
    "attendances": "30",
    "invitations": "50",
    "ties": "4",
    "tie_firms": "6",
    "support_ended": "0",
    "active_unsubsidised": "0",
    "formalised": "1",
    "suppliers_served": "10",
    "suppliers_approved": "5",
    "agenda_committed": "9",
    "agenda_done": "4",
    "spent_fomin": "400000",
    "spent_local": "200000",
}

DOUBTFUL: dict[str, str | None] = {"F:FIRMCCCCC|regular|joint_actions_joined": "9"}  # one warning


def plausible(key: CellKey) -> Decimal:
    """A value that passes every check."""
    return Decimal(PLAUSIBLE.get(key.variable, "1"))


def fillable(submission: Submission, at: dt.datetime) -> list[CellKey]:
    """Cells that people fill."""
    asked = asked_cells(load_roster(submission, day=day_of(at)))
    return [key for key, one in asked.items() if one.written is None]


def fill(
    submission: Submission,
    *,
    by: User,
    at: dt.datetime,
    but: dict[str, str | None] | None = None,
    words: dict[str, str] | None = None,
    **kwargs,
):
    """Fill every cell with plausible values.

    `but`: by text key a value, a missing reason, or None to leave it blank; `words`: by text key an
    explanation.
    """
    but, words = but or {}, words or {}
    changes = []
    for key in fillable(submission, at):
        if submission.project_id and key.variable.startswith("budget_"):
            continue
        given = but.get(str(key), plausible(key))
        if given is None:
            continue
        reason = given if given in ("not_collected", "refused") else ""
        changes.append(
            CellChange(key, None if reason else Decimal(given), reason, words.get(str(key)))
        )
    return save_cells(submission.pk, changes, by=by, at=at, **kwargs)


def approved(
    owner: Project,
    code: str,
    *,
    director: User,
    specialist: User,
    at: str = "",
    **filling,
) -> Approval:
    """Open, fill, submit and approve a round, one month after it ends."""
    row = Round.objects.get(code=code)
    when = moment(at) if at else dt.datetime.combine(row.due_on, dt.time(12), dt.UTC)
    opened = open_submission(
        owner, row, by=director, at=dt.datetime.combine(row.opens_on, dt.time(9), dt.UTC)
    )
    fill(opened, by=director, at=when, **filling)
    submit(opened.pk, by=director, at=when)
    return approve(opened.pk, by=specialist, at=when + dt.timedelta(days=3))


def work(code: str = "", title: str = "Obra", *, language: str = "es", **values) -> Work:
    """A published work in one language, everybody's unless `access` says otherwise."""
    facts = {"type": "report", "origin": "stated", "state": "published", **values}
    own = {name: facts.pop(name) for name in list(facts) if name not in FIELDS}
    if own["state"] in ("published", "withdrawn"):
        own.setdefault("published_at", moment("2005-01-01"))
    row = Work(code=code or new_code(), **own)
    write(row, {"original": language, f"title_{language}": title, **facts})
    place(row, at=moment("2005-01-01"))
    return row


def works(count: int) -> list[Work]:
    """Many open works at once, three in a second; each fiftieth was withdrawn. Without an index."""
    first = moment("2005-01-01")
    rows = [
        Work(
            code=f"M{number:06}",
            type="report",
            origin="stated",
            state="published" if number % 50 else "withdrawn",
            published_at=first,
            first_public_at=first,
            withdrawn_at=None if number % 50 else first,
            withdrawn_reason="" if number % 50 else "Hay otra edición",
            changed_at=first + dt.timedelta(seconds=number // 3),
        )
        for number in range(count)
    ]
    Work.objects.bulk_create(rows)
    Expression.objects.bulk_create(
        Expression(work=row, language="es", original=True, title=f"Obra {row.code}") for row in rows
    )
    Audience.objects.bulk_create(
        Audience(work=row, key="public" if row.state == "published" else "staff") for row in rows
    )
    return rows


def lesson(owner: Project, title: str = "Lección", *, code: str = "", **columns) -> Lesson:
    """A lesson with all that one says, in Spanish; a draft unless `state` says otherwise."""
    at = moment("2005-03-01")
    facts = {"outcome": "worked", "confidence": "medium", "voice": title, "voice_language": "es"}
    row = Lesson.objects.create(
        code=code or new_code(), project=owner, written_at=at, **{**facts, **columns}
    )
    words = {name: f"{title}: {name}, dicho en una frase que basta." for name in PARAGRAPHS}
    text = {"language": "es", "original": True, "title": title, "changed_at": at, **words}
    LessonText.objects.create(lesson=row, **text)
    LessonTheme.objects.create(lesson=row, theme="markets")
    if row.state != "draft":
        Validation.objects.create(lesson=row, project=owner, at=at)
    return row


def stored(*, kind: str = "pdf", name: str = "obra.pdf", **values) -> Stored:
    """The row of a kept file, without its bytes."""
    facts = {"size": 1200, "sha256": "0" * 64, "uploaded_at": moment("2005-01-01"), **values}
    random = secrets.token_hex(20)
    return Stored.objects.create(name=random, kind=kind, original_name=name, **facts)
