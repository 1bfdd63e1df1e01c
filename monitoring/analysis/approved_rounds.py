"""How far each round is approved, and which one a question means that names none.

One approved project of nineteen is no state of the network: the newest round is the newest that
holds at least half of the projects that it asks.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Approved(NamedTuple):
    """Of the projects that a round asks, how many have an approval."""

    projects: int
    asked: int

    @property
    def at_least_half(self) -> bool:
        return 2 * self.projects >= self.asked


@dataclass(frozen=True)
class ApprovedRounds:
    """The projects that each round asks, and the number of the approval that first had each.

    `projects` in a question narrows it to some of them; None is all.
    """

    asked: Mapping[str, Collection[str]] = field(default_factory=dict)
    first_approval: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The number of the last approval that a project had for the first time; 0 for none."""
        numbers = (number for first in self.first_approval.values() for number in first.values())
        return max(numbers, default=0)

    def of(self, code: str, as_of: int, projects: Collection[str] | None = None) -> Approved:
        """How far a round was as of a number. A project that was approved had been asked."""
        numbers = self.first_approval.get(code, {})
        approved = {project for project, number in numbers.items() if number <= as_of}
        asked = approved.union(self.asked.get(code, ()))
        if projects is not None:
            approved, asked = approved.intersection(projects), asked.intersection(projects)
        return Approved(len(approved), len(asked))

    def newest(self, as_of: int, projects: Collection[str] | None = None) -> str | None:
        """The newest round approved in at least half of the projects that it asks; where there is
        none, the newest with any approval; None where there is no approval.
        """
        begun = {
            code: approved
            for code in self.first_approval
            if (approved := self.of(code, as_of, projects)).projects
        }
        full = [code for code, approved in begun.items() if approved.at_least_half]
        return max(full or begun, default=None)
