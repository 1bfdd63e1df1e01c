"""What a preview says of each cell: new, changed, unchanged, in conflict, rejected, and why."""

import pytest
from django.core import signing

from monitoring.sheet.loading import load_sheet
from monitoring.submission.amendments import amend
from monitoring.workbook.fingerprints import SIGNER
from pip_network.web.errors import Forbidden, Invalid
from tests import factories

from .books import Edited, downloaded
from .uploading import AT, JOBS

B_JOBS = "F:FIRMBBBBB|regular|jobs"
C_JOBS = "F:FIRMCCCCC|regular|jobs"


def line_of(outcomes, key: str):
    return next(line for line in outcomes.lines if line.cell == key)


def test_each_cell_says_what_becomes_of_it_and_where_it_stands(room):
    room.save(B_JOBS, "5")
    outcomes = room.outcomes(room.book(cells={JOBS: 8, B_JOBS: 6, C_JOBS: "many"}))

    found = {
        key: (line.outcome, line.before, line.after)
        for key in (JOBS, B_JOBS, C_JOBS)
        for line in [line_of(outcomes, key)]
    }
    assert found == {
        JOBS: ("new", "", "8,0"),
        B_JOBS: ("changed", "5,0", "6,0"),
        C_JOBS: ("rejected", "", "many"),
    }
    sheet, row, column = Edited(room.book()).place(JOBS)
    line = line_of(outcomes, JOBS)
    letters = sheet.cell(1, column).column_letter
    assert (line.sheet, line.row, line.column) == (sheet.title, row, letters)


def test_what_somebody_else_changed_is_a_conflict_that_shows_both(room):
    data = room.book(cells={JOBS: 8})
    room.save(JOBS, "9", by=room.world.coordinator)

    line = line_of(room.outcomes(data), JOBS)

    assert (line.outcome, line.before, line.after) == ("conflict", "9,0", "8,0")
    assert line.rule.startswith("Coordinadora puso «9,0»")


def test_what_both_changed_alike_is_none(room):
    data = room.book(cells={JOBS: 8})
    room.save(JOBS, "8")

    assert room.counts(data) == {}


def test_what_only_somebody_else_changed_stays(room):
    room.save(JOBS, "5")
    data = room.book(cells={B_JOBS: 6})
    room.save(JOBS, "9")

    assert room.counts(data) == {"new": 1}
    room.store(data)
    assert (room.held(JOBS), room.held(B_JOBS)) == (9, 6)


def test_a_cell_blanked_since_is_a_conflict_too(room):
    room.save(JOBS, "5")
    data = room.book(cells={JOBS: 6})
    room.save(JOBS, None)

    assert room.counts(data) == {"conflict": 1}


@pytest.mark.parametrize(("choice", "held"), [("keep", 9), ("replace", 8)])
def test_conflicts_are_decided_by_who_confirms(room, choice, held):
    data = room.book(cells={JOBS: 8, B_JOBS: 6})
    room.save(JOBS, "9")
    upload = room.upload(data)
    with pytest.raises(Invalid) as refusal:
        room.confirm(upload)
    assert refusal.value.place == "in_conflict"
    assert room.held(B_JOBS) is None

    room.confirm(upload, choice)

    assert (room.held(JOBS), room.held(B_JOBS)) == (held, 6)


def test_rows_may_be_reordered(room):
    book = Edited(room.book(cells={JOBS: 8, B_JOBS: 6}))
    sheet, first, _column = book.place(JOBS)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for number, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value

    assert room.counts(book.data) == {"new": 2}


def test_columns_may_be_reordered_by_their_codes(room):
    book = Edited(room.book(cells={JOBS: 8}))
    sheet, row, column = book.place(JOBS)
    sheet.move_range(
        f"{sheet.cell(1, column).column_letter}1:{sheet.cell(1, column).column_letter}99", cols=60
    )

    assert room.counts(book.data) == {"new": 1}


def test_deleted_rows_and_sheets_are_told_and_change_nothing(room):
    room.save(JOBS, "5")
    book = Edited(room.book(cells={B_JOBS: 6}))
    sheet, row, _column = book.place(JOBS)
    sheet.delete_rows(row, 1)
    del book.book[book.book.sheetnames[-1]]
    outcomes = room.outcomes(book.data)

    assert {k: v for k, v in outcomes.counts.items() if v and k != "unchanged"} == {"new": 1}
    assert [told.partition("»")[0] for told in outcomes.told] == [
        "«Proyecto PIP-01",
        "«Empresa FIRMAAAAA",
    ]


def test_an_added_sheet_is_told_and_not_read(room):
    book = Edited(room.book(cells={JOBS: 8}))
    notes = book.book.create_sheet("Mis notas")
    notes.cell(1, 1).value, notes.cell(2, 1).value = "Para Ana", "=1+1"
    outcomes = room.outcomes(book.data)

    assert outcomes.told == ["La hoja «Mis notas» no es del libro: no se lee."]
    assert outcomes.counts["new"] == 1


def test_an_unknown_firm_has_its_sentence(room):
    book = Edited(room.book())
    sheet, _row, column = book.place(JOBS)
    last = sheet.max_row + 1
    sheet.cell(last, 3).value = "Empresa Nueva"
    sheet.cell(last, column).value = 8

    [line] = room.rejected(book.data)

    assert (line.row, line.after) == (last, "Empresa Nueva")
    assert line.rule.startswith("Esta fila no tiene huella")


def test_a_firm_that_is_no_unit_any_more_has_its_sentence(room):
    data = room.book(cells={C_JOBS: 8})
    room.world.c.memberships.all().delete()

    rules = {line.rule for line in room.rejected(data)}

    assert rules == {"Esta unidad no forma parte de la presentación."}


