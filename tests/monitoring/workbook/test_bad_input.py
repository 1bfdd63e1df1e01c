"""Hostile and clumsy files: one clear sentence each with its place, and nothing stored."""

import datetime as dt
import io
import zipfile

import pytest

from monitoring.models import WorkbookUpload
from pip_network.files.incoming import Refused
from pip_network.web.errors import Invalid

from .books import Edited, long_table, plain_book
from .uploading import JOBS

B_JOBS = "F:FIRMBBBBB|regular|jobs"


def patched(data: bytes, cell: str, xml: str) -> bytes:
    """The workbook with the content of one cell of its first table written as raw XML."""
    return rewritten(data, "xl/worksheets/sheet2.xml", lambda text: _with_cell(text, cell, xml))


def _with_cell(text: str, cell: str, xml: str) -> str:
    start = text.index(f'<c r="{cell}"')
    end = min(
        found + len(mark) for mark in ("/>", "</c>") if (found := text.find(mark, start)) >= 0
    )
    return f'{text[:start]}<c r="{cell}"{xml}</c>{text[end:]}'


def rewritten(data: bytes, member: str, change) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename == member:
                content = change(content.decode()).encode()
            target.writestr(info.filename, content)
    return out.getvalue()


def address(data: bytes, key: str = JOBS) -> str:
    sheet, row, column = Edited(data).place(key)
    return f"{sheet.cell(row, column).column_letter}{row}"


@pytest.fixture
def clean(room):
    """As it is downloaded, with one value in it: the twin of every file below."""
    data = room.book(cells={B_JOBS: 6})
    assert room.counts(data) == {"new": 1}
    return data


