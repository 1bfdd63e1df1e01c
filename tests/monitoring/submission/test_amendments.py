"""After approval: amendments, corrections of the registry, corrected rates.

What was approved stays to be seen.
"""

import pytest

from monitoring.calendar.lateness import with_progress
from monitoring.models import (
    Entry,
    Measurement,
    Narrative,
    Observation,
    ObservationNetwork,
    Rate,
    Round,
    Submission,
)
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.record.chain import verify
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import submission_mark
from monitoring.sheet.history import cell_history
from monitoring.sheet.loading import load_sheet
from monitoring.submission.amendments import amend, discard
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.correcting import ObservationChange, correct_observations
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import submit
from monitoring.submission.review import approve, remark, return_submission
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.factories import Decimal, moment

AT = moment("2005-03-01")
SALES = CellKey("F:FIRMAAAAA", "regular", "sales")


@pytest.fixture
def approved(world):
    world.approved("2004-S1")
    world.approved("2004-S2")
    return world


def amended(world, code: str, *changes: CellChange, reason: str = "Balance definitivo"):
    submission = world.project.submissions.get(round=code)
    amend(submission.pk, reason, by=world.director, at=AT)
    save_cells(submission.pk, changes, by=world.director, at=AT)
    submit(submission.pk, by=world.director, at=AT)
    return approve(submission.pk, by=world.specialist, at=AT)


def test_an_amendment_writes_only_what_changed(approved):
    rows, observations = Measurement.objects.count(), Observation.objects.count()
    approval = amended(approved, "2004-S2", CellChange(SALES, Decimal(90000)))
    assert (Measurement.objects.count(), Observation.objects.count()) == (rows + 1, observations)
    versions = Measurement.objects.filter(
        subject=SALES.subject, variable_code="sales", kind="regular"
    ).order_by("id")
    assert [(v.value, v.approved_in_id, v.superseded_in_id) for v in versions] == [
        (Decimal(100000), 2, 3),
        (Decimal(90000), 3, None),
    ]
    assert (approval.number, approval.revision, approval.reason) == (3, 2, "Balance definitivo")
    assert verify().whole


def test_an_amendment_that_changes_nothing_writes_nothing(approved):
    rows, observations = Measurement.objects.count(), Observation.objects.count()
    assert amended(approved, "2004-S2").number == 3
    assert (Measurement.objects.count(), Observation.objects.count()) == (rows, observations)
    assert not Measurement.objects.filter(superseded_in__isnull=False).exists()
    assert verify().whole


def test_the_approved_figures_stay_until_the_amendment_is_approved(approved):
    submission = approved.project.submissions.get(round="2004-S2")
    before = Entry.objects.count()
    amend(submission.pk, "Corrige una cifra", by=approved.director, at=AT)
    submission.refresh_from_db()
    assert (submission.status, submission.revision, submission.submitted_by) == ("draft", 2, None)
    assert Entry.objects.count() > before
    save_cells(submission.pk, [CellChange(SALES, Decimal(1))], by=approved.director, at=AT)
    live = Measurement.objects.live().get(
        subject=SALES.subject, variable_code="sales", kind="regular"
    )
    assert (live.value, load_sheet(submission).cell(SALES).value) == (Decimal(100000), Decimal(1))


def test_the_sheet_of_an_amendment_is_the_record(approved):
    submission = approved.project.submissions.get(round="2004-S2")
    before = {
        key: (c.value, c.missing, c.source) for key, c in load_sheet(submission).cells.items()
    }
    amend(submission.pk, "Corrige una cifra", by=approved.director, at=AT)
    submission.refresh_from_db()
    after = {key: (c.value, c.missing, c.source) for key, c in load_sheet(submission).cells.items()}
    assert after == before


