"""Rounds and periods: `2005-S2` is a semester and a round, `2005` a calendar year. Both sort as
text.
"""

import re
from datetime import date
from functools import cache

ROUND = re.compile(r"(\d{4})-S([12])", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)


def is_round(code: str) -> bool:
    """Whether the code is that of a semester, such as 2005-S2."""
    return ROUND.fullmatch(code) is not None


def is_second(code: str) -> bool:
    """Whether the round is the second of its year: annual variables are asked only there."""
    return code.endswith("-S2")


@cache
def first_day(period: str) -> date:
    """First day of a year or semester. ValueError for any other code."""
    year, month = _start(period)
    return date(year, month, 1)


@cache
def last_day(period: str) -> date:
    """Of a year or a semester."""
    year, month = _start(period)
    if YEAR.fullmatch(period) or month == 7:
        return date(year, 12, 31)
    return date(year, 6, 30)


def _start(period: str) -> tuple[int, int]:
    if YEAR.fullmatch(period):
        return int(period), 1
    match = ROUND.fullmatch(period)
    if match is None:
        raise ValueError(f"not a period: {period!r}")
    return int(match[1]), 1 if match[2] == "1" else 7


def annual_round(round_code: str) -> str:
    """The last S2 round at or before a round: where the annual values of a report for it are."""
    year = int(round_code[:4])
    return round_code if is_second(round_code) else f"{year - 1}-S2"


def round_of_period(period: str) -> str:
    """The round that asks for a period: of a year its second semester."""
    return f"{period}-S2" if YEAR.fullmatch(period) else period


def last_closed_year(round_code: str) -> str:
    """T of constant prices: the last calendar year ended at the close of the round."""
    return annual_round(round_code)[:4]


def full_months(start: date, end: date) -> int:
    """Full months from start to end; a month is full when the day of the month has been reached
    again.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def age_band(constituted: date | None, day: date) -> str:
    """Age of a network on a day: `0-12`, `13-24`, `25+`; `unknown` without a date or before it."""
    if constituted is None or constituted > day:
        return "unknown"
    months = full_months(constituted, day)
    return "0-12" if months <= 12 else "13-24" if months <= 24 else "25+"
