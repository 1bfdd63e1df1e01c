"""Merging and its way back, with a record that has approved rounds."""

import datetime as dt
import json

import pytest
from django.core import management

from monitoring.models import Entry, Measurement, Observation
from monitoring.record.chain import verify
from monitoring.sheet.cells import CellKey
from monitoring.sheet.roster import load_roster
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Invalid
from projects import actions
from projects.models import Firm, FirmDistinction, FirmMerge, Membership
from tests import factories
from tests.factories import day, moment

AT = moment("2005-02-10")


def merge(survivor, duplicate, by, at=AT, **kwargs):
    return actions.merge_firms(
        survivor=survivor, duplicate=duplicate, by=by, at=at, reason="mismo local", **kwargs
    )


def rows(table):
    return list(table.objects.order_by("pk").values_list())


def stays(firm):
    return [
        (stay.network_id, str(stay.joined_on), str(stay.left_on or ""), stay.leaving_reason)
        for stay in Membership.objects.filter(firm=firm).order_by("network", "joined_on")
    ]


@pytest.fixture
def twin(world):
    """A firm that no approved round has seen, in the second network."""
    return factories.firm(
        "FIRMDDDDD", world.n2, joined_on="2004-06-01", tax_id="20-1", sector="17", owner_sex="m"
    )


def test_an_unknown_duplicate_gives_its_memberships(world, twin):
    done = merge(world.a, twin, world.director, take=["tax_id", "sector"])

    kept, gone = Firm.objects.get(pk=world.a.pk), Firm.objects.get(pk=twin.pk)
    assert (kept.name, kept.tax_id, kept.sector, kept.owner_sex) == (
        "Empresa FIRMAAAAA",
        "20-1",
        "17",
        "f",
    )
    assert (gone.merged_into_id, gone.archived_at, gone.tax_id) == (world.a.pk, AT, "")
    assert stays(kept) == [("N1", "2004-02-15", "", ""), ("N2", "2004-06-01", "", "")]
    assert stays(gone) == []
    told = {
        "survivor": "FIRMAAAAA",
        "duplicate": "FIRMDDDDD",
        "fields": ["sector", "tax_id"],
        "moved": 1,
        "ended": 0,
        "begun": 0,
    }
    events = AuditEvent.objects.filter(verb="firm.merged").order_by("object")
    assert [(event.object, event.details) for event in events] == [
        ("F:FIRMAAAAA", told),
        ("F:FIRMDDDDD", told),
    ]
    assert done.survivor_id == world.a.pk


def test_where_both_were_at_one_time_the_row_stays_with_the_duplicate(world):
    twin = factories.firm("FIRMDDDDD", world.n1, joined_on="2004-03-01")
    merge(world.a, twin, world.director)
    assert stays(world.a) == [("N1", "2004-02-15", "", "")]
    assert stays(twin) == [("N1", "2004-03-01", "", "")]


def test_who_left_where_the_duplicate_still_is_comes_back(world):
    Membership.objects.filter(firm=world.a).update(
        left_on=day("2004-08-31"), leaving_reason="moved"
    )
    twin = factories.firm("FIRMDDDDD", world.n1, joined_on="2004-03-01")
    merge(world.a, twin, world.director)
    assert stays(world.a) == [
        ("N1", "2004-02-15", "2004-08-31", "moved"),
        ("N1", "2004-09-01", "", ""),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"anonymised_at": AT, "name": ""},
        {"archived_at": AT},
        {"closed_on": day("2004-12-01"), "closing_reason": "economic"},
    ],
)
def test_merge_refused_for_one_that_is_gone(world, twin, change):
    before = {name: getattr(twin, name) for name in change}
    Firm.objects.filter(pk=twin.pk).update(**change, **({"tax_id": ""} if "name" in change else {}))
    with pytest.raises(Conflict):
        merge(world.a, twin, world.director)
    assert FirmMerge.objects.count() == 0

    Firm.objects.filter(pk=twin.pk).update(**before)
    merge(world.a, twin, world.director)
    assert FirmMerge.objects.count() == 1


def test_merge_refused_over_a_border_with_itself_or_without_a_reason(world, twin):
    Firm.objects.filter(pk=twin.pk).update(country=factories.country("CL", "CLP"))
    for survivor, duplicate in ((world.a, twin), (world.a, world.a)):
        with pytest.raises(Conflict):
            merge(survivor, duplicate, world.director)
    Firm.objects.filter(pk=twin.pk).update(country=factories.country())
    with pytest.raises(Invalid) as refused:
        actions.merge_firms(survivor=world.a, duplicate=twin, by=world.director, at=AT, reason=" ")
    assert refused.value.place == "reason"
    merge(world.a, twin, world.director)


def test_data_being_entered_wait(world, twin):
    opened = world.open("2004-S2")
    key = CellKey("F:FIRMDDDDD", "regular", "service_hours")
    save_cells(opened.pk, [CellChange(key, "3", "")], by=world.director, at=moment("2005-01-20"))
    with pytest.raises(Conflict, match="PIP-01/2004-S2"):
        merge(world.a, twin, world.director)
    assert Firm.objects.get(pk=twin.pk).merged_into_id is None

    save_cells(opened.pk, [CellChange(key, None, "")], by=world.director, at=moment("2005-01-21"))
    merge(world.a, twin, world.director)
    assert not Entry.objects.filter(subject="F:FIRMDDDDD").exists()


def test_the_one_that_the_record_knows_stays(world):
    world.approved("2004-S1")
    twin = factories.firm("FIRMDDDDD", world.n1, joined_on="2004-08-01")
    with pytest.raises(Conflict, match="FIRMAAAAA"):
        merge(twin, world.a, world.director)
    merge(world.a, twin, world.director)