def test_blank_cells_stay_blank_in_an_amendment(world):
    world.approved(
        "2004-S1",
        but={
            "F:FIRMAAAAA|regular|units_produced": None,
            "F:FIRMAAAAA|regular|units_rejected": None,
        },
    )
    submission = world.project.submissions.get()
    amend(submission.pk, "Corrige una cifra", by=world.director, at=AT)
    assert not Entry.objects.filter(
        subject="F:FIRMAAAAA", kind="regular", variable__code="units_produced"
    ).exists()
    save_cells(
        submission.pk,
        [CellChange(CellKey("F:FIRMAAAAA", "regular", "units_produced"), Decimal(7))],
        by=world.director,
        at=AT,
    )
    submit(submission.pk, by=world.director, at=AT)
    approve(submission.pk, by=world.specialist, at=AT)
    rows = Measurement.objects.filter(
        subject="F:FIRMAAAAA", kind="regular", variable_code="units_produced"
    ).order_by("id")
    assert [(r.value, r.missing, r.superseded_in_id) for r in rows] == [
        (None, "no_data", 2),
        (Decimal(7), "", None),
    ]


def test_an_amended_baseline_changes_the_size_of_its_round_only(approved):
    jobs = [CellChange(CellKey("F:FIRMAAAAA", "baseline", code), Decimal(60)) for code in ("jobs",)]
    amended(approved, "2004-S1", *jobs)
    rows = Observation.objects.live().filter(subject="F:FIRMAAAAA").order_by("round", "kind")
    assert [(r.round_id, r.kind, r.size) for r in rows] == [
        ("2004-S1", "baseline", "medium"),
        ("2004-S1", "regular", "medium"),
        ("2004-S2", "regular", "micro"),
    ]


def test_an_amendment_needs_a_reason_and_an_approved_submission(approved):
    submission = approved.project.submissions.get(round="2004-S2")
    with pytest.raises(Invalid):
        amend(submission.pk, "  ", by=approved.director, at=AT)
    with pytest.raises(Forbidden):
        amend(submission.pk, "Según acta de la junta", by=approved.coordinator, at=AT)
    amend(submission.pk, "Según acta de la junta", by=approved.director, at=AT)
    with pytest.raises(Conflict):
        amend(submission.pk, "Según acta de la junta", by=approved.director, at=AT)


def test_narratives_are_versioned_with_the_rest(world):
    opened = world.open("2004-S1")
    save_narrative(opened.pk, "change", "Más confianza.", "es", 0, by=world.director, at=AT)
    with pytest.raises(Conflict):
        save_narrative(opened.pk, "change", "Otra cosa.", "es", 0, by=world.director, at=AT)
    world.approved("2004-S1")
    submission = world.project.submissions.get()
    amend(submission.pk, "Mejor dicho", by=world.director, at=AT)
    assert [d.text for d in submission.narrative_drafts.all()] == ["Más confianza."]
    save_narrative(
        submission.pk, "change", "Mucha más confianza.", "es", 1, by=world.director, at=AT
    )
    submit(submission.pk, by=world.director, at=AT)
    approve(submission.pk, by=world.specialist, at=AT)
    texts = Narrative.objects.order_by("id").values_list("text", "approved_in", "superseded_in")
    assert list(texts) == [("Más confianza.", 1, 2), ("Mucha más confianza.", 2, None)]
    assert verify().whole


def test_the_history_of_a_cell_tells_everything_newest_first(approved):
    amended(approved, "2004-S2", CellChange(SALES, Decimal(90000)), reason="Balance definitivo")
    submission = approved.project.submissions.get(round="2004-S2")
    items = cell_history(submission, SALES)
    assert [
        (i.event, i.value, i.by.email if i.by else None, i.approval, i.reason) for i in items
    ] == [
        ("approved", Decimal(90000), approved.specialist.email, 3, "Balance definitivo"),
        ("superseded", Decimal(100000), approved.specialist.email, 3, "Balance definitivo"),
        ("entered", Decimal(90000), approved.director.email, None, ""),
        ("approved", Decimal(100000), approved.specialist.email, 2, ""),
        ("entered", Decimal(100000), approved.director.email, None, ""),
    ]


