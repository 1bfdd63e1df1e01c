"""Collections that everybody reads are sets for harvesters; no other list is."""

import pytest
import time_machine

from knowledge.lists import actions, moves
from knowledge.models import Work
from tests import factories
from tests.knowledge.exchange.oai.asking import NS, ask, codes, error, records

from .making import AT, collection, curator, item, member, reading_list, share

pytestmark = pytest.mark.django_db
LATER = factories.moment("2030-01-01")


def sets(client) -> dict[str, str]:
    return {
        one.findtext("o:setSpec", namespaces=NS): one.findtext("o:setName", namespaces=NS)
        for one in ask(client, "ListSets")[2]
    }


def test_an_open_collection_is_a_set_and_other_lists_are_none(client):
    keeper, ana = curator(), member()
    work, other = factories.work("K1"), factories.work("K2")
    one = collection(keeper, work)
    for open_to in ("network", "keeper"):
        collection(keeper, other, open_to=open_to)
    share(reading_list(ana, other), ana)
    spec = f"collection-{one.code}"
    assert {name: told for name, told in sets(client).items() if "collection" in name} == {
        spec: "Casos"
    }
    root = records(client, set=spec)
    assert codes(root) == ["K1"]
    specs = [each.text for each in root.iterfind(".//o:setSpec", NS)]
    assert specs == ["language-es", "type-report", spec]
    assert error(records(client, set="collection-K2")) == "noRecordsMatch"


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (lambda one, by: moves.remove_item(item=item(one, "K1"), by=by, at=AT), []),
        (lambda one, by: actions.remove_list(one=one, by=by, at=AT), []),
        (lambda one, by: change_to(one, "network", by), []),
        (
            lambda one, by: moves.add_work(work=Work.objects.get(pk="K2"), one=one, by=by, at=AT),
            ["K1", "K2"],
        ),
    ],
    ids=["taken out", "removed", "closed", "added"],
)
def test_harvesters_are_told_of_works_whose_sets_change(client, change, after):
    keeper = curator()
    one = collection(keeper, factories.work("K1"))
    factories.work("K2")
    before = set(stamped())
    with time_machine.travel(LATER, tick=False):
        change(one, keeper)
    moved = {code for code, _at in set(stamped()) - before}
    assert moved == ({"K2"} if after else {"K1"})
    assert codes(records(client, set=f"collection-{one.code}")) == after


def test_what_stays_in_its_sets_is_not_told_again():
    keeper = curator()
    one = collection(keeper, factories.work("K1"), factories.work("K2"))
    before = stamped()
    with time_machine.travel(LATER, tick=False):
        moves.lower_item(item=item(one, "K1"), by=keeper, at=AT)
        moves.note_item(item=item(one, "K1"), note="Nota", by=keeper, at=AT)
        actions.change_list(one=one, title_es="Otros casos", by=keeper, at=AT)
    assert stamped() == before


def change_to(one, open_to, by):
    return actions.change_list(one=one, title_es="Casos", open_to=open_to, by=by, at=AT)


def stamped() -> list[tuple]:
    return list(Work.objects.order_by("code").values_list("code", "changed_at"))
