"""The sheet of a submission: every cell with its value, its state, what went before and what the
checks say.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple

from django.db.models import Count

from monitoring.choices import Kind, Level, MembershipState, Missing, Severity, Source, Status
from monitoring.models import Entry, Measurement, Remark, Submission
from monitoring.sheet.cells import Asked, CellKey, asked_cells, operating_of
from monitoring.sheet.checks import Finding, Past, SheetData, evaluate
from monitoring.sheet.checks.reference import reference
from monitoring.sheet.roster import Roster, load_roster
from monitoring.sheet.units import Unit

REGULAR, BASELINE = Kind.REGULAR.value, Kind.BASELINE.value


class Held(NamedTuple):
    """What a cell holds now: from the entries while the submission is open, from the record once it
    is approved.
    """

    value: Decimal | None
    missing: str
    source: str
    explanation: str = ""
    stamp: int = 0
    changed_by: str = ""
    changed_at: dt.datetime | None = None


BLANK = Held(None, "", "")


class Counts(NamedTuple):
    """Cells that people fill: how many are asked and filled; findings; core cells left blank."""

    asked: int
    filled: int
    errors: int
    warnings_open: int
    blank_core: int


@dataclass(frozen=True, slots=True)
class CellState:
    """One cell, ready to be drawn. `seen_stamp` of a save is its `stamp`; 0 where it is blank.

    `previous` and `baseline` are approved values of earlier times; `explanation` answers the
    warnings among its findings; `changed_by` is a name.
    """

    key: CellKey
    asked: Asked
    value: Decimal | None
    missing: str
    source: str
    explanation: str
    stamp: int
    previous: Past | None
    baseline: Past | None
    findings: tuple[Finding, ...]
    remarks_open: int
    changed_by: str
    changed_at: dt.datetime | None

    @property
    def locked(self) -> bool:
        return self.asked.written is not None

    @property
    def state(self) -> str:
        """`empty saved error warn told reason locked`; `told` is a warning with its word of
        explanation.
        """
        if any(finding.severity == Severity.ERROR for finding in self.findings):
            return "error"
        if self.findings:
            return "told" if self.explanation else "warn"
        if self.locked:
            return "locked"
        if self.value is None:
            return "reason" if self.missing else "empty"
        return "saved"


@dataclass
class Sheet:
    """Cells and findings of a submission, or of one network of it; of an approved one, as the
    record has them.
    """

    submission: Submission
    roster: Roster
    asked: dict[CellKey, Asked]
    held: dict[CellKey, Held]
    data: SheetData
    findings: list[Finding] = field(default_factory=list)
    remarks: dict[CellKey, int] = field(default_factory=dict)

    def units(self, network_code: str | None = None) -> list[Unit]:
        """All units; or a network and its firms."""
        if network_code is None:
            return self.roster.units
        own = self.roster.by_subject.get(f"N:{network_code}")
        return [*([own] if own else []), *self.roster.firms_of(network_code)]

    @cached_property
    def cells(self) -> dict[CellKey, CellState]:
        return {key: self.cell(key) for key in self.asked}

    def cell(self, key: CellKey) -> CellState:
        """Raises KeyError for a cell that is not asked."""
        asked, held = self.asked[key], self.held.get(key, BLANK)
        value, missing, source = asked.written or held[:3]
        regular = key.kind == REGULAR
        return CellState(
            key,
            asked,
            value,
            missing,
            source,
            held.explanation,
            held.stamp,
            self.data.previous.get((key.subject, key.variable)) if regular else None,
            self.baseline_of(key) if regular else None,
            self._findings_of.get(key, ()),
            self.remarks.get(key, 0),
            held.changed_by,
            held.changed_at,
        )

    def baseline_of(self, key: CellKey) -> Past | None:
        """The unit's baseline of this variable: from the record, or as it stands in this
        submission.
        """
        past = self.data.baselines.get((key.subject, key.variable))
        own = CellKey(key.subject, BASELINE, key.variable)
        if past is not None or own not in self.asked:
            return past
        asked, held = self.asked[own], self.held.get(own, BLANK)
        value, missing, _source = asked.written or held[:3]
        return Past(value, missing, asked.period) if value is not None or missing else None

    @cached_property
    def _findings_of(self) -> dict[CellKey, tuple[Finding, ...]]:
        findings: dict[CellKey, tuple[Finding, ...]] = {}
        for finding in self.findings:
            findings[finding.cell] = (*findings.get(finding.cell, ()), finding)
        return findings

    @cached_property
    def blank_core(self) -> list[CellKey]:
        """Core cells that people have to fill and have not."""
        held = self.held
        return [
            key
            for key, cell in self.asked.items()
            if cell.written is None and cell.variable.core and key not in held
        ]

    @cached_property
    def open_warnings(self) -> list[Finding]:
        """Warnings without a word of explanation."""
        return [
            finding
            for finding in self.findings
            if finding.severity != Severity.ERROR
            and not self.held.get(finding.cell, BLANK).explanation
        ]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    @cached_property
    def counts(self) -> Counts:
        return self.count(self.asked)

    def count(self, cells) -> Counts:
        """Counts of some of the cells, such as one unit's or one network's."""
        cells = set(cells)
        asked = [key for key in cells if self.asked[key].written is None]
        return Counts(
            len(asked),
            sum(key in self.held for key in asked),
            sum(finding.cell in cells for finding in self.errors),
            sum(finding.cell in cells for finding in self.open_warnings),
            sum(key in cells for key in self.blank_core),
        )

    @property
    def is_complete(self) -> bool:
        """May it be submitted: nothing core is blank, no error, every warning explained?"""
        return not self.blank_core and not self.errors and not self.open_warnings


def load_sheet(
    submission: Submission,
    *,
    network: str | None = None,
    subject: str | None = None,
    with_findings: bool = True,
    day: dt.date | None = None,
) -> Sheet:
    """The sheet of a submission; of one network with its firms; or of one unit.

    `day` is the reader's today.
    """
    return compose(
        submission,
        _roster_of(submission, network, subject, day),
        with_findings=with_findings,
        for_page=True,
    )


def _roster_of(
    submission: Submission, network: str | None, subject: str | None, day: dt.date | None
) -> Roster:
    """Of one firm: only it.

    Of a network: the network, its firms and the other networks of those firms.
    """
    if subject is not None and not subject.startswith("N:"):
        return load_roster(submission, subjects={subject}, day=day)
    whole = load_roster(submission, day=day)
    code = network or (subject[2:] if subject else None)
    if code is None:
        return whole
    firms = whole.firms_of(code)
    subjects = {f"N:{code}"} | {firm.subject for firm in firms}
    return replace(whole, units=[unit for unit in whole.units if unit.subject in subjects])


def compose(
    submission: Submission,
    roster: Roster,
    *,
    with_findings: bool,
    for_page: bool = False,
    values: dict[CellKey, Held] | None = None,
    asked: dict[CellKey, Asked] | None = None,
) -> Sheet:
    """A sheet over a roster. `for_page`: with authors, remarks and the whole past, which a page
    shows and a gate does not.

    `values`: what the cells hold, and `asked`: which they are, where that has just been read.
    """
    everything = held_values(submission, roster, for_page=for_page) if values is None else values
    answered = {
        key[0]
        for key, held in everything.items()
        if held.value is not None and held.source != Source.SYSTEM
    }
    asked = operating_of(asked_cells(roster) if asked is None else asked, answered)
    held = {key: everything[key] for key in asked.keys() & everything.keys()}
    data = _data(roster, asked, everything)
    if for_page or with_findings:
        _load_past(data, None if for_page else _compared(roster))
    sheet = Sheet(submission, roster, asked, held, data)
    if for_page:
        sheet.remarks = _open_remarks(submission)
    if with_findings:
        sheet.findings = evaluate(data)
    return sheet


def held_values(
    submission: Submission, roster: Roster, *, for_page: bool = False
) -> dict[CellKey, Held]:
    """What the cells hold: entries of an open or submitted submission, rows of the record once it
    is approved.
    """
    if submission.status == Status.APPROVED:
        return _approved_values(submission, roster)
    code_of = roster.definitions.code_of
    rows = Entry.objects.filter(submission=submission).order_by()
    few = _subjects_read(roster)
    if few is not None:
        rows = rows.filter(subject__in=few)
    extra = ("changed_by__name", "changed_at") if for_page else ()
    fields = (
        "subject",
        "kind",
        "variable_id",
        "value",
        "missing",
        "source",
        "explanation",
        "stamp",
        *extra,
    )
    return {
        CellKey(subject, kind, code_of[variable]): Held(*rest)
        for subject, kind, variable, *rest in rows.values_list(*fields)
    }


def _subjects_read(roster: Roster) -> list[str] | None:
    """Subjects whose values are needed: the units and the networks of its firms.

    None: too many to name, read all.
    """
    if len(roster.units) > 200:
        return None
    subjects = {unit.subject for unit in roster.units}
    subjects |= {
        f"N:{n.code}" for unit in roster.units if unit.level == Level.FIRM for n in unit.networks
    }
    return sorted(subjects)


def _approved_values(submission: Submission, roster: Roster) -> dict[CellKey, Held]:
    rows = (
        Measurement.objects.live()
        .filter(project_id=submission.project_id, round_id=submission.round_id)
        .order_by()
        .values_list("subject", "kind", "variable_code", "value", "missing", "source")
    )
    return {CellKey(*row[:3]): Held(*row[3:]) for row in rows}


def _data(roster: Roster, asked: dict[CellKey, Asked], held: dict[CellKey, Held]) -> SheetData:
    """Known values: what the system writes, and where it writes nothing what people entered."""
    by_subject = roster.by_subject
    values = {
        key: entered.value
        for key, entered in held.items()
        if entered.value is not None and (key in asked or key.subject not in by_subject)
    }
    unchecked = set()
    closed = any(unit.state == MembershipState.CLOSED for unit in roster.units)
    for key, cell in asked.items():
        if cell.written is None:
            continue
        if cell.written.value is None:
            values.pop(key, None)
        else:
            values[key] = cell.written.value
        if closed and cell.written.source == Source.CLOSURE:
            unchecked.add(key)
    return SheetData(
        roster,
        asked,
        values,
        unchecked=unchecked,
        load_reference=partial(reference, roster.submission, roster.definitions),
    )


def _compared(roster: Roster) -> list[str]:
    """Variables that checks compare with an earlier time."""
    codes = set()
    for rule in roster.definitions.rules:
        if rule.kind in ("implies_previous", "jump", "not_below_previous") or rule.when == "S2":
            codes |= {rule.left, rule.right, rule.then_left} - {""}
    return sorted(codes)


def _load_past(data: SheetData, variables: list[str] | None) -> None:
    """Fill what was approved before: the last approved value of each cell, the baselines, the
    year's first semester.

    Values of another definition of their variable are no past of the cell; a first semester of
    another one is missing.
    """
    roster = data.roster
    defined = {variable.code: variable.defined_in for variable in roster.definitions.variables}
    rows = Measurement.objects.live().filter(project_id=roster.submission.project_id).order_by()
    if variables is not None:
        rows = rows.filter(variable_code__in=variables)
    if len(roster.units) <= 200:
        rows = rows.filter(subject__in=[unit.subject for unit in roster.units])
    fields = (
        "subject",
        "variable_code",
        "kind",
        "round_id",
        "catalogue_id",
        "value",
        "missing",
        "period",
    )
    # Each half is looked up in the unique index of its kind; "or" would read the whole project.
    baselines = rows.filter(kind=BASELINE).values_list(*fields)
    earlier = rows.filter(kind=REGULAR, round_id__lt=roster.submission.round_id).values_list(
        *fields
    )
    first_half = f"{roster.round.year}-S1" if roster.round.half == 2 else ""
    for subject, code, kind, round_code, defined_in, *values in earlier.union(
        baselines, all=True
    ).order_by("round_id"):
        key, past = (subject, code), Past(*values)
        if defined_in != defined.get(code):
            if kind == REGULAR and round_code == first_half:
                data.first_half[key] = past._replace(value=None, missing=Missing.NO_DATA)
            continue
        if kind == BASELINE:
            data.baselines[key] = past
            continue
        if past.value is not None or key not in data.previous or data.previous[key].value is None:
            data.previous[key] = past
        if round_code == first_half:
            data.first_half[key] = past


def _open_remarks(submission: Submission) -> dict[CellKey, int]:
    rows = (
        Remark.objects.filter(submission=submission, answers__isnull=True, resolved_at__isnull=True)
        .exclude(variable_code="")
        .order_by()
        .values_list("subject", "kind", "variable_code")
        .annotate(n=Count("id"))
    )
    return {CellKey(*row[:3]): row[3] for row in rows}
