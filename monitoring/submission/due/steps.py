"""When a project is reminded of a due day: each step once."""

import datetime as dt

# Days after the due day, negative before it: two weeks and three days before; the day after, then
# weekly, four times.
STEPS = (-14, -3, 1, 8, 15, 22, 29)
LASTS = 7  # days that the last step is still worth a letter; after them nobody is reminded any more
EARLIEST = dt.timedelta(days=-STEPS[0])
LATEST = dt.timedelta(days=STEPS[-1] + LASTS)


def step_of(days: int) -> int | None:
    """The step at which a project stands so many days after its due day, None before the first and
    long after the last. A timetable that was stopped takes up the step of its day: those that it
    missed are not made up for.
    """
    if days >= STEPS[-1] + LASTS:
        return None
    return max((step for step in STEPS if step <= days and _holds(step, days)), default=None)


def _holds(step: int, days: int) -> bool:
    """What is said before the due day is not said after it."""
    return step > 0 or days <= 0
