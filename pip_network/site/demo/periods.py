"""Semesters as plain values, so that the invented world can be drawn without a database."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Half:
    """A semester of the calendar."""

    year: int
    half: int

    @classmethod
    def parse(cls, code: str) -> "Half":
        """Read `2006-S2`. Raises ValueError with a sentence for anything else."""
        year, mark, half = code.partition("-S")
        if not (
            mark and year.isascii() and year.isdigit() and len(year) == 4 and half in ("1", "2")
        ):
            raise ValueError(f"{code!r} is no round: write it as 2006-S2.")
        return cls(int(year), int(half))

    @classmethod
    def of(cls, day: dt.date) -> "Half":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def last_finished(cls, today: dt.date) -> "Half":
        return cls.of(today) + -1

    def __add__(self, steps: int) -> "Half":
        ordinal = self.year * 2 + self.half - 1 + steps
        return Half(ordinal // 2, ordinal % 2 + 1)

    @property
    def code(self) -> str:
        return f"{self.year}-S{self.half}"

    @property
    def starts(self) -> dt.date:
        return dt.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def ends(self) -> dt.date:
        return dt.date(self.year, 6, 30) if self.half == 1 else dt.date(self.year, 12, 31)

    @property
    def due(self) -> dt.date:
        return self.ends + dt.timedelta(days=30)


def moment(day: dt.date, minutes: int) -> dt.datetime:
    """`minutes` after eight in the morning (UTC) of `day`."""
    return dt.datetime(day.year, day.month, day.day, 8, tzinfo=dt.UTC) + dt.timedelta(
        minutes=minutes
    )


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)
