"""Every kind of check: refused, and its twin with one thing changed that passes."""

from decimal import Decimal

import pytest
from django.utils import translation

from monitoring.definitions.reading import definitions
from monitoring.models import Check
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.sheet.cells import CellKey
from monitoring.sheet.checks import KINDS
from monitoring.sheet.checks.reference import median, spread
from monitoring.sheet.loading import load_sheet
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from pip_network.web.errors import Invalid
from tests import factories
from tests.factories import moment

A, B, N1, N2, P = "F:FIRMAAAAA", "F:FIRMBBBBB", "N:N1", "N:N2", "P:PIP-01"


def found(world, code: str, but: dict[str, str | None]) -> set[tuple[str, str]]:
    """(check, cell) of all findings of a round filled plausibly but for some cells."""
    sheet = load_sheet(
        world.filled(code, but={key if "|" in key else key: value for key, value in but.items()})
    )
    return {(finding.check, str(finding.cell)) for finding in sheet.findings}


def cells(subject: str, kind: str = "regular", **values) -> dict[str, str | None]:
    return {f"{subject}|{kind}|{code}": value for code, value in values.items()}


def test_plausible_values_pass_every_check(world):
    world.approved("2004-S1")
    assert found(world, "2004-S2", {}) == set()


def test_every_check_of_the_catalogue_is_of_a_known_kind(db):
    assert {check.kind for check in Check.objects.all()} <= KINDS.keys()
    assert len(definitions(1).rules) == 38


@pytest.mark.parametrize(
    ("check", "subject", "kind", "bad", "good"),
    [
        ("women_le_jobs", A, "regular", {"jobs_women": "8.1"}, {"jobs_women": "8"}),
        ("women_le_jobs", A, "baseline", {"jobs_women": "8.1"}, {"jobs_women": "8"}),
        ("paid_le_jobs", A, "regular", {"jobs_paid": "9"}, {"jobs_paid": "8"}),
        ("exports_le_sales", A, "regular", {"exports": "100000.01"}, {"exports": "100000"}),
        (
            "top_buyer_le_sales",
            A,
            "regular",
            {"top_buyer_sales": "100001"},
            {"top_buyer_sales": "100000"},
        ),
        ("approved_le_applied", A, "regular", {"credit_approved": "3"}, {"credit_approved": "2"}),
        (
            "rejected_le_produced",
            A,
            "regular",
            {"units_rejected": "1000.1"},
            {"units_rejected": "1000"},
        ),
        ("credit_gt_sales", A, "regular", {"credit_amount": "200001"}, {"credit_amount": "200000"}),
        (
            "suppliers_le_served",
            N2,
            "regular",
            {"suppliers_approved": "11"},
            {"suppliers_approved": "10"},
        ),
        ("attend_le_invited", N1, "regular", {"attendances": "51"}, {"attendances": "50"}),
        ("paid_le_purchases", N1, "regular", {"paid_cost": "9001"}, {"paid_cost": "9000"}),
        (
            "paid_le_reference",
            N1,
            "regular",
            {"paid_cost": "8001", "reference_cost": "4000"},
            {"paid_cost": "8000", "reference_cost": "4000"},
        ),
        ("ties_le_possible", N1, "regular", {"ties": "16"}, {"ties": "15"}),
        ("done_le_committed", P, "regular", {"agenda_done": "10"}, {"agenda_done": "9"}),
        ("fomin_105", P, "regular", {"spent_fomin": "1050001"}, {"spent_fomin": "1050000"}),
        ("local_105", P, "regular", {"spent_local": "525001"}, {"spent_local": "525000"}),
        (
            "sales_without_jobs",
            A,
            "regular",
            {"jobs": "0", "jobs_women": "0", "jobs_paid": "0", "payroll": "0"},
            {"jobs": "1", "jobs_women": "0", "jobs_paid": "0", "payroll": "0"},
        ),
        (
            "jobs_without_sales",
            A,
            "regular",
            {"sales": "0", "exports": "0", "top_buyer_sales": "0", "credit_amount": "0"},
            {"sales": "1", "exports": "0", "top_buyer_sales": "0", "credit_amount": "0"},
        ),
        ("payroll_without_jobs", A, "regular", {"jobs_paid": "0"}, {"jobs_paid": "0.1"}),
        (
            "credit_without_approval",
            A,
            "regular",
            {"credit_approved": "0"},
            {"credit_approved": "1"},
        ),
        ("foreign_without_exports", A, "regular", {"exports": "0"}, {"exports": "1"}),
        (
            "unsubsidised_ended",
            N1,
            "regular",
            {"active_unsubsidised": "1"},
            {"active_unsubsidised": "1", "support_ended": "1"},
        ),
        (
            "joint_actions_members",
            A,
            "regular",
            {"joint_actions_joined": "4"},
            {"joint_actions_joined": "3"},
        ),
        (
            "joint_actions_members",
            B,
            "regular",
            {"joint_actions_joined": "7"},
            {"joint_actions_joined": "6"},
        ),
        ("minimum", A, "regular", {"trust": "0.99"}, {"trust": "1"}),
        ("minimum", A, "regular", {"new_clients_local": "-1"}, {"new_clients_local": "0"}),
        ("maximum", A, "regular", {"jobs": "5000.1"}, {"jobs": "8"}),
        ("decimals", A, "regular", {"new_clients_local": "1.5"}, {"new_clients_local": "2"}),
        ("decimals", A, "regular", {"jobs": "8.25"}, {"jobs": "8.2"}),
        ("maximum", N1, "regular", {"formalised": "2"}, {"formalised": "1"}),
    ],
)
def test_within_one_submission(world, check, subject, kind, bad, good):
    """`2005-S2` is a milestone round with its baseline in it, so every variable is asked."""
    left = (
        next(iter(bad))
        if check in ("minimum", "maximum", "decimals")
        else Check.objects.get(code=check).left
    )
    cell = (check, f"{subject}|{kind}|{left}")
    assert cell in found(world, "2005-S2", cells(subject, kind, **bad))
    assert cell not in found(world, "2005-S2", cells(subject, kind, **good))


