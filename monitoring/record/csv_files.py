"""A plain file of rows: codes only, plain decimals, LF; rows are streamed."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monitoring.numbers import plain


def write_csv(file: Path, columns: Iterable[str], rows: Iterable[Iterable]) -> int:
    """Write the rows under their columns and count them.

    Beside its place first, then moved in: who reads never sees half a file.
    """
    aside = file.with_name(f".{file.name}.part")
    count = 0
    with aside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_text(value) for value in row])
            count += 1
    aside.replace(file)
    return count


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)
