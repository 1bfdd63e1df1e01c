"""Judgements of what was approved before they were kept."""

from monitoring.models import Approval, Judgement, RecordHead
from monitoring.quality.filling import fill
from monitoring.quality.of_record import parts_of_record
from monitoring.record import guards
from monitoring.record.chain import canonical, chained, verify
from monitoring.record.facts import Reader, decision_of
from tests.factories import DOUBTFUL


def as_before(world) -> None:
    """The record as it was when approvals were of the third format."""
    guards.remove()
    Judgement.objects.all().delete()
    previous = ""
    for approval in Approval.objects.order_by("number"):
        approval.format, approval.previous_hash = 3, previous
        decision = decision_of(approval)
        approval.hash = previous = chained(previous, canonical(decision, Reader().facts(decision)))
        approval.save()
    RecordHead.objects.update(hash=previous)
    guards.install()


def test_what_was_approved_before_is_judged_once(world):
    world.approved("2004-S1", but=DOUBTFUL, words={key: "Con otra red." for key in DOUBTFUL})
    world.approved("2004-S2")
    places = [(world.project.code, code) for code in ("2004-S1", "2004-S2")]
    known = parts_of_record(places, 2)
    rows = list(judgements())
    assert rows
    as_before(world)
    texts = list(Approval.objects.order_by("number").values_list("hash", flat=True))
    assert parts_of_record(places, 2) != known
    approval = fill()
    assert (approval.number, approval.format, approval.process) == (3, 5, "migrate")
    assert parts_of_record(places, 3) == known
    assert list(judgements()) == rows
    assert list(Approval.objects.order_by("number").values_list("hash", flat=True))[:2] == texts
    assert verify().whole
    assert fill() is None


def test_nothing_is_filled_where_nothing_is_missing(world):
    assert fill() is None
    world.approved("2004-S1")
    assert fill() is None
    assert RecordHead.objects.get().number == 1


def judgements():
    return Judgement.objects.order_by(
        "measurement__round", "measurement__subject", "check_code"
    ).values_list("measurement__subject", "measurement__round", "check_code", "explained")
