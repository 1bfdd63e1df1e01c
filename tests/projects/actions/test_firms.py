import re

import pytest

from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Invalid
from projects import actions
from projects.actions.firms import NewFirm
from projects.actions.memberships import Joining
from projects.models import Firm, Membership
from tests.projects.conftest import AT, day, events

pytestmark = pytest.mark.django_db


def test_register_firm_gets_a_random_code(firm):
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{9}", firm.code)
    assert firm.registered_on == AT.date()
    event = events().get()
    assert (event.verb, event.object) == ("firm.registered", f"F:{firm.code}")
    assert event.details == {"country": "CL", "sector": "15"}  # no name, no tax id


@pytest.mark.parametrize(
    ("change", "place"),
    [({"name": " "}, "name"), ({"sector": "99"}, "sector"), ({"owner_sex": "x"}, "owner_sex")],
)
def test_register_firm_refused(chile, clerk, change, place):
    facts = {"name": "Conservas Ejemplo", "country": chile, "sector": "15", "owner_sex": "f"}
    with pytest.raises(Invalid) as refused:
        actions.register_firm(**(facts | change), by=clerk, at=AT)

    assert refused.value.place == place
    assert Firm.objects.count() == 0
    assert actions.register_firm(**facts, by=clerk, at=AT).name == "Conservas Ejemplo"


def test_a_tax_id_stands_once_in_a_country(firm, chile, peru, clerk):
    with pytest.raises(Invalid) as refused:
        actions.register_firm(name="Otra", country=chile, tax_id="DEMO-1", by=clerk, at=AT)
    assert refused.value.place == "tax_id"

    actions.register_firm(name="Otra", country=peru, tax_id="DEMO-1", by=clerk, at=AT)
    actions.register_firm(name="Sin número", country=chile, by=clerk, at=AT)
    actions.register_firm(name="Sin número tampoco", country=chile, by=clerk, at=AT)
    assert Firm.objects.count() == 4


@pytest.mark.parametrize("written", ["DEMO-1", "demo1", "DEMO.1", " ｄｅｍｏ 1 "])
def test_a_tax_id_is_the_same_however_it_is_written(firm, chile, clerk, written):
    other = actions.register_firm(name="Otra", country=chile, tax_id="DEMO-2", by=clerk, at=AT)
    with pytest.raises(Invalid) as refused:
        actions.register_firm(name="Tercera", country=chile, tax_id=written, by=clerk, at=AT)
    assert refused.value.place == "tax_id"
    with pytest.raises(Invalid):
        actions.update_firm(firm=other, tax_id=written, by=clerk, at=AT)
    with pytest.raises(Invalid):
        actions.update_firms(updates=[(other, {"tax_id": written})], by=clerk, at=AT)
    assert actions.update_firm(firm=firm, tax_id=written, by=clerk, at=AT).tax_id == written.strip()


def test_a_hyphen_is_no_tax_id(chile, clerk):
    for name in ("Una", "Otra"):
        firm = actions.register_firm(name=name, country=chile, tax_id=" - ", by=clerk, at=AT)
        assert firm.tax_id == ""


def test_register_firms_stores_all_or_none(firm, chile, clerk):
    good = [NewFirm(name=f"Ejemplo {n}", country=chile, tax_id=f"N-{n}") for n in range(3)]
    for bad in (
        NewFirm(name="x", country=chile, tax_id="DEMO-1"),
        good[0],
        NewFirm(name="", country=chile),
    ):
        with pytest.raises(Invalid):
            actions.register_firms(firms=[*good, bad], by=clerk, at=AT)
        assert Firm.objects.count() == 1

    stored = actions.register_firms(firms=good, by=clerk, at=AT)
    assert [row.name for row in stored] == ["Ejemplo 0", "Ejemplo 1", "Ejemplo 2"]
    assert AuditEvent.objects.filter(verb="firm.registered").count() == 4


@pytest.mark.parametrize("count", [1, 3, 30])
def test_register_and_join_many_costs_the_same(
    network, chile, clerk, django_assert_num_queries, count
):
    new = [NewFirm(name=f"Ejemplo {n}", country=chile, tax_id=f"N-{n}") for n in range(count)]
    # savepoint, countries held, tax ids, firms, trail, release
    with django_assert_num_queries(6):
        firms = actions.register_firms(firms=new, by=clerk, at=AT)
    joinings = [Joining(firm=firm, network=network, joined_on=day("2004-06-01")) for firm in firms]
    with django_assert_num_queries(
        6
    ):  # savepoint, firms held, earlier memberships, memberships, trail, release
        actions.join_networks(joinings=joinings, by=clerk, at=AT)
    assert Membership.objects.count() == count


def test_update_firm_keeps_names_out_of_the_trail(firm, clerk):
    actions.update_firm(firm=firm, name="Conservas Supuesto", owner_sex="f", by=clerk, at=AT)

    assert Firm.objects.get().owner_sex == "f"
    assert AuditEvent.objects.get(verb="firm.updated").details == {"fields": ["name", "owner_sex"]}


@pytest.mark.parametrize("change", [{"name": ""}, {"sector": "99"}])
def test_update_firm_refused(firm, clerk, change):
    with pytest.raises(Invalid):
        actions.update_firm(firm=firm, **change, by=clerk, at=AT)
    assert Firm.objects.get().name == "Conservas Ejemplo"


def test_join_network(firm, network, clerk):
    membership = actions.join_network(
        firm=firm, network=network, joined_on=day("2004-05-10"), by=clerk, at=AT
    )

    assert (membership.firm_id, membership.network_id, membership.left_on) == (
        firm.pk,
        "PIP-01-1",
        None,
    )
    event = AuditEvent.objects.get(verb="firm.joined")
    assert event.details == {"network": "PIP-01-1", "joined_on": "2004-05-10"}


