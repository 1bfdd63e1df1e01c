"""The parts of one submission with what lowers each: as it stands, or as it was approved."""

from typing import NamedTuple

from monitoring.choices import Missing, Status
from monitoring.evidence.texts import themes_with_evidence
from monitoring.models import Judgement, Narrative, Submission
from monitoring.sheet.cells import CellKey
from monitoring.sheet.checks.kinds import JUDGED
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.units import Unit

from .of_record import days_late
from .parts import EVIDENCE, TOLD, Counts, Part, parts_of, texts_shown

Judged = dict[tuple[CellKey, str], bool | None]


class Lowering(NamedTuple):
    """What lowers each part: cells, units, texts; of timeliness the days."""

    completeness: list[CellKey]
    validity: list[CellKey]
    plausibility: list[CellKey]
    baseline: list[Unit]
    evidence: list[str]
    days_late: int


class Read(NamedTuple):
    """The six parts of a submission, and what lowers them."""

    parts: tuple[Part, ...]
    lowering: Lowering


def read(sheet: Sheet) -> Read:
    """Of the whole submission. Four questions at most: judgements of what is approved, texts, and
    what is attached to them.
    """
    submission = sheet.submission
    judged = _approved(submission) if submission.status == Status.APPROVED else sheet.judged
    core, blank, filled = _cells(sheet)
    unexplained = {key for (key, _check), explained in judged.items() if explained is False}
    rules = {rule.code for rule in sheet.roster.definitions.rules if rule.kind in JUDGED}
    looked_at = {key for key, check in judged if check in rules}
    doubtful = {key for (key, check), told in judged.items() if check in rules and told is not None}
    due = [unit for unit in sheet.roster.units if unit.needs_baseline]
    without = [unit for unit in due if unit.captured_on is None or unit.reconstructed]
    written = _written(submission)
    evidenced = themes_with_evidence([submission.pk])[submission.pk]
    shown, told = texts_shown(written, evidenced)
    days = days_late(submission)
    counts = Counts(
        core=core,
        core_filled=core - len(blank),
        filled=filled,
        unexplained=len(unexplained),
        judged=len(looked_at),
        doubtful=len(doubtful),
        baselines_due=len(due),
        baselines=len(due) - len(without),
        texts=told,
        texts_shown=shown,
        days_late=days,
    )
    bare = [theme for theme in TOLD if theme in written - evidenced and EVIDENCE not in written]
    lowering = Lowering(
        blank,
        [key for key in sheet.asked if key in unexplained],
        [key for key in sheet.asked if key in doubtful],
        without,
        bare,
        days or 0,
    )
    return Read(parts_of(counts), lowering)


def _cells(sheet: Sheet) -> tuple[int, list[CellKey], int]:
    """Core cells asked and applicable, those of them without a value, and all cells with one."""
    core, filled, blank = 0, 0, []
    for key, asked in sheet.asked.items():
        value, missing, _source = sheet.held(key)
        filled += value is not None
        if asked.variable.core and missing != Missing.NOT_APPLICABLE:
            core += 1
            if value is None:
                blank.append(key)
    return core, blank, filled


def _approved(submission: Submission) -> Judged:
    rows = Judgement.objects.live().filter(
        measurement__project=submission.project_id, measurement__round=submission.round_id
    )
    columns = ("subject", "kind", "variable_code")
    return {
        (CellKey(*cell), check): explained
        for *cell, check, explained in rows.order_by().values_list(
            *(f"measurement__{column}" for column in columns), "check_code", "explained"
        )
    }


def _written(submission: Submission) -> set[str]:
    if submission.status != Status.APPROVED:
        drafts = submission.narrative_drafts.exclude(text="").order_by()
        return set(drafts.values_list("theme", flat=True))
    texts = Narrative.objects.live().filter(
        project=submission.project_id, round=submission.round_id
    )
    return set(texts.order_by().values_list("theme", flat=True))
