"""Two dates of each group, and the line between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .frame import (
    ACCENT,
    CONTEXT,
    GROUND,
    INK,
    NO_VALUE,
    TICKS,
    Spec,
    axis,
    domain,
    in_rows,
    is_narrow,
)

COLOUR = {"condition": {"test": "datum.whole", "value": INK}, "value": ACCENT}
BOTH = "datum.value !== null && datum.base !== null"
WITH_BOTH: Spec = {"transform": [{"filter": BOTH}]}
OPEN_CIRCLE = {
    "type": "point",
    "filled": True,
    "fill": GROUND,
    "stroke": CONTEXT,
    "strokeWidth": 1.6,
    "size": 70,
}


@dataclass(frozen=True, slots=True)
class Ends:
    """One group at its baseline and now."""

    label: str
    base: float | None
    value: float | None
    shown_base: str
    shown: str
    whole: bool = False

    @property
    def rises(self) -> bool:
        return self.base is not None and self.value is not None and self.value >= self.base


def specification(rows: Sequence[Ends], *, width: int, ticks: str = TICKS) -> Spec:
    """Open circle: baseline; disc: now; the line between them is the change of the same units."""
    narrow = is_narrow(width)
    data = [_datum(row) for row in rows]
    low, high = domain(data, ("base", "value"), False, 0.25)
    x = {
        "type": "quantitative",
        "scale": {"domain": [low - (high - low) * 0.15, high], "nice": False},
        "axis": axis(ticks, narrow),
    }
    return in_rows(data, _layers(x), width, narrow)


def _datum(row: Ends) -> Spec:
    return {
        "label": row.label,
        "base": row.base,
        "value": row.value,
        "shown_base": row.shown_base,
        "shown": row.shown,
        "whole": row.whole,
        "rises": row.rises,
    }


def _layers(x: Spec) -> list[Spec]:
    return [
        {
            **WITH_BOTH,
            "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.38},
            "encoding": {"x": {"field": "base", **x}, "x2": {"field": "value"}, "color": COLOUR},
        },
        {**WITH_BOTH, "mark": OPEN_CIRCLE, "encoding": {"x": {"field": "base", **x}}},
        {
            **WITH_BOTH,
            "mark": {"type": "point", "size": 76},
            "encoding": {"x": {"field": "value", **x}, "color": COLOUR},
        },
        *(
            _end(x, field, text, rises)
            for field, text in (("base", "shown_base"), ("value", "shown"))
            for rises in (True, False)
        ),
        {"transform": [{"filter": "datum.value === null || datum.base === null"}], **NO_VALUE},
    ]


def _end(x: Spec, field: str, text: str, rises: bool) -> Spec:
    """The words at one end of the line, on its outer side."""
    right = (field == "value") == rises
    return {
        "transform": [{"filter": f"{BOTH} && datum.rises === {str(rises).lower()}"}],
        "mark": {
            "type": "text",
            "align": "left" if right else "right",
            "dx": 9 if right else -9,
            "fontWeight": 600 if field == "value" else 400,
        },
        "encoding": {"x": {"field": field, **x}, "text": {"field": text}},
    }
