"""The administration's rooms for what is rare in monitoring: each file registers its own."""

from monitoring.calendar import admin as calendar
from monitoring.catalogue.admin import rows, versions
from monitoring.rates import admin as rates

__all__ = ["calendar", "rates", "rows", "versions"]
