"""Charts of one indicator: a line over the rounds, dots by group, the change by group, baseline and
now by group.
"""

from monitoring.reports.blocks import Chart
from monitoring.reports.material import Material

from .groups import changes, dots, pairs
from .rounds import line


def draw(material: Material, code: str, kind: str) -> Chart | None:
    """The chart, or None where there are not two things to compare."""
    return {"line": line, "dots": dots, "change": changes, "pairs": pairs}[kind](material, code)