def test_an_edited_fingerprint_is_refused_and_its_twin_is_not(room):
    data = room.book(cells={JOBS: 8})
    book = Edited(data)
    sheet, row, _column = book.place(JOBS)
    sheet.cell(row, 1).value = sheet.cell(row, 1).value.replace("FIRMAAAAA", "FIRMBBBBB")

    [line] = room.rejected(book.data)

    assert (line.row, line.rule.partition(":")[0]) == (
        row,
        "La huella oculta de esta fila fue alterada",
    )
    assert room.rejected(data) == []


def test_a_doubled_row_is_refused(room):
    book = Edited(room.book(cells={JOBS: 8}))
    sheet, row, _column = book.place(JOBS)
    last = sheet.max_row + 1
    for cell in list(sheet[row]):
        sheet.cell(last, cell.column).value = cell.value

    [line] = room.rejected(book.data)

    assert (line.row, f"fila {row} " in line.rule) == (last, True)


def test_another_project_s_and_last_round_s_are_one_sentence(room):
    other = factories.project("PIP-77")
    factories.firm("FIRMYYYYY", factories.network("N7", other))
    theirs = factories.open_submission(
        other, room.world.rounds["2004-S2"], by=factories.PROCESS, at=AT
    )
    with pytest.raises(Invalid) as refusal:
        room.upload(downloaded(theirs))
    assert str(refusal.value) == (
        "Esta fila es de PIP-77 / 2004-S2, y usted está llenando PIP-01 / 2004-S2."
    )
    last = room.world.project.submissions.get(round="2004-S1")
    with pytest.raises(Invalid) as refusal:
        room.upload(downloaded(last))
    assert "PIP-01 / 2004-S1" in str(refusal.value)


def test_a_workbook_of_an_earlier_revision_is_refused(room):
    approved = room.world.project.submissions.get(round="2004-S1")
    data = downloaded(approved)
    amend(approved.pk, "Un error de carga", by=room.by, at=AT)
    room.submission = approved
    with pytest.raises(Invalid) as refusal:
        room.upload(data)
    assert "revisión 1" in str(refusal.value)
    assert room.counts(room.book()) == {}  # its twin, downloaded now


def test_another_s_secret_signs_nothing(room):
    book = Edited(room.book(cells={JOBS: 8}))
    sheet, row, _column = book.place(JOBS)
    content = SIGNER.unsign(sheet.cell(row, 1).value)
    sheet.cell(row, 1).value = signing.Signer(key="another", salt=SIGNER.salt).sign(content)

    assert [line.row for line in room.rejected(book.data)] == [row]


def test_what_the_system_writes_is_not_hers_to_change(room):
    key = "F:FIRMAAAAA|regular|operating"

    [line] = room.rejected(room.book(cells={key: "no"}))

    assert (line.cell, line.rule) == (
        key,
        "El sistema escribe esta celda: no se puede cambiar aquí.",
    )


def test_a_cell_that_is_not_asked_is_refused(room):
    """A baseline row has no cell of what is asked of each semester alone."""
    factories.firm("FIRMDDDDD", room.world.n1, joined_on="2004-08-01")
    book = Edited(room.book(cells={"F:FIRMDDDDD|baseline|jobs": 4}))
    assert room.counts(book.data) == {"new": 1}
    sheet, row, _column = book.place("F:FIRMDDDDD|baseline|jobs")
    sheet.cell(row, [cell.value for cell in sheet[1]].index("service_hours") + 1).value = 3

    [line] = room.rejected(book.data)

    assert (line.variable, line.row, line.rule) == (
        "service_hours",
        row,
        "Esta celda no se pregunta en esta presentación.",
    )


# --- who


def test_a_coordinator_fills_in_her_network_alone(room):
    hers = room.world.coordinator
    data = downloaded(room.submission, "N1", whole=False)
    book = Edited(data)
    book[JOBS] = 8
    assert room.counts(book.data, by=hers) == {"new": 1}

    all_of_it = room.book(cells={JOBS: 8, C_JOBS: 3})
    rules = {line.rule for line in room.rejected(all_of_it, by=hers)}

    assert rules == {"Usted no puede ingresar datos de esta unidad."}


@pytest.mark.parametrize("who", ["specialist", "administrator", "stranger"])
def test_who_fills_in_nothing_uploads_nothing(room, who):
    with pytest.raises(Forbidden):
        room.upload(room.book(), by=getattr(room.world, who))


# --- one validation


def test_it_says_what_the_sheet_says(room):
    """The same values by the sheet and by the workbook: the same findings."""
    values = {
        JOBS: 3,
        "F:FIRMAAAAA|regular|jobs_women": 9,
        "F:FIRMAAAAA|regular|units_rejected": -3,
        "F:FIRMAAAAA|regular|credit_applied": 2.5,
        "F:FIRMBBBBB|regular|sales": 100,
        "F:FIRMBBBBB|regular|exports": 200,
    }
    outcomes = room.outcomes(room.book(cells=values))
    by_workbook = {line.cell: (line.mark, line.rule) for line in outcomes.lines if line.mark}

    for key, value in values.items():
        room.save(key, str(value))
    sheet = load_sheet(room.submission)
    by_sheet: dict[str, list[str]] = {}
    for finding in sheet.findings:
        by_sheet.setdefault(str(finding.cell), []).append(str(finding.message))

    assert {key: rule for key, (_mark, rule) in by_workbook.items()} == {
        key: " ".join(dict.fromkeys(messages)) for key, messages in by_sheet.items()
    }
    assert len(by_sheet) >= 4
