"""What a round asks and what the system writes itself, case by case (docs/rules.md, Terms)."""

import datetime as dt
from decimal import Decimal

import pytest

from monitoring.calendar.rounds import codes_of, last_round, milestone_rounds
from monitoring.models import Measurement, Observation, ObservationNetwork
from monitoring.sheet.cells import CellKey, asked_cells
from monitoring.sheet.roster import load_roster
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from pip_network.web.days import day_of
from pip_network.web.errors import Invalid
from tests import factories
from tests.factories import day, moment


def asked(submission, subject: str, kind: str = "regular") -> dict[str, object]:
    cells = asked_cells(load_roster(submission))
    return {
        key.variable: one
        for key, one in cells.items()
        if (key.subject, key.kind) == (subject, kind)
    }


def written(submission, subject: str, kind: str = "regular") -> dict[str, tuple]:
    """What the system writes: value or reason, and source, by variable."""
    rows = asked(submission, subject, kind)
    return {
        code: (str(w.value) if w.value is not None else str(w.missing), str(w.source))
        for code, one in rows.items()
        if (w := one.written) is not None
    }


def by_people(submission, subject: str, kind: str = "regular") -> list[str]:
    return [code for code, one in asked(submission, subject, kind).items() if one.written is None]


def states(submission) -> dict[str, str]:
    return {unit.subject: str(unit.state) for unit in load_roster(submission).units}


# --- the calendar


def test_milestones_are_every_second_S2_and_the_last_round(db):
    five_years = factories.project("PIP-05", starts_on="2003-09-01", ends_on="2008-03-31")
    assert codes_of(five_years)[0] == "2003-S2"
    assert last_round(five_years) == "2008-S1"
    assert milestone_rounds(five_years) == {"2004-S2", "2006-S2", "2008-S1"}


def test_what_each_round_asks(world):
    first, second = world.open("2004-S1"), world.open("2005-S2")
    annual, milestone, semester = "sales", "trust", "service_hours"

    assert [code in asked(first, "F:FIRMAAAAA") for code in (annual, milestone, semester)] == [
        False,
        False,
        True,
    ]
    rows = asked(second, "F:FIRMAAAAA")
    assert [rows[code].period for code in (annual, milestone, semester)] == [
        "2005",
        "2005-S2",
        "2005-S2",
    ]


# --- who is on the roster


def test_units_are_those_of_the_close_of_the_round_in_order(world):
    world.a.name = "Zeta"
    world.a.save()
    factories.firm("FIRMDDDDD", world.n1, joined_on="2004-07-01")
    factories.network("N0", world.project, constituted_on="2004-07-01")

    assert [u.subject for u in load_roster(world.open("2004-S1")).units] == [
        "P:PIP-01",
        "N:N1",
        "N:N2",
        "F:FIRMBBBBB",
        "F:FIRMCCCCC",
        "F:FIRMAAAAA",
    ]
    assert [u.subject for u in load_roster(world.open("2004-S2")).units] == [
        "P:PIP-01",
        "N:N0",
        "N:N1",
        "N:N2",
        "F:FIRMBBBBB",
        "F:FIRMCCCCC",
        "F:FIRMDDDDD",
        "F:FIRMAAAAA",
    ]


def test_a_firm_in_two_networks_of_a_project_has_one_set_of_cells(world):
    who = load_roster(world.open("2004-S1"))
    assert [unit.subject for unit in who.units].count("F:FIRMBBBBB") == 1
    unit = who.by_subject["F:FIRMBBBBB"]
    assert [(n.code, n.position) for n in unit.networks] == [("N1", 1), ("N2", 2)]
    assert unit.joined_on == day("2004-02-15")
    assert [u.code for u in who.firms_of("N2")] == ["FIRMBBBBB", "FIRMCCCCC"]


