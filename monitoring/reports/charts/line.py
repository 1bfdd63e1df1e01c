"""A line over the rounds, with its band."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .frame import ACCENT, GROUND, SCHEMA, TICKS, Spec, is_narrow

LINE: Spec = {"transform": [{"filter": "!datum.baseline && datum.value !== null"}]}
LIKE_BEFORE: Spec = {
    "transform": [{"filter": "!datum.baseline && !datum.apart && datum.value !== null"}]
}
APART: Spec = {"transform": [{"filter": "datum.apart && datum.value !== null"}]}
BASELINE: Spec = {"transform": [{"filter": "datum.baseline && datum.value !== null"}]}
TOGETHER: Spec = {"field": "run", "type": "nominal"}
LABEL = {"type": "text", "dy": -14, "fontSize": 15, "fontWeight": 700, "color": ACCENT}
OPEN_CIRCLE = {
    "type": "point",
    "fill": GROUND,
    "stroke": ACCENT,
    "strokeWidth": 1.75,
    "size": 56,
}
OPEN_SQUARE = {**OPEN_CIRCLE, "shape": "square", "size": 64}


@dataclass(frozen=True, slots=True)
class Point:
    """One round of a line. The baseline is drawn as an open circle and never joined to the line.

    Points of one `run` are joined; one that stands `apart` is an open square.
    """

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None
    baseline: bool = False
    run: int = 0
    apart: bool = False


def specification(
    points: Sequence[Point], *, width: int, ticks: str = TICKS, floor: bool = True
) -> Spec:
    """Rounds from left to right with their band; `floor` starts the axis at zero."""
    joined = Counter(point.run for point in points if point.low is not None and not point.baseline)
    data = [_datum(point) | {"alone": joined[point.run] == 1} for point in points]
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": [point.label for point in points],
        "scale": {"type": "point", "padding": 0.4},
        "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": floor, "nice": True},
        "axis": {"format": ticks, "tickCount": 4},
    }
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": 200 if is_narrow(width) else 230,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": data},
        "encoding": {"x": x},
        "layer": _layers(y, [data[index] for index in _labelled(points)]),
    }


def _datum(point: Point) -> Spec:
    return {
        "label": point.label,
        "value": point.value,
        "low": point.low,
        "high": point.high,
        "shown": point.shown,
        "baseline": point.baseline,
        "run": point.run,
        "apart": point.apart,
    }


def _layers(y: Spec, labelled: list[Spec]) -> list[Spec]:
    return [
        {
            "transform": [{"filter": "!datum.baseline && datum.low !== null"}],
            "mark": {"type": "area"},
            "encoding": {
                "y": {**y, "field": "low"},
                "y2": {"field": "high"},
                "detail": TOGETHER,
            },
        },
        {
            "transform": [{"filter": "!datum.baseline && datum.alone && datum.low !== null"}],
            "mark": {"type": "rule", "style": "interval"},
            "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {**LINE, "mark": {"type": "line"}, "encoding": {"y": y, "detail": TOGETHER}},
        {**LIKE_BEFORE, "mark": {"type": "point", "size": 46}, "encoding": {"y": y}},
        {**APART, "mark": OPEN_SQUARE, "encoding": {"y": y}},
        {**BASELINE, "mark": OPEN_CIRCLE, "encoding": {"y": y}},
        {
            "data": {"values": labelled},
            "mark": LABEL,
            "encoding": {"y": y, "text": {"field": "shown"}},
        },
    ]


def _labelled(points: Sequence[Point]) -> list[int]:
    """The places that say their value: the baseline, and the last round that has one."""
    with_value = [index for index, point in enumerate(points) if point.value is not None]
    baselines = {index for index in with_value if points[index].baseline}
    return sorted(baselines.union(with_value[-1:]))
