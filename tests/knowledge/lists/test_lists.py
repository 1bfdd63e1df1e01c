"""Reading lists: each member's own, shared by an address, and no way to a work that one may not see."""

import json

import pytest
from django.urls import reverse

from knowledge.lists import actions, moves, sweeping
from knowledge.lists.items import shown_items
from knowledge.models import List, ListItem, Work
from knowledge.works import actions as works
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories

from .making import (
    AT,
    collection,
    curator,
    item,
    member,
    narrow,
    of_institution,
    reading_list,
    share,
)

pytestmark = pytest.mark.django_db


def codes(one, reader):
    return [shown.work.pk for shown in shown_items(one, reader)]


def told(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


# --- one's own


def test_one_press_on_the_page_of_a_work_puts_it_into_her_first_list(client):
    factories.work("K1", "Redes")
    ana = member()
    client.force_login(ana)
    assert f'action="{reverse("work-list", args=["K1"])}"' in told(client, "/library/K1/")
    answer = client.post("/library/K1/list/", follow=True)
    (one,) = List.objects.of(ana)
    assert (one.title, one.open_to, codes(one, ana)) == ("Mis lecturas", "keeper", ["K1"])
    page = answer.content.decode()
    assert "Está en «Mis lecturas»." in page
    assert f'href="{one.get_absolute_url()}"' in page
    client.post("/library/K1/list/")
    assert ListItem.objects.count() == 1


def test_with_several_lists_she_chooses_and_the_one_used_last_stands_first(client):
    factories.work("K1")
    ana = member()
    first, second = reading_list(ana, title="Una"), reading_list(ana, title="Otra")
    client.force_login(ana)
    page = told(client, "/library/K1/")
    assert page.index(f'value="{second.code}"') < page.index(f'value="{first.code}"')
    client.post("/library/K1/list/", {"into": first.code})
    assert (codes(first, ana), codes(second, ana)) == (["K1"], [])
    assert f'value="{first.code}"' not in told(client, "/library/K1/")


def test_visitors_and_people_without_a_role_have_no_lists(client):
    factories.work("K1")
    assert "work-list" not in told(client, "/library/K1/")
    assert client.post("/library/K1/list/").status_code == 302
    client.force_login(factories.user("nadie"))
    assert client.post("/library/K1/list/").status_code == 404
    assert client.get("/library/lists/new/").status_code == 404
    assert List.objects.count() == 0


def test_what_she_begins_and_changes_is_what_the_page_shows(client):
    client.force_login(member())
    answer = client.post(
        "/library/lists/new/", {"title": "  Cadenas  de valor ", "about": "Para el taller"}
    )
    one = List.objects.get()
    assert answer["Location"] == one.get_absolute_url()
    page = told(client, one.get_absolute_url())
    assert '<h1 lang="es">Cadenas de valor</h1>' in page.replace(" lang='es'", "")
    assert "Todavía no hay nada en esta lista" in page
    change = {"title": "Cadenas", "about": "", "shared": "on"}
    client.post(f"{one.get_absolute_url()}change/", change)
    one.refresh_from_db()
    assert (one.title, one.about, one.open_to) == ("Cadenas", "", "network")


@pytest.mark.parametrize(
    "title",
    ["", "   ", "\u200b\u2060", "a" * 201, "con nulo\0"],
    ids=["none", "blank", "unseen", "long", "nul"],
)
def test_a_title_that_says_nothing_is_refused_at_its_field(client, title):
    client.force_login(member())
    answer = client.post("/library/lists/new/", {"title": title})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"title"}
    assert List.objects.count() == 0
    assert client.post("/library/lists/new/", {"title": "🌱 <b>مرحبا"}).status_code == 302


