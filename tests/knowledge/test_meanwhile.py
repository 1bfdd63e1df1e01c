"""Two tabs at one form of the room: who is late is shown what the other wrote, and what she typed
stays; sent once more it is written over what she has seen.
"""

import pytest

from knowledge.lists import actions, moves
from knowledge.models import Lesson, List, SavedSearch, Work
from knowledge.saved import actions as saved
from pip_network.people.access import Role
from tests import factories

from .lists.making import AT, collection, curator, item, member, reading_list
from .works.test_proposals import form_of

pytestmark = pytest.mark.django_db
DOING = {"by": factories.PROCESS, "at": AT}


def of_collection():
    who = curator()
    one = collection(who, title_es="Casos")
    return who, f"{one.get_absolute_url()}change/", "title_es", lambda: List.objects.get().title_es


def of_reading_list():
    who = member()
    one = reading_list(who, title="Casos")
    return who, f"{one.get_absolute_url()}change/", "title", lambda: List.objects.get().title_es


def of_note():
    who = member()
    one = reading_list(who, factories.work("K1"))
    moves.note_item(item=item(one, "K1"), note="Casos", by=who, at=AT)
    address = f"{one.get_absolute_url()}K1/note/"
    return who, address, "note", lambda: item(one, "K1").note_es


def of_search():
    who = member()
    search = saved.save_search(asked="q=casos", by=who, at=AT)
    address = f"/library/searches/{search.pk}/rename/"
    return who, address, "name", lambda: SavedSearch.objects.get().name


def of_record():
    factories.work("K1", "Casos")
    return curator(), "/library/K1/correct/", "title_es", lambda: Work.objects.get().title


def of_proposal():
    who = member()
    factories.work("K1", "Casos", state="proposed", published_at=None, proposed_by=who)
    return who, "/library/K1/proposal/correct/", "title", lambda: Work.objects.get().title


def director():
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")


def of_draft():
    lesson = factories.lesson(factories.project("PIP-90"), "Casos")
    address = f"/lessons/{lesson.pk}/correct/"
    return director(), address, "title", lambda: Lesson.objects.get().title


def of_translation():
    lesson = factories.lesson(factories.project("PIP-90"), "Casos")
    address = f"/lessons/{lesson.pk}/translate/pt/"
    return director(), address, "title", lambda: Lesson.objects.get().texts.get(language="pt").title


DOORS = [
    of_collection,
    of_reading_list,
    of_note,
    of_search,
    of_record,
    of_proposal,
    of_draft,
    of_translation,
]


@pytest.mark.parametrize("door", DOORS)
def test_who_is_late_sees_what_the_other_wrote(client, door):
    who, address, field, stored = door()
    client.force_login(who)
    opened = form_of(client, address)
    assert client.post(address, {**opened, field: "De la primera"}).status_code == 302
    assert stored() == "De la primera"
    late = client.post(address, {**opened, field: "De la segunda"})
    assert (late.status_code, stored()) == (409, "De la primera")
    (meanwhile,) = late.context["form"].meanwhile
    assert meanwhile.stored == "De la primera"
    page = late.content.decode()
    assert "Entretanto dice" in page
    assert "De la segunda" in page
    seen = {**opened, field: "De las dos", "stamp": late.context["form"]["stamp"].value()}
    assert client.post(address, seen).status_code == 302
    assert stored() == "De las dos"


def test_what_is_chosen_is_told_in_words(client):
    who = curator()
    one = collection(who, title_es="Casos", open_to="everybody")
    client.force_login(who)
    address = f"{one.get_absolute_url()}change/"
    opened = form_of(client, address)
    actions.change_list(one=one, open_to="network", about_es="Una\nDos", by=who, at=AT)
    late = client.post(address, {**opened, "about_es": "Una\r\nTres"})
    told = {each.label: each.stored for each in late.context["form"].meanwhile}
    assert set(told.values()) == {"Miembros de la red", "Una\nDos"}
    same = client.post(address, {**opened, "open_to": "network", "about_es": "Una\r\nDos"})
    assert (same.status_code, same.context["form"].meanwhile) == (409, [])
