"""A later day for one project: lateness stays measured by the first."""

import datetime as dt

import pytest

from monitoring.models import Submission
from monitoring.submission.due.extensions import extend
from monitoring.submission.opening import submit
from pip_network.models import AuditEvent, Mail
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests.factories import moment

pytestmark = pytest.mark.django_db
DUE, NEW = dt.date(2004, 7, 30), dt.date(2004, 8, 20)
AT = moment("2004-07-20")


def extended(world, submission, **changed) -> Submission:
    told = {"until": NEW, "reason": "Inundaciones en la zona", "by": world.specialist, "at": AT}
    return extend(submission.pk, **{**told, **changed})


def test_it_is_asked_for_later_and_is_late_as_before(world):
    submission = world.filled("2004-S1")
    assert submission.days_left(AT) == 10
    opened = extended(world, submission)
    assert (opened.due_on, opened.due_by, opened.days_left(AT)) == (DUE, NEW, 31)
    assert opened.is_late(moment("2004-07-31"))
    submit(opened.pk, by=world.director, at=moment("2004-08-10"))
    opened.refresh_from_db()
    assert (opened.was_late, opened.days_late(AT)) == (True, 11)


def test_the_project_is_told_until_when_and_why(world):
    extended(world, world.open("2004-S1"))
    mail = Mail.objects.get(to=world.director.email)
    assert mail.subject == "PIP-01, 2004-S1: prórroga hasta el 20 de agosto de 2004"
    assert "Motivo: Inundaciones en la zona" in mail.body
    assert "30 de julio de 2004" in mail.body


def test_once_more_leads_to_a_day_after_the_last(world):
    opened = extended(world, world.open("2004-S1"))
    with pytest.raises(Invalid) as refused:
        extended(world, opened, until=NEW)
    assert refused.value.place == "until"
    opened = extended(world, opened, until=NEW + dt.timedelta(days=1))
    assert (opened.due_changes, opened.due_by) == (2, dt.date(2004, 8, 21))
    rows = AuditEvent.objects.filter(verb="submission.extended").order_by("id")
    assert [row.details["changes"]["extended_to"] for row in rows] == [
        ["2004-07-30", "2004-08-20"],
        ["2004-08-20", "2004-08-21"],
    ]


@pytest.mark.parametrize(
    "day", [DUE, DUE - dt.timedelta(days=1), dt.date(2004, 8, 9), dt.date(2007, 1, 1)]
)
def test_a_day_that_helps_nobody_is_refused(world, day):
    opened = world.open("2004-S1")
    with pytest.raises(Invalid) as refused:
        extended(world, opened, until=day, at=moment("2004-08-10"))
    assert refused.value.place == "until"
    assert extended(world, opened, at=moment("2004-08-10")).due_by == NEW


def test_a_reason_says_why(world):
    opened = world.open("2004-S1")
    with pytest.raises(Invalid) as refused:
        extended(world, opened, reason="x")
    assert refused.value.place == "reason"


def test_what_was_handed_in_has_no_due_day_left(world):
    opened = world.filled("2004-S1")
    submit(opened.pk, by=world.director, at=AT)
    with pytest.raises(Conflict):
        extended(world, opened)


def test_nobody_else_extends(world):
    opened = world.open("2004-S1")
    for person in (world.director, world.coordinator, world.stranger, world.administrator):
        with pytest.raises(Forbidden):
            extended(world, opened, by=person)
    assert extended(world, opened).due_changes == 1
