"""What each of the two databases says of guards in its own words: one of these is chosen, in
`__init__`, and nothing else asks which database it is.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Guard(NamedTuple):
    """One trigger: its name, the table it stands on, the statements that make it and take it away,
    and what the database tells of it when it stands as it should.
    """

    name: str
    table: str
    sql: str
    drop: str
    told: str


class Backend(NamedTuple):
    """`functions`: statements that make what the triggers call.

    `columns`: a query of (table, column), in the order of the columns. `guards_of(table, columns)`:
    the guards of a table that has these columns. `standing`: a query of (name, table, told) of the
    triggers that are switched on. `aside`: tables whose guards are in the way of a migration.
    """

    functions: tuple[str, ...]
    columns: str
    guards_of: Callable[[str, Sequence[str]], Iterator[Guard]]
    standing: str
    aside: tuple[str, ...]
