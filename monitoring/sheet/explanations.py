"""What has been approved of a cell's warnings: the words that answered them.

While the submission is open they answer the same warning again; once it is approved they are all
that is said of its checks.
"""

from collections.abc import Iterator
from typing import NamedTuple

from monitoring.choices import Status
from monitoring.models import Explanation, Submission
from monitoring.sheet.cells import Asked, CellKey
from monitoring.sheet.checks import Finding
from monitoring.sheet.checks.evaluate import place_of
from monitoring.sheet.roster import Roster

NO_CHECK = ""


class Explained(NamedTuple):
    """Words of the record about a cell; without a check they answer no warning."""

    check: str
    basis: str
    text: str


def approved_explanations(submission: Submission) -> dict[CellKey, list[Explained]]:
    """By cell, what the record says in this round; nothing before its first approval."""
    if submission.revision == 1 and submission.status != Status.APPROVED:
        return {}
    rows = (
        Explanation.objects.live()
        .filter(
            measurement__project_id=submission.project_id, measurement__round_id=submission.round_id
        )
        .order_by("pk")
        .values_list(
            "measurement__subject",
            "measurement__kind",
            "measurement__variable_code",
            "check_code",
            "basis",
            "text",
        )
    )
    explained: dict[CellKey, list[Explained]] = {}
    for subject, kind, variable, *words in rows:
        explained.setdefault(CellKey(subject, kind, variable), []).append(Explained(*words))
    return explained


def approved_findings(
    roster: Roster, asked: dict[CellKey, Asked], explained: dict[CellKey, list[Explained]]
) -> Iterator[Finding]:
    """The warnings that were explained when the values were approved, in the order of the cells."""
    rules = {rule.code: rule for rule in roster.definitions.rules}
    for key, cell in asked.items():
        for check, basis, _text in explained.get(key, ()):
            if check in rules:
                rule, unit = rules[check], roster.by_subject[key.subject]
                place = place_of(unit, cell.variable)
                yield Finding(check, rule.severity, key, rule.check.message, place, basis)