# --- corrections of the registry


def correct(
    world, *changes: ObservationChange, code: str = "2004-S2", reason: str = "Código errado"
):
    return correct_observations(
        world.project, world.rounds[code], changes, reason, by=world.administrator, at=AT
    )


def test_an_attribute_of_an_approved_round_is_corrected(approved):
    approval = correct(approved, ObservationChange("F:FIRMAAAAA", "sector", "17"))
    assert (approval.kind, approval.number, approval.author, approval.submission) == (
        "registry",
        3,
        None,
        None,
    )
    rows = Observation.objects.filter(subject="F:FIRMAAAAA", round="2004-S2").order_by("id")
    assert [(r.sector, r.approved_in_id, r.superseded_in_id, r.networks.count()) for r in rows] == [
        ("15", 2, 3, 1),
        ("17", 3, None, 1),
    ]
    assert (
        Observation.objects.live()
        .get(subject="F:FIRMAAAAA", round="2004-S1", kind="regular")
        .sector
        == "15"
    )
    assert verify().whole


def test_a_networks_typology_is_corrected_wherever_it_is_named(approved):
    correct(approved, ObservationChange("N:N1", "typology", "sistema_territorial"))
    live = ObservationNetwork.objects.filter(
        observation__superseded_in=None, observation__round="2004-S2", network="N1"
    )
    assert {(row.observation.subject, row.typology) for row in live} == {
        (subject, "sistema_territorial")
        for subject in ("F:FIRMAAAAA", "F:FIRMBBBBB", "N:N1", "P:PIP-01")
    }


def test_an_earlier_joining_makes_a_late_capture_reconstructed(approved):
    correct(
        approved,
        ObservationChange("F:FIRMAAAAA", "joined_on", factories.day("2004-01-11")),
        code="2004-S1",
    )
    rows = Observation.objects.live().filter(subject="F:FIRMAAAAA", round="2004-S1")
    assert {(r.kind, r.captured_on, r.reconstructed) for r in rows} == {
        ("baseline", factories.day("2004-07-30"), True),
        ("regular", factories.day("2004-07-30"), True),
    }


@pytest.mark.parametrize(
    "change",
    [
        ObservationChange("F:FIRMAAAAA", "sector", "99"),
        ObservationChange("F:FIRMAAAAA", "value", "1"),
        ObservationChange("F:NOBODY", "sector", "17"),
        ObservationChange("F:FIRMAAAAA", "typology", "cluster"),
        ObservationChange("F:FIRMAAAAA", "sector", "15"),
        ObservationChange("F:FIRMAAAAA", "joined_on", "2004"),
    ],
)
def test_what_cannot_be_corrected_is_refused(approved, change):
    with pytest.raises(Invalid):
        correct(approved, change)


def test_who_corrects_and_why(approved):
    change = ObservationChange("F:FIRMAAAAA", "sector", "17")
    with pytest.raises(Invalid):
        correct(approved, change, reason=" ")
    with pytest.raises(Forbidden):
        correct_observations(
            approved.project, approved.rounds["2004-S2"], [change], "x", by=approved.director, at=AT
        )


def test_a_correction_stays_when_the_round_is_amended(approved):
    correct(approved, ObservationChange("F:FIRMAAAAA", "sector", "17"))
    amended(approved, "2004-S2", CellChange(SALES, Decimal(90000)))
    assert Observation.objects.live().get(subject="F:FIRMAAAAA", round="2004-S2").sector == "17"


# --- rates


