"""The page of the portfolio: what is approved stays counted as approved while it is amended."""

import pytest

from monitoring.catalogue import draft_rows, drafts
from monitoring.models import RecordHead, Variable
from monitoring.portfolio import kept_figures, refreshing
from monitoring.portfolio.attention import of_submission
from monitoring.portfolio.page import build, current_round
from monitoring.submission.amendments import amend
from tests.factories import moment

AT = moment("2005-03-01")


@pytest.fixture
def amended(world):
    world.approved("2004-S2")
    submission = world.project.submissions.get()
    amend(submission.pk, "Corrige un dato", by=world.director, at=AT)
    submission.refresh_from_db()
    return submission


def test_a_round_under_amendment_is_counted_as_approved_with_a_mark(amended):
    told = current_round([amended], AT)
    assert told is not None
    assert (told["approved"], told["all"]) == (1, 1)
    assert told["states"] == [(("st-amend", "Aprobada, en enmienda"), 1)]


def test_a_round_that_was_never_approved_is_not(world):
    told = current_round([world.filled("2004-S2")], AT)
    assert told is not None
    assert (told["approved"], told["all"]) == (0, 1)
    assert told["states"] == [(("st-late", "Atrasada"), 1)]


def test_an_amendment_is_not_late(world, amended):
    assert of_submission(amended, {"PIP-01": world.project}, {}, AT) is None


def test_what_was_never_handed_in_is_late(world):
    item = of_submission(world.filled("2004-S2"), {"PIP-01": world.project}, {}, AT)
    assert item is not None
    assert item.css == "st-late"


def test_an_approval_that_states_definitions_makes_nothing_old(world):
    world.approved("2004-S2")
    refreshing.refresh(at=AT)
    kept = kept_figures.latest()
    assert kept is not None
    assert not build(typology="", country="", at=AT)["stale"]
    draft = drafts.start_draft(by=world.administrator, at=AT)
    sales = Variable.objects.get(catalogue=draft, code="sales")
    draft_rows.change_row(row=sales, name_es="Ventas netas", by=world.administrator, at=AT)
    drafts.publish_draft(
        number=draft.number, reason="Acordado en junta", by=world.administrator, at=AT
    )
    assert RecordHead.objects.get().number > kept.as_of
    assert not build(typology="", country="", at=AT)["stale"]
    world.approved("2005-S1")
    assert build(typology="", country="", at=AT)["stale"]
