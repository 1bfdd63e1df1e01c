import datetime as dt
import smtplib

import pytest
from celery import current_app
from django.core import mail
from django.db import transaction

from pip_network import outbox
from pip_network.models import Mail

AT = dt.datetime(2006, 9, 1, 12, 0, tzinfo=dt.UTC)


def minutes(number: float) -> dt.datetime:
    return AT + dt.timedelta(minutes=number)


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: names.append(name))
    return names


def write(**fields) -> Mail:
    return outbox.send(**{"to": "ana@example.org", "subject": "Returned", "body": "Please look.", "at": AT} | fields)


def refuse(*args, **kwargs):
    raise smtplib.SMTPServerDisconnected("gone")


@pytest.mark.django_db
class TestSend:
    def test_writes_the_row_and_wakes_the_worker_on_commit(self, woken, django_capture_on_commit_callbacks):
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

    def test_makes_one_line_of_the_subject(self, woken):
        assert write(subject="Returned\r\nBcc: all@example.org").subject == "Returned Bcc: all@example.org"


@pytest.mark.django_db
class TestDeliver:
    @pytest.mark.parametrize("rows", [1, 3, 20])
    def test_sends_each_message_once_oldest_first(self, rows):
        for number in range(rows):
            write(subject=f"Message {number}", at=minutes(number / 60))
        assert [outbox.deliver(at=minutes(30)) for _ in range(2)] == [rows, 0]
        assert [each.subject for each in mail.outbox] == [f"Message {number}" for number in range(rows)]
        assert set(Mail.objects.values_list("sent_at", "attempts", "error")) == {(minutes(30), 1, "")}

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
