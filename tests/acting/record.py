"""The acts of the record: submissions, review, corrections, rates, the calendar, the catalogue."""

from decimal import Decimal
from functools import cache

from monitoring.calendar.actions import open_rounds, reschedule_round
from monitoring.catalogue import draft_rows, drafts, editable, loading
from monitoring.models import (
    CatalogueVersion,
    ProjectPublication,
    Publication,
    RecordHead,
    Remark,
    Round,
    TargetProposal,
    Variable,
    WorkbookUpload,
)
from monitoring.publication.actions import publish_round, withdraw_publication
from monitoring.publication.results import publish_results, withdraw_results
from monitoring.publication.tables import request_tables
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.amendments import amend, discard
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.correcting import ObservationChange, correct_observations
from monitoring.submission.due.extensions import extend
from monitoring.submission.due.reminders import remind
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import open_submission, submit, withdraw
from monitoring.submission.past_rounds import open_past_rounds
from monitoring.targets import actions as targets
from monitoring.workbook.by_command import import_workbook
from monitoring.workbook.storing import confirm_workbook, store_workbook
from monitoring.workbook.taking_back import take_back
from monitoring.workbook.uploads import upload_workbook
from pip_network.people.access import Permission as P
from tests import factories
from tests.factories import day
from tests.monitoring.workbook.books import Edited, downloaded

from .stage import AT, DOING, Act, person, project, submission

CELL = CellKey("F:FIRMAAAAA", "regular", "service_hours")
RATE = RateRow("ARS", "2005", Decimal("2.9"), Decimal(140), "BCRA")
LATER = day("2007-02-20")
SECTOR = ObservationChange("F:FIRMAAAAA", "sector", "17")


def round_of(code: str) -> Round:
    return Round.objects.get(code=code)


def head() -> int:
    return RecordHead.objects.get().number


def administration(permission: P, call, prepare=lambda: None) -> Act:
    return Act((permission,), "admin", "directora especialista experta", call, prepare)


def the_round() -> Publication:
    return publish_round(
        round=round_of("2004-S1"),
        as_of=head(),
        reason="Cierre del semestre",
        by=person("admin"),
        at=AT,
    )


def the_results(by) -> list[ProjectPublication]:
    return publish_results(
        publication=Publication.objects.get(),
        projects=[project()],
        reason="Lo pidió el consejo",
        by=by,
        at=AT,
    )


def proposed(by=None) -> list[TargetProposal]:
    return targets.propose(
        project=project(),
        indicator="C01",
        values={"2006-S2": Decimal(40)},
        note="Según el marco lógico",
        by=by or person("directora"),
        at=AT,
    )


def decided(act, reason: str = "Acordado en la visita", **doing):
    row = TargetProposal.objects.get()
    return act(project=project(), chosen={row.pk: row.stamp}, reason=reason, **doing)


def draft(call, prepare=None) -> Act:
    begin = prepare or (lambda: drafts.start_draft(**DOING))
    return administration(P.MANAGE_CATALOGUE, call, begin)


def changed_draft() -> CatalogueVersion:
    version = drafts.start_draft(**DOING)
    draft_rows.change_row(row=drafted(), name_es="Ventas del año", **DOING)
    return version


def drafted(code: str = "sales") -> Variable:
    return Variable.objects.get(catalogue=2, code=code)


def added() -> dict:
    like = Variable.objects.get(catalogue=1, code="certificates")
    return {name: getattr(like, name) for name in editable.EDITABLE[Variable]}


def amended() -> None:
    amend(submission("2004-S1").pk, "Un error de carga", by=person("directora"), at=AT)


def remarked() -> Remark:
    at = submission("2004-S2")
    return review.remark(at.pk, "¿Por qué?", by=person("especialista"), at=AT)


def remark() -> int:
    return Remark.objects.get(answers__isnull=True).pk


@cache
def workbook() -> bytes:
    """Of the open round, one cell filled in: the same on every stage."""
    book = Edited(downloaded(submission("2005-S1"), "N1", whole=False))
    book[CELL] = 3
    return book.data


