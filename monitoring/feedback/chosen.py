"""Which variables mean something to the owner of a firm: read from the catalogue, never named here.

A handful: of each theme the first core variable that is asked at the baseline and each year, and that
is an amount or a count. Of a network the first core one of each theme, less what belongs to one firm.
"""

from collections.abc import Iterable

from monitoring.analysis.catalogue import Catalogue
from monitoring.analysis.catalogue_rows import Variable
from monitoring.analysis.frames import ANNUAL, MILESTONE

MEASURED = ("amount", "decimal", "count")


def of_firms(catalogue: Catalogue) -> list[Variable]:
    """Those of a firm, in the order of the catalogue."""
    return _first_of_each_theme(
        variable
        for variable in catalogue.variables.values()
        if variable.level == "firm"
        and variable.core
        and variable.asked_at_baseline
        and variable.frequency == ANNUAL
        and variable.value_type in MEASURED
    )


def of_networks(catalogue: Catalogue) -> list[Variable]:
    """Those of a network itself. What the catalogue calls confidential is one firm's: every member
    would read it.
    """
    hidden = {
        code
        for indicator in catalogue.indicators.values()
        if indicator.confidential
        for code in indicator.variables
    }
    return _first_of_each_theme(
        variable
        for variable in catalogue.variables.values()
        if variable.level == "network"
        and variable.core
        and variable.frequency != MILESTONE
        and variable.value_type in MEASURED
        and variable.code not in hidden
    )


def _first_of_each_theme(variables: Iterable[Variable]) -> list[Variable]:
    by_theme: dict[str, Variable] = {}
    for variable in variables:
        by_theme.setdefault(variable.theme, variable)
    return list(by_theme.values())
