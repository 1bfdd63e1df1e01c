"""Where the cells of a workbook really stand, asked before the library that reads them is let in."""

import re
from functools import cache

from ..refusals import Refused
from .answers import Faults, Limits
from .markup import local, parse, plain_parser

BLOCK = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):[A-Z]{1,3}([1-9][0-9]{0,6})")
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Scan:
    """One pass over a part of the workbook: where cells really stand, which hold formulas or
    errors. `dimension` is ignored.
    """

    def __init__(self, sheet: str, limits: Limits, faults: Faults) -> None:
        self.sheet, self.limits, self.faults = sheet, limits, faults
        self.row = self.column = self.rows = self.cells = self.last_row = self.last_column = 0
        self.in_cell = self.in_data = self.is_hidden = False
        self.hidden_rows: list[int] = []  # those that hold something
        self.hidden_columns: set[int] = set()
        self.merged: list[str] = []

    def run(self, content: bytes) -> None:
        """Raises Refused when there is more than the limits allow."""
        parser = plain_parser()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parse(parser, content)
        if self.last_row * self.last_column > self.limits["cells"]:
            raise self.too_many("cells")
        for reference in self.merged:
            self.tell_merged(reference)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c" and self.in_data:
            self.start_cell(attributes)
        elif name == "row" and self.in_data:
            self.start_row(attributes.get("r", ""))
            self.is_hidden = is_true(attributes.get("hidden", ""))
        elif name in ("v", "is") and self.in_cell:
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)
            if self.is_hidden and self.row not in self.hidden_rows[-1:]:
                self.hidden_rows.append(self.row)
        elif name == "f" and self.in_cell:
            self.fault("formula")
        elif name == "sheetData":
            self.in_data = True
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name == "col" and is_true(attributes.get("hidden", "")):
            self.hide_columns(attributes.get("min", ""), attributes.get("max", ""))

    def hide_columns(self, first: str, last: str) -> None:
        if first.isascii() and first.isdigit() and last.isascii() and last.isdigit():
            most = min(int(last), self.limits["columns"])
            self.hidden_columns.update(range(int(first), most + 1))

    def tell_merged(self, reference: str) -> None:
        """Of a merged block only the first cell holds its value: each of its rows says so, as far
        as the table goes.
        """
        corners = BLOCK.fullmatch(reference)
        if not corners or column_number(corners[1]) > self.last_column:
            return
        for row in range(int(corners[2]), min(int(corners[3]), self.last_row) + 1):
            self.faults.add(self.sheet, row, column_number(corners[1]), "merged", reference)

    def end(self, name: str) -> None:
        name = local(name)
        if name == "c":
            self.in_cell = False
        elif name == "sheetData":
            self.in_data = False

    def start_row(self, number: str) -> None:
        """`number` is what the row says of itself; one that says nothing follows the last."""
        self.rows += 1
        is_number = number.isascii() and number.isdigit() and len(number) < 9
        self.row = int(number) if is_number else self.row + 1
        self.column = 0
        if self.rows > self.limits["rows"] or self.row > self.limits["rows"]:
            raise self.too_many("rows")

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        self.in_cell = True
        if reference := REFERENCE.fullmatch(attributes.get("r", "")):
            self.column, self.row = column_number(reference[1]), int(reference[2])
        else:
            self.column += 1
        if self.column > self.limits["columns"]:
            raise self.too_many("columns")
        if self.row > self.limits["rows"]:
            raise self.too_many("rows")
        if self.cells > self.limits["cells"]:
            raise self.too_many("cells")
        if attributes.get("t") == "e":
            self.fault("error")

    def fault(self, rule: str) -> None:
        self.faults.add(self.sheet, self.row, self.column, rule)

    def too_many(self, key: str) -> Refused:
        return Refused(key, most=self.limits[key], sheet=self.sheet)


def is_true(written: str) -> bool:
    return written in ("1", "true")


@cache
def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
