"""Small multiples as plain geometry: no drawing engine in a web process.

Floats are for drawing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from monitoring.analysis import Figure, Panel
from monitoring.reports import text
from monitoring.reports.over_rounds import Moment
from monitoring.reports.text import Computed

WIDTH, HEIGHT = 300, 118
LEFT, RIGHT, TOP, BOTTOM = 24, 62, 22, 26


@dataclass(frozen=True)
class Mark:
    """A point of the line: its place, its value and its period in words.

    `apart`: no line leads to it, as it is about other projects than the point before.
    """

    x: float
    y: float
    shown: str
    label: str
    apart: bool = False


@dataclass(frozen=True)
class Spark:
    """A line over periods with its band; `base` is drawn as an open circle and never joined."""

    marks: Sequence[Mark]
    path: str
    band: str
    base: Mark | None
    zero: float | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def labelled(self) -> Sequence[Mark]:
        """Periods named under the line: all where there is room, else the ends."""
        return self.marks if len(self.marks) <= 3 else (self.marks[0], self.marks[-1])

    @property
    def drawn(self) -> Sequence[Mark]:
        """The points that are drawn: the last alone where one line joins all of them."""
        return self.marks if any(mark.apart for mark in self.marks) else [self.last]

    @property
    def last(self) -> Mark:
        return self.marks[-1]

    @property
    def first(self) -> Mark:
        return self.marks[0]


@dataclass(frozen=True)
class _Frame:
    """Where a value of a slot stands on the drawing, from left to right and from high to low."""

    low: float
    high: float
    slots: int

    def x(self, slot: int) -> float:
        step = (WIDTH - LEFT - RIGHT) / max(self.slots - 1, 1)
        return round(LEFT + slot * step, 1)

    def y(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return round(TOP + (self.high - value) / span * (HEIGHT - TOP - BOTTOM), 1)

    def point(self, slot: int, value: str) -> str:
        return f"{self.x(slot)},{self.y(float(value))}"


def spark(
    found: Sequence[Moment], indicator: Computed, *, currency: str, baseline_label: str
) -> Spark | None:
    """The drawing of one figure per period; None where fewer than two have a value."""
    if len(found) < 2:
        return None
    with_value = [moment.figure for moment in found]
    last, signed = with_value[-1], text.signed(indicator)
    base, origin = _start(last.panel, signed)
    shift = 0 if base is None else 1
    frame = _frame(with_value, base, slots=len(with_value) + shift)
    marks = [
        Mark(
            frame.x(slot),
            frame.y(float(moment.figure.value or 0)),
            text.amount(moment.figure.value, last.unit, sign=signed, currency=currency),
            moment.figure.period,
            moment.is_apart,
        )
        for slot, moment in enumerate(found, shift)
    ]
    first = None
    if base is not None:
        amount = text.amount(origin, last.unit, currency=currency)
        first = Mark(frame.x(0), frame.y(base), amount, baseline_label)
    return Spark(
        marks=marks,
        path=_path(marks),
        band=_bands(frame, found, shift),
        base=first,
        zero=frame.y(0.0) if frame.low < 0 else None,
    )


def _start(panel: Panel | None, signed: bool) -> tuple[float | None, str]:
    """Where the line begins, as a number and as it was published: a change at zero."""
    if signed:
        return 0.0, "0"
    if panel is None or panel.baseline is None:
        return None, ""
    return float(panel.baseline), panel.baseline


def _frame(figures: Sequence[Figure], base: float | None, *, slots: int) -> _Frame:
    values = [
        float(end)
        for figure in figures
        for end in (figure.value, figure.ci_low, figure.ci_high)
        if end is not None
    ]
    if base is not None:
        values.append(base)
    return _Frame(min(0.0, *values), max(0.0, *values), slots)


def _path(marks: Sequence[Mark]) -> str:
    """A line through the points, begun again at each that stands apart."""
    return "".join(
        f"{'M' if mark.apart or not at else 'L'}{mark.x},{mark.y}" for at, mark in enumerate(marks)
    )


def _bands(frame: _Frame, found: Sequence[Moment], shift: int) -> str:
    """A band for each run of points that are joined."""
    slots = [(slot, moment.figure) for slot, moment in enumerate(found, shift)]
    runs = groupby(zip(slots, found, strict=True), key=lambda pair: pair[1].run)
    return "".join(_band(frame, [slot for slot, _moment in run]) for _number, run in runs)


def _band(frame: _Frame, slots: list[tuple[int, Figure]]) -> str:
    """Along the upper ends of the intervals and back along the lower ones."""
    highs = [
        frame.point(slot, figure.ci_high) for slot, figure in slots if figure.ci_high is not None
    ]
    lows = [frame.point(slot, figure.ci_low) for slot, figure in slots if figure.ci_low is not None]
    return "M" + "L".join(highs + lows[::-1]) + "Z" if len(highs) > 1 else ""
