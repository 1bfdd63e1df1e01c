"""Putting a sheet together: of a whole submission, of one network with its firms, of one unit."""

import datetime as dt
from dataclasses import replace
from functools import partial

from monitoring.choices import MembershipState, Source, Status
from monitoring.models import Submission
from monitoring.sheet.cell_contents import CellContent, cell_contents
from monitoring.sheet.cells import Asked, CellKey, asked_cells, operating_of
from monitoring.sheet.checks import SheetData, evaluate
from monitoring.sheet.checks.reference import reference
from monitoring.sheet.explanations import approved_explanations, approved_findings
from monitoring.sheet.past import compared_variables, load_past
from monitoring.sheet.roster import Roster, load_roster
from monitoring.sheet.sheet import Sheet
from monitoring.sheet.threads import noted, open_threads


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
    contents: dict[CellKey, CellContent] | None = None,
    asked: dict[CellKey, Asked] | None = None,
) -> Sheet:
    """A sheet over a roster. `for_page`: with authors, remarks and the whole past, which a page
    shows and a gate does not.

    `contents`: what the cells hold, and `asked`: which they are, where that has just been read.
    """
    if contents is None:
        contents = cell_contents(submission, roster, for_page=for_page)
    answered = {
        key[0]
        for key, content in contents.items()
        if content.value is not None and content.source != Source.SYSTEM
    }
    asked = operating_of(asked_cells(roster) if asked is None else asked, answered)
    data = _data(roster, asked, contents)
    if for_page or with_findings:
        load_past(data, None if for_page else compared_variables(roster.definitions))
    sheet = Sheet(
        submission,
        roster,
        asked,
        {key: contents[key] for key in asked.keys() & contents.keys()},
        data,
    )
    if for_page:
        sheet.threads = open_threads([submission])
        sheet.remarks = noted(sheet.threads)
    if for_page or with_findings:
        sheet.explained = approved_explanations(submission)
    if with_findings and submission.status == Status.APPROVED:
        sheet.findings = list(approved_findings(roster, asked, sheet.explained))
    elif with_findings:
        sheet.findings = evaluate(data)
    return sheet


def _data(
    roster: Roster, asked: dict[CellKey, Asked], contents: dict[CellKey, CellContent]
) -> SheetData:
    """Known values: what the system writes, and where it writes nothing what people entered."""
    by_subject = roster.by_subject
    values = {
        key: content.value
        for key, content in contents.items()
        if content.value is not None and (key in asked or key.subject not in by_subject)
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