def test_a_corrected_rate_is_a_new_version(world):
    rows = [
        RateRow("ARS", "2004", Decimal("2.95"), Decimal("150.5"), "Banco Central"),
        RateRow("ARS", "2004-S2", "2.97", "152"),
    ]
    first = approve_rates(rows, "Serie oficial", by=world.administrator, at=AT)
    second = approve_rates(
        [rows[0]._replace(usd_rate=Decimal("2.93")), rows[1]],
        "Error de imprenta",
        by=world.administrator,
        at=AT,
    )
    assert [(a.number, a.kind, a.author, a.reason) for a in (first, second)] == [
        (1, "rates", None, "Serie oficial"),
        (2, "rates", None, "Error de imprenta"),
    ]
    versions = Rate.objects.order_by("id").values_list(
        "period", "usd_rate", "approved_in", "superseded_in"
    )
    assert list(versions) == [
        ("2004", Decimal("2.95"), 1, 2),
        ("2004-S2", Decimal("2.97"), 1, None),
        ("2004", Decimal("2.93"), 2, None),
    ]
    assert verify().whole


@pytest.mark.parametrize(
    "row",
    [
        RateRow("ARS", "2004", "0", "1"),
        RateRow("ARS", "2004", "-1", "1"),
        RateRow("ARS", "2004", "1", "NaN"),
        RateRow("ars", "2004", "1", "1"),
        RateRow("ARS", "2004-S3", "1", "1"),
        RateRow("ARS", "2004", "1.123456789", "1"),
        RateRow("ARS", "2004", "10000000", "1"),
    ],
)
def test_rates_that_make_no_sense_are_refused(world, row):
    with pytest.raises(Invalid) as refusal:
        approve_rates([row], "Según acta de la junta", by=world.administrator, at=AT)
    assert refusal.value.place == f"{row.currency} {row.period}"


def test_rates_need_the_right_a_reason_and_a_change(world):
    row = RateRow("ARS", "2004", "2.95", "150")
    with pytest.raises(Forbidden):
        approve_rates([row], "Según acta de la junta", by=world.director, at=AT)
    with pytest.raises(Invalid):
        approve_rates([row], "", by=world.administrator, at=AT)
    with pytest.raises(Invalid):
        approve_rates([row, row], "Según acta de la junta", by=world.administrator, at=AT)
    approve_rates([row], "Según acta de la junta", by=world.administrator, at=AT)
    with pytest.raises(Invalid):
        approve_rates([row], "Según acta de la junta", by=world.administrator, at=AT)


# --- discarding


def begun(approved, *changes: CellChange):
    submission = approved.project.submissions.get(round="2004-S2")
    amend(submission.pk, "Balance definitivo", by=approved.director, at=AT)
    save_cells(submission.pk, changes, by=approved.director, at=AT)
    return submission


def standing(submission) -> dict:
    """All that a submission says of itself, but the count of its edits."""
    submission.refresh_from_db()
    fields = (f.attname for f in submission._meta.concrete_fields)
    return {name: getattr(submission, name) for name in fields if name != "edits"}


def test_a_discarded_amendment_leaves_what_was_approved_as_it_was(approved):
    submission = approved.project.submissions.get(round="2004-S2")
    before, cells = standing(submission), load_sheet(submission).cells
    rows = Measurement.objects.count()
    begun(approved, CellChange(SALES, Decimal(90000)))
    save_narrative(submission.pk, "change", "Otra.", "es", by=approved.director, at=AT)
    discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT)
    assert standing(submission) == before
    after = load_sheet(submission).cells
    assert {k: (c.value, c.missing) for k, c in after.items()} == {
        k: (c.value, c.missing) for k, c in cells.items()
    }
    assert not Entry.objects.filter(submission=submission).exists()
    assert not submission.narrative_drafts.exists()
    assert (Measurement.objects.count(), verify()[:2]) == (rows, (True, 2))
    event = submission.events.order_by("-id").first()
    assert (event.verb, event.revision, event.by, event.note) == (
        "discarded",
        2,
        approved.director,
        "Se pidió por error.",
    )
    assert (
        AuditEvent.objects.filter(
            verb="submission.discarded", actor=f"U:{approved.director.pk}"
        ).count()
        == 1
    )


