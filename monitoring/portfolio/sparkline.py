"""Small multiples as plain geometry: no drawing engine in a web process.

Floats are for drawing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitoring.analysis import Figure
from monitoring.reports import text
from monitoring.reports.text import Computed

WIDTH, HEIGHT = 300, 118
LEFT, RIGHT, TOP, BOTTOM = 24, 62, 22, 26


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    shown: str
    label: str


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
    def last(self) -> Mark:
        return self.marks[-1]

    @property
    def first(self) -> Mark:
        return self.marks[0]


def spark(
    figures: Sequence[Figure], indicator: Computed, *, currency: str, baseline_label: str
) -> Spark | None:
    """The drawing of one figure per period; None where fewer than two have a value."""
    with_value = [figure for figure in figures if figure.value is not None]
    if len(with_value) < 2:
        return None
    last, signed = with_value[-1], text.signed(indicator)
    base = float(last.panel.baseline) if last.panel and last.panel.baseline is not None else None
    if signed:
        base = 0.0
    values = [
        float(end)
        for figure in with_value
        for end in (figure.value, figure.ci_low, figure.ci_high)
        if end is not None
    ] + ([base] if base is not None else [])
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    slots = len(with_value) + (1 if base is not None else 0)
    step = (WIDTH - LEFT - RIGHT) / max(slots - 1, 1)

    def y(value: float) -> float:
        return round(TOP + (high - value) / span * (HEIGHT - TOP - BOTTOM), 1)

    def x(slot: int) -> float:
        return round(LEFT + slot * step, 1)

    shift = slots - len(with_value)
    marks = [
        Mark(
            x(at + shift),
            y(float(figure.value)),
            text.amount(figure.value, figure.unit, sign=signed, currency=currency),
            figure.period,
        )
        for at, figure in enumerate(with_value)
        if figure.value is not None
    ]
    highs = [
        f"{x(at + shift)},{y(float(figure.ci_high))}"
        for at, figure in enumerate(with_value)
        if figure.ci_high is not None
    ]
    lows = [
        f"{x(at + shift)},{y(float(figure.ci_low))}"
        for at, figure in enumerate(with_value)
        if figure.ci_low is not None
    ]
    origin = (
        "" if base is None else "0" if signed else str(last.panel.baseline if last.panel else base)
    )
    return Spark(
        marks=marks,
        path="M" + "L".join(f"{mark.x},{mark.y}" for mark in marks),
        band="M" + "L".join(highs + lows[::-1]) + "Z" if len(highs) > 1 else "",
        base=None
        if base is None
        else Mark(x(0), y(base), text.amount(origin, last.unit, currency=currency), baseline_label),
        zero=y(0.0) if low < 0 else None,
    )
