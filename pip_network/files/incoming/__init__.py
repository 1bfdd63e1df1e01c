"""Files from outside are hostile until proven otherwise. Guards first, then a parser in a process
of its own.

`read(data, limits) -> Book` for XLSX and CSV; `values` turns cells into values, strictly; a `Fault`
names sheet, row, column, value and rule. Whatever imports a file (a registry table today, a
monitoring workbook later) comes through here.
"""

from .faults import Fault, column_letters
from .limits import Limits
from .reading import Book, Cell, Refused, Sheet, read

__all__ = ["Book", "Cell", "Fault", "Limits", "Refused", "Sheet", "column_letters", "read"]
