"""Dots with their interval, one for each group."""

from collections.abc import Sequence
from dataclasses import dataclass

from .frame import ACCENT, CONTEXT, INK, NO_VALUE, TICKS, Spec, axis, domain, in_rows, is_narrow

COLOUR = {"condition": {"test": "datum.whole", "value": INK}, "value": ACCENT}
WITH_VALUE: Spec = {"transform": [{"filter": "datum.value !== null"}]}


@dataclass(frozen=True, slots=True)
class Dot:
    """One group: its value with the interval, or None with the words that say why."""

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None
    n: str = ""
    whole: bool = False


def specification(
    rows: Sequence[Dot], *, width: int, ticks: str = TICKS, zero: bool = False
) -> Spec:
    """Groups from top to bottom, the whole first; `zero` draws the line that a change is compared
    with.
    """
    narrow = is_narrow(width)
    data = [_datum(row) for row in rows]
    room = 0.3 if narrow else 0.42
    x = {
        "type": "quantitative",
        "scale": {"domain": domain(data, ("low", "value", "high"), zero, room), "nice": False},
        "axis": axis(ticks, narrow),
    }
    return in_rows(data, _layers(x, zero, narrow), width, narrow)


def _datum(row: Dot) -> Spec:
    return {
        "label": row.label,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "shown": row.shown,
        "n": row.n,
        "whole": row.whole,
        "end": row.high if row.high is not None else row.value,
    }


def _layers(x: Spec, zero: bool, narrow: bool) -> list[Spec]:
    """The interval below, the dot on it, its value at the end of the interval, n at the right."""
    compared = {"mark": {"type": "rule", "style": "zero"}, "encoding": {"x": {"datum": 0, **x}}}
    return [
        *([compared] if zero else []),
        {
            **WITH_VALUE,
            "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.38},
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}, "color": COLOUR},
        },
        {
            **WITH_VALUE,
            "mark": {"type": "point", "size": 76},
            "encoding": {"x": {"field": "value", **x}, "color": COLOUR},
        },
        {
            **WITH_VALUE,
            "mark": {"type": "text", "align": "left", "dx": 9, "fontWeight": 600},
            "encoding": {"x": {"field": "end", **x}, "text": {"field": "shown"}},
        },
        {"transform": [{"filter": "datum.value === null"}], **NO_VALUE},
        _counts(narrow),
    ]


def _counts(narrow: bool) -> Spec:
    mark = {"type": "text", "align": "right", "x": "width", "color": CONTEXT, "fontSize": 12}
    return {"mark": mark | ({"dy": -15} if narrow else {}), "encoding": {"text": {"field": "n"}}}
