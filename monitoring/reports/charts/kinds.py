"""The three kinds of chart of a report: dots with interval for groups, a line for rounds, a
dumbbell for two dates.

Coordinates are floats (drawing only); every label is text that was formatted from the exact
published number.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDE, NARROW = 720, 320
ACCENT, INK, CONTEXT, GROUND = "#0a5a6e", "#16202a", "#5c6873", "#ffffff"
Spec = dict[str, Any]


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


@dataclass(frozen=True, slots=True)
class Point:
    """One round of a line. The baseline is drawn as an open circle and never joined to the line."""

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One group at its baseline and now."""

    label: str
    base: float | None
    value: float | None
    shown_base: str
    shown: str
    whole: bool = False


def dots(rows: Sequence[Dot], *, width: int, ticks: str = "d", zero: bool = False) -> Spec:
    """Groups from top to bottom, the whole first; `zero` draws the line that a change is compared
    with.
    """
    narrow = width < 500
    data = [
        {
            "label": row.label,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "shown": row.shown,
            "n": row.n,
            "whole": row.whole,
            "end": row.high if row.high is not None else row.value,
        }
        for row in rows
    ]
    drawn = "datum.value !== null"
    with_value = {"transform": [{"filter": drawn}]}
    colour = {"condition": {"test": "datum.whole", "value": INK}, "value": ACCENT}
    x = {
        "type": "quantitative",
        "scale": {
            "domain": _domain(data, ("low", "value", "high"), zero, 0.3 if narrow else 0.42),
            "nice": False,
        },
        "axis": _axis(ticks, narrow),
    }
    layers: list[Spec] = []
    if zero:
        layers.append(
            {"mark": {"type": "rule", "style": "zero"}, "encoding": {"x": {"datum": 0, **x}}}
        )
    layers += [
        {
            **with_value,
            "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.38},
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}, "color": colour},
        },
        {
            **with_value,
            "mark": {"type": "point", "size": 76},
            "encoding": {"x": {"field": "value", **x}, "color": colour},
        },
        {
            **with_value,
            "mark": {"type": "text", "align": "left", "dx": 9, "fontWeight": 600},
            "encoding": {"x": {"field": "end", **x}, "text": {"field": "shown"}},
        },
        {
            "transform": [{"filter": "datum.value === null"}],
            "mark": {
                "type": "text",
                "align": "left",
                "x": 6,
                "fontStyle": "italic",
                "color": CONTEXT,
            },
            "encoding": {"text": {"field": "shown"}},
        },
        {
            "mark": {
                "type": "text",
                "align": "right",
                "x": "width",
                "color": CONTEXT,
                "fontSize": 12,
                **({"dy": -15} if narrow else {}),
            },
            "encoding": {"text": {"field": "n"}},
        },
    ]
    return _rows(data, layers, width, narrow)