def test_a_firm_in_two_projects_has_a_baseline_in_each(world):
    other = factories.project("PIP-02")
    third = factories.network("N3", other)
    factories.membership(world.a, third, joined_on="2005-03-01")
    director = factories.user("otra2", role=factories.Role.DIRECTOR, scope="P:PIP-02")
    specialist = factories.user("esp2", role=factories.Role.SPECIALIST, scope="P:PIP-02")
    world.approved("2004-S1")
    factories.approved(other, "2005-S1", director=director, specialist=specialist)

    rows = Observation.objects.filter(subject="F:FIRMAAAAA", kind="baseline").order_by("project")
    assert [(r.project_id, r.joined_on, r.round_id) for r in rows] == [
        ("PIP-01", day("2004-02-15"), "2004-S1"),
        ("PIP-02", day("2005-03-01"), "2005-S1"),
    ]
    sales = Measurement.objects.filter(
        subject="F:FIRMAAAAA", kind="baseline", variable_code="sales"
    ).order_by("project")
    assert [row.period for row in sales] == ["2003", "2004"]


# --- the baseline


def test_a_baseline_is_asked_in_the_first_submission_and_only_there(world):
    first = world.open("2004-S1")
    second = world.open("2004-S2")
    assert load_roster(first).by_subject["F:FIRMAAAAA"].needs_baseline
    assert not load_roster(second).by_subject["F:FIRMAAAAA"].needs_baseline

    world.approved("2004-S1")
    assert not load_roster(second).by_subject["F:FIRMAAAAA"].needs_baseline
    late = factories.firm("FIRMLATEE", world.n1, joined_on="2004-05-01")
    assert load_roster(second).by_subject[f"F:{late.code}"].needs_baseline
    first.refresh_from_db()
    assert f"F:{late.code}" not in load_roster(first).by_subject


def test_baseline_periods(world):
    world.n1.constituted_on = day("2004-02-01")
    opened = world.open("2004-S1")
    rows = asked(opened, "F:FIRMAAAAA", "baseline")
    assert {code: rows[code].period for code in ("sales", "units_produced", "trust")} == {
        "sales": "2003",
        "units_produced": "2003-S2",
        "trust": "2004-S1",
    }
    assert "service_hours" not in rows
    network = asked(opened, "N:N1", "baseline")
    assert {code: network[code].period for code in ("unit_cost_index", "ties")} == {
        "unit_cost_index": "2003",
        "ties": "2004-S1",
    }
    assert asked(opened, "P:PIP-01", "baseline") == {}


def test_a_milestone_baseline_is_as_of_the_day_of_capture(world):
    opened = world.open("2004-S1")
    key = CellKey("F:FIRMAAAAA", "baseline", "sales")
    save_cells(opened.pk, [CellChange(key, Decimal(5))], by=world.director, at=moment("2004-07-09"))
    unit = load_roster(opened).by_subject["F:FIRMAAAAA"]
    assert (unit.captured_on, unit.reconstructed) == (day("2004-07-09"), False)
    assert asked(opened, "F:FIRMAAAAA", "baseline")["trust"].period == "2004-S2"


def test_what_the_system_writes_at_baseline(world):
    opened = world.open("2004-S1")
    assert written(opened, "F:FIRMAAAAA", "baseline") == {"operating": ("1", "system")}
    assert written(opened, "N:N1", "baseline") == {
        "unit_cost_index": ("100", "system"),
        "anchor_purchases": ("not_applicable", "system"),
    }
    assert written(opened, "N:N2", "baseline") == {
        "unit_cost_index": ("100", "system"),
        "ties": ("not_applicable", "system"),
        "tie_firms": ("not_applicable", "system"),
    }


@pytest.mark.parametrize(("captured", "late"), [("2004-08-15", False), ("2004-08-16", True)])
def test_more_than_six_months_after_joining_it_is_reconstructed_and_trust_is_lost(
    world, captured, late
):
    opened = world.open("2004-S1")
    sales, trust = (CellKey("F:FIRMAAAAA", "baseline", code) for code in ("sales", "trust"))
    at = moment(captured)
    save_cells(opened.pk, [CellChange(sales, Decimal(5))], by=world.director, at=at)

    unit = load_roster(opened).by_subject["F:FIRMAAAAA"]
    assert (unit.captured_on, unit.reconstructed) == (at.date(), late)
    if late:
        assert written(opened, "F:FIRMAAAAA", "baseline")["trust"] == ("not_collected", "system")
        with pytest.raises(Invalid):
            save_cells(opened.pk, [CellChange(trust, Decimal(3))], by=world.director, at=at)
    else:
        save_cells(opened.pk, [CellChange(trust, Decimal(3))], by=world.director, at=at)


