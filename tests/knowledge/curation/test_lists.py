"""Lists for who keeps the library: each shows what it says, as a page and as a file."""

import csv

import pytest

from knowledge.curation import doubts
from knowledge.models import Expression, File, Missed, Use, Work
from knowledge.works import actions, checks, links
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Invalid
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")
DOING = {"by": factories.PROCESS, "at": AT}
LISTS = ("missed", "textless", "untranslated", "uses", "links", "doubts")


@pytest.fixture
def curator(client):
    person = factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01")
    client.force_login(person)
    return person


def listed(client, name: str, **asked) -> list:
    """Keys of the rows, in their order."""
    rows = client.get(f"/library/keep/{name}/", asked).context["table"].rows
    return [
        row.record.code if isinstance(row.record, Work) else row.record["question"] for row in rows
    ]


def exported(client, name: str) -> list[list[str]]:
    answer = client.get(f"/library/keep/{name}/", {"export": "csv"})
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    return list(csv.reader(lines, delimiter=";" if ";" in lines[0] else ","))


def with_file(work: Work, state: str, language: str = "es") -> None:
    expression = Expression.objects.get(work=work, language=language)
    File.objects.create(expression=expression, stored=factories.stored(), text_state=state)


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_what_to_do(client, curator, name):
    page = client.get(f"/library/keep/{name}/").content.decode()
    assert "Esta lista está vacía" in page
    assert page.count('aria-current="page">') >= 1


def test_searches_without_an_answer_are_counted_together(client, curator):
    for day, question, language, count in (
        ("2006-07-01", "turbinas", "es", 2),
        ("2006-07-05", "turbinas", "es", 3),
        ("2006-07-02", "turbinas", "pt", 4),
        ("2006-07-02", "=2+3", "es", 1),
    ):
        Missed.objects.create(
            day=factories.day(day), question=question, language=language, count=count
        )
    assert listed(client, "missed") == ["turbinas", "turbinas", "=2+3"]
    assert listed(client, "missed", language="pt") == ["turbinas"]
    assert listed(client, "missed", q="TURB") == ["turbinas", "turbinas"]
    _head, first, *_rest, last = exported(client, "missed")
    assert first[:3] == ["turbinas", "Español", "5"]
    assert last[0] == "'=2+3"


def test_works_without_text_say_why(client, curator):
    for code, state in (("K1", "text"), ("K2", "no_text"), ("K3", "encrypted"), ("K4", "refused")):
        with_file(factories.work(code), state)
    factories.work("K5")
    factories.work("K6", state="proposed")
    assert listed(client, "textless") == ["K2", "K3", "K4", "K5"]
    assert listed(client, "textless", why="none") == ["K5"]
    assert listed(client, "textless", why="no_text") == ["K2"]
    assert "Sin archivo" in [cell for row in exported(client, "textless") for cell in row]


def test_the_most_used_without_portuguese_come_first(client, curator):
    for number, count in ((1, 3), (2, 9), (3, 0)):
        work = factories.work(f"K{number}")
        if count:
            Use.objects.create(work=work, kind="opened", day=AT.date(), count=count)
    factories.work("K4", title_pt="Redes", translation_status_pt="network")
    factories.work("K5", title_pt="Redes", translation_status_pt="title")
    factories.work("K6", language="pt")
    assert listed(client, "untranslated") == ["K2", "K1", "K3", "K5"]
    assert listed(client, "untranslated", sort="times") == ["K3", "K5", "K1", "K2"]


def test_addresses_that_do_not_answer_come_first(client, curator):
    for number in range(1, 5):
        factories.work(f"K{number}", source_url=f"https://example.org/{number}")
    factories.work("K5")
    for code, answers, day in (("K1", True, "2006-07-01"), ("K3", False, "2006-07-02")):
        links.check_link(
            work=Work.objects.get(code=code), answers=answers, day=factories.day(day), **DOING
        )
    assert listed(client, "links") == ["K3", "K1", "K2", "K4"]
    assert listed(client, "links", link="unchecked") == ["K2", "K4"]
    assert listed(client, "links", link="silent") == ["K3"]
    page = client.get("/library/keep/links/").content.decode()
    assert 'href="/library/K3/check-link/"' in page


