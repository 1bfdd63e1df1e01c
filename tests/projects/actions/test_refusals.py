"""What the registry's actions refuse, each beside the same act with one thing changed, which they
do.
"""

from decimal import Decimal

import pytest

from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.stamps import stamp_of
from projects import actions
from projects.actions.networks import EDITABLE as OF_NETWORK
from projects.actions.projects import STAMPED
from projects.models import Firm, Membership, Network, Project
from tests import factories
from tests.factories import moment
from tests.projects.conftest import AT, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def doing(clerk):
    return {"by": clerk, "at": AT}


def refused(error, act, *, place="", **given):
    with pytest.raises(error) as found:
        act(**given)
    assert (found.value.place, bool(str(found.value.message))) == (place, True)


# --- projects


def test_a_project_follows_others_that_began_before_it(agreement, project, doing):
    new = agreement | {"code": "PIP-02", "starts_on": day("2004-01-31"), "predecessors": [project]}
    refused(Invalid, actions.create_project, place="predecessors", **new, **doing)
    assert not Project.objects.filter(pk="PIP-02").exists()
    later = actions.create_project(**(new | {"starts_on": day("2004-02-01")}), **doing)
    assert list(later.predecessors.all()) == [project]

    refused(
        Invalid,
        actions.update_project,
        place="predecessors",
        project=later,
        predecessors=[later],
        **doing,
    )
    earlier = {"project": project, "predecessors": [later], "starts_on": day("2004-01-31")}
    refused(Invalid, actions.update_project, place="predecessors", **earlier, **doing)
    project.refresh_from_db()
    assert (project.starts_on, project.predecessors.count()) == (day("2004-02-01"), 0)
    actions.update_project(project=later, predecessors=[], **doing)
    assert later.predecessors.count() == 0


def test_a_form_of_a_project_or_network_that_is_old_is_refused(project, network, doing):
    for row, fields, act, name in (
        (project, STAMPED, actions.update_project, "project"),
        (network, OF_NETWORK, actions.update_network, "network"),
    ):
        row.refresh_from_db()
        stamp = stamp_of(row, fields)
        act(**{name: row}, name="Uno", stamp=stamp, **doing)
        refused(Conflict, act, **{name: row}, name="Dos", stamp=stamp, **doing)
        assert type(row).objects.get(pk=row.pk).name == "Uno"
        row.refresh_from_db()
        act(**{name: row}, name="Dos", stamp=stamp_of(row, fields), **doing)
        assert type(row).objects.get(pk=row.pk).name == "Dos"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": ""}, "name"),
        ({"amount_fomin": Decimal("-1")}, "amount_fomin"),
        ({"countries": []}, "countries"),
    ],
)
def test_a_project_is_not_changed_to_what_it_cannot_be(project, doing, change, place):
    refused(Invalid, actions.update_project, place=place, project=project, **change, **doing)
    stored = Project.objects.get()
    assert (stored.name, stored.amount_fomin, stored.countries.count()) == (
        "Redes de Ladera Imaginada",
        1_200_000,
        1,
    )
    actions.update_project(project=stored, name="Otro", amount_fomin=Decimal(0), **doing)
    assert Project.objects.get().name == "Otro"


# --- networks


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": ""}, "name"),
        ({"typology": "club"}, "typology"),
        ({"constituted_on": day("2006-03-02")}, "constituted_on"),
    ],
)
def test_a_network_is_not_changed_to_what_it_cannot_be(network, doing, change, place):
    refused(Invalid, actions.update_network, place=place, network=network, **change, **doing)
    stored = Network.objects.get()
    assert (stored.name, stored.typology, stored.constituted_on) == (
        "Red Ladera Imaginada",
        "cluster",
        day("2004-05-10"),
    )
    actions.update_network(network=stored, name="Otra", typology="cadena_proveedores", **doing)
    assert Network.objects.get().name == "Otra"


