"""What a list says, read from the page that a person sees and from the file that she takes along."""

import csv
import datetime as dt
import html
import io
import re
from typing import Any

import openpyxl

from tests.markup import folded

CODE = re.compile(r'<td class="nb" data-k="[^"]*">([A-Z0-9]+(?:-[A-Z0-9]+)*)</td>')
HEADINGS = re.compile(r"<th scope=\"col\"[^>]*>(?:<a [^>]*>)?([^<]*)(?:</a>)?</th>")
NAME = re.compile(r'<th scope="row"><a href="[^"]*"[^>]*>([^<]*)</a>')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
TOLD = re.compile(r'<ul class="facts"><li><b>([^<]*)</b>')


def page_of(client, address: str, **asked: str) -> str:
    """The page, folded, without the tokens of its forms, in which chance may write any code."""
    response = client.get(address, asked)
    assert response.status_code == 200, response.status_code
    return TOKEN.sub("", folded(response.content.decode()))


def codes(client, address: str, **asked: str) -> list[str]:
    """Codes of the rows of one page.

    The count above them must be theirs when they are all of the list.
    """
    page = page_of(client, address, **asked)
    found = CODE.findall(page)
    if "page" not in asked and 'class="pages' not in page:
        assert TOLD.search(page)[1] == str(len(found))
    return found


def names(client, address: str, **asked: str) -> list[str]:
    return [html.unescape(name) for name in NAME.findall(page_of(client, address, **asked))]


def headings(client, address: str, **asked: str) -> list[str]:
    return [html.unescape(words) for words in HEADINGS.findall(page_of(client, address, **asked))]


def csv_of(client, address: str, **asked: str) -> list[list[str]]:
    """The rows of the file, headings first; it begins with the mark of UTF-8, and lines end as RFC
    4180 has it.
    """
    response = client.get(address, {**asked, "export": "csv"})
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    raw = response.content
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline="")))


def xlsx_of(client, address: str, **asked: str) -> list[list[Any]]:
    """The cells of the workbook's one sheet; days as days. No cell is a formula."""
    response = client.get(address, {**asked, "export": "xlsx"})
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    (sheet,) = book.worksheets
    assert [
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    return [
        [cell.date() if isinstance(cell, dt.datetime) else cell for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def column(rows: list[list[Any]], heading: str) -> list[Any]:
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]
