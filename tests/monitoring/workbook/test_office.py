"""LibreOffice opens the workbook, and what it saves comes back unchanged."""

import io
import shutil
import subprocess

import openpyxl
import pytest

from tests import factories

from .books import Edited
from .uploading import AT, JOBS

OFFICE = shutil.which("soffice")


def saved_by_office(data: bytes, folder) -> bytes:
    (folder / "libro.xlsx").write_bytes(data)
    command = [
        OFFICE,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "saved"),
        str(folder / "libro.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)  # noqa: S603 -- of the system
    return (folder / "saved" / "libro.xlsx").read_bytes()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_comes_back_unchanged(room, tmp_path):
    factories.fill(room.submission, by=room.by, at=AT, but={JOBS: "refused"})
    data = saved_by_office(room.book(), tmp_path)

    outcomes = room.outcomes(data)

    assert {k: v for k, v in outcomes.counts.items() if v} == {"unchanged": len(outcomes.lines)}
    assert outcomes.told == []
    book = Edited(data)
    sheet, _row, column = book.place(JOBS)
    assert sheet.cell(2, column).comment is not None
    assert sheet.data_validations.dataValidation
    book[JOBS] = 8
    assert room.counts(book.data) == {"changed": 1}


def test_the_book_itself_holds_no_formula_and_is_shut_where_it_should_be(room):
    book = openpyxl.load_workbook(io.BytesIO(room.book()))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    sheet, row, column = Edited(room.book()).place(JOBS)
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "D4"
    assert sheet.print_area
    shut = {
        place: sheet.cell(*place).protection.locked
        for place in ((1, column), (2, column), (row, 1), (row, 2))
    }
    assert (set(shut.values()), sheet.cell(row, column).protection.locked) == ({True}, False)
    assert "Unidad" in sheet.cell(2, column).comment.text
