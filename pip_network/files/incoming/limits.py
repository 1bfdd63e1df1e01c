"""How much of a file from outside is looked at.

Everything here is asked before, or while, it is parsed.
"""

from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The defaults fit a registry table of 50,000 rows; a room with larger or smaller files gives
    its own.
    """

    size: int = 10 * MEGABYTE
    unpacked: int = 100 * MEGABYTE
    ratio: int = 100  # unpacked bytes for each byte of the file...
    ratio_from: int = 4 * MEGABYTE  # ...once it is worth asking: small parts compress well
    members: int = 400
    sheets: int = 20
    rows: int = 50_000
    columns: int = 200
    cells: int = 1_000_000
    cell_text: int = 5_000  # characters
    text: int = (
        20_000_000  # characters in all, so that one string named by many cells does not grow
    )
    memory: int = 1024 * MEGABYTE
    cpu_seconds: int = 15
    wall_seconds: int = 30

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
