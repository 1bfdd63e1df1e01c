"""The drawing of a project's time: its semesters, its own life and that of each of its networks.

Plain numbers, no database.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from projects import semesters
from projects.models import Network, Project

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
    is_project: bool
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


@dataclass(frozen=True)
class Scale:
    """Where days stand in a drawing: `begin` at `left`, `end` at its right side."""

    begin: dt.date
    end: dt.date
    left: int
    width: int

    @property
    def is_narrow(self) -> bool:
        """Without a place for names at the left: they stand over their bars."""
        return not self.left

    @property
    def row(self) -> int:
        return ROW + 14 if self.is_narrow else ROW

    def x(self, day: dt.date) -> float:
        days = (min(max(day, self.begin), self.end) - self.begin).days
        return self.left + (self.width - self.left - 2) * days / (self.end - self.begin).days


def draw(project: Project, networks: Sequence[Network], *, today: dt.date) -> list[Timeline]:
    """One drawing for wide screens and one for narrow ones, from the first to the last day that
    anything happened.
    """
    first = min([project.starts_on, *(network.constituted_on for network in networks)])
    last = max(
        [project.ends_on, *(network.dissolved_on for network in networks if network.dissolved_on)]
    )
    codes = semesters.between(semesters.of(first), semesters.of(last))
    begin, end = semesters.starts(codes[0]), semesters.starts(semesters.after(codes[-1]))
    return [
        drawing(project, networks, codes, Scale(begin, end, left, width), today, css=css)
        for css, width, left in (("vz-wide", WIDE, LABELS), ("vz-narrow", NARROW, 0))
    ]


def drawing(
    project: Project,
    networks: Sequence[Network],
    codes: Sequence[str],
    scale: Scale,
    today: dt.date,
    *,
    css: str,
) -> Timeline:
    """The line of the project, then that of each network, over the semesters `codes`."""
    lives = [
        life_of_project(project, scale),
        *(
            life_of_network(network, project, scale, line)
            for line, network in enumerate(networks, 1)
        ),
    ]
    height = HEAD + len(lives) * scale.row + 6
    ticked = [code for code in codes if len(codes) <= SEMESTERS_SHOWN or code.endswith("1")]
    return Timeline(
        css,
        scale.width,
        height,
        str(HEAD - 8),
        str(height),
        [tick(code, scale, len(codes)) for code in ticked],
        lives,
        plain(scale.x(today)) if scale.begin <= today <= scale.end else "",
    )


def life_of_project(project: Project, scale: Scale) -> Life:
    return _life(
        project.code, project.starts_on, project.ends_on, scale, 0, url="", is_project=True
    )


def life_of_network(network: Network, project: Project, scale: Scale, line: int) -> Life:
    """Until its dissolution, which is marked; otherwise as long as the project."""
    life = _life(
        f"{network.code} {network.name}",
        network.constituted_on,
        network.dissolved_on or project.ends_on,
        scale,
        line,
        url=network.get_absolute_url(),
        is_project=False,
    )
    if network.dissolved_on is None:
        return life
    return life._replace(ended=plain(scale.x(max(network.constituted_on, network.dissolved_on))))


def _life(
    label: str,
    starts: dt.date,
    stops: dt.date,
    scale: Scale,
    line: int,
    *,
    url: str,
    is_project: bool,
) -> Life:
    y = HEAD + line * scale.row + (18 if scale.is_narrow else (ROW - BAR) / 2)
    x, to = scale.x(starts), scale.x(max(starts, stops))
    return Life(
        label=_cut(label),
        url=url,
        label_x="0",
        label_y=plain(y - 4 if scale.is_narrow else y + BAR - 2),
        x=plain(x),
        y=plain(y),
        width=plain(max(to - x, 3)),
        is_project=is_project,
        ended="",
        middle=plain(y + BAR / 2),
    )


def _cut(label: str) -> str:
    return label if len(label) <= LABEL_SIGNS else f"{label[: LABEL_SIGNS - 1].rstrip()}…"


def tick(code: str, scale: Scale, count: int) -> Tick:
    """A line at the start of a semester; years have their number, semesters theirs where there is
    room.
    """
    x = scale.x(semesters.starts(code))
    if scale.is_narrow or count > 14:
        return Tick(plain(x), code[:4] if code.endswith("1") else "", plain(x + 3))
    following = scale.x(semesters.starts(semesters.after(code)))
    return Tick(plain(x), code, plain((x + following) / 2))
