"""Who reviews an amendment sees what it changes, and not the whole round anew."""

from decimal import Decimal

import pytest

from monitoring.models import Measurement, Submission
from monitoring.sheet.cells import CellKey
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from tests import factories

PAGE = "/review/PIP-01/2004-S1/"
AT = factories.moment("2005-01-20")
JOINED = CellKey("F:FIRMAAAAA", "regular", "joint_actions_joined")
JOINT = CellKey("N:N1", "regular", "joint_actions")


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def amended(world) -> Submission:
    """2004-S1, approved and opened again."""
    world.approved("2004-S1")
    submission = Submission.objects.get()
    amend(submission.pk, "Una factura llegó tarde", by=world.director, at=AT)
    return submission


def change(world, submission, *keys: CellKey) -> None:
    changes = [CellChange(key, Decimal(9)) for key in keys]
    save_cells(submission.pk, changes, by=world.director, at=AT)


def test_what_it_changes_stands_beside_what_is_approved(amended, specialist, world):
    page = specialist.get(PAGE)
    assert (page.context["amended"].lines, page.context["amended"].texts) == ([], [])
    assert "Nada até agora" in text_of(page)
    change(world, amended, JOINT)
    save_narrative(amended.pk, "change", "Hubo más", "es", by=world.director, at=AT)
    submit(amended.pk, by=world.director, at=AT)
    page = specialist.get(PAGE)
    (line,) = page.context["amended"].lines
    assert (line.key, line.earlier, line.text) == (JOINT, "3", "9")
    assert page.context["amended"].texts == ["O que mudou"]
    assert "1 célula é substituída no registro, com o número 2;" in text_of(page)
    assert "passam ao registro" not in text_of(page)


def test_what_is_said_is_what_the_approval_writes(amended, specialist, world):
    change(world, amended, JOINED, JOINT)
    submit(amended.pk, by=world.director, at=AT)
    lines = specialist.get(PAGE).context["amended"].lines
    approval = approve(amended.pk, by=world.specialist, at=AT)
    written = Measurement.objects.filter(approved_in=approval)
    assert [line.key for line in lines] == [JOINED, JOINT]
    assert {(row.subject, row.kind, row.variable_code) for row in written} == {JOINED, JOINT}


def test_a_first_round_and_an_approved_one_have_no_such_part(amended, specialist, world):
    assert specialist.get(PAGE).context["amended"] is not None
    submit(amended.pk, by=world.director, at=AT)
    approve(amended.pk, by=world.specialist, at=AT)
    assert specialist.get(PAGE).context["amended"] is None


@pytest.mark.parametrize("more", [1, 3, 60])
def test_the_page_of_an_amendment_asks_little(world, specialist, django_assert_num_queries, more):
    for number in range(more):
        factories.firm(f"FIRMX{number:04}", world.n1)
    world.approved("2004-S1")
    submission = Submission.objects.get()
    amend(submission.pk, "Una factura llegó tarde", by=world.director, at=AT)
    change(world, submission, *[key for key in factories.fillable(submission, AT)][:more])
    specialist.get(PAGE)
    with django_assert_num_queries(30):
        assert specialist.get(PAGE).status_code == 200