@pytest.mark.parametrize("when", ["2004-05-09", "2006-03-02"])
def test_join_before_constitution_or_in_the_future_refused(firm, network, clerk, when):
    with pytest.raises(Invalid) as refused:
        actions.join_network(firm=firm, network=network, joined_on=day(when), by=clerk, at=AT)

    assert refused.value.place == "joined_on"
    assert Membership.objects.count() == 0


def test_join_twice_refused_and_again_after_leaving(firm, network, clerk):
    def join(when):
        return actions.join_network(
            firm=firm, network=network, joined_on=day(when), by=clerk, at=AT
        )

    join("2004-06-01")
    with pytest.raises(Conflict):
        join("2004-07-01")
    actions.leave_network(
        firm=firm,
        network=network,
        left_on=day("2005-01-31"),
        reason="own_decision",
        by=clerk,
        at=AT,
    )
    with pytest.raises(Invalid):
        join("2005-01-31")
    join("2005-02-01")
    assert Membership.objects.count() == 2


def test_join_twice_in_one_list_refused(firm, network, clerk):
    joining = Joining(firm=firm, network=network, joined_on=day("2004-06-01"))
    with pytest.raises(Conflict):
        actions.join_networks(joinings=[joining, joining], by=clerk, at=AT)
    assert Membership.objects.count() == 0


def test_join_after_closing_or_dissolution_refused(firm, network, clerk, chile):
    actions.close_firm(firm=firm, closed_on=day("2005-03-31"), reason="economic", by=clerk, at=AT)
    with pytest.raises(Invalid):
        actions.join_network(
            firm=firm, network=network, joined_on=day("2005-04-01"), by=clerk, at=AT
        )
    actions.join_network(firm=firm, network=network, joined_on=day("2005-03-31"), by=clerk, at=AT)

    other = actions.register_firm(name="Otra", country=chile, by=clerk, at=AT)
    actions.dissolve_network(network=network, dissolved_on=day("2005-06-30"), by=clerk, at=AT)
    with pytest.raises(Invalid):
        actions.join_network(
            firm=other, network=network, joined_on=day("2005-07-01"), by=clerk, at=AT
        )


@pytest.fixture
def joined(firm, network, clerk):
    actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), by=clerk, at=AT)
    return {"firm": firm, "network": network}


def test_leave_network(joined, clerk):
    actions.leave_network(**joined, left_on=day("2004-06-01"), reason="moved", by=clerk, at=AT)

    assert list(Membership.objects.values_list("left_on", "leaving_reason")) == [
        (day("2004-06-01"), "moved")
    ]
    with pytest.raises(Conflict):
        actions.leave_network(**joined, left_on=day("2004-06-02"), reason="moved", by=clerk, at=AT)


@pytest.mark.parametrize(
    ("when", "reason", "place"),
    [
        ("2004-05-31", "moved", "left_on"),
        ("2006-03-02", "moved", "left_on"),
        ("2005-01-01", "bored", "leaving_reason"),
    ],
)
def test_leave_network_refused(joined, clerk, when, reason, place):
    with pytest.raises(Invalid) as refused:
        actions.leave_network(**joined, left_on=day(when), reason=reason, by=clerk, at=AT)

    assert refused.value.place == place
    assert Membership.objects.get().left_on is None


def test_leave_after_closing_refused(joined, clerk):
    actions.close_firm(
        firm=joined["firm"], closed_on=day("2005-03-31"), reason="economic", by=clerk, at=AT
    )
    with pytest.raises(Invalid):
        actions.leave_network(**joined, left_on=day("2005-04-01"), reason="other", by=clerk, at=AT)
    actions.leave_network(**joined, left_on=day("2005-03-31"), reason="closed", by=clerk, at=AT)


def test_close_firm_keeps_its_memberships(joined, clerk):
    firm = joined["firm"]
    actions.close_firm(firm=firm, closed_on=day("2005-03-31"), reason="economic", by=clerk, at=AT)

    stored = Firm.objects.get()
    assert (stored.closed_on, stored.closing_reason) == (day("2005-03-31"), "economic")
    assert Membership.objects.get().left_on is None
    with pytest.raises(Conflict):
        actions.close_firm(
            firm=stored, closed_on=day("2005-04-30"), reason="economic", by=clerk, at=AT
        )
    assert Firm.objects.get().closed_on == day("2005-03-31")


@pytest.mark.parametrize(
    ("when", "reason", "place"),
    [
        ("2004-05-31", "economic", "closed_on"),
        ("2006-03-02", "economic", "closed_on"),
        ("2005-01-01", "", "closing_reason"),
    ],
)
def test_close_firm_refused(joined, clerk, when, reason, place):
    with pytest.raises(Invalid) as refused:
        actions.close_firm(firm=joined["firm"], closed_on=day(when), reason=reason, by=clerk, at=AT)

    assert refused.value.place == place
    assert Firm.objects.get().closed_on is None


def test_anonymise_firm_for_good(joined, clerk):
    firm = joined["firm"]
    actions.anonymise_firm(firm=firm, by=clerk, at=AT)

    stored = Firm.objects.get()
    assert (stored.name, stored.tax_id, stored.owner_sex, stored.anonymised_at) == (
        "",
        "",
        "unknown",
        AT,
    )
    assert str(stored) == firm.code
    with pytest.raises(Conflict):
        actions.anonymise_firm(firm=stored, by=clerk, at=AT)
    with pytest.raises(Conflict):
        actions.update_firm(firm=stored, name="Conservas Ejemplo", by=clerk, at=AT)
