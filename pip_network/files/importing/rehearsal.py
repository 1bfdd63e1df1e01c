"""Trying out what would be saved, to find the rows that the actions refuse. Nothing is stored."""

from collections.abc import Callable, Sequence

from django.db import transaction

from pip_network.web.errors import DomainError

from .plan import PlannedRow

# How many times the whole table may be saved while looking for the rows that are refused.
TRIES = 6


def rehearse(rows: Sequence[PlannedRow], save: Callable[[Sequence[PlannedRow]], None]) -> None:
    """Let `save` do it all and undo it; where it raises a DomainError, halve until the rows that it
    refuses are found.
    """
    left = TRIES * len(rows) + 200
    parts = [list(rows)] if rows else []
    with transaction.atomic():
        while parts:
            part = parts.pop()
            left -= len(part)
            try:
                save(part)
            except DomainError as error:
                if len(part) == 1 or left < 0:
                    part[0].refuse_for(error)
                    continue
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
        transaction.set_rollback(True)