def test_it_is_nothing_to_others_until_it_is_shared_and_then_to_members_alone(client):
    ana, other = member(), member("otra")
    one = reading_list(ana, factories.work("K1"))
    address = one.get_absolute_url()
    client.force_login(other)
    assert client.get(address).status_code == 404
    share(one, ana)
    assert "Compartida por Ana" in told(client, address)
    assert one.code not in told(client, "/library/lists/")
    for word in ("change/", "K1/note/"):
        assert client.get(address + word).status_code == 403
    for word in ("remove/", "K1/up/", "K1/remove/"):
        assert client.post(address + word).status_code == 403
    client.force_login(factories.user("nadie"))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "do",
    [
        lambda one, by: actions.change_list(one=one, title="Mía", by=by, at=AT),
        lambda one, by: actions.remove_list(one=one, by=by, at=AT),
        lambda one, by: actions.restore_list(one=one, by=by, at=AT),
        lambda one, by: moves.add_work(work=item(one, "K1").work, one=one, by=by, at=AT),
        lambda one, by: moves.note_item(item=item(one, "K1"), note="x", by=by, at=AT),
        lambda one, by: moves.raise_item(item=item(one, "K1"), by=by, at=AT),
        lambda one, by: moves.lower_item(item=item(one, "K1"), by=by, at=AT),
        lambda one, by: moves.remove_item(item=item(one, "K1"), by=by, at=AT),
        lambda one, by: moves.restore_item(item=item(one, "K1"), by=by, at=AT),
    ],
)
def test_nobody_changes_the_list_of_another_not_even_who_curates(do):
    ana = member()
    one = reading_list(ana, factories.work("K1"))
    share(one, ana)
    for stranger in (member("otra"), curator()):
        with pytest.raises(Forbidden):
            do(one, stranger)


def test_who_has_no_role_any_more_reads_her_list_and_changes_nothing():
    ana = member()
    one = reading_list(ana, factories.work("K1"))
    ana.assignments.all().delete()
    ana = type(ana).objects.get(pk=ana.pk)
    assert codes(one, ana) == ["K1"]
    with pytest.raises(Forbidden):
        moves.add_work(work=factories.work("K2"), one=one, by=ana, at=AT)


# --- what one may not see


def test_a_list_counts_and_shows_what_its_reader_sees_and_no_more(client):
    socia, other = of_institution(), member("otra")
    one = reading_list(
        socia,
        factories.work("K1", "Primera"),
        narrow("K2", "Zumbambico"),
        factories.work("K3", "Tercera"),
    )
    share(one, socia)
    client.force_login(other)
    page = told(client, one.get_absolute_url())
    assert codes(one, other) == ["K1", "K3"]
    assert "2 obras" in page
    assert [shown.place for shown in shown_items(one, other)] == [1, 2]
    assert "Zumbambico" not in page
    assert "K2" not in page
    for notation in ("ris", "bibtex", "csl-json"):
        taken = client.get(f"{one.get_absolute_url()}cite/{notation}/").content.decode()
        assert "Primera" in taken
        assert "Tercera" in taken
        assert "K2" not in taken
    client.force_login(socia)
    page = told(client, one.get_absolute_url())
    assert "3 obras" in page
    assert "Los demás ven 2 obras de las 3 que usted ve" in page
    assert page.count("No la ven todos los que abren la lista") == 1
    assert ">3 obras" not in told(client, "/library/lists/").replace("\n", "").replace(" ", "")


def test_the_owner_loses_sight_of_what_is_closed_to_her_and_finds_it_again_in_its_place(client):
    ana = member()
    second = factories.work("K2", access="network")
    one = reading_list(ana, factories.work("K1"), second, factories.work("K3"))
    works.withdraw_work(work=second, reason="Hay otra edición", by=factories.PROCESS, at=AT)
    assert codes(one, ana) == ["K1", "K3"]
    client.force_login(ana)
    assert client.post(f"{one.get_absolute_url()}K2/remove/").status_code == 404
    moves.lower_item(item=item(one, "K1"), by=ana, at=AT)
    assert codes(one, ana) == ["K3", "K1"]
    works.restore_work(work=second, by=factories.PROCESS, at=AT)
    assert codes(one, ana) == ["K2", "K3", "K1"]


