"""The day on which a firm leaves still belongs to its membership: every place says the same."""

import pytest
import time_machine
from django.urls import reverse

from monitoring.models import Observation
from monitoring.sheet.units_of_registry import units_of_registry
from pip_network.people.access import Permission, can
from pip_network.web.days import today
from projects import actions, counts, flow
from projects.models import Firm, Membership
from projects.views.pages.network import states
from tests import factories
from tests.factories import day, moment

pytestmark = pytest.mark.django_db
LAST, NEXT = moment("2004-12-31 12:00"), moment("2005-01-01 12:00")


@pytest.fixture
def leaving(world):
    Membership.objects.filter(firm="FIRMAAAAA").update(
        left_on=day("2004-12-31"), leaving_reason="own_decision"
    )
    return world


def told(client, world) -> dict[str, bool]:
    """Whether each place says that the firm is in the network now."""
    client.force_login(world.administrator)
    stays = [
        flow.Stay(*row)
        for row in Membership.objects.filter(network="N1").values_list(
            "firm", "joined_on", "left_on", "firm__closed_on"
        )
    ]
    active = client.get(f"{reverse('firms')}?state=active").content.decode()
    network = client.get(reverse("network", args=["N1"]))
    return {
        "count": counts.networks_with_counts().get(pk="N1").firm_count == 2,
        "states": states(stays, today())["active"] == 2,
        "list of projects": counts.projects_with_counts().get().firm_count == 3,
        "filter": "FIRMAAAAA" in active,
        "file": "FIRMAAAAA"
        in client.get(f"{reverse('firms')}?state=active&export=csv").content.decode(),
        "page of the network": network.context["counts"]["active"] == 2,
        "page of the firm": client.get(reverse("firm", args=["FIRMAAAAA"])).context["state"][0]
        == "st-ok",
        "row of the network": 'st st-draft">Left' not in network.content.decode(),
    }


def test_every_page_says_the_same_on_the_last_day_and_after_it(client, leaving):
    with time_machine.travel(LAST, tick=False):
        on_the_last = told(client, leaving)
    with time_machine.travel(NEXT, tick=False):
        after_it = told(client, leaving)
    assert on_the_last == dict.fromkeys(on_the_last, True)
    assert after_it == dict.fromkeys(after_it, False)


@pytest.mark.parametrize(("at", "keepers"), [(LAST, {"N1", "N2"}), (NEXT, {"N2"})])
def test_who_keeps_a_firm_that_moves_keeps_it_on_its_last_day_too(leaving, at, keepers):
    """On the day of the move the firm is in both networks."""
    firm = Firm.objects.get(pk="FIRMAAAAA")
    Membership.objects.create(firm=firm, network_id="N2", joined_on=day("2004-12-31"))
    people = {
        code: factories.user(f"of-{code}", role="coordinator", scope=f"N:{code}")
        for code in ("N1", "N2")
    }
    with time_machine.travel(at, tick=False):
        assert {key for key in firm.scope_keys if key.startswith("N:")} == {
            f"N:{code}" for code in keepers
        }
        for code, person in people.items():
            listed = Firm.objects.where(person, Permission.MANAGE_FIRMS).filter(pk=firm.pk)
            assert listed.exists() is (code in keepers)
            assert can(person, Permission.MANAGE_FIRMS, firm.scope_keys) is (code in keepers)


@pytest.mark.parametrize("at", [LAST, NEXT])
def test_who_kept_a_firm_that_is_in_no_network_keeps_it(leaving, at):
    firm = Firm.objects.get(pk="FIRMAAAAA")
    keeper = factories.user("of-N1", role="coordinator", scope="N:N1")
    stranger = factories.user("of-N2", role="coordinator", scope="N:N2")
    with time_machine.travel(at, tick=False):
        assert firm in Firm.objects.where(keeper, Permission.MANAGE_FIRMS)
        assert firm not in Firm.objects.where(stranger, Permission.MANAGE_FIRMS)


@pytest.mark.parametrize(("left_on", "state"), [("2004-12-31", "active"), ("2004-12-30", "left")])
def test_the_roster_of_a_round_is_that_of_its_last_day(world, left_on, state):
    Membership.objects.filter(firm="FIRMAAAAA").update(
        left_on=day(left_on), leaving_reason="own_decision"
    )
    opened = world.open("2004-S2")
    units = {unit.code: unit.state for unit in units_of_registry(opened, None, set())}
    assert units["FIRMAAAAA"] == state
    later = world.open("2005-S1")
    units = {unit.code: unit.state for unit in units_of_registry(later, None, set())}
    assert units["FIRMAAAAA"] == "left"


@pytest.mark.parametrize(("left_on", "in_it"), [("2004-12-31", 1), ("2004-12-30", 0)])
def test_the_drawing_counts_it_in_the_semester_of_its_last_day(left_on, in_it):
    stay = flow.Stay("A", day("2004-02-01"), day(left_on), None)
    rows = {row.code: row for row in flow.by_semester([stay], today=day("2005-03-01"))}
    assert (rows["2004-S2"].active, rows["2004-S2"].left) == (in_it, 1 - in_it)
    assert (rows["2005-S1"].active, rows["2005-S1"].left) == (0, in_it)


@pytest.mark.parametrize(("left_on", "state"), [("2004-12-31", "active"), ("2004-12-30", "left")])
def test_the_record_freezes_it_so(world, left_on, state):
    Membership.objects.filter(firm="FIRMAAAAA").update(
        left_on=day(left_on), leaving_reason="own_decision"
    )
    approval = world.approved("2004-S2")
    observed = Observation.objects.get(approved_in=approval, subject="F:FIRMAAAAA", kind="regular")
    assert observed.membership == state


def test_a_leaving_on_the_last_day_of_an_approved_round_can_still_be_corrected(world):
    membership = Membership.objects.get(firm="FIRMAAAAA")
    Membership.objects.filter(pk=membership.pk).update(
        left_on=day("2004-12-31"), leaving_reason="own_decision"
    )
    world.approved("2004-S2")
    membership.refresh_from_db()
    actions.correct_leaving(
        membership=membership,
        left_on=day("2005-01-20"),
        reason="own_decision",
        by=world.administrator,
        at=moment("2005-03-01"),
    )
    assert Membership.objects.get(pk=membership.pk).left_on == day("2005-01-20")