def uploaded() -> WorkbookUpload:
    return upload_workbook(
        submission("2005-S1"), data=workbook(), name="libro.xlsx", by=person("directora"), at=AT
    )


def stored() -> WorkbookUpload:
    return confirm_workbook(uploaded(), by=person("directora"), at=AT)


def of_workbook(call, prepare=lambda: None) -> Act:
    return Act((P.ENTER_NETWORK,), "coordinadora", "otra admin especialista experta", call, prepare)


ACTS = {
    upload_workbook: of_workbook(
        lambda by: upload_workbook(
            submission("2005-S1"), data=workbook(), name="libro.xlsx", by=by, at=AT
        )
    ),
    confirm_workbook: of_workbook(
        lambda by: confirm_workbook(WorkbookUpload.objects.get(), by=by, at=AT), uploaded
    ),
    store_workbook: of_workbook(
        lambda by: store_workbook(WorkbookUpload.objects.get(), in_conflict="", by=by, at=AT),
        uploaded,
    ),
    take_back: of_workbook(
        lambda by: take_back(WorkbookUpload.objects.get(), by=by, at=AT), stored
    ),
    import_workbook: of_workbook(
        lambda by: import_workbook(submission("2005-S1"), workbook(), dry_run=False, by=by, at=AT)
    ),
    open_submission: Act(
        (P.ENTER_PROJECT, P.MANAGE_REGISTRY),
        "directora",
        "otra coordinadora especialista experta",
        lambda by: open_submission(project(), round_of("2005-S2"), by=by, at=AT),
    ),
    open_past_rounds: administration(
        P.MANAGE_REGISTRY,
        lambda by: open_past_rounds(
            project(), first="2005-S2", last="2006-S1", reason="Venían en papel", by=by, at=AT
        ),
    ),
    save_cells: Act(
        (P.ENTER_NETWORK,),
        "coordinadora",
        "otra admin especialista experta",
        lambda by: save_cells(
            submission("2005-S1").pk, [CellChange(CELL, Decimal(3))], by=by, at=AT
        ),
    ),
    save_narrative: Act(
        (P.ENTER_PROJECT,),
        "directora",
        "otra coordinadora especialista admin experta",
        lambda by: save_narrative(submission("2005-S1").pk, "change", "Cambió", "es", by=by, at=AT),
    ),
    submit: Act(
        (P.SUBMIT,),
        "directora",
        "otra coordinadora especialista admin experta",
        lambda by: submit(submission("2005-S1").pk, by=by, at=AT),
        lambda: factories.fill(submission("2005-S1"), **DOING),
    ),
    review.approve: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: review.approve(submission("2004-S2").pk, by=by, at=AT),
    ),
    review.return_submission: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: review.return_submission(submission("2004-S2").pk, "incomplete", by=by, at=AT),
    ),
    review.remark: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: review.remark(submission("2004-S2").pk, "¿Por qué?", by=by, at=AT),
    ),
    review.answer: Act(
        (P.REVIEW, P.ENTER_PROJECT, P.ENTER_NETWORK),
        "directora",
        "otra admin experta",
        lambda by: review.answer(remark(), "Por eso.", by=by, at=AT),
        remarked,
    ),
    review.resolve: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: review.resolve(remark(), by=by, at=AT),
        remarked,
    ),
    amend: Act(
        (P.AMEND,),
        "directora",
        "otra coordinadora admin experta",
        lambda by: amend(submission("2004-S1").pk, "Un error de carga", by=by, at=AT),
    ),
    discard: Act(
        (P.AMEND,),
        "directora",
        "otra coordinadora admin experta",
        lambda by: discard(submission("2004-S1").pk, "Sin cambios", by=by, at=AT),
        amended,
    ),
    withdraw: Act(
        (P.SUBMIT,),
        "directora",
        "otra coordinadora especialista admin experta",
        lambda by: withdraw(submission("2004-S2").pk, by=by, at=AT),
    ),
    review.begin: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: review.begin(submission("2004-S2").pk, by=by, at=AT),
    ),
    extend: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: extend(
            submission("2005-S1").pk, until=LATER, reason="Inundaciones en la zona", by=by, at=AT
        ),
    ),
    remind: Act(
        (P.REVIEW,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: remind(submission("2005-S1").pk, sentence="¿Cómo va?", by=by, at=AT),
    ),
    correct_observations: administration(
        P.MANAGE_REGISTRY,
        lambda by: correct_observations(
            project(), round_of("2004-S1"), [SECTOR], "Un error del registro", by=by, at=AT
        ),
    ),
    approve_rates: administration(
        P.MANAGE_RATES, lambda by: approve_rates([RATE], "Boletín, según acta", by=by, at=AT)
    ),
    publish_round: administration(
        P.PUBLISH_ROUNDS,
        lambda by: publish_round(
            round=round_of("2004-S1"), as_of=head(), reason="Cierre del semestre", by=by, at=AT
        ),
    ),
    withdraw_publication: administration(
        P.PUBLISH_ROUNDS,
        lambda by: withdraw_publication(
            publication=Publication.objects.get(), reason="Un error en la serie", by=by, at=AT
        ),
        the_round,
    ),
    request_tables: administration(
        P.PUBLISH_ROUNDS,
        lambda by: request_tables(round=round_of("2004-S1"), as_of=head(), by=by, at=AT),
    ),
    publish_results: administration(
        P.PUBLISH_ROUNDS,
        the_results,
        the_round,
    ),
    withdraw_results: administration(
        P.PUBLISH_ROUNDS,
        lambda by: withdraw_results(
            results=ProjectPublication.objects.get(), reason="Un error en la serie", by=by, at=AT
        ),
        lambda: (the_round(), the_results(person("admin"))),
    ),
    targets.propose: Act(
        (P.PROPOSE_TARGETS,), "directora", "otra coordinadora especialista admin experta", proposed
    ),
    targets.withdraw: Act(
        (P.PROPOSE_TARGETS,),
        "directora",
        "otra coordinadora especialista admin experta",
        lambda by: targets.withdraw(proposal=TargetProposal.objects.get(), by=by, at=AT),
        proposed,
    ),
    targets.agree: Act(
        (P.AGREE_TARGETS,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: decided(targets.agree, by=by, at=AT),
        proposed,
    ),
    targets.send_back: Act(
        (P.AGREE_TARGETS,),
        "especialista",
        "otra directora coordinadora admin experta",
        lambda by: decided(targets.send_back, by=by, at=AT),
        proposed,
    ),
    open_rounds: administration(
        P.MANAGE_CALENDAR, lambda by: open_rounds("2008-S1", "2008-S1", by=by, at=AT)
    ),
    reschedule_round: administration(
        P.MANAGE_CALENDAR,
        lambda by: reschedule_round(
            round=round_of("2007-S2"),
            opens_on=day("2007-07-02"),
            due_on=day("2008-03-01"),
            reason="Acordado en junta",
            by=by,
            at=AT,
        ),
    ),
    loading.load_version: administration(
        P.MANAGE_CATALOGUE,
        lambda by: loading.load_version(2, factories.CATALOGUE, by=by, at=AT),
    ),
    drafts.start_draft: administration(
        P.MANAGE_CATALOGUE, lambda by: drafts.start_draft(by=by, at=AT)
    ),
    drafts.change_note: draft(
        lambda by: drafts.change_note(number=2, note="Para 2008", by=by, at=AT)
    ),
    drafts.discard_draft: draft(lambda by: drafts.discard_draft(number=2, by=by, at=AT)),
    drafts.publish_draft: draft(
        lambda by: drafts.publish_draft(number=2, reason="Acordado en junta", by=by, at=AT),
        changed_draft,
    ),
    draft_rows.add_row: draft(
        lambda by: draft_rows.add_row(table=Variable, code="verdes", **added(), by=by, at=AT)
    ),
    draft_rows.change_row: draft(
        lambda by: draft_rows.change_row(row=drafted(), name_es="Ventas", by=by, at=AT)
    ),
    draft_rows.remove_row: draft(
        lambda by: draft_rows.remove_row(row=drafted("verdes"), by=by, at=AT),
        lambda: (
            drafts.start_draft(**DOING),
            draft_rows.add_row(table=Variable, code="verdes", **added(), **DOING),
        ),
    ),
}
