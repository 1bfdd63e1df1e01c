"""Saving cells: one door, nothing overwritten, every edit kept."""

from decimal import Decimal

import pytest

from monitoring.models import Entry, EntryChange
from monitoring.sheet.cells import CellKey
from monitoring.sheet.history import cell_history
from monitoring.sheet.loading import load_sheet
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import submit
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.factories import moment

AT = moment("2004-06-20")
HOURS = CellKey("F:FIRMAAAAA", "regular", "service_hours")
CLIENTS = CellKey("F:FIRMAAAAA", "regular", "new_clients_local")


def save(submission, *changes, by, at=AT, **kwargs):
    return save_cells(submission.pk, changes, by=by, at=at, **kwargs)


@pytest.fixture
def opened(world):
    return world.open("2004-S1")


def test_a_value_is_kept_with_its_author_and_its_change(world, opened):
    result = save(opened, CellChange(HOURS, Decimal("12.5"), seen_stamp=0), by=world.coordinator)
    saved = result.saved[HOURS]
    assert (saved.value, saved.missing, saved.explanation, result.conflicts) == (
        Decimal("12.5"),
        "",
        "",
        [],
    )
    row = Entry.objects.get(subject=HOURS.subject, variable__code="service_hours")
    assert (row.value, row.source, row.changed_by, row.changed_at, row.stamp) == (
        Decimal("12.50"),
        "entered",
        world.coordinator,
        AT,
        saved.stamp,
    )
    change = EntryChange.objects.get(variable_code="service_hours")
    assert (change.old_value, change.new_value, change.by, change.door, change.at) == (
        None,
        Decimal("12.50"),
        world.coordinator,
        "web",
        AT,
    )


def test_each_edit_is_one_change_and_the_same_value_none(world, opened):
    for value in ("1", "2", "2", "3"):
        save(opened, CellChange(HOURS, Decimal(value)), by=world.director)
    assert list(
        EntryChange.objects.filter(variable_code="service_hours")
        .order_by("id")
        .values_list("old_value", "new_value")
    ) == [
        (None, Decimal(1)),
        (Decimal(1), Decimal(2)),
        (Decimal(2), Decimal(3)),
    ]


def test_zero_is_a_value_and_blank_is_not(world, opened):
    save(opened, CellChange(HOURS, Decimal(0)), by=world.director)
    assert load_sheet(opened).cell(HOURS).state == "saved"
    save(opened, CellChange(HOURS, None), by=world.director)
    assert load_sheet(opened).cell(HOURS).state == "empty"
    assert not Entry.objects.filter(subject=HOURS.subject).exists()


def test_a_reason_stands_instead_of_a_value(world, opened):
    save(opened, CellChange(HOURS, None, "refused"), by=world.director)
    state = load_sheet(opened).cell(HOURS)
    assert (state.state, state.value, state.missing) == ("reason", None, "refused")


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        (None, "no_data"),
        (None, "not_applicable"),
        (None, "later"),
        (Decimal(1), "refused"),
        (Decimal("1.234"), ""),
        (Decimal("10000000000000"), ""),
        (Decimal("NaN"), ""),
        (Decimal("Infinity"), ""),
        (Decimal("1e309"), ""),
        (Decimal("-1e400"), ""),
    ],
)
def test_what_no_cell_can_hold_is_refused_with_its_place(world, opened, value, missing):
    with pytest.raises(Invalid) as refusal:
        save(
            opened,
            CellChange(CLIENTS, Decimal(1)),
            CellChange(HOURS, value, missing),
            by=world.director,
        )
    assert refusal.value.place == str(HOURS)
    assert not Entry.objects.filter(subject=HOURS.subject).exists()  # all or nothing


@pytest.mark.parametrize("value", ["9999999999999.99", "-0", "1E+3", "0.5"])
def test_what_a_cell_can_hold_comes_back_as_given(world, opened, value):
    save(opened, CellChange(HOURS, Decimal(value)), by=world.director)
    assert Entry.objects.get(subject=HOURS.subject).value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "F:FIRMAAAAA|regular|sales",  # annual, in a first semester
        "F:FIRMAAAAA|regular|nothing",
        "F:FIRMAAAAA|baseline|service_hours",
        "N:N1|regular|service_hours",
        "F:FIRMAAAAA|baseline|operating",
        "N:N1|regular|suppliers_served",
    ],
)
def test_a_cell_that_is_not_asked_or_is_the_systems_is_refused(world, opened, text):
    with pytest.raises(Invalid) as refusal:
        save(opened, CellChange(CellKey.parse(text), Decimal(1)), by=world.director)
    assert refusal.value.place == text