@pytest.fixture
def approved(world):
    """A and B were both observed in an approved round."""
    world.approved("2004-S1")
    return world


def export(folder):
    management.call_command("export_measurements", out=str(folder), verbosity=0)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_no_approved_figure_changes_and_the_chain_is_whole(approved, tmp_path):
    before = rows(Measurement), rows(Observation), export(tmp_path / "before")
    plan = actions.plan_merge(approved.a, approved.b, day=AT.date())
    assert (plan.is_frozen, plan.both) == (True, ["PIP-01/2004-S1"])
    merge(approved.a, approved.b, approved.director)

    assert (rows(Measurement), rows(Observation), export(tmp_path / "after")) == before
    assert verify().whole


def test_a_known_duplicate_counts_as_left_and_only_the_other_is_asked(approved):
    merge(approved.a, approved.b, approved.director)
    assert stays(approved.b) == [
        ("N1", "2004-02-15", "2005-02-10", "duplicate"),
        ("N2", "2004-04-01", "2005-02-10", "duplicate"),
    ]
    assert stays(approved.a) == [("N1", "2004-02-15", "", ""), ("N2", "2005-02-10", "", "")]

    last = load_roster(approved.open("2004-S2"))
    assert (
        last.by_subject["F:FIRMBBBBB"].state == "active"
    )  # at the close of that semester they were two
    following = load_roster(approved.open("2005-S1"))
    assert following.by_subject["F:FIRMBBBBB"].state == "left"
    assert [one.code for one in following.by_subject["F:FIRMAAAAA"].networks] == ["N1", "N2"]


@pytest.mark.parametrize(
    ("left", "begun"), [("2005-02-10", []), ("2005-02-09", [("N1", "2005-02-10", "", "")])]
)
def test_who_left_the_day_of_the_merge_does_not_come_back_on_it(approved, left, begun):
    Membership.objects.filter(firm=approved.a).update(left_on=day(left), leaving_reason="moved")
    Membership.objects.filter(firm=approved.b, network="N2").delete()
    merge(approved.a, approved.b, approved.director)
    assert stays(approved.b) == [("N1", "2004-02-15", "2005-02-10", "duplicate")]
    assert stays(approved.a) == [("N1", "2004-02-15", left, "moved"), *begun]


def test_split_gives_each_its_own_again(world, twin):
    before = rows(Firm), rows(Membership)
    done = merge(world.a, twin, world.director, take=["tax_id", "owner_sex"])
    assert rows(Firm) != before[0]
    actions.split_firms(merge=done, by=world.director, at=AT)

    assert (rows(Firm), rows(Membership)) == before
    assert FirmMerge.objects.get().split_at == AT
    with pytest.raises(Conflict):
        actions.split_firms(merge=done, by=world.director, at=AT)
    merge(world.a, twin, world.director)  # and they can be merged again


def test_split_of_two_that_the_record_knows(approved):
    before = rows(Firm), rows(Membership)
    done = merge(approved.a, approved.b, approved.director)
    actions.split_firms(merge=done, by=approved.director, at=AT)
    assert (rows(Firm), rows(Membership)) == before


def test_split_refused_after_an_approval_has_seen_them(approved):
    done = merge(approved.a, approved.b, approved.director)
    approved.approved("2004-S2", at="2005-03-01")
    with pytest.raises(Conflict):
        actions.split_firms(merge=done, by=approved.director, at=moment("2005-04-01"))
    assert Firm.objects.get(pk=approved.b.pk).merged_into_id == approved.a.pk


def test_split_keeps_what_somebody_changed_since(world, twin):
    done = merge(world.a, twin, world.director, take=["sector", "tax_id"])
    actions.update_firm(firm=world.a, sector="36", by=world.director, at=AT)
    actions.split_firms(merge=done, by=world.director, at=AT)
    kept, back = Firm.objects.get(pk=world.a.pk), Firm.objects.get(pk=twin.pk)
    assert (kept.sector, kept.tax_id, back.tax_id) == ("36", "", "20-1")


def test_anonymising_reaches_what_was_merged(world, twin):
    done = merge(world.a, twin, world.director, take=["name", "tax_id"])
    actions.anonymise_firm(firm=world.a, reason="request", by=world.administrator, at=AT)

    for firm in Firm.objects.filter(pk__in=["FIRMAAAAA", "FIRMDDDDD"]):
        assert (firm.name, firm.tax_id, firm.owner_sex) == ("", "", "unknown")
    kept = FirmMerge.objects.get()
    assert "Empresa" not in json.dumps(kept.done) + kept.reason
    assert "20-1" not in json.dumps(kept.done)
    with pytest.raises(Conflict):
        actions.split_firms(merge=done, by=world.director, at=AT)
    assert not any(
        "Empresa" in json.dumps(event.details)
        for event in AuditEvent.objects.filter(verb__startswith="firm.")
    )


def test_told_apart_once_and_taken_back(world, twin):
    actions.tell_apart(first=twin, second=world.a, by=world.director, at=AT)
    actions.tell_apart(first=world.a, second=twin, by=world.director, at=AT)
    assert [(row.first_id, row.second_id) for row in FirmDistinction.objects.all()] == [
        ("FIRMAAAAA", "FIRMDDDDD")
    ]
    assert AuditEvent.objects.filter(verb="firm.told_apart").count() == 2

    actions.take_back_distinction(first=twin, second=world.a, by=world.director, at=AT)
    assert not FirmDistinction.objects.exists()
    with pytest.raises(Conflict):
        actions.take_back_distinction(first=twin, second=world.a, by=world.director, at=AT)


def test_the_day_of_a_merge_is_the_day_told(world, twin):
    assert actions.plan_merge(world.a, twin, day=dt.date(2005, 2, 10)).moved[0].network_id == "N2"
