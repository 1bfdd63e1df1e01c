"""Creating rounds."""

from monitoring.calendar import ensure_rounds

__all__ = ["ensure_rounds"]
