"""The administration finds as every search of the portal does: capitals, accents, apostrophes
forgiven, and tax ids however they were written.
"""

import pytest

from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db


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