def test_a_cell_of_the_systems_takes_an_explanation_and_no_other_value(world, opened):
    key = CellKey("F:FIRMAAAAA", "baseline", "operating")
    for value, missing in ((Decimal(0), ""), (None, "refused")):
        with pytest.raises(Invalid) as refused:
            save(opened, CellChange(key, value, missing, "Sin acta."), by=world.director)
        assert refused.value.place == str(key)
    result = save(opened, CellChange(key, None, "", "Sin acta."), by=world.director)
    assert result.saved[key].explanation == "Sin acta."
    result = save(opened, CellChange(key, Decimal(1), "", "Con acta."), by=world.director)
    assert result.saved[key].explanation == "Con acta."


def test_a_cell_is_given_once(world, opened):
    with pytest.raises(Invalid) as refused:
        save(
            opened, CellChange(HOURS, Decimal(1)), CellChange(HOURS, Decimal(2)), by=world.director
        )
    assert (refused.value.place, Entry.objects.filter(subject=HOURS.subject).count()) == (
        str(HOURS),
        0,
    )
    save(opened, CellChange(HOURS, Decimal(1)), CellChange(CLIENTS, Decimal(2)), by=world.director)
    assert Entry.objects.filter(subject=HOURS.subject).count() == 2


def test_an_explanation_of_nothing_leaves_no_row(world, opened):
    result = save(opened, CellChange(HOURS, None, "", "No sé."), by=world.director)
    assert (result.saved[HOURS].value, result.saved[HOURS].explanation) == (None, "")
    assert not Entry.objects.filter(subject=HOURS.subject).exists()
    save(opened, CellChange(HOURS, Decimal(1), "", "Lo sé."), by=world.director)
    assert Entry.objects.get(subject=HOURS.subject).explanation == "Lo sé."


@pytest.mark.parametrize("subject", ["F:NOBODY", "N:N9", "P:PIP-99"])
def test_a_unit_of_elsewhere_is_refused(world, opened, subject):
    with pytest.raises(Invalid):
        save(
            opened,
            CellChange(CellKey(subject, "regular", "service_hours"), Decimal(1)),
            by=world.director,
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "F:A|regular",
        "X:A|regular|sales",
        "F:|regular|sales",
        "F:A|weekly|sales",
        "F:A|regular|",
    ],
)
def test_the_text_form_of_a_cell_is_strict(text):
    with pytest.raises(ValueError, match="not a cell"):
        CellKey.parse(text)
    assert CellKey.parse(str(HOURS)) == HOURS


# --- who


def test_a_coordinator_fills_her_network_and_its_firms_only(world, opened):
    hers = ("F:FIRMAAAAA", "F:FIRMBBBBB")
    save(
        opened,
        *(CellChange(CellKey(s, "regular", "service_hours"), Decimal(1)) for s in hers),
        by=world.coordinator,
    )
    save(
        opened,
        CellChange(CellKey("N:N1", "regular", "joint_actions"), Decimal(1)),
        by=world.coordinator,
    )
    for text in (
        "F:FIRMCCCCC|regular|service_hours",
        "N:N2|regular|joint_actions",
        "P:PIP-01|regular|spent_fomin",
    ):
        with pytest.raises(Forbidden):
            save(opened, CellChange(CellKey.parse(text), Decimal(1)), by=world.coordinator)


@pytest.mark.parametrize("who", ["specialist", "stranger", "administrator"])
def test_others_fill_nothing(world, opened, who):
    with pytest.raises(Forbidden):
        save(opened, CellChange(HOURS, Decimal(1)), by=getattr(world, who))


# --- conflicts


def test_a_conflict_gives_both_values_and_overwrites_nothing(world, opened):
    seen = save(opened, CellChange(HOURS, Decimal(1)), by=world.director).saved[HOURS].stamp
    theirs = save(
        opened, CellChange(HOURS, Decimal(2), seen_stamp=seen), by=world.coordinator
    ).saved[HOURS]

    result = save(
        opened,
        CellChange(HOURS, Decimal(3), seen_stamp=seen),
        CellChange(CLIENTS, Decimal(4), seen_stamp=0),
        by=world.director,
    )
    assert [tuple(c) for c in result.conflicts] == [
        (HOURS, Decimal(2), "", "Coordinadora", AT, theirs.stamp)
    ]
    assert set(result.saved) == {CLIENTS}
    assert load_sheet(opened).cell(HOURS).value == Decimal(2)

    again = save(opened, CellChange(HOURS, Decimal(3), seen_stamp=theirs.stamp), by=world.director)
    assert (again.conflicts, again.saved[HOURS].value) == ([], Decimal(3))


