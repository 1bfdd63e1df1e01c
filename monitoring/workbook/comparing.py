"""What an uploaded workbook would do to a submission: told cell by cell, nothing written.

The edits are taken by the same function as those of the sheet, and the same checks are run over
what the cells would then hold.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from monitoring.choices import Door, Level, Missing, Severity
from monitoring.models import Submission
from monitoring.numbers import plain
from monitoring.sheet.cells import OPERATING, Asked, CellKey, asked_cells
from monitoring.sheet.checks import Finding
from monitoring.sheet.display import value_text
from monitoring.sheet.loading import compose
from monitoring.sheet.roster import load_roster
from monitoring.sheet.units import Unit
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.cell_save import CellSave
from monitoring.submission.entries import Refusals, take_cells
from monitoring.submission.entry_rows import stored_entries
from monitoring.submission.past_rounds import entered_at
from pip_network.models import User
from pip_network.people.access import Permission, Process, can, person_of
from pip_network.web import formats
from pip_network.web.days import day_of
from pip_network.web.errors import Invalid

from .fingerprints import Fingerprint, read_fingerprint, require_fits
from .outcomes import Line, Outcome, Outcomes
from .reading import Given, GivenBook, GivenRow, Location
from .since import ChangedSince, Since
from .words import NOTHING, Held, held_in, reasons_in_words

MOST_TOLD = 20  # rows that are named when they are missing


class Comparison:
    """One file against one submission, as it stands while this is made."""

    def __init__(
        self,
        submission: Submission,
        by: User | Process,
        at: dt.datetime,
        *,
        replacing: bool = False,
        door: Door = Door.WORKBOOK,
    ) -> None:
        self.submission, self.by, self.replacing = submission, by, replacing
        at = entered_at(submission, at)
        self.roster = load_roster(submission, day=day_of(at))
        self.asked = asked_cells(self.roster)
        stored = stored_entries(self.roster, None)
        at = at.replace(microsecond=0)
        self.save = CellSave(submission, person_of(by), at, door, "", stored)
        self.since = Since(submission)
        self.outcomes = Outcomes()
        self.changes: list[CellChange] = []
        self.given: dict[CellKey, tuple[Given, Held]] = {}
        self.rows: dict[tuple[str, str], Location] = {}

    def compare(self, book: GivenBook, *, with_checks: bool) -> Outcomes:
        """What becomes of every cell; with the findings of the checks, where they are wanted."""
        unread = {Location(fault.sheet, fault.row, fault.column) for fault in book.faults}
        for row in book.rows:
            self._row(row, unread)
        for fault in book.faults:
            place = Location(fault.sheet, fault.row, fault.column)
            self._reject(place, fault.value, fault.rule)
        refused: Refusals = {}
        take_cells(self.save, self.roster, self.asked, self.changes, self.by, refused)
        for change in self.changes:
            self._tell(change.key, refused.get(change.key))
        self.changes, self.given = [], {}  # they are in the save now
        self.outcomes.told = [*book.told, *self._missing_rows()]
        if with_checks:
            self._check()
        return self.outcomes

    # --- rows

    def _row(self, row: GivenRow, unread: set[Location]) -> None:
        try:
            fingerprint = self._fingerprint(row)
            unit = self._unit(fingerprint)
        except Invalid as error:
            self._reject(row.place, row.label, str(error.message))
            return
        self.rows[fingerprint.subject, fingerprint.kind] = row.place
        since = self.since.of(fingerprint.changes)
        for code, given in row.cells.items():
            if given.place in unread:
                continue
            key = CellKey(fingerprint.subject, fingerprint.kind, code)
            self._cell(key, unit, given, since.get(key))

    def _fingerprint(self, row: GivenRow) -> Fingerprint:
        if not isinstance(row.fingerprint, str):
            raise Invalid(
                _(
                    "This row has no fingerprint: rows that you add are not read. Register the "
                    "firm in the portal and download the workbook anew."
                )
            )
        fingerprint = read_fingerprint(row.fingerprint)
        require_fits(fingerprint, self.submission)
        earlier = self.rows.get((fingerprint.subject, fingerprint.kind))
        if earlier is not None:
            raise Invalid(
                _("This row stands twice, here and in row %(row)s of “%(sheet)s”: leave one.")
                % {"row": earlier.row, "sheet": earlier.sheet}
            )
        return fingerprint

    def _unit(self, fingerprint: Fingerprint) -> Unit:
        unit = self.roster.by_subject.get(fingerprint.subject)
        if unit is None:
            raise Invalid(_("This unit is not part of the submission."))
        if not self._may_fill(unit):
            raise Invalid(_("You may not enter data of this unit."))
        return unit

    def _missing_rows(self) -> list[str]:
        """What she may fill in and the file does not hold."""
        expected = dict.fromkeys((key.subject, key.kind) for key in self.asked)
        missing = [
            self.roster.by_subject[subject].label
            for subject, kind in expected
            if (subject, kind) not in self.rows and self._may_fill(self.roster.by_subject[subject])
        ]
        names = list(dict.fromkeys(missing))
        told = [
            _(
                "“%(name)s” is not in the file, or not with all its rows: its cells stay as they are."
            )
            % {"name": name}
            for name in names[:MOST_TOLD]
        ]
        if len(names) > MOST_TOLD:
            more = _("%(count)s more are not in the file: their cells stay as they are.")
            told.append(more % {"count": len(names) - MOST_TOLD})
        return told

    def _may_fill(self, unit: Unit) -> bool:
        of_project = unit.level == Level.PROJECT
        needed = Permission.ENTER_PROJECT if of_project else Permission.ENTER_NETWORK
        return can(self.by, needed, {f"P:{self.submission.project_id}", *unit.scope_keys})

    # --- cells

    def _cell(self, key: CellKey, unit: Unit, given: Given, since: ChangedSince | None) -> None:
        asked = self.asked.get(key)
        if asked is None:
            if given.content is not None or given.reason:
                rule = _("This cell is not asked in this submission.")
                self._reject(given.place, given.content, rule, unit, key.variable)
            return
        try:
            held = self._held(given, asked)
        except Invalid as error:
            self._reject(given.place, given.content, str(error.message), unit, key)
            return
        if asked.written is not None:
            self._written(key, given, held, asked, unit)
        elif since is not None and held == since.then:
            self._add(Outcome.UNCHANGED, key, given.place, since.now, since.now)
        elif since is not None and held != since.now and not self.replacing:
            self._clash(key, given, held, since)
        else:
            self.given[key] = (given, held)
            self.changes.append(CellChange(key, *held))

    def _held(self, given: Given, asked: Asked) -> Held:
        value, missing = held_in(given.content, asked.variable)
        if not given.reason:
            return value, missing
        code = reasons_in_words().get(given.reason.strip().casefold())
        if code is None:
            raise Invalid(_("There is no reason “%(reason)s”.") % {"reason": given.reason[:40]})
        if value is not None:
            raise Invalid(_("A cell holds a value or a reason, not both."))
        return None, code

    def _written(self, key: CellKey, given: Given, held: Held, asked: Asked, unit: Unit) -> None:
        """A cell that the system writes: as it was downloaded, or not hers to fill."""
        stored = self.save.stored.get(key)
        fine: list[Held] = [NOTHING, asked.written[:2]]  # type: ignore[index]
        if stored is not None:
            fine.append((stored.value, stored.missing))
        if key.variable == OPERATING:  # follows from what else is answered
            fine += [(asked.written.value, ""), (None, Missing.NOT_COLLECTED.value)]  # type: ignore[union-attr]
        if held in fine:
            self._add(Outcome.UNCHANGED, key, given.place, held, held)
            return
        rule = _("The system writes this cell: it cannot be changed here.")
        self._reject(given.place, given.content, rule, unit, key)

    def _clash(self, key: CellKey, given: Given, held: Held, since: ChangedSince) -> None:
        rule = _("%(by)s wrote “%(theirs)s” on %(day)s, after you had downloaded the workbook.") % {
            "by": since.by or _("The portal"),
            "theirs": self._text(key, since.now) or _("blank"),
            "day": formats.long_date(since.at),
        }
        self._add(Outcome.CONFLICT, key, given.place, since.now, held, rule)

    def _tell(self, key: CellKey, refusal: Invalid | None) -> None:
        """What the save said of an edit."""
        given, held = self.given[key]
        if refusal is not None:
            unit = self.roster.by_subject[key.subject]
            self._reject(given.place, given.content, str(refusal.message), unit, key)
            return
        before = self.save.before.get(key)
        if before is None:
            self._add(Outcome.UNCHANGED, key, given.place, held, held)
        else:
            was = (before.value, before.missing)
            outcome = Outcome.NEW if was == NOTHING else Outcome.CHANGED
            self._add(outcome, key, given.place, was, held)

    # --- what is told

    def _text(self, key: CellKey, held: Held) -> str:
        return value_text(self.asked[key].variable, *held)

    def _add(
        self, outcome: Outcome, key: CellKey, place: Location, was: Held, held: Held, rule: str = ""
    ) -> None:
        unit, variable = self.roster.by_subject[key.subject], self.asked[key].variable
        before = self._text(key, was)
        after = before if was == held else self._text(key, held)
        self.outcomes.lines.append(
            Line(
                outcome.value,
                *place,
                unit.label,
                variable.name,
                before,
                after,
                rule,
                "",
                str(key),
                "" if outcome == Outcome.UNCHANGED else f"{_code(was)} {_code(held)}",
            )
        )

    def _reject(
        self,
        place: Location,
        content: object,
        rule: str,
        unit: Unit | None = None,
        cell: CellKey | str = "",
    ) -> None:
        key = cell if isinstance(cell, CellKey) else None
        name = self.asked[key].variable.name if key else cell
        shown = "" if content is None else str(content)[:60]
        label = unit.label if unit else ""
        self.outcomes.lines.append(
            Line(
                Outcome.REJECTED.value,
                *place,
                label,
                str(name),
                "",
                shown,
                rule,
                "",
                str(key or ""),
            )
        )

    def _check(self) -> None:
        """What the sheet would say of the cells, once they are stored."""
        sheet = compose(
            self.submission,
            self.roster,
            with_findings=True,
            contents=self.save.contents(),
            asked=self.asked,
        )
        found: dict[str, list[Finding]] = {}
        for finding in sheet.findings:
            if finding.severity == Severity.ERROR or sheet.is_open(finding):
                found.setdefault(str(finding.cell), []).append(finding)
        for number, line in enumerate(self.outcomes.lines):
            if line.cell in found and line.outcome != Outcome.REJECTED:
                self.outcomes.lines[number] = _marked(line, found[line.cell])


def _code(held: Held) -> str:
    value, missing = held
    return missing or plain(value) or "-"


def _marked(line: Line, findings: Iterable[Finding]) -> Line:
    findings = list(findings)
    severe = any(finding.severity == Severity.ERROR for finding in findings)
    said = " ".join(dict.fromkeys(str(finding.message) for finding in findings))
    return line._replace(mark="error" if severe else "warning", rule=f"{line.rule} {said}".strip())
