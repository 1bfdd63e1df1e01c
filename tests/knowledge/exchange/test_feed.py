"""The feed of a question, as a feed reader reads it."""

import feedparser
import pytest
from django.conf import settings
from lxml import etree

from knowledge.models import Work
from knowledge.works.authors import Named
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def public(code, title, *, since="2005-01-01", **facts):
    work = factories.work(code, title, **facts)
    Work.objects.filter(pk=work.pk).update(first_public_at=factories.moment(since))
    return work


def feed(client, **asked):
    answer = client.get("/library/feed/", asked)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    return read


def codes(client, **asked):
    return [entry.id.rpartition("/")[2] for entry in feed(client, **asked).entries]


def test_it_holds_what_is_new_first(client):
    public("K1", "Redes", since="2005-03-01")
    public("K2", "Redes nuevas", since="2005-05-01", authors=(Named("author", "Dini", "M."),))
    read = feed(client)
    assert [(one.title, one.link) for one in read.entries] == [
        ("Redes nuevas", f"{settings.PUBLIC_URL}/library/K2/"),
        ("Redes", f"{settings.PUBLIC_URL}/library/K1/"),
    ]
    assert read.entries[0].updated.startswith("2005-05-01T")
    assert [one.get("author") for one in read.entries] == ["Dini, M.", None]
    assert read.feed.author == "Red PIP"


def test_it_answers_the_question_and_what_narrows_it(client):
    public("K1", "Redes", type="guide")
    public("K2", "Redes", type="book")
    public("K3", "Créditos", type="book")
    assert codes(client, q="red", type="book", page="9", sort="year") == ["K2"]
    read = feed(client, q="red", type="book", page="9")
    assert read.feed.title == "Biblioteca: red"
    assert read.feed.link == f"{settings.PUBLIC_URL}/library/?q=red&type=book"
    assert read.feed.id == read.feed.link


def test_nothing_found_is_a_feed_without_entries(client):
    assert codes(client, q="nada") == []


def test_whoever_asks_it_holds_what_everybody_may_read(client):
    public("K1", "Redes")
    factories.work("K2", "Redes", access="network")
    assert codes(client) == ["K1"]
    client.force_login(factories.user("ana", role=Role.ADMINISTRATION))
    assert codes(client) == ["K1"]
    public("K3", "Redes", since="2005-05-01")
    assert codes(client) == ["K3", "K1"]


def test_an_entry_keeps_its_identifier_when_its_title_changes(client):
    public("K1", "Redes")
    (before,) = feed(client).entries
    Work.objects.get(code="K1").expressions.update(title="Redes de empresas")
    (after,) = feed(client).entries
    assert (before.title, after.title) == ("Redes", "Redes de empresas")
    host = settings.PUBLIC_URL.split("/")[2].split(":")[0]
    assert before.id == after.id == f"tag:{host},2006:library/K1"


def test_each_entry_has_what_atom_demands(client):
    public("K1", "Redes & <b>cadenas</b>\x0b", abstract_es="Trata\x07 de redes.")
    root = etree.fromstring(client.get("/library/feed/?q=red").content)
    for part in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert part.findtext(f"{ATOM}{name}"), name
    assert root.find(f"{ATOM}entry/{ATOM}summary").text == "Trata de redes."


@pytest.mark.parametrize("many", [1, 3, 12])
def test_it_asks_the_same_number_of_questions(client, django_assert_num_queries, many):
    for number in range(many):
        public(f"K{number}", "Redes", authors=(Named("author", "Dini", "M."),))
    feed(client)
    with django_assert_num_queries(6):
        feed(client)


def test_the_list_leads_to_the_feed_of_its_question(client):
    page = client.get("/library/?q=red&type=book&sort=year").content.decode()
    assert page.count('href="/library/feed/?q=red&amp;type=book"') == 2
    assert client.get("/library/").content.decode().count('href="/library/feed/"') == 2
