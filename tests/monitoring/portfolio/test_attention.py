"""What needs attention: each threshold with a twin on its other side."""

import datetime as dt

import pytest
from django.utils import translation

from monitoring.choices import Status
from monitoring.models import Submission
from monitoring.portfolio.attention import attention
from monitoring.portfolio.kept_figures import Kept
from monitoring.portfolio.page import current_round
from monitoring.portfolio.tables import axis, money
from monitoring.reports.material import Figures
from projects.models import Project

DAY = dt.date(2006, 8, 20)
DUE = dt.date(2006, 7, 30)
SENT = dt.datetime(2006, 7, 30, 12, tzinfo=dt.UTC)
# Half of its time is gone at the end of 2006-S1.
PROJECT = Project(
    code="PIP-10", name="Diez", starts_on=dt.date(2005, 6, 30), ends_on=dt.date(2007, 6, 30)
)


def kept(fomin: int, local: int) -> Kept:
    money = {
        "budget_fomin": "1000",
        "budget_local": "1000",
        "spent_fomin": str(fomin * 10),
        "spent_local": str(local * 10),
    }
    return Kept(1, "2006-S1", Figures(), facts={"spending": {"PIP-10": money}})


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def told(*, submissions=(), figures: Kept | None = None, day: dt.date = DAY) -> list[str]:
    with translation.override("es"):
        items = attention(
            projects={"PIP-10": PROJECT},
            submissions=submissions,
            remarks={},
            kept=figures,
            alerts={},
            at=noon(day),
        )
        return [
            f"{item.word}: {item.sentence}".replace("\N{NO-BREAK SPACE}", " ") for item in items
        ]


@pytest.mark.parametrize(
    ("fomin", "local", "said"),
    [
        (50, 50, []),
        (31, 31, []),
        (30, 30, ["Gasto: Ejecutó 30 % de su presupuesto cuando ha pasado 50 % de su tiempo."]),
        (69, 69, []),
        (70, 70, ["Gasto: Ejecutó 70 % de su presupuesto cuando ha pasado 50 % de su tiempo."]),
        (109, 109, ["Gasto: Ejecutó 109 % de su presupuesto cuando ha pasado 50 % de su tiempo."]),
        (30, 100, []),
        (
            30,
            101,
            ["Gasto: Más que su presupuesto: FOMIN ejecutado: 30 %; contraparte aportada: 101 %."],
        ),
        (57, 43, []),
        (58, 43, ["Contraparte: Contraparte aportada: 43 %; FOMIN ejecutado: 58 %."]),
    ],
)
def test_spending_against_time_budget_and_counterpart(fomin, local, said):
    assert told(figures=kept(fomin, local)) == said


def submission(status: Status, due_on: dt.date = DUE, **fields) -> Submission:
    return Submission(project=PROJECT, round_id="2006-S1", status=status, due_on=due_on, **fields)


@pytest.mark.parametrize(
    ("given", "day", "late"),
    [
        ({"status": Status.DRAFT}, DUE, False),
        ({"status": Status.DRAFT}, DUE + dt.timedelta(days=1), True),
        # An amendment of what was handed in is not late.
        ({"status": Status.DRAFT, "revision": 2}, DAY, False),
        ({"status": Status.APPROVED}, DAY, False),
    ],
)
def test_late_is_what_was_never_handed_in_and_was_due(given, day, late):
    assert [one.split(":")[0] for one in told(submissions=[submission(**given)], day=day)] == (
        ["Atrasada"] if late else []
    )


def state(day: dt.date) -> list:
    submissions = [
        submission(Status.APPROVED, first_submitted_at=SENT),
        submission(Status.SUBMITTED, first_submitted_at=SENT + dt.timedelta(days=3)),
        submission(Status.DRAFT),
        submission(Status.DRAFT, due_on=DAY),
    ]
    with translation.override("es"):
        found = current_round(submissions, noon(day))
    return [found[name] for name in ("all", "delivered", "due", "on_time", "due_on")]


def test_on_time_is_said_of_what_was_due():
    assert state(DUE) == [4, 2, 0, 0, DUE]
    assert state(DUE + dt.timedelta(days=1)) == [4, 2, 3, 1, DAY]
    assert state(DAY + dt.timedelta(days=1)) == [4, 2, 4, 1, None]


def test_the_drawing_of_spending_has_an_axis_on_its_own_scale():
    with translation.override("es"):
        marks = [(place, words.replace("\N{NO-BREAK SPACE}", " ")) for place, words in axis()]
        (row,) = money({"PIP-10": PROJECT}, kept(50, 100))
    assert marks == [(0, "0 %"), (150, "50 %"), (300, "100 %")]
    assert [row.fomin_at, row.local_at, row.elapsed_at] == [150, 300, 150]
