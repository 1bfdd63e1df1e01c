"""Whatever a check compares is in the basis of its warning, and nothing else of the sheet is."""

from decimal import Decimal

import pytest

from monitoring.sheet.cells import CellKey
from monitoring.sheet.checks import Past, SheetData, evaluate
from monitoring.sheet.loading import load_sheet
from tests.monitoring.sheet.test_checks import N1, N2, SPREAD, A, B, cells, crowd, rates

HALF = Decimal("0.5")


def value(subject: str, code: str):
    """One thing changed: a value of the same submission."""

    def change(data: SheetData) -> None:
        data.values[CellKey(subject, "regular", code)] -= HALF

    return change


def past(subject: str, code: str, of: str = "previous"):
    """One thing changed: a value of an earlier time."""

    def change(data: SheetData) -> None:
        earlier: dict[tuple[str, str], Past] = getattr(data, of)
        row = earlier[subject, code]
        earlier[subject, code] = row._replace(value=(row.value or Decimal(0)) - HALF)

    return change


CASES = {
    # check: (cells that it warns of, what it compares, what it does not compare)
    "credit_gt_sales": (
        cells(A, credit_amount="200001"),
        [value(A, "credit_amount"), value(A, "sales")],
        [value(A, "payroll"), value(B, "sales"), past(A, "sales")],
    ),
    "sales_jump": (
        cells(A, sales="900000"),
        [value(A, "sales"), past(A, "sales")],
        [value(A, "jobs"), past(A, "jobs")],
    ),
    "joint_actions_members": (
        cells(B, joint_actions_joined="9"),
        [value(N1, "joint_actions"), value(N2, "joint_actions"), value(B, "joint_actions_joined")],
        [value(N1, "ties"), value(A, "joint_actions_joined")],
    ),
    "joint_sales_le_sales": (
        cells(N2, joint_sales="900000"),
        [value(N2, "joint_sales"), value(B, "sales"), past(N2, "joint_sales", "first_half")],
        [value(A, "sales"), value(B, "exports")],
    ),
    "foreign_without_exports": (
        cells(A, new_clients_foreign="1", exports="0"),
        [value(A, "new_clients_foreign"), past(A, "new_clients_foreign", "first_half")],
        [past(A, "exports"), value(B, "exports")],
    ),
}


def bases(data: SheetData, check: str) -> list[str]:
    return [finding.basis for finding in evaluate(data) if finding.check == check]


@pytest.mark.parametrize("check", CASES)
def test_the_basis_is_what_the_check_compares(world, check):
    but, compared, other = CASES[check]
    world.approved("2004-S2")
    world.approved("2005-S1")
    data = load_sheet(world.filled("2005-S2", but=but)).data
    before = bases(data, check)
    assert len(before) == 1
    for change in other:
        change(data)
        assert bases(data, check) == before
    for change in compared:
        change(data)
        assert bases(data, check) != before
        assert len(before := bases(data, check)) == 1


def test_the_basis_of_an_outlier_is_what_is_usual_and_its_rate(world):
    crowd(world, 8, SPREAD)
    rates(world)
    but = cells(A, sales="400000", exports="0", top_buyer_sales="0", credit_amount="0")
    data = load_sheet(world.filled("2005-S2", but=but)).data
    before = bases(data, "outlier_sales")
    reference = data.reference
    rate = reference.rates["ARS", "2005"]
    moved = {**reference.rates, ("ARS", "2005"): rate + Decimal("0.01")}
    data._reference = reference._replace(rates=moved)
    assert len(bases(data, "outlier_sales")) == 1
    assert bases(data, "outlier_sales") != before
    elsewhere = {**reference.rates, ("BRL", "2005"): Decimal(3)}
    data._reference = reference._replace(rates=elsewhere)
    assert bases(data, "outlier_sales") == before
    usual = reference.spreads["sales", "15"]._replace(n=9)
    data._reference = reference._replace(spreads={**reference.spreads, ("sales", "15"): usual})
    assert bases(data, "outlier_sales") != before


def test_an_error_needs_no_basis(world):
    data = load_sheet(world.filled("2005-S2", but=cells(A, jobs_women="8.1"))).data
    assert {f.basis for f in evaluate(data) if f.severity == "error"} == {""}
