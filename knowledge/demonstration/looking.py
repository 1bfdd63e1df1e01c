"""Which figures the invented lessons cite: looked for in the record as it was played."""

from collections.abc import Callable, Iterator
from typing import Any

from knowledge.lessons import figures
from monitoring.analysis import Figure, Specification, approved_rounds_from_database, definition
from monitoring.models import Approval, RecordHead, Submission
from monitoring.reports.record import CachedSource

Record = Callable[[int], CachedSource]  # as of an approval, read once


class Looking:
    """Which figure of an indicator a lesson cites: the newest one; one of a round that was amended
    since; or an early one that has moved the other way. Where there is none so, the newest.
    """

    def __init__(self, project: str, indicator: str, record: Record) -> None:
        self.project, self.indicator, self.record = project, indicator, record
        self.head = RecordHead.objects.get().number
        approved = approved_rounds_from_database().first_approval
        self.first = {
            code: numbers[project] for code, numbers in approved.items() if project in numbers
        }

    def candidates(self, mode: str) -> Iterator[dict[str, Any]]:
        """What stands for them, the best first; some may have no value."""
        newest = [self.defined(code, self.head) for code in sorted(self.first, reverse=True)]
        if mode == "amended":
            yield from self.amended()
        elif mode == "reversed" and newest:
            yield from self.reversed(newest[0])
        yield from newest

    def amended(self) -> Iterator[dict[str, Any]]:
        again = Submission.objects.filter(project=self.project, revision__gt=1).order_by("round")
        for submission in again:
            approvals = Approval.objects.filter(submission=submission).order_by("number")
            before = self.defined(submission.round_id, approvals[0].number)
            figure, now = self.figure(before), self.figure({**before, "as_of": self.head})
            if figure and now and figure.value != now.value:
                yield before

    def reversed(self, newest: dict[str, Any]) -> Iterator[dict[str, Any]]:
        last = figures.sign(figures.change_of(self.figure(newest)))
        for code, number in sorted(self.first.items()):
            early = self.defined(code, number)
            if last and figures.sign(figures.change_of(self.figure(early))) == -last:
                yield early
                return

    def defined(self, code: str, number: int) -> dict[str, Any]:
        """What stands for the figure of a round as of an approval."""
        specification = Specification(
            scope={"projects": (self.project,)},
            group_by=(),
            indicators=(self.indicator,),
            round=code,
            as_of=number,
        )
        return definition(specification.question(), self.indicator, "main", {})

    def figure(self, defined: dict[str, Any]) -> Figure | None:
        return figures.figure_at(defined, self.record(defined["as_of"]))