def test_a_work_that_one_may_not_see_is_not_added(client):
    narrow("K2")
    ana = member()
    one = reading_list(ana)
    client.force_login(ana)
    assert client.post("/library/K2/list/", {"into": one.code}).status_code == 404
    with pytest.raises(Invalid):
        moves.add_work(work=narrow("K4"), one=one, by=ana, at=AT)
    assert one.items.count() == 0


# --- its works


def test_taking_out_is_undone_in_its_place_with_its_note(client):
    ana = member()
    one = reading_list(ana, *(factories.work(code) for code in ("K1", "K2", "K3")))
    moves.note_item(item=item(one, "K2"), note="Ver el anexo", by=ana, at=AT)
    client.force_login(ana)
    address = one.get_absolute_url()
    page = client.post(f"{address}K2/remove/", follow=True).content.decode()
    assert f'action="{address}K2/restore/"' in page
    assert codes(one, ana) == ["K1", "K3"]
    client.post(f"{address}K2/restore/")
    assert codes(one, ana) == ["K1", "K2", "K3"]
    assert item(one, "K2").note == "Ver el anexo"
    moves.remove_item(item=item(one, "K2"), by=ana, at=AT)
    sweeping.sweep(at=factories.moment("2006-08-11"))
    assert one.items.count() == 3
    sweeping.sweep(at=factories.moment("2006-08-12"))
    assert one.items.count() == 2


def test_a_removed_list_is_out_of_sight_and_can_be_put_back(client):
    ana = member()
    one = reading_list(ana, factories.work("K1"))
    client.force_login(ana)
    page = client.post(f"{one.get_absolute_url()}remove/", follow=True).content.decode()
    assert f'action="{one.get_absolute_url()}restore/"' in page
    for change in (
        lambda: moves.add_work(work=factories.work("K2"), one=one, by=ana, at=AT),
        lambda: actions.change_list(one=one, title="Otra", by=ana, at=AT),
        lambda: actions.remove_list(one=one, by=ana, at=AT),
    ):
        with pytest.raises(Conflict):
            change()
    client.post(f"{one.get_absolute_url()}restore/")
    one.refresh_from_db()
    assert codes(one, ana) == ["K1"]
    with pytest.raises(Conflict):
        actions.restore_list(one=one, by=ana, at=AT)


def test_it_is_taken_along_whole(client):
    ana = member()
    one = reading_list(ana, factories.work("K1", "Redes"), factories.work("K2", "Crédito"))
    client.force_login(ana)
    items = json.loads(client.get(f"{one.get_absolute_url()}cite/csl-json/").content)
    assert [each["id"] for each in items] == ["K1", "K2"]
    ris = client.get(f"{one.get_absolute_url()}cite/ris/").content.decode()
    assert ris.count("TY  - ") == ris.count("ER  - ") == 2
    assert client.get(f"{one.get_absolute_url()}cite/word/").status_code == 404


def test_there_are_limits_and_they_are_said(client, monkeypatch):
    ana = member()
    monkeypatch.setattr(actions, "MOST_LISTS", 1)
    monkeypatch.setattr(moves, "MOST_ITEMS", 1)
    one = reading_list(ana, factories.work("K1"))
    client.force_login(ana)
    answer = client.post("/library/lists/new/", {"title": "Otra"})
    assert answer.status_code == 422
    assert "Usted ya tiene 1 listas" in answer.content.decode()
    factories.work("K2")
    page = client.post("/library/K2/list/", {"into": one.code}, follow=True).content.decode()
    assert "Una lista tiene como máximo 1 obras." in page
    assert codes(one, ana) == ["K1"]


