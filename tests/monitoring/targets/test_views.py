"""The pages of targets, as their people use them."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from monitoring.models import Target, TargetProposal
from monitoring.targets import actions
from tests import factories
from tests.factories import Decimal, moment
from tests.monitoring.entry.conftest import client_of

PAGE = "/targets/PIP-01/"
C01 = "/targets/PIP-01/indicators/C01/"
WHY = "Según el marco lógico"
AT = moment("2005-03-01")

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def frozen():
    with time_machine.travel("2005-03-02 12:00", tick=False):
        yield


@pytest.fixture
def director(two_rounds) -> Client:
    return client_of(two_rounds.director)


@pytest.fixture
def specialist(two_rounds) -> Client:
    return client_of(two_rounds.specialist)


def proposed(world, values=None, indicator="C01") -> list[TargetProposal]:
    kept = {code: Decimal(value) for code, value in (values or {"2005-S2": "40"}).items()}
    return actions.propose(
        project=world.project, indicator=indicator, values=kept, note=WHY, by=world.director, at=AT
    )


def agreed(world, values=None, indicator="C01"):
    rows = proposed(world, values, indicator)
    return actions.agree(
        project=world.project,
        chosen={row.pk: row.stamp for row in rows},
        reason="Acordado en la visita",
        by=world.specialist,
        at=AT,
    )


def text(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_director_proposes_and_a_specialist_agrees(two_rounds, director, specialist):
    page = text(director.get(PAGE + "?all"))
    assert C01 in page
    form = text(director.get(C01))
    assert 'name="value-2005-S2"' in form
    assert 'name="value-2005-S1"' not in form  # it is asked each year
    sent = {"value-2005-S2": "40,5", "value-2006-S2": "1.234", "note": WHY}
    answer = director.post(C01, sent)
    assert answer.status_code == 422  # 1.234 could be two numbers
    assert "40,5" in text(answer)
    assert "1234" in text(answer)
    sent["value-2006-S2"] = "55"
    assert director.post(C01, sent).url == PAGE
    rows = list(TargetProposal.objects.order_by("round"))
    assert [(row.round, row.value) for row in rows] == [
        ("2005-S2", Decimal("40.5")),
        ("2006-S2", 55),
    ]
    page = text(specialist.get(PAGE))
    assert "40,5%" in page  # she reads Portuguese
    assert WHY in page
    chosen = [f"{row.pk}.{row.stamp}" for row in rows[:1]]
    answer = specialist.post(PAGE + "agree/", {"chosen": chosen, "reason": "no"})
    assert answer.status_code == 422
    answer = specialist.post(PAGE + "agree/", {"chosen": chosen, "reason": "Acordado en visita"})
    assert answer.url == PAGE
    assert Target.objects.get().value == Decimal("40.5")
    answer = specialist.post(
        PAGE + "send-back/",
        {"chosen": [f"{rows[1].pk}.1"], "reason": "Falta explicar el salto"},
    )
    assert answer.url == PAGE
    page = text(director.get(PAGE))
    assert "Falta explicar el salto" in page
    assert "meta 40,5 %" in page


def test_sent_twice_it_is_done_once(two_rounds, director, specialist):
    sent = {"value-2005-S2": "40", "note": WHY, "form_key": "una"}
    assert director.post(C01, sent).url == PAGE
    assert director.post(C01, sent).url == PAGE
    row = TargetProposal.objects.get()
    sent = {"chosen": [f"{row.pk}.1"], "reason": "Acordado en visita", "form_key": "otra"}
    assert specialist.post(PAGE + "agree/", sent).url == PAGE
    assert specialist.post(PAGE + "agree/", sent).url == PAGE
    assert Target.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    ["abc", "NaN", "1e309", "-3", "101", "0,1234567", "12 %", "1" * 41, "1.234.56", "\N{NULL}4"],
)
def test_what_is_no_target_stands_at_its_round(two_rounds, director, typed):
    answer = director.post(C01, {"value-2005-S2": typed, "note": WHY})
    assert answer.status_code == 422
    assert "id_value-2005-S2_error" in text(answer)
    assert not TargetProposal.objects.exists()
    assert director.post(C01, {"value-2005-S2": "40", "note": WHY}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.234,56", "1234.56"), ("1 234", "1234"), ("1,234.5", "1234.5"), (" 7 ", "7"), ("0", "0")],
)
def test_both_conventions_are_read(two_rounds, director, typed, kept):
    address = C01.replace("C01", "C02")
    assert director.post(address, {"value-2005-S2": typed, "note": WHY}).status_code == 302
    assert TargetProposal.objects.get().value == Decimal(kept)


def test_three_decimals_come_back_as_they_are_typed(two_rounds, director):
    proposed(two_rounds, {"2005-S2": "1.234"})
    form = director.get(C01).context["form"]
    assert form["value-2005-S2"].initial == "1,2340"
    sent = {"value-2005-S2": "1,2340", "value-2006-S2": "2", "note": WHY}
    assert director.post(C01, sent).status_code == 302
    assert TargetProposal.objects.get(round="2005-S2").value == Decimal("1.234")


def test_two_directors_at_once_lose_nothing(two_rounds, director):
    seen = director.get(C01).context["form"]["seen"].initial
    proposed(two_rounds, {"2005-S2": "40"})
    sent = {"value-2005-S2": "50", "note": WHY, "seen": seen}
    answer = director.post(C01, sent)
    assert answer.status_code == 409
    page = text(answer)
    assert 'value="50"' in page  # what she typed
    assert "40,0 %" in page  # what stands
    sent["seen"] = answer.context["form"]["seen"].value()
    assert director.post(C01, sent).status_code == 302
    assert TargetProposal.objects.get().value == 50


def test_a_coordinator_and_strangers_see_nothing(two_rounds):
    proposed(two_rounds)
    for person in (two_rounds.coordinator, two_rounds.stranger):
        client = client_of(person)
        for address in (PAGE, C01):
            assert client.get(address).status_code == 404
        assert client.post(PAGE + "agree/").status_code == 404
    for person in (two_rounds.director, two_rounds.specialist, two_rounds.administrator):
        assert client_of(person).get(PAGE).status_code == 200


def test_what_one_may_not_do_is_not_offered(two_rounds, director, specialist):
    [row] = proposed(two_rounds)
    assert "targets-agree" not in text(director.get(PAGE))
    assert "/agree/" not in text(director.get(PAGE))
    assert "/agree/" in text(specialist.get(PAGE))
    assert f"/proposals/{row.pk}/withdraw/" in text(director.get(PAGE))
    assert "/withdraw/" not in text(specialist.get(PAGE))
    assert '<button class="btn btn-primary">' in text(director.get(C01))
    assert specialist.post(C01, {"value-2005-S2": "1", "note": WHY}).status_code == 403
    assert director.post(PAGE + "agree/", {"chosen": [f"{row.pk}.1"]}).status_code == 403


def test_a_proposal_is_taken_back_by_its_button(two_rounds, director):
    [row] = proposed(two_rounds)
    address = f"{PAGE}proposals/{row.pk}/withdraw/"
    assert director.post(address).url == PAGE
    assert director.post(address).url == PAGE  # it was decided meanwhile: told there
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_an_unknown_indicator_is_nowhere(two_rounds, director):
    assert director.get(PAGE + "indicators/X99/").status_code == 404
    assert director.get("/targets/PIP-77/").status_code == 404


def test_the_table_has_values_targets_and_the_way_gone(two_rounds, director):
    agreed(two_rounds, {"2004-S2": "150000", "2007-S2": "200000"}, indicator="E01")
    page = director.get(PAGE)
    [line] = [line for line in page.context["page"].lines if line.named.code == "E01"]
    by_round = {cell.round: cell for cell in line.cells}
    assert by_round["2004-S2"].target == "US$\N{NO-BREAK SPACE}150.000"
    assert by_round["2007-S2"].target == "US$\N{NO-BREAK SPACE}200.000"
    assert line.end_round == "2007-S2"
    shown = [line.named.code for line in page.context["page"].lines if line.has_targets]
    assert shown == ["E01"]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_language(two_rounds, director, specialist, language):
    agreed(two_rounds)
    proposed(two_rounds, {"2005-S2": "45"})
    words = {"es": "Fin del proyecto", "pt": "Fim do projeto", "en": "End of project"}
    for client in (director, specialist):
        client.cookies["pip_language"] = language
        assert words[language] in text(client.get(PAGE))
        assert client.get(C01).status_code == 200


def test_a_fixed_number_of_queries(two_rounds, director, django_assert_num_queries):
    director.get(PAGE)  # values so far are kept from now on
    for values in ({"2005-S2": "1"}, {"2005-S2": "2", "2006-S2": "3", "2007-S2": "4"}):
        proposed(two_rounds, values)
        with django_assert_num_queries(QUERIES):
            director.get(PAGE)
    for code in ("C02", "C03", "D01", "E01", "E02", "F01", "F03"):
        proposed(two_rounds, {"2005-S2": "4", "2006-S2": "5"}, indicator=code)
    with django_assert_num_queries(QUERIES):
        director.get(PAGE)
    with django_assert_num_queries(QUERIES_OF_ONE):
        director.get(C01)


QUERIES, QUERIES_OF_ONE = 13, 14


def test_errands_stand_on_the_start_page_and_in_the_queue(two_rounds, director, specialist):
    [row] = proposed(two_rounds)
    for address in ("/monitoring/", "/review/"):
        assert PAGE in text(specialist.get(address))
    assert PAGE not in text(director.get("/monitoring/"))
    actions.send_back(
        project=two_rounds.project,
        chosen={row.pk: row.stamp},
        reason="Falta explicar el salto",
        by=two_rounds.specialist,
        at=AT,
    )
    assert PAGE in text(director.get("/monitoring/"))
    assert PAGE not in text(specialist.get("/monitoring/"))


def test_the_page_of_the_project_leads_there(two_rounds, director):
    agreed(two_rounds)
    assert PAGE in text(director.get("/projects/PIP-01/"))
    assert PAGE not in text(Client().get("/projects/PIP-01/"))
    assert PAGE not in text(client_of(two_rounds.coordinator).get("/projects/PIP-01/"))


def test_a_round_that_is_no_longer_asked_is_said(two_rounds, director):
    agreed(two_rounds, {"2007-S2": "40"})
    two_rounds.project.ends_on = dt.date(2006, 12, 31)
    two_rounds.project.save()
    assert "ya no se pregunta" in text(director.get(PAGE))
    form = text(director.get(C01))
    assert 'name="value-2007-S2"' in form
    assert director.post(C01, {"value-2007-S2": "", "note": WHY}).status_code == 302
    assert TargetProposal.objects.waiting().get().value is None


def test_values_stand_to_the_digit(two_rounds, director):
    agreed(two_rounds, {"2005-S2": "40.123456"})
    assert "meta 40,123456 %" in text(director.get(PAGE))


def test_past_proposals_are_told(two_rounds, director):
    agreed(two_rounds)
    agreed(two_rounds, {"2005-S2": "45"})
    page = text(director.get(C01))
    assert "Acordado en la visita" in page
    assert factories.User.objects.get(email="especialista@example.org").name in page
