"""The closed kinds of checks (docs/rules.md, Checks). Each answers: are the cells at odds with the
check?

A side that is missing is no contradiction: the check is then not evaluated. Nor are two amounts in
different currencies.
"""

import operator
from collections.abc import Callable
from decimal import Decimal

from monitoring.choices import Kind, MembershipState
from monitoring.definitions.reading import CheckRule
from monitoring.sheet.cells import CellKey

from .data import UnitCells
from .reference import logarithm

OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
}
ANSWERED_SHARE = Decimal("0.8")
ENOUGH = 8


def _value(check: CheckRule, cells: UnitCells, code: str) -> Decimal | None:
    """A side of a check; in a check on the whole year a semester variable counts with both
    semesters.
    """
    semester = (
        check.when == "S2" and cells.data.roster.definitions.by_code[code].frequency == "semester"
    )
    return cells.year(code) if semester else cells.value(code)


def compare(check: CheckRule, cells: UnitCells) -> bool:
    """left operator factor x right."""
    left, right = _value(check, cells, check.left), _value(check, cells, check.right)
    return (
        left is not None
        and right is not None
        and cells.currency(check.left) == cells.currency(check.right)
        and not OPERATORS[check.operator](left, check.factor * right)
    )


def pairs(check: CheckRule, cells: UnitCells) -> bool:
    """left operator right(right-1)/2: no more ties than pairs."""
    left, right = cells.value(check.left), cells.value(check.right)
    return (
        left is not None
        and right is not None
        and not OPERATORS[check.operator](left, right * (right - 1) / 2)
    )


def implies(check: CheckRule, cells: UnitCells) -> bool:
    """If left operator value, then then_left then_operator then_value."""
    return _consequence_broken(check, cells, _value(check, cells, check.left))


def implies_previous(check: CheckRule, cells: UnitCells) -> bool:
    """The same, the condition about the unit's previous value."""
    return cells.value(check.left) is not None and _consequence_broken(
        check, cells, cells.previous(check.left)
    )


def _consequence_broken(check: CheckRule, cells: UnitCells, left: Decimal | None) -> bool:
    if left is None or not OPERATORS[check.operator](left, check.factor):
        return False
    implied = _value(check, cells, check.then_left)
    return implied is not None and not OPERATORS[check.then_operator](implied, check.then_value)


def not_below_previous(check: CheckRule, cells: UnitCells) -> bool:
    """A cumulative value does not fall."""
    value, previous = cells.value(check.left), cells.comparable(check.left)
    return value is not None and previous is not None and value < previous


def judged_jump(check: CheckRule, cells: UnitCells) -> bool | None:
    """Relative change against the previous value outside low..high; a previous 0 is not evaluated
    (None).
    """
    value, previous = cells.value(check.left), cells.comparable(check.left)
    if value is None or not previous:
        return None
    return not check.low <= (value - previous) / previous <= check.high


def jump(check: CheckRule, cells: UnitCells) -> bool:
    """Is it out of its bounds? See `judged_jump`."""
    return bool(judged_jump(check, cells))


def judged_outlier(check: CheckRule, cells: UnitCells) -> bool | None:
    """|x - median| > factor x MAD among the approved values of the sector; on a logarithmic scale
    zeros are not judged (None).
    """
    value = cells.value(check.left)
    if value is None or value <= 0:
        return None
    spread = cells.noted(cells.data.reference.spreads.get((check.left, cells.unit.sector)))
    if spread is None or spread.n < ENOUGH or spread.deviation == 0:
        return None
    asked = cells.data.asked.get(CellKey(cells.unit.subject, cells.kind, check.left))
    x = cells.noted(
        logarithm(
            value,
            cells.currency(check.left),
            asked.period if asked else "",
            cells.data.reference.rates,
        )
    )
    return None if x is None else abs(x - spread.median) > check.factor * spread.deviation


def outlier(check: CheckRule, cells: UnitCells) -> bool:
    """Is it far from what is usual? See `judged_outlier`."""
    return bool(judged_outlier(check, cells))


def members_compare(check: CheckRule, cells: UnitCells) -> bool:
    """The network's year against the sum of its members' annual value, when 80 % of the members
    have it.
    """
    left = _value(check, cells, check.left)
    members = [
        u for u in cells.data.roster.firms_of(cells.unit.code) if u.state != MembershipState.LEFT
    ]
    values = {u.subject: v for u in members if (v := cells.of(u.subject, check.right)) is not None}
    if left is None or not members or len(values) < ANSWERED_SHARE * len(members):
        return False
    if any(cells.currency_at(u, check.right) != cells.currency(check.left) for u in values):
        return False
    return not OPERATORS[check.operator](left, check.factor * sum(values.values(), Decimal(0)))


def members_max(check: CheckRule, cells: UnitCells) -> bool:
    """A member's value against the sum over its networks; what does not apply to one of them counts
    0.
    """
    left = cells.value(check.left)
    if left is None:
        return False
    total: Decimal | None = None
    for network in cells.unit.networks:
        key = CellKey(f"N:{network.code}", Kind.REGULAR.value, check.right)
        value = cells.of(key.subject, check.right)
        if cells.currency(check.left) != cells.data.currency(key):
            return False
        if value is not None:
            total = (total or Decimal(0)) + value
        elif not (
            (asked := cells.data.asked.get(key))
            and asked.written
            and asked.written.missing == "not_applicable"
        ):
            return False
    return total is not None and not OPERATORS[check.operator](left, check.factor * total)


KINDS: dict[str, Callable[[CheckRule, UnitCells], bool]] = {
    "compare": compare,
    "pairs": pairs,
    "implies": implies,
    "implies_previous": implies_previous,
    "not_below_previous": not_below_previous,
    "jump": jump,
    "outlier": outlier,
    "members_compare": members_compare,
    "members_max": members_max,
}
# The kinds whose passing is kept too: what was judged at all, and whether it passed.
JUDGED: dict[str, Callable[[CheckRule, UnitCells], bool | None]] = {
    "jump": judged_jump,
    "outlier": judged_outlier,
}
AT_BASELINE = frozenset(
    {"compare", "pairs", "implies"}
)  # the others ask for a time before, or for approved regular values
