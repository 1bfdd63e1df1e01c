"""Reading a file from outside: what it holds, or one sentence that says why it is not read.

Nothing is stored here.
"""

import datetime as dt
import json
import subprocess
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pip_network.files import starting
from pip_network.web.errors import Invalid

from .faults import Fault, column_letters, sentence_of
from .limits import Limits

Cell = str | int | float | bool | dt.date | None


class Refused(Invalid):
    """The file as a whole is not read. `key` says which guard spoke, for those who count."""

    def __init__(self, message: str, *, key: str) -> None:
        super().__init__(message, place="file")
        self.key = key


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells as they stand, the first row first; a cell is text, a number, a
    date, a truth value or None.
    """

    name: str  # with the numbers of letters that cannot be seen
    hidden: bool
    rows: list[list[Cell]]
    hidden_rows: list[int] = field(default_factory=list)  # that hold something; from 1
    hidden_columns: list[int] = field(default_factory=list)
    is_named_oddly: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(cell is not None for row in self.rows for cell in row)


@dataclass(frozen=True)
class Book:
    """What a file holds.

    `faults`: cells that no rule can read (formulas, errors, infinities, text that is too long).
    """

    sheets: list[Sheet]
    faults: list[Fault] = field(default_factory=list)
    kind: str = ""
    encoding: str = ""
    delimiter: str = ""


def read(data: bytes, limits: Limits | None = None) -> Book:
    """Parse an XLSX or CSV file in a process of its own. What it is is told by its content, never
    by its name.

    Raises Refused with one sentence for whatever is not a table within the limits.
    """
    limits = limits or Limits()
    if len(data) > limits.size:
        raise _refusal({"refused": "size", "most": limits.size})
    answer = _answer(data, limits)
    if "refused" in answer:
        raise _refusal(answer)
    sheets = [
        Sheet(
            visible(sheet["name"]),
            sheet["hidden"],
            [_row(row) for row in sheet["rows"]],
            sheet["hidden_rows"],
            sheet["hidden_columns"],
            visible(sheet["name"]).strip() != sheet["name"],
        )
        for sheet in answer["sheets"]
    ]
    faults = [
        Fault(
            sheet=visible(fault["sheet"]),
            row=fault["row"],
            column=column_letters(fault["column"]),
            value=fault["value"],
            rule=sentence_of(fault["rule"]),
        )
        for fault in answer["faults"]
    ]
    notes = answer["notes"]
    return Book(
        sheets, faults, notes["kind"], notes.get("encoding", ""), notes.get("delimiter", "")
    )


def visible(name: str) -> str:
    """A name with the number of each letter that cannot be seen, such as [U+200B]."""
    return "".join(
        f"[U+{ord(letter):04X}]"
        if unicodedata.category(letter)[0] in "CZ" and letter != " "
        else letter
        for letter in name
    )


def _answer(data: bytes, limits: Limits) -> dict[str, Any]:
    errand = {
        "do": "tables",
        "limits": {"memory": limits.memory, "seconds": limits.cpu_seconds, "files": 32},
        **limits.as_json(),
    }
    try:
        # No environment: the secrets of the portal are not there to be read.
        process = subprocess.run(  # noqa: S603 -- our own script; the file goes in by its standard input
            starting.command(errand),
            input=data,
            capture_output=True,
            timeout=limits.wall_seconds,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "heavy"}
    if process.returncode < 0:  # ended by the system: processor time or memory
        return {"refused": "heavy"}
    try:
        return json.loads(process.stdout)
    except ValueError:
        return {"refused": "heavy" if b"MemoryError" in process.stderr else "damaged"}


def _row(row: list[Any]) -> list[Cell]:
    return [dt.date.fromisoformat(cell[0]) if isinstance(cell, list) else cell for cell in row]


def _refusal(answer: dict[str, Any]) -> Refused:
    key = answer["refused"]
    most = answer.get("most", 0)
    numbers = {"most": most, "megabytes": most // (1024 * 1024), "row": answer.get("row", 0)}
    sheet = answer.get("sheet", "")
    where = _("Sheet %(sheet)s: ") % {"sheet": sheet} if sheet else ""
    return Refused(where + _sentences()[key] % numbers, key=key)


def _sentences() -> dict[str, str]:
    return {
        "size": _("The file is larger than %(megabytes)s MB: divide it."),
        "empty": _("The file is empty."),
        "encrypted": _("The workbook is protected with a password: save it without one."),
        "old_excel": _("This is a workbook of an old Excel (.xls): save it as .xlsx."),
        "binary_excel": _("This is a binary workbook (.xlsb): save it as .xlsx."),
        "opendocument": _("This is an OpenDocument sheet (.ods): save it as .xlsx or as CSV."),
        "kind": _("This is no workbook (.xlsx) and no CSV, whatever its name says."),
        "macros": _("The workbook contains macros: save it as .xlsx, without them."),
        "external_links": _(
            "The workbook has links to other files: break them (keep the values) and save it again."
        ),
        "entities": _(
            "The workbook contains declarations that no spreadsheet writes: save it again with a "
            "spreadsheet."
        ),
        "damaged": _(
            "The file is damaged, or not what its name says: open it, save it again and try once "
            "more."
        ),
        "duplicates": _(
            "The workbook contains the same part twice: open it, save it again and try once more."
        ),
        "members": _(
            "The workbook has more than %(most)s parts: keep only the sheet with the table."
        ),
        "unpacked": _("Unpacked, the workbook is larger than %(megabytes)s MB: divide it."),
        "ratio": _(
            "The workbook unpacks to more than %(most)s times its size: this is not a table that "
            "people made."
        ),
        "sheets": _("The workbook has more than %(most)s sheets."),
        "rows": _(
            "There are rows beyond number %(most)s, even if they are empty: delete them or divide "
            "the table."
        ),
        "columns": _(
            "There are cells beyond column %(most)s, even if they are empty: delete those columns."
        ),
        "cells": _("The table spans more than %(most)s cells: delete what is empty or divide it."),
        "text": _("The file holds more than %(most)s characters of text: divide it."),
        "nul": _(
            "The text contains null characters: it is not a CSV. Save it again as CSV (UTF-8)."
        ),
        "encoding": _("The letters of the text cannot be told apart: save it as CSV (UTF-8)."),
        "delimiter": _(
            "Both commas and semicolons could divide the columns: save it as .xlsx, or with one "
            "of them only."
        ),
        "quotes": _("Row %(row)s: a quotation mark is not closed, or a cell never ends."),
        "heavy": _(
            "Reading the file took more time or memory than is allowed: divide it, or save it "
            "again."
        ),
    }