def test_trust_cannot_be_the_late_first_value(world):
    opened = world.open("2004-S1")
    trust = CellKey("F:FIRMAAAAA", "baseline", "trust")
    with pytest.raises(Invalid):
        save_cells(
            opened.pk, [CellChange(trust, Decimal(3))], by=world.director, at=moment("2004-08-16")
        )
    save_cells(
        opened.pk, [CellChange(trust, Decimal(3))], by=world.director, at=moment("2004-08-15")
    )


def test_capture_and_reconstruction_are_frozen_at_approval(world):
    world.approved("2004-S1", at="2004-09-20")
    row = Observation.objects.get(subject="F:FIRMAAAAA", kind="baseline")
    assert (row.captured_on, row.reconstructed) == (day("2004-09-20"), True)
    trust = Measurement.objects.get(subject="F:FIRMAAAAA", kind="baseline", variable_code="trust")
    assert (trust.value, trust.missing, trust.source, trust.period) == (
        None,
        "not_collected",
        "system",
        "2004-S2",
    )
    young = Observation.objects.get(subject="F:FIRMCCCCC", kind="baseline")
    assert (young.captured_on, young.reconstructed) == (day("2004-09-20"), False)

    world.approved("2004-S2")
    later = Observation.objects.get(subject="F:FIRMAAAAA", kind="regular", round="2004-S2")
    assert (later.captured_on, later.reconstructed) == (day("2004-09-20"), True)


# --- operating, leaving, closing


def test_operating_is_written_for_who_answered_anything(world):
    but = {
        str(key): "not_collected"
        for key in factories.fillable(world.open("2004-S2"), moment("2004-12-31"))
        if key.subject == "F:FIRMCCCCC"
    }
    world.approved("2004-S1")
    world.approved("2004-S2", but=but)
    rows = Measurement.objects.filter(variable_code="operating", kind="regular").order_by("subject")
    assert [
        (r.subject, r.period, str(r.value) if r.value is not None else r.missing, r.source)
        for r in rows
    ] == [
        ("F:FIRMAAAAA", "2004", "1.00", "system"),
        ("F:FIRMBBBBB", "2004", "1.00", "system"),
        ("F:FIRMCCCCC", "2004", "not_collected", "system"),
    ]


def test_a_firm_that_left_is_asked_nothing_and_stays(world):
    factories.Membership.objects.filter(firm=world.a).update(
        left_on=day("2004-09-01"), leaving_reason="own_decision"
    )
    first, second, third = world.open("2004-S1"), world.open("2004-S2"), world.open("2005-S1")
    assert [states(s)["F:FIRMAAAAA"] for s in (first, second, third)] == ["active", "left", "left"]
    assert written(second, "F:FIRMAAAAA") == {"operating": ("not_collected", "system")}
    assert by_people(second, "F:FIRMAAAAA") == []
    assert asked(third, "F:FIRMAAAAA") == {}
    assert [n.code for n in load_roster(second).by_subject["F:FIRMAAAAA"].networks] == ["N1"]


def test_leaving_one_of_two_networks_is_not_leaving(world):
    factories.Membership.objects.filter(firm=world.b, network=world.n1).update(
        left_on=day("2004-09-01"), leaving_reason="moved"
    )
    unit = load_roster(world.open("2004-S2")).by_subject["F:FIRMBBBBB"]
    assert (str(unit.state), [(n.code, n.position) for n in unit.networks]) == (
        "active",
        [("N2", 1)],
    )
    assert unit.joined_on == day("2004-02-15")


def close(world, on: str) -> None:
    factories.Firm.objects.filter(pk=world.a.pk).update(
        closed_on=day(on), closing_reason="economic"
    )


def test_the_year_of_closing(world):
    world.approved("2004-S1")
    close(world, "2004-10-05")
    opened = world.open("2004-S2")
    assert states(opened)["F:FIRMAAAAA"] == "closed"
    assert written(opened, "F:FIRMAAAAA") == {
        "operating": ("0", "closure"),
        "jobs": ("0", "closure"),
        "jobs_women": ("0", "closure"),
        "jobs_paid": ("0", "closure"),
        "certificates": ("not_applicable", "closure"),
    }
    assert set(by_people(opened, "F:FIRMAAAAA")) >= {
        "sales",
        "exports",
        "payroll",
        "credit_amount",
        "service_hours",
        "units_produced",
    }