def test_ties_are_checked_at_baseline_too(world):
    cell = ("ties_le_possible", f"{N1}|baseline|ties")
    assert cell in found(world, "2004-S1", cells(N1, "baseline", ties="16"))
    assert cell not in found(world, "2004-S1", cells(N1, "baseline", ties="15"))


@pytest.mark.parametrize(
    ("check", "value", "twin"),
    [("fomin_120", "1200001", "1200000"), ("local_120", "600001", "600000")],
)
def test_spending_over_120_percent_is_an_error(world, check, value, twin):
    left = Check.objects.get(code=check).left
    for spent, expected in ((value, [check]), (twin, [])):
        sheet = load_sheet(world.filled("2004-S1", but=cells(P, **{left: spent})))
        assert [finding.check for finding in sheet.errors] == expected


@pytest.mark.parametrize(
    ("check", "subject", "before", "bad", "good"),
    [
        (
            "cumulative_fomin",
            P,
            {"spent_fomin": "400000"},
            {"spent_fomin": "399999"},
            {"spent_fomin": "400000"},
        ),
        (
            "cumulative_local",
            P,
            {"spent_local": "200000"},
            {"spent_local": "199999"},
            {"spent_local": "200000"},
        ),
        ("cumulative_agenda", P, {"agenda_done": "4"}, {"agenda_done": "3"}, {"agenda_done": "4"}),
        (
            "cumulative_suppliers",
            N2,
            {"suppliers_served": "10"},
            {"suppliers_served": "9"},
            {"suppliers_served": "10"},
        ),
        ("sales_jump", A, {"sales": "100000"}, {"sales": "400001"}, {"sales": "400000"}),
        (
            "sales_jump",
            A,
            {"sales": "100000"},
            {"sales": "19999", "exports": "0", "top_buyer_sales": "0"},
            {"sales": "20000", "exports": "0", "top_buyer_sales": "0"},
        ),
        ("jobs_jump", A, {"jobs": "8"}, {"jobs": "16.1"}, {"jobs": "16"}),
        (
            "jobs_jump",
            A,
            {"jobs": "8", "jobs_women": "0", "jobs_paid": "2"},
            {"jobs": "3.9", "jobs_women": "0", "jobs_paid": "2"},
            {"jobs": "4", "jobs_women": "0", "jobs_paid": "2"},
        ),
    ],
)
def test_against_the_round_before(world, check, subject, before, bad, good):
    world.approved(
        "2004-S2",
        but={
            **cells(subject, **before),
            **cells(subject, "baseline", **{k: v for k, v in before.items() if subject == A}),
        },
    )
    cell = (check, f"{subject}|regular|{Check.objects.get(code=check).left}")
    assert cell in found(world, "2005-S2", cells(subject, **bad))
    assert cell not in found(world, "2005-S2", cells(subject, **good))


