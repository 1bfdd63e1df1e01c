"""What is new to whom, and the letters that say so."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from knowledge.models import Opening, SavedSearch
from knowledge.reach import keys_of
from knowledge.saved import actions, letters
from knowledge.saved.news import last_opening, new_works
from knowledge.works import actions as works
from knowledge.works import embargoes
from pip_network.choices import MailKind
from pip_network.jobs import outbox, stopping
from pip_network.models import Mail
from pip_network.people.access import Role
from tests import factories
from tests.knowledge.lists.making import curator, member, narrow, of_institution

pytestmark = pytest.mark.django_db
START = factories.moment("2006-07-12 10:00")
DAY = dt.timedelta(days=1)
LINE = re.compile(r"/library/(K\d+)/$", re.MULTILINE)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def save(person, asked="q=redes") -> SavedSearch:
    return actions.save_search(asked=asked, by=person, at=START)


def after(clock, days: float = 0, minutes: int = 1) -> dt.datetime:
    clock.shift(dt.timedelta(days=days, minutes=minutes))
    return dt.datetime.now(dt.UTC)


def written(at: dt.datetime) -> list[list[str]]:
    """Codes in each of the letters that the timetable writes now."""
    before = set(Mail.objects.values_list("pk", flat=True))
    letters.sweep(at=at)
    return [LINE.findall(mail.body) for mail in Mail.objects.exclude(pk__in=before).order_by("pk")]


def test_it_tells_what_is_new_since_the_last_letter_and_answers_the_question(clock):
    factories.work("K1", "Redes de antes")
    save(member())
    after(clock)
    factories.work("K2", "Redes nuevas")
    factories.work("K3", "Créditos nuevos")
    assert written(after(clock, days=7)) == [["K2"]]
    factories.work("K4", "Redes de después")
    assert written(after(clock, days=7)) == [["K4"]]


def test_nothing_new_is_no_letter_and_is_looked_at_again_the_next_day(clock):
    save(member())
    assert written(after(clock, days=7)) == []
    factories.work("K1", "Redes")
    assert written(after(clock, minutes=30)) == []
    assert written(after(clock, days=1)) == [["K1"]]


@pytest.mark.parametrize(("days", "count"), [(6, 0), (7, 1)])
def test_one_letter_a_week_at_most(clock, days, count):
    save(member())
    after(clock)
    factories.work("K1", "Redes")
    assert written(after(clock, days=7)) == [["K1"]]
    factories.work("K2", "Redes")
    assert len(written(after(clock, days=days))) == count


def test_several_workers_write_one_letter(clock):
    search = save(member())
    after(clock)
    factories.work("K1", "Redes")
    at = after(clock, days=7)
    assert [letters.look(search.pk, at=at) for _worker in range(3)] == [True, False, False]
    assert Mail.objects.count() == 1


def test_a_worker_that_dies_has_written_both_or_nothing(clock, monkeypatch):
    search = save(member())
    after(clock)
    factories.work("K1", "Redes")
    at = after(clock, days=7)
    with monkeypatch.context() as broken:
        broken.setattr(letters, "remember", lambda search, until: 1 / 0)
        assert letters.sweep(at=at) == 0
    assert Mail.objects.count() == 0
    assert letters.sweep(at=at) == 1
    assert Mail.objects.get().key.startswith(f"search:{search.pk}:")


# --- what is new to her


def test_what_is_opened_to_her_later_is_new_and_what_she_could_read_is_not(clock):
    """A restricted work is made public: new to a stranger, known to who could read it."""
    work = narrow("K1", "Redes reservadas")
    for person in (of_institution(), member()):
        save(person)
    at = after(clock)
    works.correct_work(work=work, access="public", by=factories.PROCESS, at=at)
    assert written(after(clock, days=7)) == [["K1"]]
    assert Mail.objects.get().to == "ana@example.org"


def test_a_work_is_new_when_its_embargo_is_over(clock):
    ends = START + 3 * DAY
    factories.work("K1", "Redes", embargo_until=ends)
    save(member())
    assert written(after(clock, days=7)) == []
    embargoes.sweep(at=after(clock))
    assert written(after(clock, days=1)) == [["K1"]]


def test_what_is_corrected_withdrawn_and_restored_is_new_to_nobody(clock):
    work = factories.work("K1", "Créditos")
    save(member())
    at = after(clock)
    works.correct_work(work=work, title_es="Redes", by=factories.PROCESS, at=at)
    works.withdraw_work(work=work, reason="Hay otra edición", by=factories.PROCESS, at=at)
    works.restore_work(work=work, by=factories.PROCESS, at=at)
    assert written(after(clock, days=7)) == []


def test_what_she_may_read_by_a_new_role_is_new_to_her(clock):
    narrow("K1", "Redes reservadas")
    factories.work("K2", "Redes")
    ana = member()
    save(ana)
    institution = factories.institution("reservada")
    factories.assign(ana, Role.INSTITUTION, f"I:{institution.pk}")
    assert written(after(clock, days=7)) == [["K1"]]


def test_it_is_read_with_the_keys_of_the_moment_of_writing(clock):
    """She has lost her role when the letter is written: what is for members is not in it."""
    ana = member()
    save(ana)
    after(clock)
    factories.work("K1", "Redes", access="network")
    factories.work("K2", "Redes")
    ana.assignments.all().delete()
    assert written(after(clock, days=7)) == [["K2"]]


def test_what_went_before_the_letter_is_not_in_it(clock):
    save(member())
    at = after(clock)
    work = factories.work("K1", "Redes")
    works.withdraw_work(work=work, reason="Hay otra edición", by=factories.PROCESS, at=at)
    assert written(after(clock, days=7)) == []


def test_to_who_curates_drafts_are_not_news(clock):
    keeper = curator()
    save(keeper)
    at = after(clock)
    works.propose_work(original="es", title_es="Redes propuestas", type="report", by=keeper, at=at)
    work = narrow("K2", "Redes reservadas")
    assert written(after(clock, days=7)) == [["K2"]]
    works.withdraw_work(work=work, reason="Hay otra edición", by=keeper, at=at)
    assert written(after(clock, days=7)) == []


def test_a_work_is_opened_once_under_each_key():
    work = narrow("K1")
    first = list(Opening.objects.order_by("pk").values_list("key", "pk"))
    works.correct_work(work=work, year=2004, by=factories.PROCESS, at=START)
    assert list(Opening.objects.order_by("pk").values_list("key", "pk")) == first
    works.correct_work(work=work, access="public", by=factories.PROCESS, at=START)
    works.correct_work(work=work, access="network", by=factories.PROCESS, at=START)
    institution = factories.institution("reservada")
    keys = {"staff", f"i:{institution.pk}", "public", "network"}
    assert set(Opening.objects.values_list("key", flat=True)) == keys


# --- the letter


def test_the_letter_is_in_her_language_and_says_how_to_end_it(clock):
    save(member(language="pt"))
    after(clock)
    factories.work("K1", "Redes", title_pt="Redes\nde empresas", translation_status_pt="source")
    written(after(clock, days=7))
    mail = Mail.objects.get()
    assert (mail.kind, mail.to) == (MailKind.SEARCH, "ana@example.org")
    assert mail.subject == "Biblioteca da Rede PIP: 1 obra nova de sua busca salva"
    assert "- Redes de empresas\n" in mail.body
    assert "/library/?q=redes\n" in mail.body
    address = mail.headers["List-Unsubscribe"].strip("<>")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.body


def test_one_post_from_who_is_not_signed_in_ends_them(clock, settings):
    ana = member()
    save(ana)
    after(clock)
    factories.work("K1", "Redes")
    written(after(clock, days=7))
    address = Mail.objects.get().headers["List-Unsubscribe"].strip("<>")
    path = address.removeprefix(settings.PUBLIC_URL)
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    factories.work("K2", "Redes")
    assert written(after(clock, days=7)) == [["K2"]]
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"OK\n")
    factories.work("K3", "Redes")
    assert written(after(clock, days=7)) == []
    stopping.resume(person=ana, kind=MailKind.SEARCH, by=ana, at=START)
    factories.work("K4", "Redes")
    assert written(after(clock, days=7)) == [["K4"]]  # not what came while she wanted none


def test_no_letter_to_a_closed_account(clock):
    ana = member()
    save(ana)
    after(clock)
    factories.work("K1", "Redes")
    ana.is_active = False
    ana.save()
    assert written(after(clock, days=7)) == []


def test_stopped_and_resumed_it_tells_what_is_new_from_then_on(clock):
    ana = member()
    search = save(ana)
    actions.stop_search(search=search, by=ana, at=after(clock))
    factories.work("K1", "Redes")
    assert written(after(clock, days=7)) == []
    actions.resume_search(search=search, by=ana, at=after(clock))
    after(clock)
    factories.work("K2", "Redes")
    assert written(after(clock, days=6)) == []
    assert written(after(clock, days=1)) == [["K2"]]


def test_a_long_letter_names_the_first_and_counts_the_rest(clock):
    save(member())
    after(clock)
    for number in range(letters.SHOWN + 2):
        factories.work(f"K{number}", "Redes")
    ((*codes,),) = written(after(clock, days=7))
    assert len(codes) == letters.SHOWN
    assert "Y 2 más." in Mail.objects.get().body


def test_it_leaves_by_the_outbox(clock, mailoutbox):
    save(member())
    after(clock)
    factories.work("K1", "Redes")
    at = after(clock, days=7)
    written(at)
    assert outbox.deliver(at=at) == 1
    (message,) = mailoutbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("many", [1, 3, 12])
def test_what_is_new_is_asked_in_the_same_number_of_questions(
    clock, django_assert_num_queries, many
):
    search = save(member())
    after(clock)
    for number in range(many):
        factories.work(f"K{number}", "Redes")
    keys_of(search.person)
    with django_assert_num_queries(10):
        assert len(new_works(search, until=last_opening())) == many
