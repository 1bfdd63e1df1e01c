"""Mail that was given up: seen with its reason, and sent again from here."""

import pytest

from pip_network.choices import MailKind
from pip_network.jobs import outbox, stopping
from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
AT = factories.moment("2006-09-01 12:00")
ROOM = "/admin/pip_network/mail/"


def write(to: str, **fields) -> Mail:
    return Mail.objects.create(
        **{"to": f"{to}@example.org", "subject": "Aviso", "body": "Hola", "created_at": AT} | fields
    )


@pytest.fixture
def rows():
    return {
        "sent": write("sent", sent_at=AT, attempts=1),
        "new": write("new"),
        "stopped": write("stopped", stopped_at=AT, attempts=1, kind=MailKind.RETURNED),
        "refused": write("refused", attempts=2, error="SMTPServerDisconnected: gone"),
        "failed": write(
            "failed", attempts=outbox.ATTEMPTS, error="SMTPRecipientsRefused: no such user"
        ),
    }


def names(page) -> list[str]:
    return sorted(row.to.partition("@")[0] for row in page.context["cl"].result_list)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("failed", ["failed"]),
        ("waiting", ["new", "refused"]),
        ("sent", ["sent"]),
        ("stopped", ["stopped"]),
        ("nonsense", ["failed", "new", "refused", "sent", "stopped"]),
        ("", ["failed", "new", "refused", "sent", "stopped"]),
    ],
)
def test_the_list_can_be_narrowed_by_state(desk, rows, state, found):
    assert names(desk.client.get(f"{ROOM}?state={state}")) == found


def test_the_list_says_the_kind_and_can_be_narrowed_by_it(desk, rows):
    assert names(desk.client.get(f"{ROOM}?kind__exact=returned")) == ["stopped"]
    page = desk.client.get(f"{ROOM}?state=stopped").content.decode()
    assert '<td class="field-kind">Round returned with remarks</td>' in page
    assert "Not sent: its reader wants no letters of this kind" in page


def test_the_address_that_stops_letters_is_not_shown(desk):
    ana = factories.user("ana")
    row = outbox.send(to=ana.email, subject="Aviso", body="Hola", kind=MailKind.RETURNED, at=AT)
    page = desk.client.get(f"{ROOM}{row.pk}/change/").content.decode()
    token = stopping.address_of(ana, MailKind.RETURNED).rstrip("/").rpartition("/")[2]
    assert (token in row.body, token in page, page.count("/mail/off/***")) == (True, False, 2)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in page


def test_what_was_given_up_stands_with_its_reason_and_its_button(desk, rows):
    page = desk.client.get(ROOM).content.decode()
    assert "SMTPRecipientsRefused: no such user" in page
    assert page.count("formaction=") == 1
    assert f'formaction="{ROOM}{rows["failed"].pk}/retry/?from=list"' in page


@pytest.mark.parametrize(
    ("asked", "back"), [("", "{room}{pk}/change/"), ("?from=list", "{room}?state=failed")]
)
def test_the_button_sends_it_again(desk, rows, asked, back):
    row = rows["failed"]
    assert "Send again" in desk.client.get(f"{ROOM}{row.pk}/change/").content.decode()
    answer = desk.client.post(f"{ROOM}{row.pk}/retry/{asked}")
    assert answer["Location"] == back.format(room=ROOM, pk=row.pk)
    row.refresh_from_db()
    assert (row.attempts, row.error, row.lease_until) == (0, "", None)
    assert AuditEvent.objects.get(verb="mail.retried").object == f"mail:{row.pk}"
    history = desk.client.get(f"{ROOM}{row.pk}/history/").context["history"]
    assert [line.object_page for line in history] == [f"{ROOM}{row.pk}/change/"]


@pytest.mark.parametrize("name", ["sent", "new"])
def test_where_there_is_nothing_to_do_the_page_says_why(desk, rows, name):
    row = rows[name]
    page = desk.client.get(f"{ROOM}{row.pk}/change/").content.decode()
    sentence = outbox.why_not_again(row, AT)
    assert (sentence in page, "Send again" in page) == (True, False)
    said = desk.client.post(f"{ROOM}{row.pk}/retry/", follow=True)
    assert [str(message) for message in said.context["messages"]] == [sentence]
    assert not AuditEvent.objects.filter(verb="mail.retried").exists()


def test_it_is_the_administrations_and_takes_a_post(client, desk, rows):
    address = f"{ROOM}{rows['failed'].pk}/retry/"
    assert desk.client.get(address).status_code == 405
    assert desk.client.post(f"{ROOM}999999/retry/").status_code == 404
    client.force_login(factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01"))
    assert client.post(address).status_code == 404
    client.logout()
    assert client.post(address)["Location"].startswith("/accounts/login/")
    rows["failed"].refresh_from_db()
    assert rows["failed"].attempts == outbox.ATTEMPTS


def test_the_start_page_counts_both_and_leads_there(desk, rows):
    waits = {one.url: one.count for one in desk.client.get("/start/").context["waiting"]}
    assert (waits[f"{ROOM}?state=failed"], waits[f"{ROOM}?state=waiting"]) == (1, 2)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_the_same_few_questions(desk, django_assert_num_queries, count):
    for number in range(count):
        write(f"persona{number}", attempts=outbox.ATTEMPTS, error="gone")
    with django_assert_num_queries(QUERIES):
        desk.client.get(f"{ROOM}?state=failed")


QUERIES = 7