def test_the_baseline_is_the_previous_value_where_nothing_was_approved(world):
    jump = ("sales_jump", f"{A}|regular|sales")
    assert jump in found(
        world, "2004-S2", {**cells(A, "baseline", sales="20000", exports="0", top_buyer_sales="0")}
    )


def test_a_previous_zero_is_not_judged(world):
    zero = cells(
        A,
        "baseline",
        sales="0",
        exports="0",
        top_buyer_sales="0",
        credit_amount="0",
        jobs="0",
        jobs_women="0",
        jobs_paid="0",
        payroll="0",
    )
    world.approved_checks = found(world, "2004-S2", zero)
    assert {check for check, _cell in world.approved_checks if "jump" in check} == set()


def test_a_side_that_is_missing_is_not_judged(world):
    assert found(world, "2005-S2", cells(A, jobs="refused", jobs_women="30")) == set()


def test_a_round_of_the_first_half_does_not_ask_about_the_year(world):
    assert ("foreign_without_exports", f"{A}|regular|new_clients_foreign") not in found(
        world, "2005-S1", {}
    )


def test_new_foreign_clients_count_both_semesters(world):
    cell = ("foreign_without_exports", f"{A}|regular|new_clients_foreign")
    world.approved("2005-S1", but=cells(A, new_clients_foreign="1"))
    assert cell in found(world, "2005-S2", cells(A, new_clients_foreign="0", exports="0"))
    twin = cells(B, new_clients_foreign="0", exports="0")
    world.approved("2004-S1", but=cells(B, new_clients_foreign="1"))
    assert ("foreign_without_exports", f"{B}|regular|new_clients_foreign") in found(
        world, "2005-S2", twin
    )


def test_joint_sales_of_the_year_against_the_members(world):
    """Network N2: firms B and C sell 100,000 each; its first semester was 4,000."""
    cell = ("joint_sales_le_sales", f"{N2}|regular|joint_sales")
    world.approved("2005-S1")
    assert cell in found(world, "2005-S2", cells(N2, joint_sales="196001"))
    assert cell not in found(world, "2005-S2", cells(N2, joint_sales="196000"))


def test_joint_sales_are_not_judged_when_fewer_than_four_fifths_answered(world):
    cell = ("joint_sales_le_sales", f"{N2}|regular|joint_sales")
    quiet = cells("F:FIRMCCCCC", sales="refused")
    assert cell not in found(world, "2004-S2", {**cells(N2, joint_sales="900000"), **quiet})
    assert cell in found(world, "2005-S2", cells(N2, joint_sales="900000"))


def test_joint_actions_of_a_network_unknown_are_not_judged(world):
    but = {**cells(B, joint_actions_joined="60"), **cells(N2, joint_actions="refused")}
    assert ("joint_actions_members", f"{B}|regular|joint_actions_joined") not in found(
        world, "2004-S1", but
    )


# --- closed firms and reopened ones


def close(world, on: str | None) -> None:
    world.a.closed_on = factories.day(on) if on else None
    world.a.closing_reason = "economic" if on else ""
    world.a.save()


def test_what_a_closing_writes_is_not_checked(world):
    close(world, "2004-10-05")
    assert found(world, "2004-S2", cells(A, jobs="0")) == set()


def test_a_reopened_firm_is_asked_about(world):
    close(world, "2004-05-05")
    world.approved("2004-S2")
    close(world, None)
    again = found(world, "2005-S2", {})
    assert {check for check in again if check[1].startswith(A)} == {
        ("closed_stays_closed", f"{A}|regular|operating"),
        ("closed_no_sales", f"{A}|regular|operating"),
    }
    assert not any(cell.startswith(B) for _check, cell in again)