def test_a_network_changed_to_what_it_is_writes_nothing(network, doing):
    actions.update_network(network=network, name=network.name, **doing)
    assert not AuditEvent.objects.filter(verb="network.updated").exists()
    actions.update_network(network=network, name="Otra", **doing)
    assert AuditEvent.objects.filter(verb="network.updated").count() == 1


def test_a_network_does_not_move_to_a_country_of_no_project(network, peru, doing):
    refused(
        Invalid, actions.update_network, place="country", network=network, country=peru, **doing
    )
    network.refresh_from_db()
    network.project.countries.add(peru)
    actions.update_network(network=network, country=peru, **doing)
    assert Network.objects.get().country_id == "PE"


def test_a_network_without_firms_is_not_dissolved_before_it_began(network, doing):
    refused(
        Invalid,
        actions.dissolve_network,
        place="dissolved_on",
        network=network,
        dissolved_on=day("2004-05-09"),
        **doing,
    )
    actions.dissolve_network(network=network, dissolved_on=day("2004-05-10"), **doing)
    assert Network.objects.get().dissolved_on == day("2004-05-10")


def test_a_network_that_lives_is_not_reinstated(network, firm, doing):
    refused(Conflict, actions.reinstate_network, network=network, **doing)
    actions.dissolve_network(network=network, dissolved_on=day("2005-01-01"), **doing)
    actions.reinstate_network(network=network, **doing)
    assert Network.objects.get().dissolved_on is None


def test_an_archived_network_is_left_alone_until_it_is_restored(network, firm, doing):
    stay = actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), **doing)
    actions.leave_network(
        firm=firm, network=network, left_on=day("2004-12-31"), reason="other", **doing
    )
    other = actions.register_firm(name="Otra", country=firm.country, **doing)
    actions.join_network(firm=other, network=network, joined_on=day("2004-06-01"), **doing)
    actions.dissolve_network(network=network, dissolved_on=day("2005-01-01"), **doing)
    actions.archive_network(network=network, **doing)
    refused(Conflict, actions.reinstate_network, network=network, **doing)
    refused(Conflict, actions.update_network, network=network, name="x", **doing)
    assert Membership.objects.filter(left_on=None).count() == 0
    actions.restore_network(network=network, **doing)
    actions.reinstate_network(network=network, **doing)
    assert list(Membership.objects.filter(left_on=None).values_list("firm", flat=True)) == [
        other.pk
    ]

    actions.leave_network(
        firm=other, network=network, left_on=day("2005-01-01"), reason="other", **doing
    )
    actions.archive_network(network=network, **doing)
    stay.refresh_from_db()
    refused(Conflict, actions.update_network, network=network, name="x", **doing)
    refused(
        Conflict, actions.dissolve_network, network=network, dissolved_on=day("2005-01-01"), **doing
    )
    refused(Conflict, actions.take_back_leaving, membership=stay, **doing)
    refused(
        Conflict,
        actions.join_network,
        place="network",
        firm=firm,
        network=network,
        joined_on=day("2005-02-01"),
        **doing,
    )
    actions.restore_network(network=network, **doing)
    network.refresh_from_db()
    actions.take_back_leaving(membership=stay, **doing)
    assert Membership.objects.get(pk=stay.pk).left_on is None


# --- firms


