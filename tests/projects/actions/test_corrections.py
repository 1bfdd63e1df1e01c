"""What can be undone, and what an approved round has frozen."""

import pytest

from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.stamps import stamp_of
from projects import actions
from projects.actions.firms import EDITABLE
from projects.counts import active_memberships
from projects.models import Firm, Membership, Network, Project
from tests.factories import country, day, firm, moment

AT = moment("2005-03-01")


@pytest.fixture
def fresh(world):
    """A firm that no round has seen, in N1 since June 2004."""
    firm("FIRMDDDDD", world.n1, joined_on="2004-06-01")
    return Membership.objects.select_related("firm", "network").get(firm="FIRMDDDDD")


def doing(world, **more):
    return {"by": world.director, "at": AT, **more}


def keeping(world):
    """What the administration alone may do."""
    return doing(world, by=world.administrator)


def test_a_joining_is_corrected_while_nothing_froze_it(world, fresh):
    actions.correct_joining(membership=fresh, joined_on=day("2004-07-01"), **doing(world))
    assert Membership.objects.get(pk=fresh.pk).joined_on == day("2004-07-01")
    event = AuditEvent.objects.get(verb="firm.joining_corrected")
    assert event.details == {
        "network": "N1",
        "changes": {"joined_on": ["2004-06-01", "2004-07-01"]},
    }


@pytest.mark.parametrize("when", ["2004-01-31", "2005-03-02"])
def test_a_joining_is_not_corrected_to_a_day_that_cannot_be(world, fresh, when):
    with pytest.raises(Invalid) as refused:
        actions.correct_joining(membership=fresh, joined_on=day(when), **doing(world))
    assert refused.value.place == "joined_on"
    actions.correct_joining(membership=fresh, joined_on=day("2004-02-01"), **doing(world))


def test_an_approved_round_freezes_joining_and_leaving(world):
    world.approved("2004-S1")
    mine = Membership.objects.select_related("firm", "network").get(firm="FIRMAAAAA")
    with pytest.raises(Conflict):
        actions.correct_joining(membership=mine, joined_on=day("2004-03-01"), **doing(world))
    with pytest.raises(Conflict):
        actions.take_back_joining(membership=mine, **doing(world))
    actions.leave_network(
        firm=world.a, network=world.n1, left_on=day("2004-12-31"), reason="other", **doing(world)
    )
    mine.refresh_from_db()
    with pytest.raises(Conflict):  # a day before the approved close
        actions.correct_leaving(
            membership=mine, left_on=day("2004-05-01"), reason="other", **doing(world)
        )
    actions.correct_leaving(
        membership=mine, left_on=day("2004-11-30"), reason="moved", **doing(world)
    )
    actions.take_back_leaving(membership=mine, **doing(world))
    assert Membership.objects.get(pk=mine.pk).left_on is None

    actions.leave_network(
        firm=world.a, network=world.n1, left_on=day("2004-12-30"), reason="other", **doing(world)
    )
    world.approved("2004-S2")
    mine.refresh_from_db()
    with pytest.raises(Conflict):
        actions.take_back_leaving(membership=mine, **doing(world))
    assert Membership.objects.get(pk=mine.pk).left_on == day("2004-12-30")


def test_a_leaving_is_corrected_in_what_differs(world, fresh):
    actions.leave_network(
        firm=fresh.firm,
        network=world.n1,
        left_on=day("2004-12-31"),
        reason="other",
        **doing(world),
    )
    fresh.refresh_from_db()

    def correct(reason):
        actions.correct_leaving(
            membership=fresh, left_on=day("2004-12-31"), reason=reason, **doing(world)
        )
        found = AuditEvent.objects.filter(verb="firm.leaving_corrected")
        return [event.details["changes"] for event in found]

    assert correct("other") == []
    assert correct("moved") == [{"leaving_reason": ["other", "moved"]}]


def test_a_joining_corrected_to_its_own_day_is_no_correction(world, fresh):
    actions.correct_joining(membership=fresh, joined_on=fresh.joined_on, **doing(world))
    assert not AuditEvent.objects.filter(verb="firm.joining_corrected").exists()


def test_take_back_joining(world, fresh):
    actions.take_back_joining(membership=fresh, **doing(world))
    assert not Membership.objects.filter(firm="FIRMDDDDD").exists()
    assert AuditEvent.objects.get(verb="firm.joining_taken_back").details["network"] == "N1"


def test_take_back_leaving_beside_a_later_stay_refused(world, fresh):
    stay = {"firm": fresh.firm, "network": world.n1}
    actions.leave_network(**stay, left_on=day("2004-09-30"), reason="other", **doing(world))
    actions.join_network(**stay, joined_on=day("2004-11-01"), **doing(world))
    fresh.refresh_from_db()
    with pytest.raises(Invalid):
        actions.take_back_leaving(membership=fresh, **doing(world))
    actions.take_back_joining(
        membership=Membership.objects.get(firm="FIRMDDDDD", left_on=None), **doing(world)
    )
    actions.take_back_leaving(membership=fresh, **doing(world))


def test_move_firm_is_both_or_none(world, fresh):
    with pytest.raises(Invalid):
        actions.move_firm(
            firm=fresh.firm,
            source=world.n1,
            target=world.n2,
            moved_on=day("2004-01-05"),
            **doing(world),
        )
    assert Membership.objects.get(firm="FIRMDDDDD").left_on is None
    actions.move_firm(
        firm=fresh.firm,
        source=world.n1,
        target=world.n2,
        moved_on=day("2004-09-30"),
        **doing(world),
    )
    assert list(
        Membership.objects.filter(firm="FIRMDDDDD")
        .order_by("pk")
        .values_list("network", "left_on", "leaving_reason")
    ) == [
        ("N1", day("2004-09-30"), "moved"),
        ("N2", None, ""),
    ]


