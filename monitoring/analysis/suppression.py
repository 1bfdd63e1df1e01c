"""What the public does not see (rules.md, Who sees what): numbers from which a reader could tell
what one firm gave, not even a reader who is a firm and knows its own.

Each number is asked by itself (`contributors`). Then each partition is closed: what a reader has
who subtracts the groups that are shown from the total that is shown must pass the same tests; while
it does not, the smallest shown group is hidden too (`secondary`), and with none left the total. The
panel blocks of the main figures are a partition of their own. What this cannot do stands in
docs/rules.md: what the public knows from elsewhere is not the portal's to hide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .contributors import Contributors
from .figures import Figure, Panel, canonical
from .sides import SECONDARY, Sides, left_over, refusal


@dataclass
class Part:
    """A number of one group: who stands behind it, and why it is hidden, if it is."""

    figure: Figure
    n: int | None
    sides: Sides | None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.figure.group

    @property
    def order(self) -> tuple[bool, int, str]:
        """The smallest first, unknown last."""
        return (self.n is None, self.n or 0, canonical(self.figure.group))


def suppress(figures: Iterable[Figure], contributors: Contributors) -> None:
    """Hide in place what may not be published of one indicator's figures."""
    tables: dict[str, list[Part]] = {}
    for figure in figures:
        part = Part(figure, figure.n, contributors.of(figure))
        tables.setdefault(figure.measure, []).append(part)
    main = tables.pop("main", [])
    judge(main)
    blocks = list(_blocks(main, contributors))
    judge(blocks)
    hidden = {canonical(part.figure.group): part.reason for part in main if part.reason}
    for measure, table in tables.items():
        for part in table:
            part.reason = hidden.get(canonical(part.figure.group), "")
        judge(table)
        if measure == "to_date":
            judge_rounds(table, contributors)
            close(table)
    for part in blocks:
        if part.reason:
            hide_panel(part.figure, part.reason)
    for table in (main, *tables.values()):
        for part in table:
            if part.reason:
                hide(part.figure, part.reason)


def judge(parts: list[Part]) -> None:
    """Say of each part why it is hidden: by itself, or to protect what is."""
    for part in parts:
        if not part.reason and part.sides is not None:
            part.reason = refusal(part.sides)
    close(parts)


def close(parts: list[Part]) -> None:
    """Hide more of a partition, the smallest first, until nothing can be had by subtraction."""
    whole = next((part for part in parts if part.is_whole), None)
    groups = sorted((part for part in parts if not part.is_whole), key=lambda part: part.order)
    if whole is None or not groups:
        return
    shown = [part for part in groups if not part.reason]
    while not whole.reason and gives_away(whole, shown):
        (shown.pop(0) if shown else whole).reason = SECONDARY


def judge_rounds(parts: list[Part], contributors: Contributors) -> None:
    """Of `to_date`: two of them leave the rounds between, so each of these must be shown too."""
    for at in range(contributors.rounds):
        of_round = [
            Part(part.figure, None, contributors.of_round(part.figure, at)) for part in parts
        ]
        for part in of_round:
            part.n = len(part.sides[0].given) if part.sides else None
        judge(of_round)
        for part, same in zip(parts, of_round, strict=True):
            part.reason = part.reason or (SECONDARY if same.reason else "")


def gives_away(whole: Part, shown: Iterable[Part]) -> bool:
    """Whether what is left of the total, less what is shown, fails a test."""
    return bool(refusal(left_over(whole.sides or (), [part.sides or () for part in shown])))


def _blocks(main: list[Part], contributors: Contributors) -> Iterator[Part]:
    """The panel blocks of the main figures; that of a hidden figure is hidden with it."""
    for part in main:
        panel = part.figure.panel
        if part.reason or (panel is not None and panel.n is not None):
            n = panel.n if panel is not None else None
            yield Part(part.figure, n, contributors.of_block(part.figure), part.reason)


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