TYPED = {
    "words": ("many", "«many» no es un número."),
    "two readings": ("1.234", "«1.234» se lee como 1234"),
    "too fine": (1.239, "tiene más de dos decimales."),
    "too large": (1e15, "es demasiado grande"),
    "percent": ("12 %", "Escriba el número sin el signo de porcentaje."),
    "right to left": ("\u200e\u202e12", "Lleva un signo que no se ve"),
    "long": ("9" * 1000, "Es demasiado largo para un número."),
    "does not apply": ("not_applicable", "como razón"),
    "truth": (True, "La celda dice «verdadero» o «falso»"),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_no_cell_can_hold_is_rejected_with_its_place(room, clean, name):
    typed, sentence = TYPED[name]
    book = Edited(clean)
    book[JOBS] = typed
    at = address(clean)

    [line] = room.rejected(book.data)

    assert (f"{line.column}{line.row}", sentence in line.rule) == (at, True), line.rule
    with pytest.raises(Invalid):
        room.store(book.data)
    assert room.held(B_JOBS) is None


def test_a_date_has_its_sentence(room, clean):
    book = Edited(clean)
    sheet, row, column = book.place(JOBS)
    sheet.cell(row, column).value = "2005-03-04"
    assert "no es un número" in room.rejected(book.data)[0].rule
    sheet.cell(row, column).value = dt.date(2005, 3, 4)
    sheet.cell(row, column).number_format = "yyyy-mm-dd"
    assert room.rejected(book.data)[0].rule.startswith("La celda tiene una fecha")


RAW = {
    "formula": ("><f>1+1</f><v>2</v>", "La celda contiene una fórmula"),
    "not a number": ("><v>NaN</v>", ""),
    "infinite": ("><v>1e309</v>", ""),
    "error": (' t="e"><v>#DIV/0!</v>', "La celda contiene un error"),
    "megabyte": (
        f' t="inlineStr"><is><t>{"a" * 1_000_000}</t></is>',
        "El texto es demasiado largo",
    ),
    "control": (' t="inlineStr"><is><t>_x0000_8</t></is>', ""),
}


@pytest.mark.parametrize("name", RAW)
def test_what_no_rule_can_read_is_rejected_or_the_file_is(room, clean, name):
    xml, sentence = RAW[name]
    data = patched(clean, address(clean), xml)

    [line] = room.rejected(data)

    assert (f"{line.column}{line.row}", sentence in line.rule) == (address(clean), True), line.rule
    with pytest.raises(Invalid):
        room.store(data)
    assert room.held(B_JOBS) is None


def test_merged_cells_are_rejected(room, clean):
    book = Edited(clean)
    sheet, row, column = book.place(JOBS)
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    assert "combinada" in room.rejected(book.data)[0].rule


def test_a_heading_that_stands_twice_is_rejected(room, clean):
    book = Edited(clean)
    sheet, _row, column = book.place(JOBS)
    sheet.cell(1, sheet.max_column + 1).value = "jobs"

    [line] = room.rejected(book.data)

    assert (line.row, line.rule.partition(":")[0]) == (1, "Este título está dos veces")


def test_hidden_rows_and_columns_are_read_and_told(room, clean):
    book = Edited(clean)
    sheet, row, column = book.place(B_JOBS)
    sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions[sheet.cell(1, column).column_letter].hidden = True

    outcomes = room.outcomes(book.data)

    assert outcomes.counts["new"] == 1
    assert len(outcomes.told) == 2


def lying(text: str) -> str:
    return text.replace("<sheetData>", '<dimension ref="A1:B2"/><sheetData>', 1).replace(
        text[text.index("<dimension") : text.index("/>", text.index("<dimension")) + 2], "", 1
    )


def test_a_lying_dimension_hides_nothing(room, clean):
    data = rewritten(clean, "xl/worksheets/sheet2.xml", lying)
    assert room.counts(data) == {"new": 1}


def far(text: str) -> str:
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return text.replace("</sheetData>", row + "</sheetData>")


def empty_rows(text: str) -> str:
    rows = "".join(f'<row r="{n}"/>' for n in range(1000, 301_000))
    return text.replace("</sheetData>", rows + "</sheetData>")


def bomb(_text: str) -> str:
    return "<worksheet>" + " " * 200_000_000


@pytest.mark.parametrize(("change", "key"), [(far, "rows"), (empty_rows, "rows"), (bomb, "ratio")])
def test_a_sheet_beyond_the_limits_is_not_read(room, clean, change, key):
    with pytest.raises(Refused) as refused:
        room.upload(rewritten(clean, "xl/worksheets/sheet2.xml", change))
    assert refused.value.key == key


def test_macros_are_not_read(room, clean):
    out = io.BytesIO(clean)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Refused) as refused:
        room.upload(out.getvalue())
    assert refused.value.key == "macros"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.4",
        b"\x00" * 50,
        b"a,b\n1,2\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_what_is_no_workbook_of_ours_is_one_sentence(room, data):
    with pytest.raises(Invalid) as refusal:
        room.upload(data)
    assert (refusal.value.place, WorkbookUpload.objects.count()) == ("file", 0)


def test_a_workbook_of_somebody_else_is_one_sentence(room):
    with pytest.raises(Invalid) as refusal:
        room.upload(plain_book([["Empresa", "Empleo"], ["Ñandú", 8]]))
    assert "falta la fila de los códigos" in str(refusal.value)


def test_a_long_table_says_what_is_wrong_with_its_lines(room):
    text = long_table(room.submission)
    assert room.counts(text.encode()) == {}
    lines = text.split("\r\n")
    jobs = next(
        n for n, line in enumerate(lines) if line.startswith("F:FIRMAAAAA,") and ",jobs," in line
    )
    cells = lines[jobs].split(",")
    lines[jobs] = ",".join([*cells[:4], "8", "refused", *cells[6:]])
    [line] = room.rejected("\r\n".join(lines).encode())
    assert (line.row, line.rule) == (jobs + 1, "Una celda tiene un valor o una razón, no ambos.")
    lines[jobs] = ",".join([*cells[:4], "8", "", *cells[6:]])
    assert room.counts("\r\n".join(lines).encode()) == {"new": 1}
    doubled = "\r\n".join([*lines[:-1], lines[jobs], ""])
    assert room.rejected(doubled.encode())[0].row == len(lines)
