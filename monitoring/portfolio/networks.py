"""Figures by network, for the pages of the networks: asked in one question, and what no page shows
is let go of.

Staff alone sees them: the rules know no public figure by network. The grouping names the project
too, so that the project's own people may open each figure.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from monitoring.analysis import Catalogue, Figure, Specification
from projects.choices import Typology
from projects.models import Network

from .featured import anywhere, of_network

GROUPS = ("network", "project")


def question(as_of: int, catalogue: Catalogue, round_code: str) -> Specification:
    """What is asked of each network."""
    codes = tuple(sorted(indicator.code for indicator in anywhere(catalogue.indicators.values())))
    return Specification(scope={}, group_by=GROUPS, indicators=codes, round=round_code, as_of=as_of)


def asks(specification: Mapping[str, Any]) -> bool:
    """Whether kept figures answer that question."""
    return specification.get("group_by") == list(GROUPS)


def shown(figures: Iterable[Figure], catalogue: Catalogue) -> list[Figure]:
    """Of each network the portfolio's columns and what its typology features, where somebody was to
    answer.
    """
    indicators = catalogue.indicators.values()
    codes = {
        kind: {indicator.code for indicator in of_network(indicators, kind)}
        for kind in ("", *Typology.values)
    }
    kinds = dict(Network.objects.values_list("code", "typology"))
    return [
        figure
        for figure in figures
        if set(figure.group) == set(GROUPS)
        and figure.indicator in codes[kinds.get(figure.group["network"], "")]
        and (figure.eligible or figure.value)
    ]
