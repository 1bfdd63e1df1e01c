"""Publishing a round and withdrawing it: who may, what is refused, what the public sees."""

from typing import Any

import pytest

from monitoring import publication
from monitoring.models import Publication, RecordHead
from monitoring.publication.actions import withdraw_publication
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests.monitoring.publication.publishing import AT, publish

WHY: dict[str, Any] = {"reason": "Un error en la serie", "at": AT}


@pytest.fixture
def two(two_rounds):
    """A record with an approval after the one that is published."""
    return two_rounds


def sees() -> tuple[str, int] | None:
    shown = publication.shown()
    return (shown.round, shown.as_of) if shown else None


def test_the_public_sees_what_was_published_and_nothing_newer(two):
    assert sees() is None
    head = RecordHead.objects.get().number
    publish(two)
    assert sees() == ("2004-S2", head)
    two.approved("2005-S1")
    assert sees() == ("2004-S2", head)
    publish(two, "2005-S1")
    assert sees() == ("2005-S1", head + 1)
    event = AuditEvent.objects.get(verb="publication.published", object="round:2005-S1")
    assert (event.actor, event.details["as_of"], event.details["reason"]) == (
        f"U:{two.administrator.pk}",
        head + 1,
        "Cierre del semestre",
    )


def test_an_approval_changes_no_published_figure_and_publishing_again_does(two):
    row = publish(two)
    stored = row.figures
    two.approved("2005-S1")
    row.refresh_from_db()
    assert row.figures == stored
    again = publish(two, reason="Entró el semestre siguiente", seen=str(row.pk))
    assert sees() == ("2004-S2", again.as_of_id)
    assert again.as_of_id == row.as_of_id + 1


def test_withdrawn_is_seen_no_more_and_what_was_before_does_not_come_back(two):
    first = publish(two, "2004-S1")
    earlier = publish(two, as_of=2)
    two.approved("2005-S1")
    later = publish(two, reason="Una corrección más")
    with pytest.raises(Conflict):
        withdraw_publication(publication=earlier, by=two.administrator, **WHY)
    withdraw_publication(publication=later, by=two.administrator, **WHY)
    assert sees() == ("2004-S1", first.as_of_id)
    with pytest.raises(Conflict):
        withdraw_publication(publication=later, by=two.administrator, **WHY)
    assert AuditEvent.objects.filter(verb="publication.withdrawn").count() == 1
    publish(two, reason="La serie está corregida", seen=str(later.pk))
    assert sees() == ("2004-S2", later.as_of_id)


@pytest.mark.parametrize("reason", ["x", "1234567890", "  correcció  "])
def test_a_reason_has_ten_letters(two, reason):
    with pytest.raises(Invalid) as refusal:
        publish(two, reason=reason)
    assert (refusal.value.place, Publication.objects.count()) == ("reason", 0)
    row = publish(two, reason="corrección")
    with pytest.raises(Invalid):
        withdraw_publication(publication=row, by=two.administrator, **{**WHY, "reason": reason})
    assert sees() is not None


@pytest.mark.parametrize("reason", ["razón" * 200 + "x", "una razón\0más larga"])
def test_a_reason_ends_somewhere_and_is_text(two, reason):
    with pytest.raises(Invalid) as refusal:
        publish(two, reason=reason)
    assert (refusal.value.place, Publication.objects.count()) == ("reason", 0)
    publish(two, reason="razón" * 200)
    assert Publication.objects.count() == 1


def test_only_the_administration_publishes(two):
    for person in (two.specialist, two.director, two.coordinator):
        with pytest.raises(Forbidden):
            publish(two, by=person)
    row = publish(two)
    for person in (two.specialist, two.director, two.coordinator):
        with pytest.raises(Forbidden):
            withdraw_publication(publication=row, by=person, **WHY)
    assert sees() == ("2004-S2", row.as_of_id)


@pytest.mark.parametrize("number", [0, -1, 99])
def test_the_number_is_one_of_the_record_that_has_the_round(two, number):
    with pytest.raises(Invalid) as refusal:
        publish(two, as_of=number)
    assert refusal.value.place == "as_of"
    publish(two)


def test_a_round_that_no_approval_holds_yet_is_not_published(two):
    head = RecordHead.objects.get().number
    two.approved("2005-S1")
    with pytest.raises(Invalid):
        publish(two, "2005-S1", as_of=head)
    publish(two, "2005-S1", as_of=head + 1)


def test_the_same_again_changes_nothing_and_somebody_else_was_faster(two):
    row = publish(two)
    with pytest.raises(Invalid):
        publish(two)
    two.approved("2005-S1")
    with pytest.raises(Conflict) as refusal:
        publish(two, seen="0")
    assert str(row.as_of_id) in str(refusal.value.message)
    assert sees() == ("2004-S2", row.as_of_id)
    publish(two, seen=str(row.pk))
    assert sees() == ("2004-S2", row.as_of_id + 1)