def test_a_tax_id_is_not_changed_to_one_that_stands(firm, chile, peru, doing):
    other = actions.register_firm(name="Otra", country=chile, tax_id="DEMO-2", **doing)
    foreign = actions.register_firm(name="Otra", country=peru, tax_id="DEMO-1", **doing)
    said = "DEMO-1"
    for act in (
        lambda: actions.update_firm(firm=other, tax_id="DEMO-1", **doing),
        lambda: actions.update_firms(updates=[(other, {"tax_id": "DEMO-1"})], **doing),
        lambda: actions.update_firms(updates=[(foreign, {"country": chile})], **doing),
        lambda: actions.register_firm(name="Tercera", country=chile, tax_id="DEMO-1", **doing),
    ):
        with pytest.raises(
            Invalid, match=said
        ) as found:  # it says which, not only that there was a collision
            act()
        assert found.value.place == "tax_id"
    assert sorted(Firm.objects.values_list("country", "tax_id")) == [
        ("CL", "DEMO-1"),
        ("CL", "DEMO-2"),
        ("PE", "DEMO-1"),
    ]
    actions.update_firm(firm=Firm.objects.get(pk=other.pk), tax_id="DEMO-3", **doing)
    actions.update_firms(updates=[(foreign, {"tax_id": "DEMO-2"})], **doing)
    assert sorted(Firm.objects.values_list("country", "tax_id")) == [
        ("CL", "DEMO-1"),
        ("CL", "DEMO-3"),
        ("PE", "DEMO-2"),
    ]


def test_many_firms_are_changed_with_the_rules_of_one(firm, chile, doing):
    gone = Firm(code="NOBODY", name="Nadie", country=chile, registered_on=AT.date())
    refused(
        Conflict,
        actions.update_firms,
        updates=[(firm, {"sector": "20"}), (gone, {"sector": "20"})],
        **doing,
    )
    refused(
        Invalid, actions.update_firms, place="sector", updates=[(firm, {"sector": "99"})], **doing
    )
    assert Firm.objects.get().sector == "15"
    actions.update_firms(updates=[(firm, {"sector": "20"})], **doing)
    assert Firm.objects.get().sector == "20"


def test_an_archived_firm_is_left_alone_until_it_is_restored(firm, network, doing):
    stay = actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), **doing)
    actions.close_firm(firm=firm, closed_on=day("2005-03-31"), reason="economic", **doing)
    refused(Conflict, actions.restore_firm, firm=firm, **doing)
    actions.archive_firm(firm=firm, reason="mistake", **doing)
    refused(Conflict, actions.reopen_firm, firm=firm, **doing)
    refused(
        Conflict, actions.correct_joining, membership=stay, joined_on=day("2004-07-01"), **doing
    )
    refused(Conflict, actions.take_back_joining, membership=stay, **doing)
    actions.restore_firm(firm=firm, **doing)
    actions.reopen_firm(firm=firm, **doing)
    actions.archive_firm(firm=firm, reason="mistake", **doing)
    closing = {"firm": firm, "closed_on": day("2005-03-31"), "reason": "economic"}
    refused(Conflict, actions.close_firm, **closing, **doing)
    actions.restore_firm(firm=firm, **doing)
    actions.close_firm(**closing, **doing)
    assert Firm.objects.get().closed_on == day("2005-03-31")


def test_archived_and_anonymised_firms_join_nothing(firm, network, chile, doing):
    joining = {"network": network, "joined_on": day("2004-06-01")}
    other = actions.register_firm(name="Otra", country=chile, **doing)
    actions.archive_firm(firm=firm, reason="mistake", **doing)
    actions.anonymise_firm(firm=other, reason="request", **doing)
    for one in (firm, other):
        refused(Conflict, actions.join_network, place="firm", firm=one, **joining, **doing)
    actions.restore_firm(firm=firm, **doing)
    actions.join_network(firm=firm, **joining, **doing)
    assert Membership.objects.get().firm_id == firm.pk


@pytest.mark.parametrize("reason", ["bored", "Juan Pérez"])
def test_reasons_are_of_the_list(firm, doing, reason):
    """A sentence would carry a name into the trail."""
    refused(Invalid, actions.archive_firm, place="reason", firm=firm, reason=reason, **doing)
    refused(Invalid, actions.anonymise_firm, place="reason", firm=firm, reason=reason, **doing)
    assert Firm.objects.get().name == "Conservas Ejemplo"
    actions.anonymise_firm(firm=firm, reason="law", **doing)
    assert Firm.objects.get().name == ""


