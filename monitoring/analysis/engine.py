"""From a specification to its figures: one indicator at a time, in stated order, to the digit."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from monitoring.analysis.rules.result import Block, Value
from monitoring.analysis.rules.slice import Slice

from .arithmetic import exact, publish
from .catalogue import Catalogue
from .catalogue_rows import Indicator
from .evaluation import Evaluation
from .families import Families
from .figures import COUNTING, FLAGS, Figure, Panel, definition, figure_id, group_dict
from .frames import MILESTONE, Frames
from .groups import Group, Scope
from .intervals import Interval
from .money import Converter
from .record import RECENT, Record
from .slices import slice_of
from .sources import Source
from .specification import Specification
from .states import Question
from .suppression import suppress, suppress_projects
from .targets import Aim, aim

Progress = Callable[[int, int, str], None]
OVER_30 = Decimal("0.3")


def compute(
    spec: Specification,
    source: Source,
    catalogue: Catalogue,
    intervals: bool = True,
    progress: Progress | None = None,
) -> list[Figure]:
    """All figures of a resolved specification, ordered by indicator, measure, canonical group.

    `source` is the record as of `spec.as_of`; observations are loaded once, cells one indicator at
    a time. `progress(done, total, code)` is called before each indicator and may raise to stop.
    Without `intervals` every ci is `none`: faster, for pages that show none.
    """
    public = spec.audience == "public"  # one indicator is asked for several tables
    with exact():
        record = Record.load(source, recent=RECENT if public else 0)
        question = make_question(spec, record, catalogue, intervals)
        answer = answering(spec, question, source)
        figures: list[Figure] = []
        for done, code in enumerate(spec.indicators):
            if progress:
                progress(done, len(spec.indicators), code)
            figures += answer(catalogue.indicators[code])
    figures.sort(key=lambda figure: figure.order)
    return figures


def answering(
    spec: Specification, question: Question, source: Source
) -> Callable[[Indicator], list[Figure]]:
    """How the figures of one indicator are had: for the public, less what gives a firm away."""

    def everything(indicator: Indicator) -> list[Figure]:
        return figures_of(Evaluation.load(question, indicator, source), spec)

    def named(figures: list[Figure]) -> list[Figure]:
        projects = spec.scope["projects"]
        return [figure for figure in figures if figure.group.get("project") in projects]

    if spec.audience != "public":
        return everything
    if spec.group_by != ("project",):
        families = Families.of(question, source)

        def public(indicator: Indicator) -> list[Figure]:
            if not indicator.hides_small_groups:
                return everything(indicator)
            contributors = families.contributors(indicator)
            found = figures_of(contributors.evaluation, spec)
            suppress(found, contributors)
            return found

        return public
    of_countries, of_projects = Families.of_projects(by_country_and_project(question), source)

    def by_project(indicator: Indicator) -> list[Figure]:
        if not indicator.hides_small_groups:
            return named(everything(indicator))
        contributors = of_projects.contributors(indicator)
        groups = [group for group in contributors.evaluation.groups() if len(group) < 2]
        found = figures_of(contributors.evaluation, spec, groups)
        suppress_projects(found, of_countries.contributors(indicator), contributors)
        return named(found)

    return by_project


def by_country_and_project(question: Question) -> Question:
    """All projects, published or not: what is hidden of one does not depend on what else is
    published.
    """
    frames = question.frames
    everywhere = Frames(frames.record, Scope(), ("country", "project"), frames.round)
    return replace(question, frames=everywhere)


def make_question(
    spec: Specification, record: Record, catalogue: Catalogue, intervals: bool = True
) -> Question:
    """A specification with the frames and rates that its figures need."""
    return Question(
        frames=Frames(record, Scope.of(spec.scope), spec.group_by, spec.round),
        catalogue=catalogue,
        converter=Converter(record.rates, spec.round, spec.prices, spec.currency),
        intervals=intervals,
    )


def figures_of(
    evaluation: Evaluation, spec: Specification, groups: Iterable[Group] | None = None
) -> list[Figure]:
    """Main and other measures of one indicator, for each emitted group (or those named)."""
    figures: list[Figure] = []
    question = spec.question()
    for group in evaluation.groups() if groups is None else groups:
        s = slice_of(evaluation, group)
        result = evaluation.rule.compute(s)
        main = publish_value(evaluation, question, group, "main", result.main)
        add_panel(main, evaluation, s, result.panel)
        add_target(main, aim(evaluation, group, spec))
        figures.append(main)
        figures += [
            publish_value(evaluation, question, group, name, value)
            for name, value in result.others.items()
        ]
    return figures


def publish_value(
    evaluation: Evaluation, question: dict, group: Group, measure: str, value: Value
) -> Figure:
    """One measure, rounded and named."""
    indicator = evaluation.indicator
    codes = group_dict(group)
    interval = value.interval
    return Figure(
        id=figure_id(definition(question, indicator.code, measure, codes)),
        indicator=indicator.code,
        measure=measure,
        level=indicator.level,
        group=codes,
        period=evaluation.when.period_of("") or question["round"],
        round=question["round"],
        unit=f"{indicator.level}s" if measure in COUNTING else indicator.unit,
        value=publish(value.value),
        numerator=publish(value.numerator),
        denominator=publish(value.denominator),
        n=value.n,
        eligible=value.eligible,
        coverage=share(value.n, value.eligible),
        ci_low=publish(interval.low),
        ci_high=publish(interval.high),
        ci_method=interval.method,
        clusters=interval.clusters,
        reason=value.reason or None,
        flags=flags_of(evaluation, indicator, group),
    )


def flags_of(evaluation: Evaluation, indicator: Indicator, group: Group) -> list[str]:
    """What is said of a figure besides its numbers."""
    flags = []
    if group in evaluation.at_t.missing:
        flags.append("projects_missing")
    if evaluation.frequency == MILESTONE:
        flags.append("mixed_periods")
    if indicator.estimate:
        flags.append("estimate")
    return flags


def add_panel(figure: Figure, evaluation: Evaluation, s: Slice, block: Block | None) -> None:
    """The panel block of a main figure, its reconstructed share and the warning that follows from
    it.
    """
    if s.pairs:
        reconstructed = Decimal(s.reconstructed) / len(s.pairs)
        figure.reconstructed_share = publish(reconstructed)
        if reconstructed > OVER_30:
            figure.flags = sorted([*figure.flags, "reconstructed_over_30"], key=FLAGS.index)
    if not evaluation.rule.has_block:
        return
    if block is None:
        figure.panel = Panel(reason="not_asked_at_baseline")
        return
    interval: Interval = block.interval
    figure.panel = Panel(
        n=block.n,
        eligible=block.eligible,
        coverage=share(block.n, block.eligible),
        baseline=publish(block.baseline),
        value=publish(block.value),
        change=publish(block.change),
        ci_low=publish(interval.low),
        ci_high=publish(interval.high),
        ci_method=interval.method,
        lost=block.lost,
        reason=block.reason or None,
    )


def add_target(figure: Figure, aim: Aim) -> None:
    """What it was meant to be, and how many of its projects said so."""
    figure.target = publish(aim.value)
    figure.aimed = (aim.named, aim.projects)


def share(n: int | None, eligible: int | None) -> str | None:
    """n / eligible as a published fraction; None where it is undefined."""
    return publish(Decimal(n) / eligible) if n is not None and eligible else None