def test_what_is_put_back_is_counted_like_what_is_new(monkeypatch):
    ana = member()
    first = reading_list(ana, factories.work("K1"), factories.work("K2"), title="Una")
    moves.remove_item(item=item(first, "K1"), by=ana, at=AT)
    monkeypatch.setattr(moves, "MOST_ITEMS", 1)
    with pytest.raises(Invalid, match="como máximo 1 obras"):
        moves.restore_item(item=item(first, "K1"), by=ana, at=AT)
    moves.remove_item(item=item(first, "K2"), by=ana, at=AT)
    moves.restore_item(item=item(first, "K1"), by=ana, at=AT)
    actions.remove_list(one=first, by=ana, at=AT)
    second = reading_list(ana, title="Otra")
    monkeypatch.setattr(actions, "MOST_LISTS", 1)
    with pytest.raises(Invalid, match="ya tiene 1 listas"):
        actions.restore_list(one=first, by=ana, at=AT)
    actions.remove_list(one=second, by=ana, at=AT)
    actions.restore_list(one=first, by=ana, at=AT)
    assert (codes(first, ana), List.objects.of(ana).present().get()) == (["K1"], first)


def test_reading_lists_leave_no_line_in_the_trail_and_go_with_the_account():
    ana = member()
    before = AuditEvent.objects.count()
    one = reading_list(ana, factories.work("K1"))
    moves.remove_item(item=item(one, "K1"), by=ana, at=AT)
    assert AuditEvent.objects.count() == before
    ana.assignments.all().delete()
    ana.delete()
    assert (List.objects.count(), ListItem.objects.count()) == (0, 0)


@pytest.mark.parametrize("many", [1, 3, 12])
def test_its_page_asks_the_same_number_of_questions(client, django_assert_num_queries, many):
    ana = member()
    one = reading_list(ana, *(factories.work(f"K{number}") for number in range(many)))
    share(one, ana)
    client.force_login(ana)
    client.get(one.get_absolute_url())
    with django_assert_num_queries(12):
        client.get(one.get_absolute_url())


@pytest.mark.parametrize("many", [1, 3, 12])
def test_the_page_of_lists_asks_the_same_number_of_questions(
    client, django_assert_num_queries, many
):
    ana, keeper = member(), curator()
    work = factories.work("K1")
    for number in range(many):
        reading_list(ana, work, title=f"Lista {number}")
        collection(keeper, work, title_es=f"Casos {number}")
    client.force_login(ana)
    client.get("/library/lists/")
    with django_assert_num_queries(7):
        client.get("/library/lists/")


# --- collections


def test_collections_are_kept_by_who_curates_and_read_by_whom_they_are_open_to(client):
    keeper, ana = curator(), member()
    work = factories.work("K1", "Redes")
    shown = {
        open_to: collection(
            keeper, work, open_to=open_to, title_es=f"Casos {open_to}", title_pt="Casos"
        )
        for open_to in ("keeper", "network", "everybody")
    }
    readers = {None: ["everybody"], ana: ["everybody", "network"], keeper: [*shown]}
    for reader, opened in readers.items():
        client.logout()
        if reader:
            client.force_login(reader)
        page = told(client, "/library/lists/")
        assert {name for name in shown if f"Casos {name}" in page} == set(opened)
        for name, one in shown.items():
            assert client.get(one.get_absolute_url()).status_code == (
                200 if name in opened else 404
            )
    with pytest.raises(Forbidden):
        collection(ana, work)
    client.force_login(ana)
    assert client.get("/library/lists/new-collection/").status_code == 403


def test_a_collection_has_titles_in_the_languages_of_its_readers(client, settings):
    one = collection(curator(), title_es="Casos", title_pt="Estudos", about_pt="Do programa")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pt"
    assert '<h1 lang="pt">Estudos</h1>' in told(client, one.get_absolute_url())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<h1 lang="es">Casos</h1>' in told(client, one.get_absolute_url())


