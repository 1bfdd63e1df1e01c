"""The drawing of a project's time: its semesters, its own life and that of each of its networks.

Plain numbers, no database.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from projects import semesters

ROW, HEAD, BAR = 26, 30, 12
WIDE, NARROW = 880, 328
LABELS = 250  # of the wide drawing, for the names at the left
SEMESTERS_SHOWN = 24  # more would be lines without a space between
LABEL_SIGNS = 38


class Tick(NamedTuple):
    x: str
    label: str
    label_x: str


class Life(NamedTuple):
    label: str
    url: str
    label_x: str
    label_y: str
    x: str
    y: str
    width: str
    own: bool  # the project itself
    ended: str  # place of the end mark, when a network was dissolved
    middle: str


class Timeline(NamedTuple):
    css: str
    width: int
    height: int
    top: str
    bottom: str
    ticks: list[Tick]
    lives: list[Life]
    today: str


def plain(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def draw(project, networks: Sequence, *, today: dt.date) -> list[Timeline]:
    """One drawing for wide screens and one for narrow ones, from the first to the last day that
    anything happened.
    """
    first = min([project.starts_on, *(network.constituted_on for network in networks)])
    last = max(
        [project.ends_on, *(network.dissolved_on for network in networks if network.dissolved_on)]
    )
    codes = semesters.between(first, last)
    begin, end = semesters.starts(codes[0]), semesters.starts(semesters.after(codes[-1]))
    return [
        drawing(
            project, networks, codes, begin, end, today, css="vz-wide", width=WIDE, left=LABELS
        ),
        drawing(project, networks, codes, begin, end, today, css="vz-narrow", width=NARROW, left=0),
    ]


def drawing(
    project, networks, codes, begin, end, today, *, css: str, width: int, left: int
) -> Timeline:
    def x(day: dt.date) -> float:
        return (
            left
            + (width - left - 2) * (min(max(day, begin), end) - begin).days / (end - begin).days
        )

    above = not left  # narrow: names stand over their bars
    row = ROW + 14 if above else ROW
    lives = []
    for place, subject in enumerate([project, *networks]):
        own = subject is project
        starts, stops = (
            (subject.starts_on, subject.ends_on)
            if own
            else (subject.constituted_on, subject.dissolved_on or project.ends_on)
        )
        y = HEAD + place * row + (18 if above else (ROW - BAR) / 2)
        at, to = x(starts), x(max(starts, stops))
        name = subject.code if own else f"{subject.code} {subject.name}"
        if len(name) > LABEL_SIGNS:
            name = f"{name[: LABEL_SIGNS - 1].rstrip()}…"
        lives.append(
            Life(
                name,
                "" if own else subject.get_absolute_url(),
                "0",
                plain(y - 4 if above else y + BAR - 2),
                plain(at),
                plain(y),
                plain(max(to - at, 3)),
                own,
                plain(to) if not own and subject.dissolved_on else "",
                plain(y + BAR / 2),
            )
        )
    height = HEAD + len(lives) * row + 6
    ticked = (
        codes if len(codes) <= SEMESTERS_SHOWN else [code for code in codes if code.endswith("1")]
    )
    return Timeline(
        css,
        width,
        height,
        str(HEAD - 8),
        str(height),
        [tick(code, x, above, len(codes)) for code in ticked],
        lives,
        plain(x(today)) if begin <= today <= end else "",
    )


def tick(code: str, x, narrow: bool, count: int) -> Tick:
    """A line at the start of a semester; years have their number, semesters theirs where there is
    room.
    """
    at, middle = x(semesters.starts(code)), x(semesters.starts(semesters.after(code)))
    if narrow or count > 14:
        return Tick(plain(at), code[:4] if code.endswith("1") else "", plain(at + 3))
    return Tick(plain(at), code, plain((at + middle) / 2))
