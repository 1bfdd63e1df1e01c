"""The engine that computes every figure from the approved record (docs/rules.md).

    spec = parse_specification({"group_by": ["project"]}, universe, catalogue)
    figures = compute(spec, FileSource(folder, spec.as_of), catalogue)
    text = figures_document(spec.question(), figures, record_hash=..., application=...)

Everything here is pure Python over Decimal, except the words of the rules, which are translated
where they are shown, and `DatabaseSource`, `approved_rounds_from_database`, `catalogue_from_database` and
`universe_from_database`, which read the record through the ORM and are imported when first asked
for.
"""

from importlib import import_module
from typing import Any

from .approved_rounds import ApprovedRounds
from .attrition import Attrition, attrition
from .catalogue import Catalogue
from .catalogue_rows import CatalogueError, Indicator, Variable
from .engine import compute
from .figures import Figure, Panel, definition, figure_id, figures_csv, figures_document
from .from_files import FileSource
from .parsing import parse_specification
from .rules import RULES
from .sources import MemorySource, Source
from .specification import Problem, Specification, SpecificationError
from .trace import Trace, TraceRow
from .trace_rows import rows_behind
from .universe import Place, Universe

_FROM_DATABASE = frozenset(
    {
        "DatabaseSource",
        "approved_rounds_from_database",
        "catalogue_from_database",
        "universe_from_database",
    }
)

__all__ = [
    "RULES",
    "ApprovedRounds",
    "Attrition",
    "Catalogue",
    "CatalogueError",
    "DatabaseSource",
    "Figure",
    "FileSource",
    "Indicator",
    "MemorySource",
    "Panel",
    "Place",
    "Problem",
    "Source",
    "Specification",
    "SpecificationError",
    "Trace",
    "TraceRow",
    "Universe",
    "Variable",
    "approved_rounds_from_database",
    "attrition",
    "catalogue_from_database",
    "compute",
    "definition",
    "figure_id",
    "figures_csv",
    "figures_document",
    "parse_specification",
    "rows_behind",
    "universe_from_database",
]


def __getattr__(name: str) -> Any:
    """Models may be imported only when Django is ready; the pure part must not wait for it."""
    if name in _FROM_DATABASE:
        return getattr(import_module(".from_database", __name__), name)
    raise AttributeError(name)
