"""The order of a list, against a plain list of codes, whatever is pressed and in whatever order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from knowledge.lists import moves
from knowledge.lists.items import removed_items, shown_items
from knowledge.models import Work
from tests import factories

from .making import AT, item, member, reading_list

CODES = ("K1", "K2", "K3", "K4", "K5")
HIDDEN = "K3"  # from who moves
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "up", "down", "remove", "restore")),
        st.sampled_from([code for code in CODES if code != HIDDEN]),
    ),
    max_size=12,
)


class Expected:
    """What the owner sees: codes in order, and those that she took out."""

    def __init__(self) -> None:
        self.order: list[str] = []  # all, removed and hidden too
        self.removed: set[str] = set()

    def seen(self) -> list[str]:
        return [code for code in self.order if code not in self.removed and code != HIDDEN]

    def do(self, step: str, code: str) -> None:
        if step == "add" and (code not in self.order or code in self.removed):
            self.order = [each for each in self.order if each != code] + [code]
            self.removed.discard(code)
        elif step == "remove" and code in self.order:
            self.removed.add(code)
        elif step == "restore":
            self.removed.discard(code)
        elif step in ("up", "down") and code in self.seen():
            seen = self.seen()
            there = seen.index(code) + (1 if step == "down" else -1)
            if 0 <= there < len(seen):
                neighbour = seen[there]
                self.order.remove(code)
                at = self.order.index(neighbour) + (1 if step == "down" else 0)
                self.order.insert(at, code)


DO = {
    "up": moves.raise_item,
    "down": moves.lower_item,
    "remove": moves.remove_item,
    "restore": moves.restore_item,
}


@pytest.mark.django_db
class TestOrder(TestCase):
    @classmethod
    def setUpTestData(cls):
        institution = factories.institution("reservada")
        for code in CODES:
            factories.work(code)
        cls.hidden = factories.work("K9", access="restricted", open_to_institutions=[institution])

    @settings(max_examples=60)
    @given(STEPS)
    def test_it_is_what_was_pressed(self, steps):
        ana = member()
        one = reading_list(ana)
        expected = Expected()
        for place, code in enumerate(("K1", HIDDEN, "K2")):
            work = self.hidden if code == HIDDEN else Work.objects.get(pk=code)
            one.items.create(work=work, position=place + 1, added_at=AT)
            expected.order.append(code)
        for step, code in steps:
            there = one.items.filter(work=code).first()
            if step == "add":
                moves.add_work(work=Work.objects.get(pk=code), one=one, by=ana, at=AT)
            elif there is not None and (there.removed_at is None or step == "restore"):
                DO[step](item=item(one, code), by=ana, at=AT)
            elif there is not None and step in ("up", "down"):
                continue  # its page has no such button
            expected.do(step, code)
            assert [shown.work.pk for shown in shown_items(one, ana)] == expected.seen()
        assert {shown.work.pk for shown in removed_items(one, ana)} == expected.removed
        hidden = [code if code != "K9" else HIDDEN for code in stored(one)]
        assert hidden == expected.order


def stored(one) -> list[str]:
    return list(one.items.order_by("position", "pk").values_list("work", flat=True))