def test_closed_in_the_first_half_has_no_flows_in_the_second(world):
    world.approved("2004-S1")
    close(world, "2004-06-20")
    opened = world.open("2004-S2")
    assert written(opened, "F:FIRMAAAAA")["service_hours"] == ("not_applicable", "closure")
    assert "sales" in by_people(opened, "F:FIRMAAAAA")
    assert "service_hours" in by_people(world.open("2004-S1"), "F:FIRMBBBBB")


def test_the_years_after_closing(world):
    close(world, "2004-10-05")
    first, second = world.open("2005-S1"), world.open("2005-S2")
    assert set(written(first, "F:FIRMAAAAA").values()) == {("not_applicable", "closure")}
    rows = written(second, "F:FIRMAAAAA")
    zeros = {code for code, what in rows.items() if what == ("0", "closure")}
    assert zeros == {"operating", "sales", "exports", "jobs", "jobs_women", "jobs_paid", "payroll"}
    assert {what for code, what in rows.items() if code not in zeros} == {
        ("not_applicable", "closure")
    }
    assert by_people(second, "F:FIRMAAAAA") == []


def test_closed_after_it_left_is_closed(world):
    factories.Membership.objects.filter(firm=world.a).update(
        left_on=day("2004-09-01"), leaving_reason="own_decision"
    )
    close(world, "2005-03-05")
    assert [states(world.open(code))["F:FIRMAAAAA"] for code in ("2004-S2", "2005-S1")] == [
        "left",
        "closed",
    ]


def test_a_dissolved_network_stays_eligible(world):
    world.approved("2004-S1")
    factories.Network.objects.filter(pk="N2").update(dissolved_on=day("2004-11-01"))
    opened = world.open("2004-S2")
    assert states(opened)["N:N2"] == "active"
    rows = written(opened, "N:N2")
    assert {code: what[0] for code, what in rows.items() if what[0] != "not_applicable"} == {
        "support_ended": "1",
        "active_unsubsidised": "0",
    }
    assert by_people(opened, "N:N2") == []
    assert "joint_sales" in by_people(opened, "N:N1")


def test_typology_decides_what_applies(world):
    opened = world.open("2004-S2")
    assert written(opened, "N:N1") == {
        "anchor_purchases": ("not_applicable", "system"),
        "suppliers_served": ("not_applicable", "system"),
        "suppliers_approved": ("not_applicable", "system"),
    }
    assert written(opened, "N:N2") == {}
    assert written(opened, "P:PIP-01") == {}
    factories.Network.objects.filter(pk="N1").update(typology="redes_empresariales")
    assert set(written(opened, "P:PIP-01")) == {
        "institutions",
        "collective_goods",
        "agenda_committed",
        "agenda_done",
        "spillover_firms",
    }


# --- what approval freezes


def test_an_observation_freezes_what_grouping_needs(world):
    world.approved("2004-S1")
    row = Observation.objects.get(subject="F:FIRMBBBBB", kind="regular")
    assert (
        row.membership,
        row.country,
        row.sector,
        row.size,
        row.owner_sex,
        row.currency,
        row.joined_on,
    ) == (
        "active",
        "AR",
        "15",
        "micro",
        "f",
        "ARS",
        day("2004-02-15"),
    )
    ties = ObservationNetwork.objects.filter(observation=row).order_by("position")
    assert [
        (t.network_id, t.typology, t.constituted_on, t.joined_on, t.position) for t in ties
    ] == [
        ("N1", "cluster", day("2004-02-01"), day("2004-02-15"), 1),
        ("N2", "cadena_proveedores", day("2004-03-01"), day("2004-04-01"), 2),
    ]
    network = Observation.objects.get(subject="N:N1", kind="regular")
    assert (network.constituted_on, network.joined_on, network.size) == (
        day("2004-02-01"),
        day("2004-02-01"),
        "unknown",
    )
    project = Observation.objects.get(subject="P:PIP-01")
    assert (project.country, project.currency, project.networks.count(), project.kind) == (
        "AR",
        "USD",
        2,
        "regular",
    )


