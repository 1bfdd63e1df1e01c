"""The administration finds as every search of the portal does: capitals, accents, apostrophes
forgiven, and tax ids however they were written.
"""

import pytest

from pip_network import audit
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")


@pytest.fixture
def admin(client):
    for code, name, tax_id in (
        ("FIRM1", "Río Ñe’ẽ", "80012345-6"),
        ("FIRM2", "CAFÉ DEL RÍO", ""),
        ("FIRM3", "Rivera", "90.1"),
    ):
        factories.firm(code, name=name, tax_id=tax_id)
    factories.catalogue()
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION, is_staff=True))
    return client


def found(client, room: str, typed: str) -> list[str]:
    page = client.get(f"/admin/{room}/", {"q": typed})
    assert page.status_code == 200
    return sorted(str(row.pk) for row in page.context["cl"].result_list)


@pytest.mark.parametrize("typed", ["río", "RÍO", "rio", "Ri\u0301o", "ｒｉｏ"])
def test_names_are_found_however_they_are_typed(admin, typed):
    assert found(admin, "projects/firm", typed) == ["FIRM1", "FIRM2"]


@pytest.mark.parametrize("typed", ["ñe'ẽ", "NEʼE", "80012345-6", "800.123.456", "firm1"])
def test_so_are_apostrophes_tax_ids_and_codes(admin, typed):
    assert found(admin, "projects/firm", typed) == ["FIRM1"]


@pytest.mark.parametrize("typed", ["ría", "80012345-7", "-'-"])
def test_what_is_not_there_is_not_found(admin, typed):
    assert found(admin, "projects/firm", typed) == []


def test_rooms_without_folded_columns_forgive_the_same(admin):
    found_ones = [found(admin, "monitoring/variable", word) for word in ("EMPLÉO", "empleo")]
    assert found_ones[0] == found_ones[1] != []
    assert found(admin, "monitoring/variable", "nothing of that") == []


@pytest.mark.parametrize("typed", ["empleos", "EMPLEO", "emple"])
def test_small_tables_are_searched_by_words(admin, typed):
    """In any form of the word, not by letters inside another one."""
    assert found(admin, "monitoring/variable", typed) == found(
        admin, "monitoring/variable", "empleo"
    )
    assert found(admin, "monitoring/variable", "mpleo") == []


def test_the_trail_is_searched_by_names_and_acts(admin):
    person = factories.user("andrea")
    person.name = "Andréa Núñez"
    person.save()
    event = audit.record(verb="work.published", on="work:K1", by=person, at=AT)
    other = audit.record(verb="work.withdrawn", on="work:K1", by=factories.PROCESS, at=AT)
    for typed in ("núñez", "NUÑEZ publicada", "work:K1 publicada", f"U:{person.pk}"):
        assert str(event.pk) in found(admin, "pip_network/auditevent", typed), typed
        assert str(other.pk) not in found(admin, "pip_network/auditevent", typed), typed


def test_lessons_are_looked_up_by_their_words(admin):
    lesson = factories.lesson(factories.project("PIP-90"), "Primero los compradores")
    factories.lesson(factories.project("PIP-91"), "Comprar juntos")
    for typed in ("comprador", "COMPRADORES primero", lesson.pk.lower()):
        assert found(admin, "knowledge/lesson", typed) == [lesson.pk], typed
    page = admin.get(f"/admin/knowledge/lesson/{lesson.pk}/change/")
    assert page.status_code == 200
    assert lesson.project.name in page.content.decode()
