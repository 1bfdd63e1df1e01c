"""The administration's rooms for what is rare in monitoring: each file registers its own."""

from monitoring.calendar import admin as calendar
from monitoring.catalogue.admin import checks, indicators, variables, versions
from monitoring.publication.admin import results, rounds
from monitoring.rates import admin as rates
from monitoring.submission.corrections import admin as corrections

__all__ = [
    "calendar",
    "checks",
    "corrections",
    "indicators",
    "rates",
    "results",
    "rounds",
    "variables",
    "versions",
]
