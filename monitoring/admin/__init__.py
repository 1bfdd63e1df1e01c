"""The administration's rooms for what is rare in monitoring: each file registers its own."""

from monitoring.admin import catalogue, catalogue_rows, rates, rounds

__all__ = ["catalogue", "catalogue_rows", "rates", "rounds"]
