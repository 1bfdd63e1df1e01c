"""The cells of a workbook, as the library that reads them hands them over.

Imported only once the guards have let the workbook in.
"""

import io
from collections.abc import Mapping

import python_calamine
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from ..refusals import Refused
from .answers import Answer, Cell, Faults, Limits, sheet_answer
from .cells import CellReader
from .scan import Scan


def read_sheets(
    data: bytes, limits: Limits, faults: Faults, scans: Mapping[str, Scan]
) -> list[Answer]:
    """Every worksheet with its cells as values; what is no value becomes one of `faults`.

    Raises Refused.
    """
    try:
        return _sheets(python_calamine.load_workbook(io.BytesIO(data)), limits, faults, scans)
    except (Refused, MemoryError):
        raise
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except Exception as error:  # whatever the library raises: the file is not what it says
        raise Refused("damaged") from error


def _sheets(
    book: python_calamine.CalamineWorkbook,
    limits: Limits,
    faults: Faults,
    scans: Mapping[str, Scan],
) -> list[Answer]:
    worksheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(worksheets) > limits["sheets"]:
        raise Refused("sheets", most=limits["sheets"])
    answers, characters = [], 0
    for sheet in worksheets:
        reader = CellReader(sheet.name, limits, faults)
        rows: list[list[Cell]] = []
        table = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for number, cells in enumerate(table, 1):
            row = reader.row(cells, number)
            characters += sum(len(cell) for cell in row if isinstance(cell, str))
            if characters > limits["text"]:
                raise Refused("text", most=limits["text"])
            rows.append(row)
        hidden = sheet.visible != SheetVisibleEnum.Visible
        seen = scans.get(sheet.name)
        answers.append(
            sheet_answer(
                sheet.name,
                rows,
                hidden=hidden,
                hidden_rows=seen.hidden_rows if seen else (),
                hidden_columns=sorted(seen.hidden_columns) if seen else (),
            )
        )
    return answers