def test_a_merged_firm_is_split_and_not_restored(firm, chile, doing):
    twin = actions.register_firm(name="Conservas Ejemplo", country=chile, **doing)
    with pytest.raises(TypeError):
        actions.merge_firms(
            survivor=firm, duplicate=twin, take=["code"], reason="mismo local", **doing
        )
    merge = actions.merge_firms(survivor=firm, duplicate=twin, reason="mismo local", **doing)
    refused(Conflict, actions.restore_firm, firm=twin, **doing)
    actions.split_firms(merge=merge, **doing)
    refused(Conflict, actions.split_firms, merge=merge, **doing)
    assert Firm.objects.current().count() == 2
    refused(Conflict, actions.tell_apart, first=firm, second=firm, **doing)
    actions.tell_apart(first=firm, second=twin, **doing)


def test_data_being_entered_hold_a_firm_where_it_is(world):
    late = factories.firm("FIRMEEEEE", world.n1, joined_on="2004-09-01")
    stay, doing = (
        Membership.objects.select_related("firm", "network").get(firm=late),
        {"by": world.director, "at": moment("2005-02-10")},
    )
    opened = world.open("2004-S2")
    key = CellKey("F:FIRMEEEEE", "regular", "service_hours")
    save_cells(
        opened.pk, [CellChange(key, Decimal(3), "")], by=world.director, at=moment("2005-01-20")
    )
    refused(Conflict, actions.archive_firm, firm=late, reason="mistake", **doing)
    refused(Conflict, actions.take_back_joining, membership=stay, **doing)
    save_cells(opened.pk, [CellChange(key, None, "")], by=world.director, at=moment("2005-01-21"))
    actions.archive_firm(firm=late, reason="mistake", **doing)
    actions.restore_firm(firm=late, **doing)
    actions.take_back_joining(membership=stay, **doing)
    assert not late.memberships.exists()


# --- slips in memberships


@pytest.fixture
def left(firm, network, doing):
    """In the network from June to December 2004."""
    actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), **doing)
    return actions.leave_network(
        firm=firm, network=network, left_on=day("2004-12-31"), reason="other", **doing
    )


@pytest.mark.parametrize(
    ("left_on", "reason", "place"),
    [
        ("2004-05-31", "other", "left_on"),  # before it joined
        ("2006-03-02", "other", "left_on"),  # tomorrow
        ("2004-11-30", "bored", "leaving_reason"),
    ],
)
def test_a_leaving_is_not_corrected_to_what_cannot_be(left, doing, left_on, reason, place):
    refused(
        Invalid,
        actions.correct_leaving,
        place=place,
        membership=left,
        left_on=day(left_on),
        reason=reason,
        **doing,
    )
    assert Membership.objects.get().left_on == day("2004-12-31")
    actions.correct_leaving(membership=left, left_on=day("2004-06-01"), reason="moved", **doing)
    assert Membership.objects.get().left_on == day("2004-06-01")


def test_of_an_archived_firm_no_leaving_is_corrected(left, firm, doing):
    actions.archive_firm(firm=firm, reason="mistake", **doing)
    given = {"membership": left, "left_on": day("2004-11-30"), "reason": "other"}
    refused(Conflict, actions.correct_leaving, **given, **doing)
    assert Membership.objects.get().left_on == day("2004-12-31")
    actions.restore_firm(firm=firm, **doing)
    actions.correct_leaving(**given, **doing)
    assert Membership.objects.get().left_on == day("2004-11-30")


def test_who_has_not_left_has_no_leaving_to_mend(left, doing):
    actions.take_back_leaving(membership=left, **doing)
    refused(Conflict, actions.take_back_leaving, membership=left, **doing)
    refused(
        Conflict,
        actions.correct_leaving,
        membership=left,
        left_on=day("2004-11-30"),
        reason="other",
        **doing,
    )


