"""That another project has a firm of a tax identification is said, counted, and limited."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from pip_network.models import AuditEvent
from pip_network.people.access import Role
from projects.actions.identification import ASKED, EACH_DAY
from projects.models import Firm
from tests import factories

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
NEW = {
    "name": "Lácteos Nuevos S.A.",
    "country": "AR",
    "sector": "15",
    "owner_sex": "f",
    "joined_on": "2005-02-01",
}


@pytest.fixture
def strangers(world):
    """Firms of no network of the director's project, one more than she may be told of in a day."""
    return [
        factories.firm(f"FIRMZZZZ{letter}", name=f"Ajena {letter}", tax_id=f"99-{letter}")
        for letter in "ABCDEFGHJKL"[: EACH_DAY + 1]
    ]


def ask(who, tax_id: str, after: dt.timedelta = dt.timedelta(), **change):
    with time_machine.travel(NOON + after, tick=False):
        client = Client()
        client.force_login(who)
        answer = client.post("/networks/N1/firms/new/", NEW | {"tax_id": tax_id} | change)
    return answer.status_code


def told() -> list[tuple[str, str, dict]]:
    rows = AuditEvent.objects.filter(verb=ASKED).order_by("id")
    return list(rows.values_list("actor", "object", "details"))


def test_an_answer_about_anothers_firm_is_recorded(world, strangers):
    director = world.director
    assert ask(director, strangers[0].tax_id) == 422
    key = f"U:{director.pk}"
    assert told() == [(key, key, {"country": "AR"})]
    assert ask(director, "98-1") == 302
    assert len(told()) == 1


def test_her_own_firm_is_no_question(world):
    assert ask(world.director, "98-1") == 302
    assert (
        ask(
            world.director,
            "98-1",
            name="Otra muy distinta",
            looked_at=Firm.objects.get(tax_id="98-1").code,
        )
        == 422
    )
    assert told() == []


def test_after_ten_in_a_day_known_and_unknown_are_answered_alike(world, strangers):
    director = world.director
    found = [ask(director, firm.tax_id) for firm in strangers[:EACH_DAY]]
    assert found == [422] * EACH_DAY
    assert [ask(director, strangers[-1].tax_id), ask(director, "98-1")] == [409, 409]
    assert len(told()) == EACH_DAY
    assert ask(director, "", name="Sin identificación") == 302
    assert ask(director, "98-1", after=dt.timedelta(hours=23, minutes=59)) == 409
    assert ask(director, "98-1", after=dt.timedelta(days=1)) == 302


def test_each_person_has_her_own_ten(world, strangers):
    other = factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-01")
    for firm in strangers[:EACH_DAY]:
        ask(world.director, firm.tax_id)
    assert ask(other, "98-1") == 302


def test_a_change_of_a_firm_asks_too(world, strangers):
    director = world.director
    assert ask(director, "98-1") == 302
    firm = Firm.objects.get(tax_id="98-1")
    client = Client()
    client.force_login(director)
    page = client.get(f"/firms/{firm.code}/edit/")
    form = NEW | {"stamp": page.context["form"]["stamp"].value(), "tax_id": strangers[0].tax_id}
    assert client.post(f"/firms/{firm.code}/edit/", form).status_code == 422
    assert len(told()) == 1
    assert client.post(f"/firms/{firm.code}/edit/", form | {"tax_id": "98-2"}).status_code == 302


def test_who_keeps_the_registry_is_not_counted(world, strangers):
    admin = factories.user("admin2", role=Role.ADMINISTRATION)
    assert ask(admin, strangers[0].tax_id, looked_at=strangers[0].code) == 422
    assert told() == []
