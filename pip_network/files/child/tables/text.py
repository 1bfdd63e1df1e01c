"""Comma-separated text: its encoding, its delimiter, its rows."""

import csv
import io
import re

from ..refusals import Refused
from .answers import Answer, Faults, Limits, sheet_answer
from .cells import CONTROL, CellReader

DELIMITERS = (",", ";", "\t", "|")
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SIGNS = "ºª°«»¿¡–—“”‘’€·…"  # what people write besides letters, as Windows-1252 has it


def read_text(data: bytes, limits: Limits) -> Answer:
    """Its one table. Raises Refused."""
    text, encoding = decoded(data)
    if "\0" in text:
        raise Refused("nul")
    if "\ufffd" in text:
        raise Refused("encoding")
    if text.count("\n") + text.count("\r") > 2 * limits["rows"] + 100:
        raise Refused("rows", most=limits["rows"], sheet="")
    delimiter, rows = separated(text, limits)
    faults = Faults()
    reader = CellReader("", limits, faults)
    width = len(rows[0])
    cells = []
    for number, row in enumerate(rows, 1):
        if len(row) < width and any(row):  # what stands beyond the heading is told by its cells
            faults.add("", number, 0, "width", f"{len(row)} / {width}")
        cells.append(reader.row(row, number))
    notes = {"kind": "csv", "encoding": encoding, "delimiter": delimiter}
    return {"sheets": [sheet_answer("", cells)], "faults": faults.rows, "notes": notes}


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, else UTF-8, else Windows-1252 when each byte is a
    letter of it.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise Refused("encoding") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded_windows(data), "windows-1252"


def _decoded_windows(data: bytes) -> str:
    if b"\0" in data:
        raise Refused("nul")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error
    foreign = (letter for letter in text if ord(letter) > 127)
    if CONTROL.search(text) or not all(letter.isalpha() or letter in SIGNS for letter in foreign):
        raise Refused("encoding")
    return text


def separated(text: str, limits: Limits) -> tuple[str, list[list[str]]]:
    """Rows by the one delimiter that fits: it stands in the heading and gives every row the same
    number of cells.
    """
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        return declared[1], split(text[declared.end() :], declared[1], limits)
    heading = text.lstrip("\r\n").split("\n", 1)[0]
    candidates = [delimiter for delimiter in DELIMITERS if delimiter in heading] or [","]
    if len(candidates) == 1:
        return candidates[0], split(text, candidates[0], limits)
    return _fitting(text, candidates, limits)


def _fitting(text: str, candidates: list[str], limits: Limits) -> tuple[str, list[list[str]]]:
    fitting, refusal = [], Refused("delimiter")
    for delimiter in candidates:
        try:
            rows = split(text, delimiter, limits)
        except Refused as refused:
            refusal = refused
            continue
        if len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows if row):
            fitting.append((delimiter, rows))
    if len(fitting) == 1:
        return fitting[0]
    raise refusal


def split(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    """The rows, as many cells as each has. Raises Refused past the limits, or without any row."""
    csv.field_size_limit(max(limits["cell_text"] * 20, 1000))
    rows: list[list[str]] = []
    count = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(rows) >= limits["rows"]:
                raise Refused("rows", most=limits["rows"], sheet="")
            if len(row) > limits["columns"]:
                raise Refused("columns", most=limits["columns"], sheet="")
            count += len(row)
            if count > limits["cells"]:
                raise Refused("cells", most=limits["cells"], sheet="")
            rows.append(row)
    except csv.Error as error:
        raise Refused("quotes", row=len(rows) + 1) from error
    if not any(any(row) for row in rows):
        raise Refused("empty")
    return rows