def test_who_curates_makes_one_and_the_trail_tells_of_it(client):
    client.force_login(factories.user("esp", role=Role.SPECIALIST, scope="*"))
    form = {"open_to": "everybody", "title_es": ""}
    answer = client.post("/library/lists/new-collection/", form)
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"title_es"})
    client.post("/library/lists/new-collection/", {**form, "title_en": "Cases"})
    one = List.objects.get()
    factories.work("K1")
    client.post("/library/K1/list/", {"into": one.code})
    events = AuditEvent.objects.filter(object=f"list:{one.code}").order_by("pk")
    assert [event.verb for event in events] == ["list.made", "list.work_added"]


def test_search_engines_are_told_of_what_is_open_to_all_and_of_no_other_list(client):
    keeper, ana = curator(), member()
    shown, inner = collection(keeper), collection(keeper, open_to="network")
    own = reading_list(ana)
    share(own, ana)
    told_of = client.get("/sitemap.xml").content.decode()
    assert f"{shown.get_absolute_url()}</loc>" in told_of
    assert inner.code not in told_of
    assert own.code not in told_of


def test_who_curates_adds_to_collections_and_to_a_list_of_her_own(client):
    keeper = curator()
    factories.work("K1")
    one = collection(keeper)
    client.force_login(keeper)
    page = told(client, "/library/K1/")
    assert page.index('<option value="">Mis lecturas') < page.index(f'value="{one.code}"')
    client.post("/library/K1/list/", {"into": ""})
    (own,) = List.objects.of(keeper)
    client.post("/library/K1/list/", {"into": one.code})
    assert (codes(own, keeper), codes(one, keeper)) == (["K1"], ["K1"])
    assert f'action="{reverse("work-list", args=["K1"])}"' not in told(client, "/library/K1/")


def test_the_page_of_a_work_leads_to_the_collections_that_its_reader_may_open(client):
    keeper, ana, work = curator(), member(), factories.work("K1")
    shown, inner = collection(keeper, work), collection(keeper, work, open_to="network")
    taken = collection(keeper, work, title_es="Sacada")
    moves.remove_item(item=item(taken, "K1"), by=keeper, at=AT)
    share(reading_list(ana, work, title="Ajena"), ana)
    page = told(client, "/library/K1/")
    assert f'href="{shown.get_absolute_url()}"' in page
    for one in (inner, taken):
        assert one.get_absolute_url() not in page
    assert "Ajena" not in page
    client.force_login(member("otra"))
    page = told(client, "/library/K1/")
    assert f'href="{inner.get_absolute_url()}"' in page
    assert "Ajena" not in page


def test_who_may_open_it_is_one_of_its_own_choices():
    ana = member()
    one = reading_list(ana)
    for open_to in ("everybody", "nonsense"):  # a reading list is for members at most
        with pytest.raises(Invalid) as refused:
            actions.change_list(one=one, title="Otra", open_to=open_to, by=ana, at=AT)
        assert refused.value.place == "open_to"
    actions.change_list(one=one, title="Otra", open_to="network", by=ana, at=AT)
    one.refresh_from_db()
    assert (one.title, one.open_to) == ("Otra", "network")


def test_harvesters_are_told_of_an_open_collection_that_is_put_back():
    keeper = curator()
    one = collection(keeper, factories.work("K1"))
    actions.remove_list(one=one, by=keeper, at=AT)
    Work.objects.filter(pk="K1").update(changed_at=AT)
    actions.restore_list(one=one, by=keeper, at=AT)
    assert Work.objects.get(pk="K1").changed_at > AT


def test_what_stands_is_not_put_back():
    ana = member()
    one = reading_list(ana)
    with pytest.raises(Conflict):
        actions.restore_list(one=one, by=ana, at=AT)
    actions.remove_list(one=one, by=ana, at=AT)
    assert actions.restore_list(one=one, by=ana, at=AT).removed_at is None
