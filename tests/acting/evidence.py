"""The acts on evidence: attached to the open round, approved in the first one."""

from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.entry import evidence_acts
from monitoring.evidence.actions import attach, put_back, withdraw
from monitoring.evidence.places import Spot
from monitoring.evidence.taking_away import take_away
from monitoring.models import Evidence, EvidenceDraft
from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.amendments import amend
from monitoring.submission.opening import submit
from pip_network.files.stored import keep
from pip_network.people.access import Permission as P
from pip_network.web.acts import Act as Row
from tests.pip_network.files.stored import pdf

from .stage import AT, Act, person, submission
from .walking import Walk

SPOT = Spot("cell", CellKey("F:FIRMAAAAA", "regular", "service_hours"))
PAGE = "https://example.org/acta"
REASON = "Contiene datos de una persona"
EVIDENCE = "/monitoring/PIP-01/2004-S1/evidence/"


def attached() -> EvidenceDraft:
    return attach(submission("2005-S1").pk, SPOT, address=PAGE, by=person("directora"), at=AT)


def removed() -> EvidenceDraft:
    return withdraw(attached().pk, by=person("directora"), at=AT)


def approved() -> None:
    """A file beside a cell of the first round, by an amendment."""
    by, number = person("directora"), submission("2004-S1").pk
    amend(number, "Falta un comprobante", by=by, at=AT)
    file = keep(SimpleUploadedFile("acta.pdf", pdf("Acta")), name="acta.pdf", by=by, at=AT)
    attach(number, SPOT, file=file, by=by, at=AT)
    submit(number, by=by, at=AT)
    review.approve(number, by=person("especialista"), at=AT)


def taken_away(by, at=AT, reason: str = REASON) -> Evidence:
    return take_away(Evidence.objects.get().pk, reason, by=by, at=at)


def of_evidence(call, prepare=lambda: None) -> Act:
    return Act((P.ENTER_NETWORK,), "coordinadora", "otra admin especialista experta", call, prepare)


ACTS = {
    attach: of_evidence(
        lambda by: attach(submission("2005-S1").pk, SPOT, address=PAGE, by=by, at=AT)
    ),
    withdraw: of_evidence(
        lambda by: withdraw(EvidenceDraft.objects.get().pk, by=by, at=AT), attached
    ),
    put_back: of_evidence(
        lambda by: put_back(EvidenceDraft.objects.get().pk, by=by, at=AT), removed
    ),
    take_away: Act(
        (P.TAKE_AWAY_EVIDENCE,), "admin", "otra coordinadora experta", taken_away, approved
    ),
}
WALKS: dict[Row, Walk] = {
    evidence_acts.TAKE_AWAY: Walk(
        ("directora", "coordinadora", 403),
        lambda: ("PIP-01", "2004-S1", Evidence.objects.get().key),
        lambda: EVIDENCE,
        {"reason": REASON},
        prepare=approved,
        spoil=lambda: taken_away(person("admin")),
        refusal=409,
    ),
}
