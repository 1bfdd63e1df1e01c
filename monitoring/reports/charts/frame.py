"""What the kinds of chart have in common: sizes, colours, axes, and the frame of those whose groups
are rows.

Coordinates are floats (drawing only); every label is text that was formatted from the exact
published number.
"""

import json
from collections.abc import Sequence
from typing import Any

WIDE, NARROW = 720, 320
ACCENT, INK, CONTEXT, GROUND = "#0a5a6e", "#16202a", "#5c6873", "#ffffff"
Spec = dict[str, Any]
# Numbers of an axis: as many decimals as they need, two at most.
TICKS = ",.2~f"
SIGNED_TICKS = f"+{TICKS}"
# What stands in the place of a value that there is not: why.
NO_VALUE: Spec = {
    "mark": {"type": "text", "align": "left", "x": 6, "fontStyle": "italic", "color": CONTEXT},
    "encoding": {"text": {"field": "shown"}},
}
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def is_narrow(width: int) -> bool:
    """On a telephone: names stand above their rows."""
    return width < 500


def axis(ticks: str, narrow: bool) -> Spec:
    """Few marks, and a zero without decimals."""
    return {
        "format": ticks,
        "tickCount": 3 if narrow else 5,
        "labelExpr": "datum.value === 0 ? '0' : datum.label",
    }


def domain(data: Sequence[Spec], fields: Sequence[str], zero: bool, room: float) -> list[float]:
    """Least and greatest of what is drawn, with `room` (a share of the range) at the right for the
    labels.
    """
    values = [row[field] for row in data for field in fields if row.get(field) is not None] + (
        [0.0] if zero else []
    )
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = (high - low) or abs(high) or 1.0
    return [low - 0.06 * span, high + room * span]


def in_rows(data: list[Spec], layers: list[Spec], width: int, narrow: bool) -> Spec:
    """The frame of the charts whose groups are rows: names in the axis where there is room, above
    the row where not.
    """
    whole = [row["label"] for row in data if row["whole"]]
    weight = {
        "condition": {"test": f"indexof({json.dumps(whole)}, datum.value) >= 0", "value": 600},
        "value": 400,
    }
    axis = None if narrow else {"labelLimit": 230, "domain": False, "labelFontWeight": weight}
    if narrow:
        name = {"type": "text", "align": "left", "x": 0, "dy": -15, "limit": width - 70}
        layers = [*layers, {"mark": name, "encoding": {"text": {"field": "label"}}}]
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": {"step": 46 if narrow else 32},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": data},
        "encoding": {"y": {"field": "label", "type": "ordinal", "sort": None, "axis": axis}},
        "layer": layers,
    }
