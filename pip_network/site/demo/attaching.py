"""Evidence of the demonstration: six invented pieces, beside what a project really attaches them to."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import partial

from monitoring.choices import EvidencePlace, Kind, NarrativeTheme, Severity
from monitoring.evidence.actions import attach
from monitoring.evidence.places import Spot, of_remark
from monitoring.models import Remark
from monitoring.sheet.cells import CellKey, asked_cells
from monitoring.sheet.loading import load_sheet
from monitoring.sheet.roster import load_roster
from pip_network.choices import FileKind, ScanState
from pip_network.files.stored import keeping
from pip_network.models import Stored, User

from . import papers
from .delivering import Player
from .periods import days
from .registry import Step
from .schedule import Delivery, Ending

HOUR = dt.timedelta(hours=1)
NOTICE = "https://www.example.org/demostracion/nota-de-prensa"
LIST = "https://www.example.org/demostracion/lista-de-asistencia"


def evidence_steps(player: Player, deliveries: list[Delivery], own: str) -> Iterator[Step]:
    """Two files and an address in the last approved semester of the demonstration's own director;
    a file for a remark in her draft; a workbook and an address where the specialist is to decide.
    """
    hers = [delivery for delivery in deliveries if delivery.project.code == own]
    approved = [delivery for delivery in hers if delivery.approved is not None]
    for delivery in approved[-1:]:
        if delivery.submitted is not None:
            yield Step(delivery.submitted - HOUR, partial(_of_approved, player, delivery))
    for delivery in hers:
        if delivery.is_open_round and delivery.filled is not None:
            yield Step(delivery.filled + days(5), partial(_of_draft, player, delivery))
    waiting = (row for row in deliveries if row.is_open_round and row.ending == Ending.SUBMITTED)
    for delivery in list(waiting)[:1]:
        if delivery.submitted is not None:
            yield Step(delivery.submitted - HOUR, partial(_of_waiting, player, delivery))


def _of_approved(player: Player, delivery: Delivery, at: dt.datetime) -> None:
    by = player.cast.people.directors[delivery.project.code]
    number = player.submissions[delivery.key]
    cell = _cell(player, delivery, "N:", "joint_purchases", at)
    minutes = _kept("acta-de-compras.pdf", papers.pdf(papers.MINUTES), FileKind.PDF, by, at)
    picture = _kept("ventas-de-la-red.png", papers.png(), FileKind.PNG, by, at)
    attach(number, Spot(EvidencePlace.CELL, cell), file=minutes, by=by, at=at)
    attach(number, _text(NarrativeTheme.EXAMPLE), file=picture, by=by, at=at)
    attach(number, _text(NarrativeTheme.EVIDENCE), address=NOTICE, by=by, at=at)


def _of_draft(player: Player, delivery: Delivery, at: dt.datetime) -> None:
    """The invoices for which the remark asked."""
    by = player.cast.people.directors[delivery.project.code]
    number = player.submissions[delivery.key]
    remark = Remark.objects.filter(submission=number, answers__isnull=True).earliest("id")
    invoices = _kept("facturas.pdf", papers.pdf(papers.INVOICES), FileKind.PDF, by, at)
    attach(number, of_remark(remark), file=invoices, by=by, at=at)


def _of_waiting(player: Player, delivery: Delivery, at: dt.datetime) -> None:
    by = player.cast.people.directors[delivery.project.code]
    number = player.submissions[delivery.key]
    book = _kept("ventas-mensuales.xlsx", papers.xlsx(), FileKind.XLSX, by, at)
    sales = _cell(player, delivery, "F:", "sales", at)
    attach(number, Spot(EvidencePlace.CELL, sales), file=book, by=by, at=at)
    attach(number, _warned(player, delivery, sales), address=LIST, by=by, at=at)


def _text(theme: str) -> Spot:
    return Spot(EvidencePlace.NARRATIVE, theme=theme)


def _warned(player: Player, delivery: Delivery, otherwise: CellKey) -> Spot:
    """The explanation of the first warning, which its author writes as she submits."""
    findings = load_sheet(player.submission(delivery)).findings
    cells = sorted(row.cell for row in findings if row.severity == Severity.WARNING)
    place = EvidencePlace.EXPLANATION if cells else EvidencePlace.CELL
    return Spot(place, cells[0] if cells else otherwise)


def _cell(
    player: Player, delivery: Delivery, level: str, variable: str, at: dt.datetime
) -> CellKey:
    """The first cell of that variable that the round asks, else the first of that level."""
    roster = load_roster(player.submission(delivery), day=at.date())
    keys = [
        key
        for key, cell in asked_cells(roster).items()
        if key.subject.startswith(level) and key.kind == Kind.REGULAR and cell.written is None
    ]
    return min(keys, key=lambda key: (key.variable != variable, key))


def _kept(name: str, content: bytes, kind: FileKind, by: User, at: dt.datetime) -> Stored:
    """The file in the storage. It is one of ours: nobody has to look at it."""
    path = keeping.new_arrival()
    path.write_bytes(content)
    facts = keeping.Facts(
        hashlib.sha256(content).hexdigest(), len(content), kind, ScanState.NOT_SCANNED
    )
    try:
        return keeping.place(path, facts, name=name, by=by, at=at)
    finally:
        path.unlink(missing_ok=True)
