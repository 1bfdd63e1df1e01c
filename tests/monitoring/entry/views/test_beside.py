"""A submission beside the one before it."""

import pytest
from django.urls import reverse

from monitoring.models import Remark
from tests.factories import DOUBTFUL

KEY = "F:FIRMAAAAA|regular|service_hours"


@pytest.fixture
def two(world):
    world.approved("2004-S1")
    world.filled("2004-S2", but={KEY: "7"})
    return world


def page(client, person, name="review-beside", code="2004-S2"):
    client.force_login(person)
    return client.get(reverse(name, args=("PIP-01", code)))


def test_every_cell_of_both_stands_there_and_changed_ones_are_marked(two, client):
    answer = page(client, two.specialist)
    assert answer.status_code == 200
    pairs = {
        str(pair.key): pair for _label, pairs, _n in answer.context["blocks"] for pair in pairs
    }
    assert (pairs[KEY].before, pairs[KEY].now, pairs[KEY].changed) == ("1,0", "7,0", True)
    other = pairs["F:FIRMBBBBB|regular|service_hours"]
    assert (other.before, other.now, other.changed) == ("1,0", "1,0", False)
    assert pairs["F:FIRMAAAAA|baseline|jobs"].asked == "before"
    assert pairs["F:FIRMAAAAA|regular|sales"].asked == "now"
    assert [changed for _label, _pairs, changed in answer.context["blocks"]].count(1) == 1


def test_the_first_semester_has_none_before_it(two, client):
    assert page(client, two.specialist, code="2004-S1").context["previous"] is None


def test_only_who_reviews_opens_it(two, client):
    assert page(client, two.director).status_code == 404
    assert page(client, two.stranger).status_code == 404


def test_one_click_questions_a_warning_in_its_own_words(world, client):
    world.filled("2004-S1", but=DOUBTFUL)
    [text_key] = DOUBTFUL
    answer = page(client, world.specialist, "review-submission", "2004-S1")
    [line] = [line for line in answer.context["warnings"] if str(line.key) == text_key]
    sent = {"cell": text_key, "text": " ".join(line.messages)}
    client.post(reverse("remark", args=("PIP-01", "2004-S1")), sent)
    row = Remark.objects.get()
    assert (row.subject, row.text) == ("F:FIRMCCCCC", line.messages[0])
    client.force_login(world.director)
    refused = client.post(reverse("remark", args=("PIP-01", "2004-S1")), sent)
    assert refused.status_code == 403
    assert Remark.objects.count() == 1