def test_a_stay_ends_with_its_network_and_its_firm(left, network, firm, doing):
    correct = {"membership": left, "reason": "other"}
    actions.dissolve_network(network=network, dissolved_on=day("2005-01-31"), **doing)
    refused(Conflict, actions.take_back_leaving, membership=left, **doing)
    left.refresh_from_db()
    refused(
        Invalid,
        actions.correct_leaving,
        place="left_on",
        left_on=day("2005-02-01"),
        **correct,
        **doing,
    )
    actions.correct_leaving(left_on=day("2005-01-31"), **correct, **doing)
    actions.reinstate_network(network=network, **doing)
    actions.close_firm(firm=firm, closed_on=day("2005-01-31"), reason="economic", **doing)
    left = Membership.objects.select_related("firm", "network").get()
    refused(
        Invalid,
        actions.correct_leaving,
        place="left_on",
        **(correct | {"membership": left}),
        left_on=day("2005-02-01"),
        **doing,
    )
    actions.correct_leaving(**(correct | {"membership": left}), left_on=day("2005-01-30"), **doing)


def test_two_stays_in_one_network_lie_side_by_side(left, network, firm, doing):
    again = actions.join_network(firm=firm, network=network, joined_on=day("2005-02-01"), **doing)
    for when in ("2004-12-31", "2004-06-01", "2004-05-20"):
        refused(
            Invalid,
            actions.correct_joining,
            place="joined_on",
            membership=again,
            joined_on=day(when),
            **doing,
        )
    refused(
        Invalid,
        actions.correct_leaving,
        place="left_on",
        membership=left,
        left_on=day("2005-02-01"),
        reason="other",
        **doing,
    )
    actions.correct_joining(membership=again, joined_on=day("2005-01-01"), **doing)
    assert sorted(Membership.objects.values_list("joined_on", "left_on"), key=str) == [
        (day("2004-06-01"), day("2004-12-31")),
        (day("2005-01-01"), None),
    ]


# --- merges that can no longer be taken back


def test_a_merge_whose_memberships_were_changed_since_is_mended_by_hand(
    firm, network, chile, doing
):
    twin = actions.register_firm(name="Conservas Ejemplo", country=chile, **doing)
    actions.join_network(firm=twin, network=network, joined_on=day("2004-06-01"), **doing)
    merge = actions.merge_firms(survivor=firm, duplicate=twin, reason="mismo local", **doing)
    moved = Membership.objects.filter(firm=firm)
    other = actions.register_firm(name="Otra", country=chile, **doing)
    moved.update(firm=other)
    refused(Conflict, actions.split_firms, merge=merge, **doing)
    Membership.objects.update(firm=firm)
    actions.split_firms(merge=merge, **doing)
    assert Membership.objects.get().firm_id == twin.pk


def test_data_being_entered_for_one_firm_stay_where_it_is(world):
    """The one that stays is in the project through the other's membership alone: taken back, its
    data had no place.
    """
    doing = {"by": world.administrator, "at": moment("2005-02-10")}
    lone = factories.firm("FIRMLLLLL", registered_on=day("2004-06-01"))
    twin = factories.firm("FIRMTTTTT", world.n1, joined_on="2004-09-01")
    merge = actions.merge_firms(survivor=lone, duplicate=twin, reason="mismo local", **doing)
    opened = world.open("2004-S2")
    key = CellKey("F:FIRMLLLLL", "regular", "service_hours")
    save_cells(
        opened.pk, [CellChange(key, Decimal(3), "")], by=world.director, at=moment("2005-01-20")
    )
    refused(Conflict, actions.split_firms, merge=merge, **doing)
    save_cells(opened.pk, [CellChange(key, None, "")], by=world.director, at=moment("2005-01-21"))
    actions.split_firms(merge=merge, **doing)
    assert [
        stay.firm_id for stay in Membership.objects.filter(firm__in=["FIRMLLLLL", "FIRMTTTTT"])
    ] == ["FIRMTTTTT"]
