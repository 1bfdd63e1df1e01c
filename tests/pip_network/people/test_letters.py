"""Stopping letters: in the account, by the page of the address in them, by one POST of a mail
program.
"""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import strip_tags

from pip_network.choices import LETTERS, STOPPABLE, MailKind
from pip_network.jobs import stopping
from pip_network.models import AuditEvent, Mail, MailChoice
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
WHOLE = {"shown": [kind.value for kind in STOPPABLE]}


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(db):
    cache.clear()


@pytest.fixture
def ana():
    return factories.user("ana", language="pt", role=Role.EXPERT)


@pytest.fixture
def page(ana, settings) -> str:
    address = stopping.address_of(ana, MailKind.RETURNED)
    return address.removeprefix(settings.PUBLIC_URL)


def stopped() -> set[tuple]:
    return set(MailChoice.objects.values_list("person__email", "kind"))


RETURNED = {("ana@example.org", "returned")}


def everything() -> tuple:
    """Whatever a request could have changed."""
    trail = AuditEvent.objects.filter(verb__startswith="mail.")
    return (
        list(MailChoice.objects.values_list()),
        list(Mail.objects.values_list()),
        trail.count(),
    )


def words(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


class TestByAddress:
    @pytest.mark.parametrize("off", [False, True])
    @pytest.mark.parametrize("method", ["get", "head", "options"])
    def test_opening_it_changes_nothing(self, ana, page, method, off):
        if off:
            stopping.stop(person=ana, kind=MailKind.RETURNED, by=ana, at=timezone.now())
        before, client = everything(), Client()
        for question in ("", "?List-Unsubscribe=One-Click", "?act=stop", "?act=resume"):
            answer = getattr(client, method)(page + question)
            assert answer.status_code == (405 if method == "options" else 200)
        assert everything() == before
        assert "sessionid" not in client.cookies

    def test_it_says_what_for_whom_and_does_not_name_her(self, page):
        answer = Client().get(page)
        said = words(answer)
        assert "Rodada devolvida com observações" in said
        assert "a…@example.org" in said
        assert "ana@example.org" not in answer.content.decode()
        assert answer.content.decode().count('name="act"') == 1

    @pytest.mark.parametrize("language", ["es", "pt", "en"])
    def test_in_the_language_that_its_reader_chose(self, page, language):
        client = Client()
        client.cookies["pip_language"] = language
        answer = client.get(page)
        wanted = {
            "es": "Detener estos correos",
            "pt": "Parar estes e-mails",
            "en": "Stop these letters",
        }
        assert wanted[language] in words(answer)
        assert answer["Content-Language"] == language
        assert f'<html lang="{language}">' in answer.content.decode()

    def test_else_in_hers(self, ana, page):
        answer = Client().get(page)
        assert ("Parar estes e-mails" in words(answer), answer["Content-Language"]) == (True, "pt")
        ana.language = ""
        ana.save()
        answer = Client().get(page)
        assert ("Detener estos correos" in words(answer), answer["Content-Language"]) == (
            True,
            "es",
        )

    def test_the_button_stops_and_another_resumes(self, page):
        client = Client(enforce_csrf_checks=True)
        for act, then in (("stop", RETURNED), ("stop", RETURNED), ("resume", set())):
            token = re.search(
                r'csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode()
            )
            answer = client.post(page, {"act": act, "csrfmiddlewaretoken": token[1]})
            assert (answer.status_code, answer["Location"], stopped()) == (302, page, then)
            other = "resume" if then else "stop"
            assert f'name="act" value="{other}"' in client.get(page).content.decode()
        events = AuditEvent.objects.filter(verb__startswith="mail.").order_by("pk")
        assert list(events.values_list("verb", "actor")) == [
            ("mail.stopped", "letter"),
            ("mail.resumed", "letter"),
        ]

    @pytest.mark.parametrize("content", ["application/x-www-form-urlencoded", "multipart"])
    def test_a_mail_program_stops_them_by_one_post_without_cookies(self, ana, page, content):
        client = Client(enforce_csrf_checks=True)
        given = (
            {"data": ONE_CLICK}
            if content == "multipart"
            else {"data": "List-Unsubscribe=One-Click", "content_type": content}
        )
        answers = [client.post(page, **given) for _ in range(2)]
        assert [(each.status_code, each.content) for each in answers] == [(200, b"OK\n")] * 2
        assert (stopped(), client.cookies.keys() & {"sessionid", "csrftoken"}) == (RETURNED, set())
        assert AuditEvent.objects.filter(verb="mail.stopped").count() == 1
        assert stopping.reaches(ana, MailKind.ACCOUNT)

    @pytest.mark.parametrize(
        "sent",
        [
            {"act": "stop"},
            {"act": "resume"},
            {},
            {"List-Unsubscribe": "one-click"},
            {"List-Unsubscribe": ""},
            {"list-unsubscribe": "One-Click"},
        ],
    )
    def test_no_other_body_is_taken_from_elsewhere(self, page, sent):
        client = Client(enforce_csrf_checks=True)
        assert (client.post(page, sent).status_code, stopped()) == (403, set())
        asked = client.post(f"{page}?List-Unsubscribe=One-Click", sent)
        assert (asked.status_code, stopped()) == (403, set())
        assert (client.post(page, ONE_CLICK).status_code, stopped()) == (200, RETURNED)

    @pytest.mark.parametrize("sent", [{}, {"act": ""}, {"act": "erase"}])
    def test_what_is_no_button_is_refused(self, page, sent):
        assert (Client().post(page, sent).status_code, stopped()) == (422, set())
        assert (Client().post(page, {"act": "stop"}).status_code, stopped()) == (302, RETURNED)

    def test_a_forged_address_is_nowhere(self, ana, page):
        forged = [
            page[:-2] + "/",
            page.replace("/off/", "/off/x"),
            "/mail/off/x/",
            "/mail/off/%F0%9F%91%8D/",
            f"/mail/off/{'a' * 5000}/",
        ]
        for address in forged:
            client = Client(enforce_csrf_checks=True)
            answers = [client.get(address), client.head(address), client.post(address, ONE_CLICK)]
            assert [each.status_code for each in answers] == [404] * 3
        assert stopped() == set()
        assert Client().post(page, ONE_CLICK).status_code == 200

    def test_it_stands_in_no_cache_no_index_and_no_referrer(self, page):
        client = Client()
        for answer in (client.get(page), client.post(page, {"act": "stop"})):
            assert "no-store" in answer["Cache-Control"]
            assert answer["Referrer-Policy"] == "strict-origin"
        answer = client.get(page)
        assert answer["X-Robots-Tag"] == "noindex"
        html = answer.content.decode()
        assert '<meta name="robots" content="noindex">' in html
        assert 'rel="canonical"' not in html

    def test_many_at_once_have_to_wait(self, page):
        client = Client(REMOTE_ADDR="192.0.2.7")
        statuses = [client.post(page, ONE_CLICK).status_code for _ in range(61)]
        assert statuses == [200] * 60 + [429]
        assert client.get(page).status_code == 200
        elsewhere = Client(REMOTE_ADDR="192.0.2.8")
        assert elsewhere.post(page, ONE_CLICK).status_code == 200

    def test_whoever_is_signed_in_stops_hers_and_not_her_own(self, page):
        eva = factories.user("eva", role=Role.EXPERT)
        client = Client()
        client.force_login(eva)
        assert client.post(page, {"act": "stop"}).status_code == 302
        assert stopped() == RETURNED


class TestInTheAccount:
    @pytest.fixture
    def client(self, ana):
        client = Client()
        client.cookies["pip_language"] = "en"
        client.force_login(ana)
        return client

    def test_it_has_one_line_for_each_kind(self, client):
        said = words(client.get("/account/letters/"))
        with translation.override("en"):
            lines = [
                f"{kind.label} {'' if kind in STOPPABLE else '· '}{LETTERS[kind].about}"
                for kind in MailKind
            ]
        assert [said.count(line) for line in lines] == [1] * len(MailKind)
        page = client.get("/account/letters/").content.decode()
        boxes = re.findall(r'type="checkbox" name="(\w+)"', page)
        assert boxes == [kind.value for kind in STOPPABLE]

    def test_one_form_saves_all(self, ana, client):
        kept = ("due", "approved", "published", "targets", "proposal", "search", "lesson")
        sent = {**WHOLE, **dict.fromkeys(kept, "on")}
        answer = client.post("/account/letters/", sent)
        assert (answer.status_code, answer["Location"]) == (302, "/account/letters/")
        assert stopped() == {("ana@example.org", "returned"), ("ana@example.org", "submitted")}
        page = client.get("/account/letters/").content.decode()
        checked = re.findall(r'type="checkbox" name="(\w+)"[^>]* checked', page)
        assert checked == list(kept)
        client.post("/account/letters/", {**WHOLE, **dict.fromkeys(STOPPABLE, "on")})
        assert stopped() == set()
        assert words(client.get("/account/")).count("· by e-mail") == len(STOPPABLE)

    def test_the_account_says_what_is_stopped(self, ana, client):
        stopping.stop(person=ana, kind=MailKind.APPROVED, by=ana, at=timezone.now())
        said = words(client.get("/account/"))
        assert "Round approved · stopped" in said
        assert "Round returned with remarks · by e-mail" in said

    @pytest.mark.parametrize(
        "sent", [{}, {"approved": "on"}, {"shown": "account"}, {"shown": ["returned", "role"]}]
    )
    def test_half_a_form_stops_nothing(self, client, sent):
        assert client.post("/account/letters/", sent).status_code == 422
        assert stopped() == set()

    def test_a_form_from_before_a_kind_began_leaves_it(self, client):
        client.post("/account/letters/", {"shown": ["returned"]})
        assert stopped() == RETURNED

    def test_a_form_from_elsewhere_is_refused(self, ana):
        client = Client(enforce_csrf_checks=True)
        client.force_login(ana)
        assert (client.post("/account/letters/", WHOLE).status_code, stopped()) == (403, set())
