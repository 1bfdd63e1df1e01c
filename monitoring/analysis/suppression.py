"""What the public does not see (rules.md, Who sees what): numbers from which a reader could tell
what one firm gave, not even a reader who is a firm and knows its own.

Each number is asked by itself (`contributors`). Then each partition is closed: what a reader has
who subtracts the groups that are shown from the total that is shown must pass the same tests; while
it does not, the smallest shown group is hidden too (`secondary`), and with none left the total. The
panel blocks of the main figures are a partition of their own. What this cannot do stands in
docs/rules.md: what the public knows from elsewhere is not the portal's to hide.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .contributors import Contributors
from .figures import Figure, Panel, canonical
from .partitions import Atoms, reaches
from .sides import REASONS, SECONDARY, UNPUBLISHED, Sides, left_over, refusal

BLOCKS = "panel"  # the table of the panel blocks of the main figures


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


Above = Mapping[str, Sequence[Part]]  # by table: total and countries, judged already


def suppress(
    figures: Iterable[Figure], contributors: Contributors, above: Above | None = None
) -> None:
    """Hide in place what may not be published of one indicator's figures. `above`: what projects
    lie beneath, in place of a total of their own.
    """
    above = above or {}
    tables: dict[str, list[Part]] = {}
    for figure in figures:
        part = Part(figure, figure.n, contributors.of(figure))
        tables.setdefault(figure.measure, []).append(part)
    main = tables.pop("main", [])
    judge(main, above.get("main"))
    blocks = list(_blocks(main, contributors))
    judge(blocks, above.get(BLOCKS))
    hidden = {canonical(part.figure.group): part.reason for part in main if part.reason}
    for measure, table in tables.items():
        for part in table:
            part.reason = hidden.get(canonical(part.figure.group), "")
        judge(table, above.get(measure))
        if measure == "to_date":
            judge_rounds(table, contributors, above.get(measure))
            close(table, above=above.get(measure))
    for part in blocks:
        if part.reason:
            hide_panel(part.figure, part.reason)
    for table in (main, *tables.values()):
        for part in table:
            if part.reason:
                hide(part.figure, part.reason)


def suppress_projects(
    figures: Sequence[Figure], countries: Contributors, projects: Contributors
) -> None:
    """Hide in place what may not be published of one indicator by project: whichever projects are
    published, and in whatever order, a country less all that is shown of it must pass.
    """
    upper = [figure for figure in figures if "project" not in figure.group]
    above: dict[str, list[Part]] = {}
    for figure in upper:
        part = Part(figure, figure.n, projects.of(figure))
        above.setdefault(figure.measure, []).append(part)
    above[BLOCKS] = list(_blocks(above.get("main", []), projects))
    suppress(upper, countries)
    for table, parts in above.items():
        for part in parts:
            part.reason = _hidden_because(part.figure, table)
    suppress([f for f in figures if "project" in f.group], projects, above)


def _hidden_because(figure: Figure, table: str) -> str:
    if figure.suppressed:
        return figure.reason or ""
    reason = figure.panel.reason if table == BLOCKS and figure.panel is not None else ""
    return reason if reason in REASONS else ""


def judge(parts: list[Part], above: Sequence[Part] | None = None) -> None:
    """Say of each part why it is hidden: first within this table, then beside other tables."""
    for sides in (within, everything):
        for part in parts:
            if not part.reason and part.sides is not None:
                part.reason = refusal(sides(part))
        close(parts, sides, above)


def within(part: Part) -> Sides:
    """What is asked of a part without looking at other tables."""
    return tuple(UNPUBLISHED if side.others else side for side in part.sides or ())


def everything(part: Part) -> Sides:
    return part.sides or ()


def close(
    parts: list[Part],
    sides: Callable[[Part], Sides] = everything,
    above: Sequence[Part] | None = None,
) -> None:
    """Hide more of a partition, the smallest first, until nothing can be had by subtraction."""
    if above is not None:
        close_beneath(parts, sides, above)
        return
    whole = next((part for part in parts if part.is_whole), None)
    groups = sorted((part for part in parts if not part.is_whole), key=lambda part: part.order)
    if whole is None or not groups:
        return
    shown = [part for part in groups if not part.reason]
    while not whole.reason and refusal(left_over(sides(whole), map(sides, shown))):
        (shown.pop(0) if shown else whole).reason = SECONDARY


def close_beneath(parts: list[Part], sides: Callable[[Part], Sides], above: Sequence[Part]) -> None:
    """The same of projects beneath countries: of each country that is shown, of those together that
    a project of several joins, and of what is left of the total where a country is hidden.
    """
    smallest_first = sorted(parts, key=lambda part: part.order)
    atoms = Atoms(above)
    reach = {id(part): atoms.reach(part) for part in parts}
    together = reaches(reach.values())
    changed = True
    while changed:
        changed = False
        for joined in together:
            inside = [p for p in smallest_first if reach[id(p)] and reach[id(p)] <= joined]
            shown = [part for part in inside if not part.reason]
            whole = atoms.whole(joined, sides)
            while (
                whole is not None
                and shown
                and refusal(left_over(whole.sides, [*whole.less, *map(sides, shown)]))
            ):
                shown.pop(0).reason = SECONDARY
                changed = True


def judge_rounds(
    parts: list[Part], contributors: Contributors, above: Sequence[Part] | None = None
) -> None:
    """Of `to_date`: two of them leave the rounds between, so each of these must be shown too."""
    for at in range(contributors.rounds):
        upper = None if above is None else of_round(above, contributors, at)
        if upper is not None:
            judge(upper)
        found = of_round(parts, contributors, at)
        judge(found, upper)
        for part, same in zip(parts, found, strict=True):
            part.reason = part.reason or (SECONDARY if same.reason else "")


def of_round(parts: Sequence[Part], contributors: Contributors, at: int) -> list[Part]:
    """What these add of one round."""
    found = [Part(part.figure, None, contributors.of_round(part.figure, at)) for part in parts]
    for part in found:
        part.n = len(part.sides[0].given) if part.sides else None
    return found


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
