"""What goes in and out of the process, as JSON holds it."""

from collections.abc import Mapping, Sequence
from typing import Any

Limits = Mapping[str, int]  # pip_network/files/incoming/limits.py, which cannot be imported here
Cell = str | int | float | bool | list[str] | None
Answer = dict[str, Any]

MOST_FAULTS = 200


class Faults:
    """Cells that no rule can read. Past MOST_FAULTS they are not kept: nobody reads ten thousand
    sentences.
    """

    def __init__(self) -> None:
        self.rows: list[dict[str, str | int]] = []

    def add(self, sheet: str, row: int, column: int, rule: str, value: str = "") -> None:
        """Rows and columns count from 1; column 0 is the row as a whole."""
        if len(self.rows) < MOST_FAULTS:
            self.rows.append(
                {"sheet": sheet, "row": row, "column": column, "rule": rule, "value": value}
            )


def sheet_answer(
    name: str,
    rows: list[list[Cell]],
    *,
    hidden: bool = False,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
) -> Answer:
    return {
        "name": name,
        "hidden": hidden,
        "rows": rows,
        "hidden_rows": list(hidden_rows),
        "hidden_columns": list(hidden_columns),
    }
