"""Uses of works: counted by day without robots, and nothing kept of who it was."""

import datetime as dt

import pytest
import time_machine
from django.core.files.base import ContentFile

from knowledge.models import Expression, File, RawUse, Use, UseHead
from knowledge.usage import counting
from pip_network.files.stored import keep
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12 10:00")
TODAY, TOMORROW = AT.date(), factories.moment("2006-07-13 00:00:30")
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0"
OTHER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 13_0) AppleWebKit/605.1.15 Safari/605.1.15"


def opened(client, after: int = 0, agent: str = READER, address: str = "/library/K1/", **headers):
    with time_machine.travel(AT + dt.timedelta(seconds=after), tick=False):
        return client.get(address, headers={"user-agent": agent, **headers})


def counts() -> list[tuple]:
    return list(Use.objects.order_by("kind", "day").values_list("work", "kind", "day", "count"))


def test_a_page_that_is_opened_is_counted_in_the_night(client):
    factories.work("K1")
    assert "sin contar robots" not in opened(client).content.decode()
    opened(client, 31)
    counting.sweep(at=AT)
    assert counts() == []  # the day is not over
    counting.sweep(at=TOMORROW)
    assert counts() == [("K1", "opened", TODAY, 2)]
    assert not RawUse.objects.exists()
    page = " ".join(opened(client, 99).content.decode().split())
    assert "abierta 2 veces" in page
    assert "sin contar robots, hasta el 12 de julio de 2006" in page


def test_who_goes_on_with_a_file_has_not_taken_it_again(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    work = factories.work("K1")
    stored = keep(ContentFile(b"a;b\n1;2\n"), name="a.csv", by=factories.user("x"), at=AT)
    File.objects.create(expression=Expression.objects.get(work=work), stored=stored)
    address = "/library/K1/es/file/"
    whole = opened(client, 0, address=address)
    rest = opened(client, 40, address=address, range="bytes=4-")
    assert b"".join(whole) == b"".join(rest) == b"a;b\n1;2\n"  # the portal gives no parts
    assert list(RawUse.objects.values_list("kind", flat=True)) == ["taken"]


@pytest.mark.parametrize(
    ("agent", "counted"),
    [
        (READER, 1),
        ("", 0),
        ("Googlebot/2.1 (+http://www.google.com/bot.html)", 0),
        ("GPTBot/1.0", 0),
        ("Sickle/0.7", 0),
        ("curl/8.1", 0),
        ("Mozilla/5.0 \0 Firefox/102.0", 1),
        ("a" * 5000, 1),
    ],
)
def test_robots_are_not_counted(client, agent, counted):
    factories.work("K1")
    opened(client, agent=agent)
    counting.sweep(at=TOMORROW)
    assert sum(count for *_rest, count in counts()) == counted


@pytest.mark.parametrize(
    ("clicks", "counted"),
    [
        ([(0, READER), (30, READER)], 1),
        ([(0, READER), (31, READER)], 2),
        ([(0, READER), (20, READER), (40, READER)], 1),  # each within half a minute
        ([(0, READER), (20, OTHER)], 2),
    ],
)
def test_a_double_click_counts_once(client, clicks, counted):
    factories.work("K1")
    for after, agent in clicks:
        opened(client, after, agent)
    counting.sweep(at=TOMORROW)
    assert [count for *_rest, count in counts()] == [counted]


def test_what_comes_late_is_added_and_nothing_counts_twice(client):
    factories.work("K1")
    opened(client)
    counting.sweep(at=TOMORROW)
    opened(client, 600)  # its process wrote it after the count
    counting.fold(until=TODAY)
    counting.fold(until=TODAY)
    assert counts() == [("K1", "opened", TODAY, 2)]
    assert [head.day for head in UseHead.objects.all()] == [TODAY]


def test_many_are_counted_in_parts(client, monkeypatch):
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    factories.work("K1")
    for number in range(5):
        opened(client, 60 * number)
    assert counting.fold(until=TODAY) == 5
    assert counts() == [("K1", "opened", TODAY, 5)]


def test_only_readers_of_what_is_published_are_counted(client):
    factories.work("K1")
    factories.work("K2", access="network")
    opened(client, address="/library/K2/")
    client.head("/library/K1/", headers={"user-agent": READER})
    opened(client, **{"sec-purpose": "prefetch"})
    client.force_login(factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01"))
    opened(client)  # who curates looks after it
    assert not RawUse.objects.exists()
    client.force_login(factories.user("experta", role=Role.EXPERT))
    opened(client, address="/library/K2/")
    kept = RawUse.objects.get()
    assert {field.name for field in RawUse._meta.fields} == {"id", "work", "kind", "at", "agent"}
    assert (kept.work_id, kept.agent) == ("K2", READER)


def test_the_day_of_the_count_goes_on_without_uses(client):
    counting.sweep(at=TOMORROW)
    counting.sweep(at=TOMORROW + dt.timedelta(days=1))
    assert UseHead.objects.get().day == TODAY + dt.timedelta(days=1)
