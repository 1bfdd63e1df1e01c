"""After approval: amendments, corrections of the registry, corrected rates.

What was approved stays to be seen.
"""

import pytest

from monitoring.models import Entry, Measurement, Narrative, Observation, ObservationNetwork, Rate
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.record.chain import verify
from monitoring.sheet.cells import CellKey
from monitoring.sheet.history import cell_history
from monitoring.sheet.loading import load_sheet
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.correcting import ObservationChange, correct_observations
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
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
