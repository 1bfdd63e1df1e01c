"""What the public does not see any more says why, on its page and where it would be withdrawn."""

import copy

import pytest
from django.urls import reverse
from django.utils import timezone

from monitoring.models import RecordHead
from monitoring.publication.actions import withdraw_publication
from monitoring.publication.results import withdraw_results
from tests import factories
from tests.conftest import World
from tests.monitoring.publication.publishing import publish, publish_project

WHY = {"reason": "Un error en la serie"}
REPLACED = "It has been replaced: the round was published again, as of approval {number}."


@pytest.fixture(scope="module")
def _two(standing):
    world = World()
    for number in range(6):
        factories.firm(f"MANY{number:05d}", world.n1)
    world.approved("2004-S1")
    world.approved("2004-S2")
    return world


@pytest.fixture
def two(_two, db):
    """Two approved semesters; made once for all tests here."""
    return copy.deepcopy(_two)


@pytest.fixture
def read(client, two):
    """The page of a row and the one that withdraws it, read by the administration."""
    client.force_login(two.administrator)

    def pages(row) -> tuple[str, str]:
        room = f"admin:monitoring_{row._meta.model_name}"
        names = (f"{room}_change", f"{room}_withdraw")
        return tuple(client.get(reverse(n, args=[row.pk])).content.decode() for n in names)

    return pages


def send(client, row) -> tuple[int, str]:
    room = f"admin:monitoring_{row._meta.model_name}"
    answer = client.post(reverse(f"{room}_withdraw", args=[row.pk]), WHY)
    return answer.status_code, answer.content.decode()


def test_what_the_public_sees_can_be_withdrawn(client, two, read):
    row = publish(two)
    for page, withdrawing in (read(row), read(publish_project(two))):
        assert "<dd>yes</dd>" in page
        assert 'name="reason"' in withdrawing
    assert send(client, row)[0] == 302


def test_a_publication_that_was_replaced_names_the_approval_of_the_last(client, two, read):
    number = RecordHead.objects.get().number
    row = publish(two, as_of=number - 1, code="2004-S1")
    publish(two, as_of=number, code="2004-S1")
    said = REPLACED.format(number=number)
    page, withdrawing = read(row)
    assert said in page
    assert said in withdrawing
    assert 'name="reason"' not in withdrawing
    status, answer = send(client, row)
    assert (status, answer.count(said), 'name="reason"' in answer) == (409, 1, False)


def test_a_publication_that_was_withdrawn_says_so(client, two, read):
    row = publish(two)
    withdraw_publication(publication=row, by=two.administrator, at=timezone.now(), **WHY)
    said = "It has been withdrawn: the public does not see it."
    page, withdrawing = read(row)
    assert said in page
    assert said in withdrawing
    assert 'name="reason"' not in withdrawing
    assert send(client, row)[0] == 409


def test_results_that_were_withdrawn_or_went_along_with_a_new_publication_say_which(
    client, two, read
):
    publish(two, as_of=RecordHead.objects.get().number, code="2004-S2")
    row = publish_project(two)
    two.approved("2005-S1")
    publish(two, code="2004-S2")
    said = "They have been replaced: the round was published again."
    page, withdrawing = read(row)
    assert said in page
    assert said in withdrawing
    assert 'name="reason"' not in withdrawing
    assert send(client, row)[0] == 409
    second = row.publication.round.publications.first().projects.get()
    withdraw_results(results=second, by=two.administrator, at=timezone.now(), **WHY)
    said = "They have been withdrawn: the public does not see them."
    assert all(said in page for page in read(second))
    assert send(client, second)[0] == 409
