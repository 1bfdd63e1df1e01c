"""Semesters as the registry draws them: `2005-S2` is 1 July to 31 December 2005."""

import datetime as dt


def semester(day: dt.date) -> str:
    return f"{day.year}-S{1 if day.month < 7 else 2}"


def starts(code: str) -> dt.date:
    return dt.date(int(code[:4]), 1 if code.endswith("1") else 7, 1)


def after(code: str) -> str:
    return f"{code[:4]}-S2" if code.endswith("1") else f"{int(code[:4]) + 1}-S1"


def between(first: dt.date, last: dt.date) -> list[str]:
    """Codes from the semester of `first` to that of `last`, both included; none when they are the
    wrong way round.
    """
    codes, code = [], semester(first)
    while starts(code) <= last:
        codes.append(code)
        code = after(code)
    return codes
