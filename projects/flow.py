"""The firms of a network over time: how many joined, left or closed in each semester, and how many
then took part.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from projects import semesters
from projects.lifelines import plain

BAR, GAP, UP, DOWN, FOOT = 26, 14, 96, 70, 22
DAY = dt.timedelta(days=1)
SHOWN = 12  # semesters in the drawing; the table has them all


class Stay(NamedTuple):
    firm: str
    joined_on: dt.date
    left_on: dt.date | None
    closed_on: dt.date | None


class Semester(NamedTuple):
    code: str
    joined: int
    left: int
    closed: int
    active: int  # at its end


class Column(NamedTuple):
    code: str
    x: str
    middle: str
    width: int
    joined: int
    joined_y: str
    joined_h: str
    joined_label: str
    gone: int
    left_h: str
    closed_y: str
    closed_h: str
    gone_label: str


class FlowDrawing(NamedTuple):
    width: int
    height: int
    zero: int
    foot: int
    columns: list[Column]


def by_semester(stays: Iterable[Stay], *, today: dt.date) -> list[Semester]:
    """From the first joining to today.

    A firm that comes back joins again; one that closed while in it has closed.
    """
    stays = [stay for stay in stays if stay.joined_on <= today]
    if not stays:
        return []
    joined = Counter(semesters.of(stay.joined_on) for stay in stays)
    left: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for stay in stays:
        end = ending(stay, today)
        if end is not None:
            (closed if end.closed else left)[semesters.of(end.day)] += 1
    rows, active = [], 0
    first = semesters.of(min(stay.joined_on for stay in stays))
    for code in semesters.between(first, semesters.of(today)):
        active += joined[code] - left[code] - closed[code]
        rows.append(Semester(code, joined[code], left[code], closed[code], active))
    return rows


class End(NamedTuple):
    """From `day` on it takes part no more."""

    day: dt.date
    closed: bool


def ending(stay: Stay, today: dt.date) -> End | None:
    """How a stay has ended by `today`: by leaving, from the day after its last one on, or by the
    firm's closing while it was in the network.
    """
    if (
        stay.left_on is not None
        and stay.left_on < today
        and not (stay.closed_on and stay.closed_on <= stay.left_on)
    ):
        return End(stay.left_on + DAY, closed=False)
    if stay.closed_on is not None and stay.closed_on <= today:
        return End(max(stay.closed_on, stay.joined_on), closed=True)
    return None


def draw(rows: list[Semester]) -> FlowDrawing | None:
    """Joinings above the line, leavings and closings below it; None when nothing ever moved."""
    rows = rows[-SHOWN:]
    most = max((max(row.joined, row.left + row.closed) for row in rows), default=0)
    if not most:
        return None
    up = max(row.joined for row in rows)
    down = max(row.left + row.closed for row in rows)
    scale = min(UP / up if up else UP, DOWN / down if down else UP, 12)
    zero = round(up * scale) + 18
    columns = []
    for place, row in enumerate(rows):
        x, gone = place * (BAR + GAP) + GAP / 2, row.left + row.closed
        columns.append(
            Column(
                row.code,
                plain(x),
                plain(x + BAR / 2),
                BAR,
                row.joined,
                plain(zero - row.joined * scale),
                plain(row.joined * scale),
                plain(zero - row.joined * scale - 5),
                gone,
                plain(row.left * scale),
                plain(zero + row.left * scale),
                plain(row.closed * scale),
                plain(zero + gone * scale + 14),
            )
        )
    foot = zero + round(down * scale) + (20 if down else 4)
    return FlowDrawing(len(rows) * (BAR + GAP), foot + FOOT, zero, foot, columns)
