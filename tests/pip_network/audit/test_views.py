import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client

from pip_network import audit
from pip_network.audit import files, pages
from pip_network.models import AuditEvent
from pip_network.people.access import Process, Role
from tests import factories

pytestmark = pytest.mark.django_db
PORTAL = Process("system")
AT = factories.moment("2005-07-20")


def act(
    number: int = 0,
    *,
    by=PORTAL,
    on: str = "P:PIP-01",
    verb: str = "project.updated",
    days: int = 0,
    **details,
):
    at = AT + dt.timedelta(days=days, minutes=number)
    return audit.record(verb=verb, on=on, by=by, at=at, **details)


@pytest.fixture
def reader():
    client = Client()
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION, scope="*", language="en"))
    return client


@pytest.fixture
def director():
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01")


def shown(client: Client, question: str = "") -> list[str]:
    answer = client.get(f"/audit/{question}")
    assert answer.status_code == 200
    return [
        event.object
        for event, _line in answer.context["events"]
        if event.object.startswith(("P:", "N:", "F:"))
    ]


def test_for_others_the_room_does_not_exist(reader, director):
    event, other = act(), Client()
    other.force_login(director)
    addresses = ("/audit/", f"/audit/{event.pk}/", "/audit/?export=csv")
    assert [other.get(address).status_code for address in addresses] == [404] * 3
    assert [reader.get(address).status_code for address in addresses] == [200] * 3
    assert [Client().get(address).status_code for address in addresses] == [302] * 3


def test_filters_stay_in_the_address(reader, director):
    act(1, by=director)
    act(2, on="N:N1", verb="network.created")
    act(3, on="P:PIP-01/2005-S1", verb="submission.opened", days=1)
    act(4, on="F:FIRMX", verb="access.denied", by=director, days=2)
    every = ["F:FIRMX", "P:PIP-01/2005-S1", "N:N1", "P:PIP-01"]
    assert shown(reader) == every
    assert shown(reader, "?person=DIRECTORA") == ["F:FIRMX", "P:PIP-01"]
    assert shown(reader, f"?person=U:{director.pk}") == ["F:FIRMX", "P:PIP-01"]
    assert shown(reader, "?person=nobody") == []
    assert shown(reader, "?group=network") == ["N:N1"]
    assert shown(reader, "?group=nonsense") == every
    assert shown(reader, "?on=PIP-01") == ["P:PIP-01/2005-S1", "P:PIP-01"]
    assert shown(reader, "?on=N:N1") == ["N:N1"]
    assert shown(reader, "?since=2005-07-21&until=2005-07-21") == ["P:PIP-01/2005-S1"]
    assert shown(reader, "?since=0001-01-01&until=9999-12-31") == every
    assert shown(reader, "?since=nonsense") == every
    assert shown(reader, "?denied=on") == ["F:FIRMX"]


def test_pages_follow_one_another_and_nothing_is_lost_or_twice(reader, monkeypatch):
    for number in range(7):
        act(number // 2, on=f"P:{number}")  # pairs at the same moment
    monkeypatch.setattr(pages.page_of, "__kwdefaults__", {"per_page": 3})
    seen, before = [], ""
    for _ in range(5):
        answer = reader.get("/audit/", {"on": "", "before": before})
        seen += [event.object for event, _line in answer.context["events"]]
        before = answer.context["page"].older
        if not before:
            break
    assert [each for each in seen if each.startswith("P:")] == [
        f"P:{number}" for number in (6, 5, 4, 3, 2, 1, 0)
    ]


@pytest.mark.parametrize(
    "before",
    [
        "x",
        "~",
        "2005-07-20~1",
        "2005-07-20T00:00:00+00:00~99999999999999999999999",
        "9999-12-31T23:59:59+00:00~1",
        "0001-01-01T00:00:00+14:00~1",
    ],
)
def test_a_mark_from_nowhere_begins_at_the_newest(reader, before):
    act()
    assert shown(reader, f"?before={before.replace('+', '%2B')}") == ["P:PIP-01"]


@pytest.mark.parametrize("number", [1, 3, 40])
def test_the_same_queries_whatever_the_rows(reader, number, django_assert_num_queries):
    for each in range(number):
        act(
            each,
            by=factories.user(f"p{each}"),
            on=f"U:{factories.user(f'q{each}').pk}",
            verb="role.given",
        )
    with django_assert_num_queries(7):
        reader.get("/audit/")


def test_a_long_trail_is_not_counted_whole(reader, monkeypatch):
    monkeypatch.setattr(pages, "COUNTED", 2)
    for number in range(3):
        act(number)
    page = reader.get("/audit/?on=PIP-01").context["page"]
    assert (page.count, page.more) == (2, True)
    page = reader.get("/audit/?on=PIP-99").context["page"]
    assert (page.count, page.more) == (0, False)


def test_the_file_holds_what_is_seen(reader, director):
    act(1, by=director, changes={"name": ["=1+1", "Dos"]}, reason="=HYPERLINK(1)")
    act(2, on="N:N1", verb="network.created")
    answer = reader.get("/audit/?on=PIP-01&export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["When (UTC)", "Who", "What", "On what", "Changes", "Reason", "Request"],
        [
            "2005-07-20T00:01:00+00:00",
            director.name,
            "Project changed",
            "P:PIP-01",
            "Name: =1+1 > Dos",
            "'=HYPERLINK(1)",
            "",
        ],
    ]
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/audit/?on=PIP-01&export=xlsx").content))
    rows[1][0] = dt.datetime(2005, 7, 20, 0, 1)  # a workbook has times, in the zone of its heading
    assert [[cell.value or "" for cell in row] for row in book.active.iter_rows()] == rows
    assert reader.get("/audit/?export=exe").headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_workbook_is_bounded_and_says_so(reader, monkeypatch):
    monkeypatch.setattr(files, "IN_A_WORKBOOK", 2)
    for number in range(3):
        act(number)
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/audit/?on=PIP-01&export=xlsx").content))
    told = [row[0].value for row in book.active.iter_rows()]
    assert told[1:] == [
        dt.datetime(2005, 7, 20, 0, 2),
        dt.datetime(2005, 7, 20, 0, 1),
        "There are more: only the newest 2 are in this workbook; the CSV file has all.",
    ]
    whole = b"".join(reader.get("/audit/?on=PIP-01&export=csv").streaming_content).decode()
    assert whole.count("2005-07-20") == 3


def test_one_event_with_all_it_holds_and_what_the_same_request_did(reader, director):
    one = act(1, by=director, changes={"name": ["<b>", "Dos"]}, countries=["AR"])
    two = act(2, on="N:N1", verb="network.created")
    # Rows are never changed: the ones of one request are written so.
    a, b = (
        AuditEvent.objects.create(
            at=AT, actor="system", verb="firm.closed", object=f"F:{x}", request_id="abc"
        )
        for x in "AB"
    )
    page = reader.get(f"/audit/{one.pk}/").content.decode()
    assert "&lt;b&gt;" in page
    assert "[&quot;AR&quot;]" in page
    assert f"/audit/{two.pk}/" not in page
    assert f"/audit/{b.pk}/" in reader.get(f"/audit/{a.pk}/").content.decode()
    assert reader.get("/audit/99999999999999999999999/").status_code == 404
