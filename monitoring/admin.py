"""The administration's rooms for what is rare in monitoring: each file registers its own."""

from monitoring.calendar import admin as calendar
from monitoring.catalogue.admin import rows, versions
from monitoring.rates import admin as rates
from monitoring.submission.corrections import admin as corrections

__all__ = ["calendar", "corrections", "rates", "rows", "versions"]
