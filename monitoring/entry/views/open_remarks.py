"""The open remarks of one submission that a person sees, where its units are at hand."""

from collections.abc import Iterable

from monitoring.entry.views.fetch import Sight
from monitoring.sheet.roster import Roster
from monitoring.sheet.threads import Thread
from monitoring.submission.remark_lines import RemarkedUnit, RemarkLine, line_of


def lines_on(sight: Sight, roster: Roster, threads: Iterable[Thread]) -> list[RemarkLine]:
    """Threads of one submission whose units are at hand: those on what this person sees."""
    submission = sight.submission
    places = {
        (submission.pk, unit.subject): RemarkedUnit(unit.label, sight.codes_of(unit))
        for unit in roster.units
    }
    lines = [line_of(submission, each, places, whole=sight.whole) for each in threads]
    return [line for line in lines if line is not None]
