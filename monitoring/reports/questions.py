"""What a report asks of the engine: the specification given, and the questions that follow from it."""

from dataclasses import replace

from monitoring.analysis import (
    Catalogue,
    Indicator,
    Specification,
    parse_specification,
    universe_from_database,
)
from monitoring.choices import ChartKind, Place

from .record import catalogue_of
from .sections import KEYS
from .sections import projects as projects_section


def parse(given: dict | str | bytes) -> Specification:
    """A specification against the record as of its own N, or as it stands, and, for the public,
    against what is published; raises SpecificationError. Each door comes through here: composer,
    command, job.
    """
    return parse_specification(given, universe_from_database(), catalogue_of, KEYS)


def over_rounds(specification: Specification, code: str, catalogue: Catalogue) -> Specification:
    """The same question about an earlier round, totals only; annual indicators only where their
    year ended.
    """
    second = code.endswith("S2")
    chosen = tuple(
        indicator
        for indicator in specification.indicators
        if drawn_over_rounds(catalogue.indicators[indicator])
        and (second or catalogue.frequency(catalogue.indicators[indicator]) == "semester")
    )
    return replace(specification, round=code, group_by=(), indicators=chosen)


def public_over_rounds(
    specification: Specification, code: str, as_of: int, catalogue: Catalogue
) -> Specification:
    """The same of the whole programme, as the public sees that round: as of its own publication,
    with the indicators that there were.
    """
    known = tuple(one for one in specification.indicators if one in catalogue.indicators)
    seen = replace(specification, scope={}, as_of=as_of, indicators=known)
    return over_rounds(seen, code, catalogue)


def drawn_over_rounds(indicator: Indicator) -> bool:
    """Whether some section or the portfolio draws it as a line over the rounds."""
    return ChartKind.LINE in indicator.drawn_as or Place.TRENDS in indicator.places


def by_project_question(specification: Specification, catalogue: Catalogue) -> Specification:
    """The same question project by project, of the indicators that are put side by side."""
    shown = {indicator.code for indicator in projects_section.side_by_side(catalogue)}
    chosen = tuple(code for code in specification.indicators if code in shown)
    return replace(specification, group_by=("project",), indicators=chosen)
