"""What stands above this floor knows of a project's calendar: the rounds that hold it, and what
follows when it moves. The roof says who answers, through `CALENDAR`.
"""

from collections.abc import Callable
from typing import NamedTuple

from pip_network.running.wired import Place
from projects.models import Project


class Calendar(NamedTuple):
    """`held_rounds`: by the code of a project, the codes of the rounds that its calendar may not
    leave; `follow`: what is asked in open rounds follows the project's days.
    """

    held_rounds: Callable[[str], list[str]]
    follow: Callable[[Project], None]


CALENDAR: Place[Calendar] = Place("what rounds hold the calendar of a project")


def held_rounds(project: Project) -> list[str]:
    """Handed in, approved, or with what people entered; held still until the transaction ends."""
    return CALENDAR().held_rounds(project.pk)


def follow(project: Project) -> None:
    """After its days were changed."""
    CALENDAR().follow(project)
