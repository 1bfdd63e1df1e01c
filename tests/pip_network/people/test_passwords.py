"""Forgotten passwords: the same for everybody until the worker looks, one letter, one use, one hour."""

import datetime as dt
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pip_network.jobs import jobs
from pip_network.models import Job, Mail, User
from pip_network.people import passwords
from pip_network.web.errors import Conflict
from tests import factories

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
NEW = "otra-frase-larga-8"
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def ana():
    return factories.user("ana", language="en")


def asked(email: str) -> tuple[int, str, list[str]]:
    """The answer, and every statement it took without its values."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(RESET, {"email": email})
    said = [
        re.sub(r"'[^']*'|s\d+_x\d+|\b\d+\b|\b[0-9a-f]{32}\b", "?", each["sql"]) for each in queries
    ]
    return answer.status_code, answer["Location"], said


def worked() -> list[str]:
    """The addresses of the letters that the worker wrote."""
    for job in Job.objects.filter(kind=passwords.KIND, status="queued"):
        jobs.run(job.pk, passwords.work)
    return list(Mail.objects.values_list("to", flat=True))


def address_in(mail: Mail) -> str:
    return re.search(r"http://\S+?(/accounts/password/reset/key/\S+)", mail.body)[1]


def used(address: str, password: str = NEW) -> int:
    client = Client()
    shown = client.get(address, follow=True)
    if "form" not in shown.context or shown.context.get("token_fail"):
        return 0
    form = {"password1": password, "password2": password}
    return client.post(shown.redirect_chain[-1][0], form).status_code


def test_the_form_does_the_same_for_an_account_and_for_none(ana):
    asked("warm@example.org")
    Job.objects.all().delete()
    known, unknown = asked("Ana@example.org"), asked("eva@example.org")
    assert known == unknown
    assert known[:2] == (302, f"{RESET}done/")
    rows = Job.objects.order_by("requested_at").values_list("arguments", "requested_by", "status")
    assert list(rows) == [
        ({"email": "ana@example.org"}, None, "queued"),
        ({"email": "eva@example.org"}, None, "queued"),
    ]
    assert not Mail.objects.exists()


def test_the_worker_writes_to_the_account_alone_and_keeps_no_address(ana):
    for email in ("ana@example.org", "eva@example.org"):
        asked(email)
    assert worked() == ["ana@example.org"]
    assert list(Job.objects.values_list("status", "arguments")) == [("done", {})] * 2


def test_an_account_that_is_off_gets_none(ana):
    User.objects.update(is_active=False)
    asked(ana.email)
    assert worked() == []
    User.objects.update(is_active=True)
    asked(ana.email)
    assert worked() == ["ana@example.org"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "durante 60 minutos"), ("pt", "durante 60 minutos"), ("en", "for 60 minutes")],
)
def test_the_letter_says_how_long_in_her_language(ana, language, words):
    ana.language = language
    assert words in passwords.write(ana, at=NOW).body


def test_it_opens_for_an_hour(ana):
    with time_machine.travel(NOW, tick=False):
        address = address_in(passwords.write(ana, at=NOW))
    with time_machine.travel(NOW + dt.timedelta(seconds=3601), tick=False):
        assert used(address) == 0
    with time_machine.travel(NOW + dt.timedelta(seconds=3600), tick=False):
        assert used(address) == 302
        assert used(address) == 0
    assert User.objects.get().check_password(NEW)


def test_a_key_used_while_the_form_was_open_changes_nothing(ana):
    address = address_in(passwords.write(ana, at=timezone.now()))
    slow = Client()
    form = slow.get(address, follow=True).redirect_chain[-1][0]
    late = passwords.NewPasswordForm(
        {"password1": "tercera-frase-9", "password2": "tercera-frase-9"},
        user=User.objects.get(),
        temp_key=address.split("key/")[1].strip("/").partition("-")[2],
    )
    assert late.is_valid()
    assert slow.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    with pytest.raises(Conflict):
        late.save()
    assert User.objects.get().check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_change_it_once(transactional_db):
    ana = factories.user("ana")
    key = address_in(passwords.write(ana, at=timezone.now())).split("key/")[1].strip("/")
    barrier = threading.Barrier(8)

    def use(number: int) -> str:
        form = passwords.NewPasswordForm(
            dict.fromkeys(("password1", "password2"), f"{NEW}-{number}"),
            user=User.objects.get(pk=ana.pk),
            temp_key=key.partition("-")[2],
        )
        valid = form.is_valid()
        barrier.wait(30)
        try:
            form.save()
        except Conflict:
            return "late"
        finally:
            connection.close()
        return f"{NEW}-{number}" if valid else "not valid"

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(use, range(8)))
    assert found.count("late") == 7
    changed = next(each for each in found if each != "late")
    assert User.objects.get().check_password(changed)
