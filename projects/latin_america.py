"""The map of Latin America: outlines from data/latin_america.json, a mark and a name for each
country with networks.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pip_network.web import formats
from pip_network.web.orders import sorted_by_name
from pip_network.web.text import fold

OUTLINES = Path(__file__).parent / "data" / "latin_america.json"
# country: (x, y) of the mark, where its name stands, and (x, y) on the land when the mark stands
# beside it
PLACES: dict[str, tuple[tuple[float, float], str, tuple[float, float] | None]] = {
    "AR": ((208.8, 299.8), "below", None),
    "BO": ((210.8, 223.9), "below", None),
    "BR": ((264.8, 199.2), "below", None),
    "CL": ((184.7, 285.5), "left", None),
    "CO": ((175.9, 138.8), "right", None),
    "CR": ((70.6, 159.2), "left", (132.7, 114.6)),
    "CU": ((158.0, 58.0), "right", None),
    "DO": ((187.5, 77.7), "right", None),
    "EC": ((155.1, 160.8), "left", None),
    "GT": ((70.6, 102.3), "left", (107.4, 92.0)),
    "HN": ((155.9, 97.8), "right", (122.3, 94.9)),
    "HT": ((176.0, 62.0), "right", None),
    "MX": ((58.6, 56.6), "below", None),
    "NI": ((70.6, 140.4), "left", (128.3, 102.7)),
    "PA": ((70.6, 178.0), "left", (146.0, 121.5)),
    "PE": ((168.7, 193.0), "left", None),
    "PY": ((235.6, 250.8), "right", None),
    "SV": ((70.6, 121.5), "left", (113.1, 99.8)),
    "UY": ((244.8, 294.0), "right", None),
    "VE": ((208.0, 120.0), "right", None),
}


@dataclass(frozen=True)
class Mark:
    iso2: str
    url: str
    label: str
    x: str
    y: str
    radius: str
    count: int
    count_y: str
    name: str
    name_x: str
    name_y: str
    anchor: str
    land: tuple[str, str] | None
    outlined: bool


@cache
def outlines() -> dict[str, str]:
    return json.loads(OUTLINES.read_text(encoding="utf-8"))


def map_of(countries) -> dict:
    """What the drawing needs, for countries with a `network_count`: outlines with and without
    networks, marks that are links, and the same in a sentence for those who do not see it.
    """
    with_networks = sorted(
        (country for country in countries if country.network_count and country.iso2 in PLACES),
        key=lambda country: fold(country.name),  # the order in which the keyboard goes through them
    )
    codes = {country.iso2 for country in with_networks}
    drawn = outlines()
    return {
        "inside": [(code, drawn[code]) for code in sorted(codes & set(drawn))],
        "outside": [drawn[code] for code in sorted(set(drawn) - codes)],
        "marks": [mark(country) for country in with_networks],
        "sentence": sentence(with_networks),
    }


def locator(countries) -> dict | None:
    """A small map with some countries marked, and where they are in words; None when none of them
    is on it.
    """
    here = {country.iso2: country.name for country in countries}
    drawn = outlines()
    marked = [code for code, _name in sorted_by_name(here.items()) if code in PLACES]
    if not marked:
        return None
    return {
        "here": [drawn[code] for code in marked if code in drawn],
        "others": [drawn[code] for code in sorted(set(drawn) - set(marked))],
        "rings": [ring(code) for code in marked],
        "sentence": _("Map of Latin America. Marked: %(countries)s.")
        % {"countries": ", ".join(here[code] for code in marked)},
    }


def ring(code: str) -> tuple[str, str]:
    """Where the land of a country is: its mark, or the end of the line to its mark."""
    place, _side, land = PLACES[code]
    x, y = land or place
    return plain(x), plain(y)


def mark(country) -> Mark:
    (x, y), side, land = PLACES[country.iso2]
    count = country.network_count
    radius = min(6.5 + 0.5 * count, 13.0)
    name_x, name_y, anchor = {
        "left": (x - radius - 4.5, y + 4, "end"),
        "right": (x + radius + 4.5, y + 4, "start"),
        "below": (x, y + radius + 13, "middle"),
    }[side]
    place = (plain(land[0]), plain(land[1])) if land else None
    sentence = ngettext("%(country)s: %(count)s network", "%(country)s: %(count)s networks", count)
    return Mark(
        country.iso2.lower(),
        country.get_absolute_url(),
        sentence % {"country": country.name, "count": formats.number(count)},
        plain(x),
        plain(y),
        plain(radius),
        count,
        plain(y + 4.5),
        country.name,
        plain(name_x),
        plain(name_y),
        anchor,
        place,
        country.iso2 in outlines(),
    )


def plain(value: float) -> str:
    """A coordinate: always a point, whatever the reader's decimal mark."""
    return f"{value:.1f}".removesuffix(".0")


def sentence(countries) -> str:
    ranked = sorted(countries, key=lambda country: (-country.network_count, fold(country.name)))
    counts = ", ".join(
        f"{country.name} {formats.number(country.network_count)}" for country in ranked
    )
    return _("Map. Networks by country: %(counts)s.") % {"counts": counts or _("none")}