def test_a_check_of_an_address_is_noted(client, curator):
    work = factories.work("K1", source_url="https://example.org/1")
    sent = {"answers": "no", "day": "2006-07-10"}
    assert client.post("/library/K1/check-link/", sent).status_code == 302
    work.refresh_from_db()
    assert (work.link_answers, work.link_checked_on) == (False, factories.day("2006-07-10"))
    told = AuditEvent.objects.get(verb="work.link_checked").details
    assert (told["answers"], told["day"]) == (False, "2006-07-10")
    actions.correct_work(work=work, source_url="https://example.org/2", **DOING)
    work.refresh_from_db()
    assert (work.link_answers, work.link_checked_on) == (None, None)


@pytest.mark.parametrize("sent", [{"answers": "maybe"}, {"day": "mañana"}, {"day": "9999-01-01"}])
def test_a_check_that_cannot_be_is_refused_at_its_field(client, curator, sent):
    work = factories.work("K1", source_url="https://example.org/1")
    page = client.post("/library/K1/check-link/", {"answers": "no", "day": "2006-07-10", **sent})
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(sent))
    work.refresh_from_db()
    assert work.link_answers is None


def test_there_is_nothing_to_check_without_an_address():
    work = factories.work("K1")
    with pytest.raises(Conflict):
        links.check_link(work=work, answers=True, day=AT.date(), **DOING)
    with pytest.raises(Invalid):
        links.check_link(
            work=factories.work("K2", source_url="https://example.org"),
            answers=True,
            day=factories.day("2006-07-14"),
            **DOING,
        )


def test_each_check_finds_in_the_list_what_it_finds_on_the_page(client, curator):
    factories.work("K1", "Redes", year=2004, themes=(("credit", True),), source_url="https://a.org")
    factories.work("K2", "REDES", year=1850, abstract_es="Trata de redes.")
    factories.work("K3", "Ferias", year=9999, provenance_pt="De um arquivo")
    with_file(factories.work("K4", "Granos"), "no_text")
    works = Work.objects.visible_to(curator)
    for check in checks.CHECKS:
        held = sorted(work.code for work in works.with_parts() if check.holds(work))
        assert sorted(listed(client, "doubts", check=check.name)) == held, check.name
    assert listed(client, "doubts", check="doubled") == ["K1", "K2"]
    assert listed(client, "doubts") == ["K1", "K2", "K3", "K4"]
    assert set(doubts.conditions(works)) == {*(one.name for one in checks.CHECKS), "doubled"}


def test_works_of_one_doi_are_doubled(client, curator):
    factories.work("K1", "Redes", doi="10.1/A", year=2004)
    factories.work("K2", "Ferias", doi="10.1/a", year=2004)
    factories.work("K3", "Granos", year=2004)
    assert listed(client, "doubts") == ["K1", "K2"]


@pytest.mark.parametrize("many", [1, 3, 40])
@pytest.mark.parametrize(("name", "queries"), [("textless", 10), ("links", 10), ("doubts", 11)])
def test_a_list_asks_the_same_number_of_questions(
    client, curator, django_assert_num_queries, name, queries, many
):
    for number in range(many):
        factories.work(
            f"K{number}", "Redes", source_url="https://example.org", themes=(("credit", True),)
        )
    client.get(f"/library/keep/{name}/")
    with django_assert_num_queries(queries):
        client.get(f"/library/keep/{name}/")


def test_a_withdrawn_record_is_nobodys_double(client, curator):
    factories.work("K1", "Redes", year=2004)
    double = factories.work("K2", "Redes", year=2004)
    assert listed(client, "doubts") == ["K1", "K2"]
    actions.withdraw_work(work=double, reason="Es la misma que K1", **DOING)
    assert listed(client, "doubts") == []


def test_the_most_used_works_stand_first(client, curator):
    for code, times in (("K1", 1), ("K2", 7), ("K3", 0)):
        work = factories.work(code)
        if times:
            Use.objects.create(work=work, kind="opened", day=AT.date(), count=times)
    factories.work("K4", state="review", published_at=None)
    assert listed(client, "uses") == ["K2", "K1", "K3"]