def test_the_same_value_twice_is_no_conflict(world, opened):
    save(opened, CellChange(HOURS, Decimal(2), seen_stamp=0), by=world.director)
    result = save(opened, CellChange(HOURS, Decimal(2), seen_stamp=0), by=world.coordinator)
    assert (result.conflicts, result.saved[HOURS].value) == ([], Decimal(2))


def test_blanked_and_refilled_meanwhile_is_a_conflict(world, opened):
    seen = save(opened, CellChange(HOURS, Decimal(1)), by=world.director).saved[HOURS].stamp
    save(opened, CellChange(HOURS, None), by=world.coordinator)
    save(opened, CellChange(HOURS, Decimal(9)), by=world.coordinator)
    assert (
        len(
            save(
                opened, CellChange(HOURS, Decimal(5), seen_stamp=seen), by=world.director
            ).conflicts
        )
        == 1
    )


def test_blanked_meanwhile_names_who_blanked_it(world, opened):
    seen = save(opened, CellChange(HOURS, Decimal(1)), by=world.director).saved[HOURS].stamp
    save(opened, CellChange(HOURS, None), by=world.coordinator)
    conflict = save(
        opened, CellChange(HOURS, Decimal(5), seen_stamp=seen), by=world.director
    ).conflicts[0]
    assert (conflict.value, conflict.missing, conflict.by, conflict.stamp) == (
        None,
        "",
        "Coordinadora",
        0,
    )


# --- explanations


def test_an_explanation_answers_a_warning_and_goes_with_its_value(world):
    opened = world.filled("2004-S1", but={"F:FIRMAAAAA|regular|joint_actions_joined": "4"})
    key = CellKey("F:FIRMAAAAA", "regular", "joint_actions_joined")
    assert load_sheet(opened).cell(key).state == "warn"
    save(
        opened,
        CellChange(key, Decimal(4), explanation="Una fuera de la red."),
        by=world.director,
        at=moment("2004-07-01"),
    )
    assert load_sheet(opened).cell(key).state == "told"
    save(opened, CellChange(key, Decimal(5)), by=world.director, at=moment("2004-07-01"))
    state = load_sheet(opened).cell(key)
    assert (state.state, state.explanation) == ("warn", "")
    save(
        opened,
        CellChange(key, Decimal(6), explanation="Dos fuera."),
        by=world.director,
        at=moment("2004-07-01"),
    )
    assert load_sheet(opened).cell(key).explanation == "Dos fuera."
    assert [item.event for item in cell_history(opened, key)] == [
        "entered",
        "entered",
        "explained",
        "entered",
    ]


def test_an_error_is_kept_and_shown(world):
    opened = world.filled("2004-S1", but={"F:FIRMAAAAA|regular|new_clients_local": "500"})
    state = load_sheet(opened).cell(CLIENTS)
    assert (state.state, state.value, [f.check for f in state.findings]) == (
        "error",
        Decimal(500),
        ["maximum"],
    )


# --- closed doors, cost


def test_a_submitted_submission_takes_no_cell(world):
    opened = world.filled("2004-S1")
    submit(opened.pk, by=world.director, at=AT)
    with pytest.raises(Conflict):
        save(opened, CellChange(HOURS, Decimal(7)), by=world.director)


@pytest.mark.parametrize("firms", [1, 3, 40])
def test_one_cell_costs_the_same_whatever_the_sheet(world, django_assert_num_queries, firms):
    for i in range(firms):
        factories.firm(f"MANY{i:05d}", world.n1)
    opened = world.open("2004-S1")
    save(opened, CellChange(HOURS, Decimal(1)), by=world.director)
    with django_assert_num_queries(11):
        save(opened, CellChange(HOURS, Decimal(2), seen_stamp=None), by=world.director)


def test_a_thousand_cells_cost_a_few_statements(world, django_assert_max_num_queries):
    for i in range(60):
        factories.firm(f"MANY{i:05d}", world.n1)
    opened = world.open("2005-S2")
    keys = factories.fillable(opened, moment("2005-12-20"))
    assert len(keys) > 1500
    changes = [
        CellChange(key, factories.plausible(key))
        for key in keys
        if not key.variable.startswith("budget_")
    ]
    with django_assert_max_num_queries(24):
        save(opened, *changes, by=world.director, at=moment("2005-12-20"))
    assert Entry.objects.count() == len(keys)