def test_reopen_firm_until_an_approved_round_says_it_closed(world):
    actions.close_firm(firm=world.a, closed_on=day("2004-05-31"), reason="economic", **doing(world))
    actions.reopen_firm(firm=world.a, **doing(world))
    assert Firm.objects.get(pk="FIRMAAAAA").closed_on is None
    with pytest.raises(Conflict):
        actions.reopen_firm(firm=world.a, **doing(world))

    actions.close_firm(firm=world.a, closed_on=day("2004-05-31"), reason="economic", **doing(world))
    world.approved("2004-S1")
    with pytest.raises(Conflict):
        actions.reopen_firm(firm=world.a, **doing(world))
    assert Firm.objects.get(pk="FIRMAAAAA").closed_on == day("2004-05-31")


def test_archive_firm_only_when_the_record_does_not_know_it(world, fresh):
    world.approved("2004-S1", but={})
    with pytest.raises(Conflict):
        actions.archive_firm(firm=world.a, reason="mistake", **doing(world))
    late = firm("FIRMEEEEE", world.n1, joined_on="2004-09-01")
    with pytest.raises(Invalid):
        actions.archive_firm(firm=late, reason="", **doing(world))
    actions.archive_firm(firm=late, reason="mistake", **doing(world))
    with pytest.raises(Conflict):
        actions.archive_firm(firm=late, reason="mistake", **doing(world))
    with pytest.raises(Conflict):
        actions.update_firm(firm=late, sector="20", **doing(world))
    actions.restore_firm(firm=late, **doing(world))
    actions.update_firm(firm=late, sector="20", **doing(world))
    assert Firm.objects.get(pk="FIRMEEEEE").sector == "20"


def test_a_network_is_reinstated_until_an_approved_round_says_it_ended(world):
    actions.dissolve_network(network=world.n2, dissolved_on=day("2004-06-15"), **keeping(world))
    actions.reinstate_network(network=world.n2, **keeping(world))
    assert Network.objects.get(pk="N2").dissolved_on is None
    assert not Membership.objects.filter(network="N2", left_on__isnull=False).exists()

    actions.dissolve_network(network=world.n2, dissolved_on=day("2004-06-15"), **keeping(world))
    world.approved("2004-S1")
    with pytest.raises(Conflict):
        actions.reinstate_network(network=world.n2, **keeping(world))


def test_a_network_with_firms_is_not_archived(world):
    with pytest.raises(Conflict):
        actions.archive_network(network=world.n2, **keeping(world))
    actions.dissolve_network(network=world.n2, dissolved_on=day("2005-02-28"), **keeping(world))
    actions.archive_network(network=world.n2, reason="prueba de archivo", **keeping(world))
    with pytest.raises(Conflict):
        actions.archive_network(network=world.n2, **keeping(world))
    actions.restore_network(network=world.n2, **keeping(world))
    with pytest.raises(Conflict):
        actions.restore_network(network=world.n2, **keeping(world))


def test_a_project_comes_back(world):
    with pytest.raises(Conflict):
        actions.restore_project(project=world.project, **keeping(world))
    actions.archive_project(project=world.project, reason="prueba de archivo", **keeping(world))
    actions.restore_project(project=world.project, **keeping(world))
    assert Project.objects.current().count() == 1


def test_the_stamp_of_a_form_is_compared(world):
    stamp = stamp_of(world.a, EDITABLE)
    actions.update_firm(firm=world.a, sector="20", stamp=stamp, **doing(world))
    with pytest.raises(Conflict):
        actions.update_firm(firm=world.a, sector="36", stamp=stamp, **doing(world))
    assert Firm.objects.get(pk="FIRMAAAAA").sector == "20"
    actions.update_firm(
        firm=world.a, sector="36", stamp=stamp_of(world.a, EDITABLE), **doing(world)
    )


def test_update_firms_all_or_none(world):
    with pytest.raises(Invalid):
        actions.update_firms(
            updates=[(world.a, {"sector": "20"}), (world.b, {"name": ""})], **keeping(world)
        )
    assert Firm.objects.get(pk="FIRMAAAAA").sector == "15"
    done = actions.update_firms(
        updates=[(world.a, {"sector": "20"}), (world.b, {"sector": "15"})], **keeping(world)
    )
    assert done == {"FIRMAAAAA": ["sector"]}
    assert AuditEvent.objects.get(verb="firm.updated").details == {
        "fields": ["sector"],
        "changes": {"sector": ["15", "20"]},
    }


def test_update_firms_that_are_so_already_writes_nothing(world):
    updates = [(world.a, {"sector": world.a.sector}), (world.b, {})]
    assert actions.update_firms(updates=updates, **keeping(world)) == {}
    assert not AuditEvent.objects.filter(verb="firm.updated").exists()


def test_a_firm_keeps_the_country_of_its_amounts(world):
    chile = country("CL", "CLP")
    actions.update_firm(firm=world.a, country=chile, **doing(world))
    actions.update_firm(firm=world.a, country=country(), **doing(world))
    world.approved("2004-S1")
    with pytest.raises(Invalid) as refused:
        actions.update_firm(firm=world.a, country=chile, **doing(world))
    assert refused.value.place == "country"


def test_an_archived_firm_is_in_no_total(world):
    firm("FIRMEEEEE", world.n1, joined_on="2004-09-01")
    before = active_memberships().filter(network="N1").count()
    actions.archive_firm(firm=Firm.objects.get(pk="FIRMEEEEE"), reason="mistake", **doing(world))
    assert active_memberships().filter(network="N1").count() == before - 1
