"""The pages that show data quality: to whom, with what, by how many questions."""

import pytest
from django.urls import reverse

from tests.factories import DOUBTFUL

PLACE = ("PIP-01", "2004-S1")


@pytest.fixture
def opened(world):
    world.filled("2004-S1", but={**DOUBTFUL, "F:FIRMAAAAA|baseline|jobs": "refused"})
    return world


@pytest.fixture
def approved(world):
    world.approved("2004-S1", but=DOUBTFUL, words={key: "Con otra red." for key in DOUBTFUL})
    world.approved("2004-S2")
    return world


def page(client, person, name="quality", place=PLACE):
    client.force_login(person)
    return client.get(reverse(name, args=place))


def test_what_lowers_each_part_is_listed_with_its_place(opened, client):
    answer = page(client, opened.specialist)
    assert answer.status_code == 200
    found = {line.name: places for line, places, _more in answer.context["sections"]}
    assert any("FIRMAAAAA|baseline|jobs" in place.url for place in found["completeness"])
    assert len(found["validity"]) == 1
    assert "FIRMCCCCC" in found["validity"][0].url
    assert found["timeliness"] == []


def test_its_own_people_and_staff_see_it_and_others_do_not(opened, client):
    assert page(client, opened.director).status_code == 200
    assert page(client, opened.administrator).status_code == 200
    assert page(client, opened.coordinator).status_code == 404
    assert page(client, opened.stranger).status_code == 404
    client.logout()
    assert client.get(reverse("quality", args=PLACE)).status_code == 302


def test_it_stands_on_the_submission_and_on_its_review(opened, client):
    address = reverse("quality", args=PLACE)
    assert f"{address}#validity" in page(client, opened.director, "submission").text
    assert f"{address}#validity" in page(client, opened.specialist, "review-submission").text
    assert address not in page(client, opened.coordinator, "submission").text


def test_the_page_of_the_project_adds_its_last_submissions(approved, client):
    address = reverse("quality", args=PLACE)
    assert address in page(client, approved.director, "project", ("PIP-01",)).text
    assert address in page(client, approved.specialist, "project", ("PIP-01",)).text
    assert address not in page(client, approved.coordinator, "project", ("PIP-01",)).text
    client.logout()
    assert address not in client.get(reverse("project", args=["PIP-01"])).text


@pytest.mark.parametrize("rounds", [1, 2])
def test_the_same_questions_however_many_lower_it(world, client, django_assert_num_queries, rounds):
    but = (
        {"F:FIRMAAAAA|baseline|jobs": "refused"}
        if rounds == 1
        else {
            f"F:FIRM{letter * 5}|baseline|{code}": "refused"
            for letter in "ABC"
            for code in ("jobs", "sales")
        }
    )
    world.filled("2004-S1", but=but)
    client.force_login(world.specialist)
    client.get(reverse("quality", args=PLACE))
    with django_assert_num_queries(QUESTIONS):
        client.get(reverse("quality", args=PLACE))


QUESTIONS = 18
