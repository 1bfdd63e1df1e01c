"""The demonstration's two invitations: one waits, one has expired, and nothing else of the
demonstration moves.
"""

import datetime as dt

import pytest
from django.conf import settings
from django.core.management import call_command

from pip_network.jobs import outbox
from pip_network.models import Invitation, Mail
from pip_network.site.demo import invited
from pip_network.site.demo import seed as demo
from pip_network.site.demo.accounts import address
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2007-05-02 10:00")


def states(at: dt.datetime) -> dict[str, str]:
    return {row.email: row.state(at) for row in Invitation.objects.all()}


def test_one_waits_and_one_has_expired(tiny_demo):
    assert states(AT) == {}
    letters = Mail.objects.count()
    invited.invite(at=AT)
    assert states(AT) == {address("invitada"): "pending", address("invitado"): "expired"}
    assert Mail.objects.count() == letters + 2
    assert list(Mail.objects.filter(sent_at__isnull=True).values_list("to", flat=True)) == [
        address("invitada")
    ]
    assert outbox.deliver(at=AT) == 1
    assert set(states(AT + dt.timedelta(days=settings.INVITATION_DAYS)).values()) == {"expired"}


def test_the_command_makes_them(monkeypatch):
    monkeypatch.setattr("pip_network.management.commands.seed_demo.seed", lambda **_: demo.tiny())
    monkeypatch.setattr("monitoring.portfolio.refresh", lambda **_: None)
    call_command("seed_demo")
    assert sorted(Invitation.objects.values_list("email", flat=True)) == [
        address("invitada"),
        address("invitado"),
    ]


def test_the_seed_itself_makes_none(tiny_demo):
    assert Invitation.objects.count() == 0