def test_a_locked_cell_takes_an_explanation_and_no_value(world):
    close(world, "2004-05-05")
    world.approved("2004-S2")
    close(world, None)
    opened = world.filled("2005-S2")
    key = CellKey(A, "regular", "operating")
    save_cells(
        opened.pk,
        [CellChange(key, None, explanation="Reabrió en marzo.")],
        by=world.director,
        at=moment("2006-01-02"),
    )
    sheet = load_sheet(opened)
    assert (sheet.cell(key).state, sheet.cell(key).value, sheet.open_warnings) == (
        "told",
        Decimal(1),
        [],
    )
    with pytest.raises(Invalid):
        save_cells(
            opened.pk,
            [CellChange(key, Decimal(0), explanation="x")],
            by=world.director,
            at=moment("2006-01-02"),
        )


# --- outliers


def crowd(world, n: int, sales: list[str]) -> None:
    """`n` firms of sector 15 in an approved earlier round, with sales that differ a little."""
    firms = [factories.firm(f"CROWD{i:04d}", world.n1) for i in range(n)]
    but = {f"F:{firm.code}|regular|sales": sales[i % len(sales)] for i, firm in enumerate(firms)}
    but |= {f"{subject}|regular|sales": "refused" for subject in (A, B, "F:FIRMCCCCC")}
    world.approved("2004-S2", but=but)


SPREAD = ["90000", "100000", "110000", "120000"]


def outliers(world, value: str, **more) -> set[str]:
    but = cells(A, sales=value, exports="0", top_buyer_sales="0", credit_amount="0", **more)
    return {cell for check, cell in found(world, "2005-S2", but) if check == "outlier_sales"}


def rates(world) -> None:

    approve_rates(
        [RateRow("ARS", "2004", "2.9", "150"), RateRow("ARS", "2005", "2.9", "160")],
        "Banco, según acta",
        by=world.administrator,
        at=moment("2006-01-01"),
    )


def test_an_outlier_of_its_sector(world):
    crowd(world, 8, SPREAD)
    rates(world)
    assert outliers(world, "400000") == {f"{A}|regular|sales"}
    assert outliers(world, "150000") == set()
    assert outliers(world, "0") == set()


@pytest.mark.parametrize("why", ["seven", "same", "no_rate"])
def test_no_reference_no_judgement(world, why):
    crowd(world, 7 if why == "seven" else 8, ["100000"] if why == "same" else SPREAD)
    if why != "no_rate":
        rates(world)
    assert outliers(world, "400000") == set()


def test_the_reference_is_of_the_sector(world):
    crowd(world, 8, SPREAD)
    rates(world)
    sheet = load_sheet(world.filled("2005-S2", but=cells("F:FIRMCCCCC", sales="400000")))
    assert [str(f.cell) for f in sheet.findings if f.check == "outlier_sales"] == []


def test_a_corrected_rate_is_seen_by_the_reference(world):
    crowd(world, 8, SPREAD)
    rates(world)
    assert outliers(world, "150000") == set()
    approve_rates(
        [RateRow("ARS", "2005", "0.29", "160")],
        "Error de imprenta",
        by=world.administrator,
        at=moment("2006-02-01"),
    )
    of_the_sector = {A, B, *(f"F:CROWD{i:04d}" for i in range(8))}
    assert outliers(world, "150000") == {f"{subject}|regular|sales" for subject in of_the_sector}


def test_median_and_deviation_by_hand():
    values = [Decimal(n) for n in (1, 2, 4, 8)]
    assert median(values) == 3
    assert spread(values) == (4, Decimal(3), Decimal("1.5"))
    assert spread(values[:3]) == (3, Decimal(2), Decimal(1))


# --- words


@pytest.mark.parametrize(
    ("language", "word"), [("es", "mujeres"), ("en", "women"), ("pt", "mulheres")]
)
def test_messages_are_in_the_readers_language(world, language, word):
    opened = world.filled("2005-S2", but=cells(A, jobs_women="9"))
    with translation.override(language):
        finding = load_sheet(opened).errors[0]
        assert word in finding.message
        assert finding.place.startswith("Empresa FIRMAAAAA · ")
