import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pip_network.files import exports

COLUMNS = ["Firm", "Sales [US$]"]


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("Firm = good", "Firm = good"),
        ("1-2", "1-2"),
        ("", ""),
        (None, ""),
        (-1, -1),
        (Decimal("-1.50"), Decimal("-1.50")),
        (dt.date(2006, 1, 1), dt.date(2006, 1, 1)),
    ],
)
def test_safe_cell(value, safe):
    assert exports.safe_cell(value) == safe


@given(st.text())
def test_no_text_becomes_a_formula(text):
    safe = exports.safe_cell(text)
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert safe.removeprefix("'") == text.removeprefix("'")


def test_csv_is_read_back_as_it_was_and_plain():
    rows = [
        ["Óptica; Sur", Decimal("1E+3")],
        ['say "hi"\nthere', Decimal("-0.10")],
        ["=evil", None],
    ]
    data = exports.CsvExporter(COLUMNS).render(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [COLUMNS, ["Óptica; Sur", "1000"], ['say "hi"\nthere', "-0.10"], ["'=evil", ""]]


def test_xlsx_is_read_back_as_it_was():
    rows = [["Óptica", Decimal("12.5")], ["=evil", 3], [dt.date(2006, 1, 2), None]]
    read = (
        CalamineWorkbook.from_filelike(io.BytesIO(exports.XlsxExporter(COLUMNS).render(rows)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert read == [COLUMNS, ["Óptica", 12.5], ["'=evil", 3.0], [dt.date(2006, 1, 2), ""]]


@pytest.mark.parametrize("kind", exports.EXPORTERS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("rows", [0, 1, 3])
def test_every_format_gives_equal_bytes_for_equal_rows(kind, rows):
    table = [["A", Decimal(number)] for number in range(rows)]
    first, second = kind(COLUMNS).render(table), kind(COLUMNS).render(iter(table))
    assert first == second


@pytest.mark.parametrize("kind", exports.EXPORTERS, ids=lambda kind: kind.key)
def test_every_format_is_found_by_its_key_and_answers_as_an_attachment(kind):
    assert exports.exporter(kind.key) is kind
    response = kind(COLUMNS).response([["A", 1]], "Redes: País")
    assert response["Content-Disposition"] == f'attachment; filename="redes-pais.{kind.extension}"'
    assert response["Content-Type"] == kind.content_type


def test_an_unknown_format_is_none():
    assert exports.exporter("pdf") is None


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="zip"):
        exports.CsvExporter(COLUMNS).render([["A"]])


AT = dt.datetime(2006, 7, 31, 23, 59, 58, 7, tzinfo=dt.timezone(dt.timedelta(hours=-6)))
TIMES = [["A", None], ["B", AT], ["C", None]]


def test_a_time_in_a_workbook_is_a_time_and_its_heading_names_the_zone():
    data = exports.XlsxExporter(["Firm", "Sent"]).render(TIMES)
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert read == [
        ["Firm", "Sent (UTC)"],
        ["A", ""],
        ["B", dt.datetime(2006, 8, 1, 5, 59, 58)],
        ["C", ""],
    ]


def test_a_heading_that_names_the_zone_names_it_once_and_days_have_none():
    data = exports.XlsxExporter(["Day", "Sent (UTC)"]).render([[dt.date(2006, 8, 1), AT]])
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert read[0] == ["Day", "Sent (UTC)"]
    assert read[1] == [dt.date(2006, 8, 1), dt.datetime(2006, 8, 1, 5, 59, 58)]


def test_a_time_in_csv_has_its_offset():
    data = exports.CsvExporter(["Firm", "Sent"]).render(TIMES).decode("utf-8-sig")
    assert data.splitlines() == ["Firm,Sent", "A,", "B,2006-08-01T05:59:58+00:00", "C,"]
