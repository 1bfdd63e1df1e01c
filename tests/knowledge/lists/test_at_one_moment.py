"""Processes of their own that press the same button at one moment, each committing for real."""

import pytest

from knowledge.lists import moves
from knowledge.models import List, ListItem, SavedSearch
from tests import factories, racing

from .making import AT, item, member, reading_list

START = """
from knowledge.lists import moves
from knowledge.models import List, Work
from knowledge.saved import actions
from pip_network.models import User
from tests.factories import moment
ana, work, AT = User.objects.get(email="ana@example.org"), Work.objects.get(pk="K1"), moment("2006-07-12")
one = List.objects.first()
wait()
{act}
say("done")
"""


def at_once(act: str, many: int = 3) -> None:
    assert racing.at_once(*[START.replace("{act}", act)] * many) == ["done"] * many


@pytest.fixture
def ana(committed):
    factories.work("K1")
    return member()


def test_one_work_added_by_several_is_one_row(ana):
    reading_list(ana)
    at_once("moves.add_work(work=work, one=one, by=ana, at=AT)")
    assert ListItem.objects.count() == 1


def test_the_first_list_is_made_once(ana):
    at_once("moves.add_work(work=work, by=ana, at=AT)")
    assert (List.objects.count(), ListItem.objects.count()) == (1, 1)


def test_moves_at_once_leave_one_order(ana):
    one = reading_list(ana, *(factories.work(code) for code in ("K2", "K3", "K4")))
    moves.raise_item(item=item(one, "K4"), by=ana, at=AT)
    at_once("moves.lower_item(item=one.items.get(work='K2'), by=ana, at=AT)", many=2)
    places = list(one.items.order_by("position").values_list("work", "position"))
    assert places == [("K4", 1), ("K3", 2), ("K2", 3)]


def test_one_search_saved_by_several_is_one_row(ana):
    at_once('actions.save_search(asked="q=redes", by=ana, at=AT)')
    assert SavedSearch.objects.count() == 1
