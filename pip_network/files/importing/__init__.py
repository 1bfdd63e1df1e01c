"""Tables of the registry from and to files, through django-import-export: preview first, saved by
the same actions.

A room writes one `TableResource` (its columns, how rows are found, how they are saved) and one
ModelAdmin with `ImportsAndExports`. What a file may be is decided in `pip_network/files/incoming/`.
"""

from .codes import Code, Codes
from .columns import Address, Amount, Choice, Column, Day, Identifier, Text, Whole
from .plan import Plan, PlannedRow, Status
from .resource import TableResource
from .rows import refuse_twins

__all__ = [
    "Address",
    "Amount",
    "Choice",
    "Code",
    "Codes",
    "Column",
    "Day",
    "Identifier",
    "Plan",
    "PlannedRow",
    "Status",
    "TableResource",
    "Text",
    "Whole",
    "refuse_twins",
]
