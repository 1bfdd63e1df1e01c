"""What the public does not see: figures about fewer than five units (rules.md, Who sees what).

A group is hidden when its own n is below five (`few_units`). If that leaves exactly one hidden
group of a partition whose total is shown, the next smallest is hidden too (`secondary`), or a
subtraction would give it away. Panel blocks are judged by their own n in the same way. The
protection is limited: two reports may be compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from .figures import Figure, Panel, canonical

FEWEST = 5
FEW_UNITS, SECONDARY = "few_units", "secondary"


def suppress(figures: Iterable[Figure], hides: Callable[[str], bool]) -> None:
    """Hide in place what may not be published; `hides(indicator)`: whether small groups of it are
    hidden at all.
    """
    tables: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        if hides(figure.indicator):
            tables[figure.indicator][figure.measure].append(figure)
    for measures in tables.values():
        hidden: dict[str, str] = {}
        for measure, table in measures.items():  # figures come in order: main is the first measure
            _hide_table(table, {} if measure == "main" else hidden)
            if measure == "main":
                hidden = {
                    canonical(figure.group): str(figure.reason)
                    for figure in table
                    if figure.suppressed
                }
                _hide_panels(table)


def _hide_table(table: list[Figure], hidden: dict[str, str]) -> None:
    for figure in table:
        key = canonical(figure.group)
        if key in hidden:
            hide(figure, hidden[key])
        elif figure.n is not None and figure.n < FEWEST:
            hide(figure, FEW_UNITS)
    second = _second([(f.group, f.suppressed, f.n, f) for f in table])
    if second is not None:
        hide(second, SECONDARY)


def _hide_panels(table: list[Figure]) -> None:
    blocks = [f for f in table if f.suppressed or (f.panel is not None and f.panel.n is not None)]
    for figure in blocks:
        if figure.panel is not None and figure.panel.n is not None and figure.panel.n < FEWEST:
            hide_panel(figure, FEW_UNITS)
    sizes = {id(f): f.panel.n if f.panel is not None else None for f in blocks}
    second = _second([(f.group, sizes[id(f)] is None, sizes[id(f)], f) for f in blocks])
    if second is not None:
        hide_panel(second, SECONDARY)


def _second(rows: list[tuple[dict[str, str], bool, int | None, Figure]]) -> Figure | None:
    """The group to hide beside a single hidden one, when the total is shown: the smallest n
    (unknown last).
    """
    total_shown = any(not group and not is_hidden for group, is_hidden, _, _ in rows)
    groups = [row for row in rows if row[0]]
    shown = [row for row in groups if not row[1]]
    if not total_shown or len(groups) - len(shown) != 1 or not shown:
        return None
    return min(shown, key=lambda row: (row[2] is None, row[2] or 0, canonical(row[0])))[3]


def hide(figure: Figure, reason: str) -> None:
    """Leave nothing of the figure but the reason."""
    figure.value = figure.numerator = figure.denominator = figure.coverage = None
    figure.n = figure.eligible = figure.clusters = None
    figure.ci_low = figure.ci_high = figure.reconstructed_share = None
    figure.ci_method = "none"
    figure.panel = None
    figure.suppressed = True
    figure.reason = reason
    figure.flags = [flag for flag in figure.flags if flag != "reconstructed_over_30"]


def hide_panel(figure: Figure, reason: str) -> None:
    """Leave nothing of its panel but the reason."""
    figure.panel = Panel(ci_method="none", reason=reason)
    figure.reconstructed_share = None
    figure.flags = [flag for flag in figure.flags if flag != "reconstructed_over_30"]
