"""Saved searches on their pages: each member's own."""

import datetime as dt

import pytest

from knowledge.models import SavedSearch
from knowledge.saved import actions
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.knowledge.lists.making import AT, member

pytestmark = pytest.mark.django_db
PAGE, LATER = "/library/searches/", AT + dt.timedelta(days=1)


def save(person, asked="q=redes") -> SavedSearch:
    return actions.save_search(asked=asked, by=person, at=AT)


def told(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_one_press_saves_the_question_of_the_page_with_what_narrows_it(client):
    ana = member()
    client.force_login(ana)
    page = told(client, "/library/?q=redes&type=report&page=2&sort=year")
    assert 'name="asked" value="q=redes&amp;type=report"' in page
    answer = client.post(f"{PAGE}save/", {"asked": "q=redes&type=report"}, follow=True)
    (search,) = SavedSearch.objects.of(ana)
    assert (search.name, search.asked) == ("redes, Informe", "q=redes&type=report")
    assert answer.redirect_chain == [("/library/?q=redes&type=report", 302)]
    assert "Un correo le avisa de lo nuevo de esta búsqueda." in answer.content.decode()
    client.post(f"{PAGE}save/", {"asked": "q=redes&type=report"})
    assert SavedSearch.objects.count() == 1


def test_visitors_get_the_feed_instead(client):
    page = told(client, "/library/?q=redes")
    assert "search-save" not in page
    assert "Avíseme de lo nuevo" not in page
    assert "/library/feed/?q=redes" in page
    assert client.post(f"{PAGE}save/", {"asked": "q=redes"}).status_code == 302
    client.force_login(factories.user("nadie"))
    assert client.post(f"{PAGE}save/", {"asked": "q=redes"}).status_code == 404
    assert client.get(PAGE).status_code == 404
    assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize(
    "asked",
    ["", "q=%00", "country=%00%00", "q=" + "%F0%9F%8C%B1" * 50, "a=1&a=2", "&&==", "%", "q=<b>'--"],
)
def test_whatever_is_sent_is_a_question_with_a_name(client, asked):
    client.force_login(member())
    assert client.post(f"{PAGE}save/", {"asked": asked}, follow=True).status_code == 200
    assert SavedSearch.objects.get().name
    told(client, PAGE)


def test_a_question_that_is_too_long_is_refused_in_words(client):
    client.force_login(member())
    answer = client.post(
        f"{PAGE}save/", {"asked": "q=" + "á" * 300 + "&type=" + "é" * 300}, follow=True
    )
    assert "Esta pregunta es demasiado larga para guardarla" in answer.content.decode()
    assert SavedSearch.objects.count() == 0


def test_one_renames_stops_resumes_removes_and_puts_back(client):
    ana = member()
    search = save(ana)
    client.force_login(ana)
    base = f"{PAGE}{search.pk}/"
    assert f'href="{search.get_absolute_url()}"' in told(client, PAGE)
    assert client.post(f"{base}rename/", {"name": "Mis redes"})["Location"] == PAGE
    page = client.post(f"{base}stop/", follow=True).content.decode()
    assert f'action="{base}resume/"' in page
    assert f'action="{base}stop/"' not in page
    assert "Sin correos desde el" in page
    page = client.post(f"{base}resume/", follow=True).content.decode()
    assert f'action="{base}stop/"' in page
    page = client.post(f"{base}remove/", follow=True).content.decode()
    assert f'action="{base}restore/"' in page
    assert f'action="{base}stop/"' not in page
    client.post(f"{base}restore/")
    search.refresh_from_db()
    assert (search.name, search.removed_at, search.stopped_at) == ("Mis redes", None, None)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "a" * 121, "a\0"])
def test_a_name_that_says_nothing_is_refused_at_its_field(client, name):
    ana = member()
    search = save(ana)
    client.force_login(ana)
    answer = client.post(f"{PAGE}{search.pk}/rename/", {"name": name})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"name"})
    search.refresh_from_db()
    assert search.name == "redes"


def test_they_are_nothing_to_anybody_else(client):
    search = save(member())
    stranger = member("otra")
    client.force_login(stranger)
    assert "redes" not in told(client, PAGE).split("<main", 1)[1].split("</main>", 1)[0]
    for word in ("stop", "resume", "remove", "restore", "rename"):
        assert client.post(f"{PAGE}{search.pk}/{word}/").status_code == 404
    for action in (actions.stop_search, actions.resume_search, actions.remove_search):
        with pytest.raises(Forbidden):
            action(search=search, by=stranger, at=AT)


def test_there_are_at_most_twenty(monkeypatch):
    ana = member()
    searches = [save(ana, f"q=redes{number}") for number in range(actions.MOST)]
    assert actions.MOST == 20
    with pytest.raises(Invalid):
        save(ana, "q=otra")
    actions.remove_search(search=searches[0], by=ana, at=AT)
    save(ana, "q=otra")
    with pytest.raises(Invalid):
        actions.restore_search(search=searches[0], by=ana, at=AT)
    assert SavedSearch.objects.present().count() == 20


def test_saved_again_a_removed_one_is_wanted_from_now_on():
    ana = member()
    search = save(ana)
    actions.remove_search(search=search, by=ana, at=AT)
    again = save(ana)
    assert (again.pk, again.removed_at) == (search.pk, None)


def test_no_trail_and_gone_with_the_account():
    ana = member()
    before = AuditEvent.objects.count()
    actions.stop_search(search=save(ana), by=ana, at=AT)
    assert AuditEvent.objects.count() == before
    ana.assignments.all().delete()
    ana.delete()
    assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize("many", [1, 3, 12])
def test_the_page_asks_the_same_number_of_questions(client, django_assert_num_queries, many):
    ana = member()
    for number in range(many):
        save(ana, f"q=redes{number}")
    client.force_login(ana)
    told(client, PAGE)
    with django_assert_num_queries(6):
        told(client, PAGE)


def test_what_stands_is_neither_resumed_nor_put_back():
    ana = member()
    search = save(ana)
    before = SavedSearch.objects.filter(pk=search.pk).values().get()
    actions.resume_search(search=search, by=ana, at=LATER)
    actions.restore_search(search=search, by=ana, at=LATER)
    assert SavedSearch.objects.filter(pk=search.pk).values().get() == before
    actions.stop_search(search=search, by=ana, at=AT)
    actions.resume_search(search=search, by=ana, at=LATER)
    assert SavedSearch.objects.get(pk=search.pk).next_at > before["next_at"]


def test_a_search_that_is_gone_is_said_to_be():
    ana = member()
    search = save(ana)
    SavedSearch.objects.all().delete()
    with pytest.raises(Conflict) as refused:
        actions.stop_search(search=search, by=ana, at=AT)
    assert "Esta búsqueda ya no existe." in str(refused.value)