def test_an_amendment_is_discarded_after_its_return_and_not_in_review(approved):
    submission = begun(approved, CellChange(SALES, Decimal(90000)))
    submit(submission.pk, by=approved.director, at=AT)
    with pytest.raises(Conflict):
        discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT)
    note = remark(submission.pk, "¿Por qué?", by=approved.specialist, at=AT)
    return_submission(submission.pk, "other", by=approved.specialist, at=AT)
    discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT)
    note.refresh_from_db()
    submission.refresh_from_db()
    assert (submission.status, submission.decided_by, submission.return_reason) == (
        "approved",
        approved.specialist,
        "",
    )
    assert (note.resolved_at, note.resolved_by) == (AT, approved.director)


def test_what_was_never_approved_is_not_discarded(world):
    opened = world.filled("2004-S1")
    with pytest.raises(Conflict):
        discard(opened.pk, "Se pidió por error.", by=world.director, at=AT)
    assert Entry.objects.filter(submission=opened).exists()


def test_discarding_needs_a_reason_and_the_right(approved):
    submission = begun(approved)
    with pytest.raises(Invalid):
        discard(submission.pk, " ", by=approved.director, at=AT)
    with pytest.raises(Forbidden):
        discard(submission.pk, "Se pidió por error.", by=approved.coordinator, at=AT)
    assert discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT).is_approved


def test_the_next_amendment_takes_a_number_of_its_own(approved):
    submission = begun(approved)
    discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT)
    approval = amended(approved, "2004-S2", CellChange(SALES, Decimal(90000)))
    assert (approval.number, approval.revision) == (3, 3)
    second = begun(approved)
    discard(second.pk, "Se pidió por error.", by=approved.director, at=AT)
    second.refresh_from_db()
    assert (second.revision, second.amendment_reason) == (3, "Balance definitivo")


# --- who entered, who approved


def test_the_history_tells_who_entered_from_who_approved(approved):
    begun(approved, CellChange(SALES, Decimal(90000)))
    submission = approved.project.submissions.get(round="2004-S2")
    discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT)
    items = cell_history(submission, SALES)
    assert [(i.event, i.by, i.entered_by, i.reason) for i in items] == [
        ("discarded", approved.director, None, "Se pidió por error."),
        ("entered", approved.director, None, ""),
        ("approved", approved.specialist, approved.director, ""),
        ("entered", approved.director, None, ""),
    ]


def test_a_cell_that_the_discarded_amendment_left_alone_tells_nothing_of_it(approved):
    submission = begun(approved, CellChange(SALES, Decimal(90000)))
    discard(submission.pk, "Se pidió por error.", by=approved.director, at=AT)
    other = CellKey("F:FIRMBBBBB", "regular", "sales")
    assert [i.event for i in cell_history(submission, other)] == ["approved", "entered"]


# --- an approved round under amendment stays approved


def test_it_is_counted_as_approved(approved):
    submission = begun(approved)
    submission.refresh_from_db()
    assert (submission.is_approved, submission.is_amendment) == (True, True)
    row = with_progress(Round.objects.all(), AT).get(code="2004-S2")
    assert (row.approved, row.being_entered, row.in_review, row.late) == (1, 0, 0, 0)
    assert list(Submission.objects.approved().order_by("round")) == list(
        approved.project.submissions.order_by("round")
    )


def test_what_was_never_approved_is_not_counted_as_such(world):
    opened = world.filled("2004-S1")
    row = with_progress(Round.objects.all(), AT).get(code="2004-S1")
    assert (row.approved, row.being_entered, row.late) == (0, 1, 1)
    assert (opened.is_approved, opened.is_amendment) == (False, False)
    assert not Submission.objects.approved().exists()


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("draft", "Aprobada, en enmienda"),
        ("submitted", "Aprobada, en enmienda (en revisión)"),
        ("returned", "Aprobada, en enmienda (devuelta)"),
    ],
)
def test_its_mark_says_that_it_is_approved_and_amended(status, word):
    mark = submission_mark(Submission(status=status, revision=2), AT)
    assert (mark[0], str(mark[1])) == ("st-amend", word)
