"""Which letters a person does not want, and the address that says so for her."""

import base64
import datetime as dt
import json

import pytest
from django.core.signing import Signer

from pip_network.choices import STOPPABLE, MailKind
from pip_network.jobs import stopping
from pip_network.models import AuditEvent, MailChoice
from pip_network.people import actions
from pip_network.people.access import Role
from pip_network.people.processes import LETTER, VISITOR
from pip_network.web.errors import Forbidden, Invalid
from tests import factories

pytestmark = pytest.mark.django_db
AT = dt.datetime(2006, 9, 1, 12, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=9)
KIND = MailKind.RETURNED
KEY = "k" * 50


@pytest.fixture
def ana():
    return factories.user("ana")


def choices() -> list[tuple]:
    return list(MailChoice.objects.order_by("pk").values_list("person__email", "kind", "off_since"))


def trail() -> list[tuple]:
    rows = AuditEvent.objects.filter(verb__startswith="mail.").order_by("pk")
    return list(rows.values_list("verb", "object", "actor", "details"))


def token_of(person, kind=KIND) -> str:
    return stopping.address_of(person, kind).rstrip("/").rpartition("/")[2]


class TestTheAddress:
    def test_says_who_and_which_kind_and_no_mailbox(self, ana, settings):
        settings.PUBLIC_URL = "https://portal.example.org"
        token = token_of(ana)
        assert stopping.address_of(ana, KIND) == f"https://portal.example.org/mail/off/{token}/"
        assert stopping.addressed(token) == (ana, KIND)
        content = token.partition(".")[0]
        said = base64.urlsafe_b64decode(content + "=" * (-len(content) % 4))
        assert json.loads(said) == [ana.pk, "returned"]

    def test_is_of_letters_that_no_program_breaks(self, ana):
        assert not set(token_of(ana)) - set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
        )

    def test_lives_as_long_as_its_key_is_known(self, ana, settings):
        settings.SECRET_KEY = KEY
        token = token_of(ana)
        settings.SECRET_KEY = "another-" + KEY
        assert stopping.addressed(token) is None
        settings.SECRET_KEY_FALLBACKS = [KEY]
        assert stopping.addressed(token) == (ana, KIND)

    def test_a_forged_one_is_about_nobody(self, ana):
        token = token_of(ana)
        other = token_of(factories.user("eva"))
        content, _dot, mark = token.partition(".")
        forged = [
            "",
            "x",
            content,
            f"{content}.",
            f".{mark}",
            token + "x",
            token[:-1],
            f"{other.partition('.')[0]}.{mark}",
            "ñ" + token,
            Signer(salt="another", sep=".").sign_object([ana.pk, "returned"]),
        ]
        assert [stopping.addressed(each) for each in forged] == [None] * len(forged)
        assert stopping.addressed(token) == (ana, KIND)

    @pytest.mark.parametrize(
        "said",
        [
            [0, "returned"],
            [None, "returned"],
            [1, "account"],
            [1, "unheard"],
            ["x", "returned"],
            [],
        ],
        ids=str,
    )
    def test_one_of_ours_about_what_is_not_there(self, ana, said):
        said = [ana.pk if each == 1 else each for each in said]
        assert stopping.addressed(Signer(salt=stopping.SALT, sep=".").sign_object(said)) is None


class TestChoosing:
    def test_twice_is_once(self, ana):
        for at in (AT, LATER):
            stopping.stop(person=ana, kind=KIND, by=LETTER, at=at)
        assert choices() == [(ana.email, "returned", AT)]
        for at in (AT, LATER):
            stopping.resume(person=ana, kind=KIND, by=ana, at=at)
        assert choices() == []
        assert trail() == [
            ("mail.stopped", f"U:{ana.pk}", "letter", {"kind": "returned"}),
            ("mail.resumed", f"U:{ana.pk}", f"U:{ana.pk}", {"kind": "returned"}),
        ]

    @pytest.mark.parametrize("act", [stopping.stop, stopping.resume])
    def test_nobody_chooses_for_another(self, ana, act):
        admin = factories.user("admin", role=Role.ADMINISTRATION)
        for by in (admin, factories.PROCESS, VISITOR):
            with pytest.raises(Forbidden):
                act(person=ana, kind=KIND, by=by, at=AT)
        act(person=ana, kind=KIND, by=ana, at=AT)

    @pytest.mark.parametrize("kind", MailKind)
    def test_only_what_may_be_stopped(self, ana, kind):
        if kind in STOPPABLE:
            stopping.stop(person=ana, kind=kind, by=ana, at=AT)
            assert choices() == [(ana.email, kind.value, AT)]
        else:
            with pytest.raises(Invalid):
                stopping.stop(person=ana, kind=kind, by=ana, at=AT)
            assert choices() == []

    def test_a_list_changes_what_differs(self, ana):
        stopping.stop(person=ana, kind=MailKind.APPROVED, by=ana, at=AT)
        wanted = {MailKind.RETURNED: False, MailKind.APPROVED: False, MailKind.SUBMITTED: True}
        stopping.choose(kinds=wanted, by=ana, at=LATER)
        assert choices() == [(ana.email, "approved", AT), (ana.email, "returned", LATER)]
        assert [verb for verb, *_rest in trail()] == ["mail.stopped", "mail.stopped"]

    def test_who_follows_chooses_for_herself(self, ana):
        admin = factories.user("admin", role=Role.ADMINISTRATION)
        eva = factories.user("eva")
        held = factories.assign(ana, Role.DIRECTOR, f"P:{factories.project().code}")
        stopping.stop(person=ana, kind=KIND, by=ana, at=AT)
        actions.end_role(
            assignment=held,
            until=AT.date(),
            reason="Fin del convenio",
            successor=eva,
            by=admin,
            at=AT,
        )
        assert [stopping.reaches(each, KIND) for each in (ana, eva)] == [False, True]