@pytest.mark.parametrize(
    ("jobs", "size"),
    [("9.9", "micro"), ("10", "small"), ("50", "medium"), ("250", "large"), ("refused", "unknown")],
)
def test_size_comes_from_the_jobs_of_the_baseline(world, jobs, size):
    but = {"F:FIRMAAAAA|baseline|jobs": jobs}
    world.approved("2004-S1", but=but)
    assert set(
        Observation.objects.filter(subject="F:FIRMAAAAA").values_list("size", flat=True)
    ) == {size}


def test_a_project_in_several_countries_is_regional(world):
    world.project.countries.add(factories.country("UY", "UYU"))
    world.approved("2004-S1")
    assert Observation.objects.get(subject="P:PIP-01").country == "regional"


def test_blank_cells_that_are_not_core_are_no_data(world):
    world.approved(
        "2004-S1",
        but={
            "F:FIRMAAAAA|regular|units_produced": None,
            "F:FIRMAAAAA|regular|units_rejected": "refused",
        },
    )
    rows = Measurement.objects.filter(
        subject="F:FIRMAAAAA", kind="regular", variable_code__startswith="units_"
    ).order_by("variable_code")
    assert [(r.variable_code, r.value, r.missing) for r in rows] == [
        ("units_produced", None, "no_data"),
        ("units_rejected", None, "refused"),
    ]


def test_currency_stands_only_on_local_money(world):
    world.approved("2004-S1")
    rows = Measurement.objects.filter(round="2004-S1").values_list("variable_code", "currency")
    assert {code for code, currency in rows if currency == "ARS"} == {
        "sales",
        "exports",
        "payroll",
        "top_buyer_sales",
        "credit_amount",
        "joint_purchases",
        "joint_sales",
        "reference_cost",
        "paid_cost",
        "member_fees",
        "coordination_cost",
        "anchor_purchases",
    }
    assert {currency for _code, currency in rows} == {"", "ARS"}


def test_budgets_come_from_the_registry_and_may_be_changed(world):
    opened = world.filled("2004-S1")
    key = CellKey("P:PIP-01", "regular", "budget_local")
    save_cells(
        opened.pk, [CellChange(key, Decimal(450_000))], by=world.director, at=moment("2004-06-30")
    )
    submit(opened.pk, by=world.director, at=moment("2004-07-01"))
    approve(opened.pk, by=world.specialist, at=moment("2004-07-02"))
    rows = Measurement.objects.filter(variable_code__startswith="budget_").order_by("variable_code")
    assert [(r.variable_code, r.value, r.source) for r in rows] == [
        ("budget_fomin", Decimal(1_000_000), "prefilled"),
        ("budget_local", Decimal(450_000), "entered"),
    ]


def test_what_happens_later_does_not_change_an_approved_round(world):
    world.approved("2004-S2")
    before = list(
        Observation.objects.order_by("id").values_list("id", "membership", "superseded_in")
    )
    close(world, "2004-10-05")
    factories.firm("FIRMNEWWW", world.n1, joined_on="2004-11-01")
    submission = world.project.submissions.get(round="2004-S2")
    assert load_roster(submission).frozen
    assert "F:FIRMNEWWW" not in states(submission)
    assert states(submission)["F:FIRMAAAAA"] == "active"
    assert (
        list(Observation.objects.order_by("id").values_list("id", "membership", "superseded_in"))
        == before
    )
    assert states(world.open("2005-S1"))["F:FIRMAAAAA"] == "closed"
    assert load_roster(world.open("2005-S1")).by_subject["F:FIRMNEWWW"].needs_baseline


def test_the_day_of_a_moment_is_that_of_utc():
    evening = dt.datetime(2004, 8, 15, 22, 0, tzinfo=dt.timezone(dt.timedelta(hours=-3)))

    assert day_of(evening) == day("2004-08-16")


def test_firms_stand_by_the_folded_text_of_their_names(world):
    for firm, name in ((world.a, "Zapata"), (world.b, "Ñandutí"), (world.c, "Álvarez")):
        firm.name = name
        firm.save()
    firms = [unit for unit in load_roster(world.open("2004-S2")).units if unit.level == "firm"]
    assert [firm.label for firm in firms] == ["Álvarez", "Ñandutí", "Zapata"]
