import datetime as dt
import re
import smtplib
from email import message_from_bytes, policy

import pytest
from celery import current_app
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from pip_network.choices import STOPPABLE, MailKind
from pip_network.jobs import outbox, stopping
from pip_network.models import AuditEvent, Mail
from pip_network.models.outbox import HEADERS
from pip_network.people import invitations, passwords
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden
from tests import factories

AT = dt.datetime(2006, 9, 1, 12, 0, tzinfo=dt.UTC)


def minutes(number: float) -> dt.datetime:
    return AT + dt.timedelta(minutes=number)


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: names.append(name))
    return names


def write(**fields) -> Mail:
    return outbox.send(
        **{
            "to": "ana@example.org",
            "subject": "Returned",
            "body": "Please look.\n",
            "kind": MailKind.ACCOUNT,
            "at": AT,
        }
        | fields
    )


def refuse(*args, **kwargs):
    raise smtplib.SMTPServerDisconnected("gone")


@pytest.mark.django_db
class TestSend:
    def test_writes_the_row_and_wakes_the_worker_on_commit(
        self, woken, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            write()
            assert woken == []
        assert woken == ["pip_network.tasks.send_outbox"]
        assert list(Mail.objects.values_list("to", "subject", "sent_at", "attempts")) == [
            ("ana@example.org", "Returned", None, 0)
        ]

    def test_of_a_rolled_back_act_leaves_nothing(self, woken):
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        assert (Mail.objects.count(), woken) == (0, [])

    def test_one_fact_is_one_row(self, woken, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            first = write(key="returned:1")
            assert write(key="returned:1", body="Otherwise.").pk == first.pk
            assert write(key="returned:2").pk != first.pk
            assert write().pk != write().pk
        assert woken == ["pip_network.tasks.send_outbox"] * 4
        assert Mail.objects.get(key="returned:1").body == "Please look.\n"

    def test_makes_one_line_of_the_subject(self, woken):
        assert (
            write(subject="Returned\r\nBcc: all@example.org").subject
            == "Returned Bcc: all@example.org"
        )


CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Reunión de Ñandutí\r\nEND:VCALENDAR\r\n"


@pytest.mark.django_db
class TestHeadersAndCalendar:
    def test_what_a_letter_says_of_itself_leaves_with_it(self, settings):
        settings.PUBLIC_URL = "https://portal.example.org"
        given = {"Reply-To": "eva@example.org", "In-Reply-To": "<m1@x>", "References": "<m1@x>"}
        row = write(headers=given)
        outbox.deliver(at=minutes(1))
        (letter,) = [each.message() for each in mail.outbox]
        assert {name: letter[name] for name in given} == given
        assert letter["Message-ID"].startswith(f"<m{row.pk}.")
        assert letter["Auto-Submitted"] == "auto-generated"

    @pytest.mark.parametrize(
        "headers",
        [{"Bcc": "all@example.org"}, {"Reply-To": "a@x\r\nBcc: b@x"}, {"Reply-To": ""}],
        ids=["another name", "two lines", "nothing"],
    )
    def test_no_other_header_is_taken(self, headers):
        with pytest.raises(ValueError, match="No header of a letter"):
            write(headers=headers)
        assert write(headers={"Reply-To": "a@x"}).headers == {"Reply-To": "a@x"}

    @pytest.mark.parametrize(
        ("headers", "taken"),
        [
            ({}, True),
            (dict.fromkeys(HEADERS, "x"), True),
            ({"Bcc": "x"}, False),
            (dict.fromkeys([*HEADERS, "Bcc"], "x"), False),
            ({"reply-to": "x"}, False),
            ([], False),
            (["Reply-To"], False),
        ],
    )
    def test_the_database_takes_five_names_and_no_sixth(self, headers, taken):
        row = write()
        try:
            with transaction.atomic():
                Mail.objects.filter(pk=row.pk).update(headers=headers)
        except IntegrityError:
            assert not taken
        else:
            assert taken
        assert Mail.objects.filter(pk=row.pk, headers=headers).exists() is taken

    def test_a_calendar_goes_with_it_byte_by_byte(self):
        write(calendar=CALENDAR)
        write()
        outbox.deliver(at=minutes(1))
        first, second = [each.message() for each in mail.outbox]
        (part,) = [each for each in first.walk() if each.get_content_type() == "text/calendar"]
        assert part.get_payload(decode=True) == CALENDAR.encode()
        assert (part.get_param("method"), part.get_content_charset()) == ("PUBLISH", "utf-8")
        assert part.get_filename() == "calendar.ics"
        assert not second.is_multipart()


@pytest.mark.django_db
class TestStopped:
    @pytest.fixture
    def ana(self):
        return factories.user("ana", language="pt")

    def stop(self, person, kind=MailKind.RETURNED):
        stopping.stop(person=person, kind=kind, by=person, at=AT)

    def test_what_may_be_stopped_says_so_in_headers_and_at_its_foot(self, ana, settings):
        settings.PUBLIC_URL = "https://portal.example.org"
        row = write(kind=MailKind.RETURNED, headers={"Reply-To": "eva@example.org"})
        address = stopping.address_of(ana, MailKind.RETURNED)
        assert address.startswith("https://portal.example.org/mail/off/")
        outbox.deliver(at=minutes(1))
        sent = mail.outbox[0].message().as_bytes()
        letter = message_from_bytes(sent, policy=policy.default)
        assert letter["List-Unsubscribe"].strip() == f"<{address}>"  # it may be folded
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter["Reply-To"] == "eva@example.org"
        assert row.body.startswith("Please look.\n\nPara não receber mais e-mails")
        assert f"\n{address}\n" in row.body
        assert "\nhttps://portal.example.org/account/letters/\n" in row.body
        assert "Rodada devolvida com observações" in row.body

    @pytest.mark.parametrize("kind", MailKind)
    def test_only_those_kinds(self, ana, kind):
        row = write(kind=kind)
        found = (set(row.headers), "/mail/off/" in row.body)
        both = {"List-Unsubscribe", "List-Unsubscribe-Post"}
        assert found == ((both, True) if kind in STOPPABLE else (set(), False))

    def test_they_go_to_people_with_an_account_only(self, ana):
        with pytest.raises(ValueError, match="Nobody with an account"):
            write(kind=MailKind.RETURNED, to="nobody@example.org")
        assert write(kind=MailKind.RETURNED, to="ANA@example.org") is not None
        assert write(kind=MailKind.INVITATION, to="nobody@example.org") is not None

    def test_none_is_written_and_no_key_is_used_up(self, ana, woken):
        self.stop(ana)
        assert write(kind=MailKind.RETURNED, key="step:1") is None
        assert Mail.objects.count() == 0
        assert write(kind=MailKind.APPROVED) is not None
        assert write(kind=MailKind.ACCOUNT) is not None
        stopping.resume(person=ana, kind=MailKind.RETURNED, by=ana, at=AT)
        assert write(kind=MailKind.RETURNED, key="step:1").key == "step:1"

    def test_one_that_waits_is_never_sent(self, ana):
        row, other = write(kind=MailKind.RETURNED), write(kind=MailKind.APPROVED)
        self.stop(ana)
        assert outbox.deliver(at=minutes(1)) == 1
        row.refresh_from_db()
        other.refresh_from_db()
        assert (row.sent_at, row.stopped_at, row.lease_until) == (None, minutes(1), None)
        assert (other.sent_at, other.stopped_at) == (minutes(1), None)
        assert outbox.state_of(row, minutes(2)) == "stopped"
        stopping.resume(person=ana, kind=MailKind.RETURNED, by=ana, at=AT)
        assert outbox.deliver(at=minutes(3)) == 0
        assert len(mail.outbox) == 1

    def test_nobody_sends_it_again(self, ana):
        admin = factories.user("admin", role=Role.ADMINISTRATION)
        row = write(kind=MailKind.RETURNED)
        self.stop(ana)
        outbox.deliver(at=minutes(1))
        with pytest.raises(Conflict, match="correo"):
            outbox.retry_mail(mail=row, by=admin, at=minutes(2))
        other = write(kind=MailKind.APPROVED)
        Mail.objects.filter(pk=other.pk).update(attempts=outbox.ATTEMPTS, error="gone")
        assert outbox.retry_mail(mail=other, by=admin, at=minutes(2)).attempts == 0

    def test_nothing_is_sent_and_stopped(self, ana):
        row = write()
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.filter(pk=row.pk).update(sent_at=AT, stopped_at=AT)

    @pytest.mark.parametrize("kind", MailKind)
    def test_a_closed_account_gets_the_letter_that_says_so_and_no_other(self, ana, kind):
        waiting = write(kind=kind)
        ana.is_active = False
        ana.save()
        written = write(kind=kind)
        outbox.deliver(at=minutes(1))
        waiting.refresh_from_db()
        found = (written is not None, waiting.sent_at is not None, waiting.stopped_at is not None)
        says_so = kind == MailKind.CLOSING
        assert found == (says_so, says_so, not says_so)


@pytest.mark.django_db
class TestDeliver:
    @pytest.mark.parametrize("rows", [1, 3, 20])
    def test_sends_each_message_once_oldest_first(self, rows):
        for number in range(rows):
            write(subject=f"Message {number}", at=minutes(number / 60))
        assert [outbox.deliver(at=minutes(30)) for _ in range(2)] == [rows, 0]
        assert [each.subject for each in mail.outbox] == [
            f"Message {number}" for number in range(rows)
        ]
        assert set(Mail.objects.values_list("sent_at", "attempts", "error")) == {
            (minutes(30), 1, "")
        }

    def test_a_letter_sent_twice_has_one_id_and_no_note_answers_it(self, settings):
        settings.PUBLIC_URL = "https://portal.example.org"
        row, other = write(), write()
        outbox.deliver(at=minutes(1))
        Mail.objects.filter(pk=row.pk).update(sent_at=None)  # its worker died before it said so
        outbox.deliver(at=minutes(2))
        ids = [letter.message()["Message-ID"] for letter in mail.outbox]
        assert [re.sub("[0-9a-f]{8}@", "MARK@", each) for each in ids] == [
            f"<m{pk}.MARK@portal.example.org>" for pk in (row.pk, other.pk, row.pk)
        ]
        assert (ids[0] == ids[2], ids[0] == ids[1]) == (True, False)
        sent = [letter.message() for letter in mail.outbox]
        assert {each["Auto-Submitted"] for each in sent} == {"auto-generated"}
        assert {each["X-Auto-Response-Suppress"] for each in sent} == {"All"}

    def test_keeps_what_the_server_refused_and_tries_again_later(self, monkeypatch):
        row = write()
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
            assert outbox.deliver(at=minutes(0)) == 0
        row.refresh_from_db()
        assert (row.sent_at, row.attempts, row.error) == (None, 1, "SMTPServerDisconnected: gone")
        assert [outbox.deliver(at=minutes(each)) for each in (0.9, 1.1)] == [0, 1]
        row.refresh_from_db()
        assert (row.sent_at, row.attempts, row.error) == (minutes(1.1), 2, "")

    def test_gives_up_after_eight_attempts_and_keeps_the_reason(self, monkeypatch):
        row = write()
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        for day in range(12):
            outbox.deliver(at=AT + dt.timedelta(days=day))
        row.refresh_from_db()
        assert (row.sent_at, row.attempts) == (None, outbox.ATTEMPTS)
        assert row.error == "SMTPServerDisconnected: gone"

    def test_leaves_a_message_that_another_worker_is_sending(self):
        row = write()
        Mail.objects.filter(pk=row.pk).update(attempts=1, lease_until=minutes(5))
        assert [outbox.deliver(at=minutes(each)) for each in (1, 6)] == [0, 1]

    def test_a_message_sent_anew_is_not_sent_twice_by_a_worker_that_read_it_before(self):
        """The list of one worker is old: in the meantime it was sent anew and another worker has
        it.
        """
        write(subject="first")
        row = write(subject="second", at=minutes(1))
        Mail.objects.filter(pk=row.pk).update(attempts=1, lease_until=minutes(1), error="gone")

        def meanwhile(backend, messages):
            Mail.objects.filter(pk=row.pk).update(attempts=1, lease_until=minutes(9), error="")
            return len(messages)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", meanwhile)
            assert outbox.deliver(at=minutes(5)) == 1
        row.refresh_from_db()
        assert (row.sent_at, row.attempts) == (None, 1)


@pytest.mark.django_db
class TestStates:
    @pytest.mark.parametrize(
        ("fields", "state"),
        [
            ({"sent_at": AT, "attempts": 1}, "sent"),
            ({"stopped_at": AT, "attempts": 1}, "stopped"),
            ({"stopped_at": AT, "attempts": 8, "error": "gone"}, "stopped"),
            ({}, "waiting"),
            ({"attempts": 7, "error": "gone"}, "waiting"),
            ({"attempts": 8, "error": "gone"}, "failed"),
            ({"attempts": 8, "error": "gone", "lease_until": minutes(60)}, "failed"),
            (
                {"attempts": 8, "lease_until": minutes(5)},
                "waiting",
            ),  # a worker is at the last attempt
            (
                {"attempts": 8, "lease_until": minutes(-1)},
                "failed",
            ),  # and did not live to say how it ended
        ],
    )
    def test_each_message_is_in_one(self, fields, state):
        row = write()
        Mail.objects.filter(pk=row.pk).update(**fields)
        row.refresh_from_db()
        assert outbox.state_of(row, AT) == state
        assert [each for each in outbox.STATES if outbox.in_state(each, AT).exists()] == [state]


@pytest.mark.django_db
class TestRetry:
    @pytest.fixture
    def admin(self):
        return factories.user("admin", role=Role.ADMINISTRATION, language="en")

    def given_up(self, **fields) -> Mail:
        row = write(**fields)
        Mail.objects.filter(pk=row.pk).update(
            attempts=outbox.ATTEMPTS, error="SMTPServerDisconnected: gone", lease_until=minutes(60)
        )
        row.refresh_from_db()
        return row

    def test_it_leaves_after_it_was_given_up(
        self, admin, woken, django_capture_on_commit_callbacks
    ):
        row = self.given_up()
        assert outbox.deliver(at=minutes(61)) == 0
        with django_capture_on_commit_callbacks(execute=True):
            outbox.retry_mail(mail=row, by=admin, at=minutes(62))
            assert woken == []
        assert woken == ["pip_network.tasks.send_outbox"]
        assert outbox.deliver(at=minutes(63)) == 1
        row.refresh_from_db()
        assert (row.sent_at, row.attempts, row.error) == (minutes(63), 1, "")
        event = AuditEvent.objects.get(verb="mail.retried")
        assert (event.object, event.actor, event.details) == (
            f"mail:{row.pk}",
            f"U:{admin.pk}",
            {"attempts": outbox.ATTEMPTS},
        )

    def test_one_between_two_attempts_need_not_wait(self, admin):
        row = write()
        Mail.objects.filter(pk=row.pk).update(attempts=3, error="gone", lease_until=minutes(8))
        assert outbox.deliver(at=AT) == 0
        outbox.retry_mail(mail=row, by=admin, at=AT)
        assert outbox.deliver(at=AT) == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"sent_at": AT, "attempts": 1, "error": ""},
            {"attempts": 1, "error": "", "lease_until": minutes(5)},
            {"attempts": 0, "error": "", "lease_until": None},
        ],
        ids=["sent", "being sent", "not tried yet"],
    )
    def test_refused_when_there_is_nothing_to_mend(self, admin, fields):
        row = self.given_up()
        Mail.objects.filter(pk=row.pk).update(**fields)
        with pytest.raises(Conflict):
            outbox.retry_mail(mail=row, by=admin, at=AT)
        assert Mail.objects.filter(pk=row.pk, **fields).exists()
        assert not AuditEvent.objects.filter(verb="mail.retried").exists()

    def test_a_worker_that_died_does_not_keep_it(self, admin):
        row = self.given_up()
        Mail.objects.filter(pk=row.pk).update(error="", lease_until=minutes(5))
        with pytest.raises(Conflict):
            outbox.retry_mail(mail=row, by=admin, at=minutes(4))
        assert outbox.retry_mail(mail=row, by=admin, at=minutes(5)).attempts == 0

    def test_only_by_the_administration(self, admin):
        row = self.given_up()
        with pytest.raises(Forbidden):
            outbox.retry_mail(mail=row, by=factories.user("experta", role=Role.EXPERT), at=AT)
        assert outbox.retry_mail(mail=row, by=admin, at=AT).attempts == 0

    @pytest.mark.parametrize("why", ["expired", "withdrawn", "sent again", "accepted"])
    def test_an_invitation_of_no_use_is_not_sent_again(self, admin, why):
        given = {
            "email": "n@example.org",
            "name": "N",
            "role": Role.EXPERT,
            "scope": "*",
            "reason": "Para la prueba de plazos",
            "language": "en",
        }
        invitation = invitations.invite(**given, by=admin, at=AT)
        row = Mail.objects.get()
        Mail.objects.update(attempts=outbox.ATTEMPTS, error="gone")
        day = dt.timedelta(days=6)
        assert outbox.retry_mail(mail=row, by=admin, at=AT + day).attempts == 0
        Mail.objects.update(attempts=outbox.ATTEMPTS, error="gone")
        if why == "expired":
            day = dt.timedelta(days=7)
        elif why == "withdrawn":
            invitations.withdraw(invitation=invitation, by=admin, at=AT)
        elif why == "sent again":
            invitations.send_again(invitation=invitation, by=admin, at=AT)
        else:
            invitations.accept(
                key_hash=invitation.key_hash,
                name="N",
                password="una-frase-larga-7",
                language="en",
                at=AT,
            )
        with pytest.raises(Conflict, match=r"invitaci.n"):
            outbox.retry_mail(mail=row, by=admin, at=AT + day)

    def test_a_key_for_a_password_that_was_used_is_not_sent_again(self, admin):
        ana = factories.user("ana", language="en")
        row = passwords.write(ana, at=timezone.now())
        assert "/accounts/password/reset/key/" in row.body
        Mail.objects.update(attempts=outbox.ATTEMPTS, error="gone")
        assert outbox.retry_mail(mail=row, by=admin, at=timezone.now()).attempts == 0

        Mail.objects.update(attempts=outbox.ATTEMPTS, error="gone")
        ana.set_password("otra-frase-larga-8")
        ana.save()
        with pytest.raises(Conflict, match="clave"):
            outbox.retry_mail(mail=row, by=admin, at=timezone.now())

    def test_nonsense_that_looks_like_a_key_is_no_failure(self, admin):
        row = self.given_up(body="http://localhost/accounts/password/reset/key/ñ-!/")
        with pytest.raises(Conflict):
            outbox.retry_mail(mail=row, by=admin, at=AT)
