#!/usr/bin/env python3
"""Cut the twenty countries of Latin America out of Natural Earth's 110m map, ready to be drawn.

    npm install world-atlas@2.0.2
    python projects/data/make_map.py node_modules/world-atlas/countries-110m.json > projects/data/latin_america.json

Natural Earth is in the public domain; the TopoJSON edition is world-atlas 2.0.2 (ISC). Standard
library only; same input, same output. Mercator, fitted into 330 x 440 units; a path counts in
tenths of a unit, relative: it stays small.
"""

import json
import math
import sys

COUNTRIES = {
    "032": "AR",
    "068": "BO",
    "076": "BR",
    "152": "CL",
    "170": "CO",
    "188": "CR",
    "192": "CU",
    "214": "DO",
    "218": "EC",
    "222": "SV",
    "320": "GT",
    "332": "HT",
    "340": "HN",
    "484": "MX",
    "558": "NI",
    "591": "PA",
    "600": "PY",
    "604": "PE",
    "858": "UY",
    "862": "VE",
}
WIDTH, HEIGHT = 3300, 4400


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    return math.radians(longitude), -math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """Each arc as projected points."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append(mercator(x * kx + dx, y * ky + dy))
        lines.append(points)
    return lines


def ring(indexes: list[int], lines: list) -> list[tuple[float, float]]:
    """A closed line; a negative index is an arc walked backwards."""
    points: list[tuple[float, float]] = []
    for index in indexes:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        points += line if not points else line[1:]
    return points


def shapes(topology: dict) -> dict[str, list]:
    lines = arcs(topology)
    rings = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = COUNTRIES.get(geometry.get("id", ""))
        if code:
            polygons = (
                geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            )
            rings[code] = [ring(polygon[0], lines) for polygon in polygons]
    return dict(sorted(rings.items()))


def path(rings: list, scale: float, left: float, top: float) -> str:
    """Relative path data in whole tenths of a unit."""
    text = []
    for points in rings:
        whole = [(round((x - left) * scale), round((y - top) * scale)) for x, y in points]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(whole, whole[1:], strict=False)][:-1]
        text.append(
            f"M{whole[0][0]},{whole[0][1]}l"
            + " ".join(f"{x},{y}" for x, y in steps if x or y)
            + "z"
        )
    return "".join(text).replace(" -", "-").replace(",-", "-")


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        rings_of = shapes(json.load(file))
    points = [point for rings in rings_of.values() for line in rings for point in line]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    scale = min(WIDTH / (right - left), HEIGHT / (bottom - top))
    top -= (HEIGHT / scale - (bottom - top)) / 2
    json.dump(
        {code: path(rings, scale, left, top) for code, rings in rings_of.items()},
        sys.stdout,
        indent=0,
        sort_keys=True,
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