def dumbbell(rows: Sequence[Pair], *, width: int, ticks: str = "d") -> Spec:
    """Open circle: baseline; disc: now; the line between them is the change of the same units."""
    narrow = width < 500
    data = [
        {
            "label": row.label,
            "base": row.base,
            "value": row.value,
            "shown_base": row.shown_base,
            "shown": row.shown,
            "whole": row.whole,
            "rises": None not in (row.base, row.value) and row.value >= row.base,
        }
        for row in rows
    ]
    with_value = {"transform": [{"filter": "datum.value !== null && datum.base !== null"}]}
    colour = {"condition": {"test": "datum.whole", "value": INK}, "value": ACCENT}
    low, high = _domain(data, ("base", "value"), False, 0.25)
    x = {
        "type": "quantitative",
        "scale": {"domain": [low - (high - low) * 0.15, high], "nice": False},
        "axis": _axis(ticks, narrow),
    }
    ends = []
    for field, text in (("base", "shown_base"), ("value", "shown")):
        for rises in (True, False):
            right = (field == "value") == rises
            ends.append(
                {
                    "transform": [
                        {
                            "filter": "datum.value !== null && datum.base !== null && "
                            f"datum.rises === {str(rises).lower()}"
                        }
                    ],
                    "mark": {
                        "type": "text",
                        "align": "left" if right else "right",
                        "dx": 9 if right else -9,
                        "fontWeight": 600 if field == "value" else 400,
                    },
                    "encoding": {"x": {"field": field, **x}, "text": {"field": text}},
                }
            )
    layers = [
        {
            **with_value,
            "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.38},
            "encoding": {"x": {"field": "base", **x}, "x2": {"field": "value"}, "color": colour},
        },
        {
            **with_value,
            "mark": {
                "type": "point",
                "filled": True,
                "fill": GROUND,
                "stroke": CONTEXT,
                "strokeWidth": 1.6,
                "size": 70,
            },
            "encoding": {"x": {"field": "base", **x}},
        },
        {
            **with_value,
            "mark": {"type": "point", "size": 76},
            "encoding": {"x": {"field": "value", **x}, "color": colour},
        },
        *ends,
        {
            "transform": [{"filter": "datum.value === null || datum.base === null"}],
            "mark": {
                "type": "text",
                "align": "left",
                "x": 6,
                "fontStyle": "italic",
                "color": CONTEXT,
            },
            "encoding": {"text": {"field": "shown"}},
        },
    ]
    return _rows(data, layers, width, narrow)


def line(points: Sequence[Point], *, width: int, ticks: str = "d", floor: bool = True) -> Spec:
    """Rounds from left to right with their band; `floor` starts the axis at zero."""
    narrow = width < 500
    data = [
        {
            "label": point.label,
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "shown": point.shown,
            "baseline": point.baseline,
        }
        for point in points
    ]
    order = [point.label for point in points]
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": order,
        "scale": {"type": "point", "padding": 0.4},
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": floor, "nice": True},
        "axis": {"format": ticks, "tickCount": 4},
    }
    later = {"transform": [{"filter": "!datum.baseline && datum.value !== null"}]}
    base = {"transform": [{"filter": "datum.baseline && datum.value !== null"}]}
    ends = sorted(
        {index for index, point in enumerate(points) if point.value is not None and point.baseline}
        | set(_last(points))
    )
    labelled = [data[index] for index in ends]
    label = {"type": "text", "dy": -14, "fontSize": 15, "fontWeight": 700, "color": ACCENT}
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": 200 if narrow else 230,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": data},
        "encoding": {"x": x},
        "layer": [
            {
                "transform": [{"filter": "!datum.baseline && datum.low !== null"}],
                "mark": {"type": "area"},
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {**later, "mark": {"type": "line"}, "encoding": {"y": y}},
            {**later, "mark": {"type": "point", "size": 46}, "encoding": {"y": y}},
            {
                **base,
                "mark": {
                    "type": "point",
                    "fill": GROUND,
                    "stroke": ACCENT,
                    "strokeWidth": 1.75,
                    "size": 56,
                },
                "encoding": {"y": y},
            },
            {
                "data": {"values": labelled},
                "mark": label,
                "encoding": {"y": y, "text": {"field": "shown"}},
            },
        ],
    }


SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def _last(points: Sequence[Point]) -> list[int]:
    with_value = [index for index, point in enumerate(points) if point.value is not None]
    return with_value[-1:]


def _axis(ticks: str, narrow: bool) -> Spec:
    return {
        "format": ticks,
        "tickCount": 3 if narrow else 5,
        "labelExpr": "datum.value === 0 ? '0' : datum.label",
    }


def _domain(data: Sequence[Spec], fields: Sequence[str], zero: bool, room: float) -> list[float]:
    """Least and greatest of what is drawn, with `room` (a share of the range) at the right for the
    labels.
    """
    values = [row[field] for row in data for field in fields if row.get(field) is not None] + (
        [0.0] if zero else []
    )
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = (high - low) or abs(high) or 1.0
    return [low - 0.06 * span, high + room * span]


def _rows(data: list[Spec], layers: list[Spec], width: int, narrow: bool) -> Spec:
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
