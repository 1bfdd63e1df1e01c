"""What other pages show of the Manual."""

from typing import Any

from django.http import HttpRequest

PRODUCT = 3  # of the programme: the manual of the common monitoring system


def of_work(_request: HttpRequest, work: Any) -> dict[str, Any] | None:
    """On the page of the work that the Manual reconstructs."""
    return {} if work.product == PRODUCT else None
