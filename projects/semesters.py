"""Semesters and their codes: `2005-S2` is 1 July to 31 December 2005. Rounds have their codes."""

import datetime as dt


def of(day: dt.date) -> str:
    """Code of the semester that holds a day."""
    return f"{day.year}-S{1 if day.month <= 6 else 2}"


def starts(code: str) -> dt.date:
    """Its first day."""
    return dt.date(int(code[:4]), 1 if code.endswith("1") else 7, 1)


def before(code: str) -> str:
    """Code of the semester before the one of this code."""
    year = int(code[:4])
    return f"{year}-S1" if code.endswith("2") else f"{year - 1}-S2"


def after(code: str) -> str:
    """Code of the semester after the one of this code."""
    year = int(code[:4])
    return f"{year}-S2" if code.endswith("1") else f"{year + 1}-S1"


def between(first: str, last: str) -> list[str]:
    """All codes from one to another, both included; none when they are the wrong way round."""
    codes = []
    while first <= last:
        codes.append(first)
        first = after(first)
    return codes
