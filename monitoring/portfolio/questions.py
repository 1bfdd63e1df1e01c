"""What the portfolio asks of the engine."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from monitoring.analysis import Catalogue, Specification
from monitoring.analysis.figures import canonical

from .featured import trending


def questions(
    as_of: int, catalogue: Catalogue, rounds: Iterable[str], portfolio_round: str
) -> list[Specification]:
    """By project for the portfolio's round, totals for the rounds before."""
    codes = tuple(sorted(catalogue.indicators))
    shown = tuple(
        code
        for code in codes
        if (indicator := catalogue.indicators[code]).core
        or indicator.featured_for
        or indicator.places
    )
    by_project = Specification(
        scope={}, group_by=("project",), indicators=shown, round=portfolio_round, as_of=as_of
    )
    totals = [
        Specification(
            scope={},
            group_by=(),
            indicators=tuple(code for code in codes if code in trends(catalogue, round_code)),
            round=round_code,
            as_of=as_of,
        )
        for round_code in sorted(rounds)
        if round_code < portfolio_round
    ]
    return [by_project, *[question for question in totals if question.indicators]]


def trends(catalogue: Catalogue, round_code: str) -> set[str]:
    """Annual indicators have a point only where their year ended."""
    return {
        indicator.code
        for indicator in trending(catalogue.indicators.values())
        if round_code.endswith("S2") or catalogue.frequency(indicator) == "semester"
    }


def key_of(specification: Mapping[str, Any]) -> str:
    """The name under which the answer to a question is kept by this version of the application."""
    return hashlib.sha256((canonical(specification) + settings.VERSION).encode()).hexdigest()
