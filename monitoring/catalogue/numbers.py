"""Numbers of the catalogue as they are written in its files and forms."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.utils.translation import gettext as _

from monitoring.catalogue.contents import Row

# Digits alone: "1e99999999" fits into the field, and computing with it never ends.
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
FRACTION = re.compile(r"[0-9]+(\.[0-9]+|/[0-9]+)?", re.ASCII)
Wrong = Iterator[tuple[str, str]]  # field and sentence


def unreadable(row: Row, readers: dict[str, Callable[[str], object]]) -> Wrong:
    """Fields whose number cannot be read, each with what to do."""
    for name, read in readers.items():
        text = getattr(row, name)
        try:
            if text:
                read(text)
        except (ValueError, ArithmeticError):
            yield (
                name,
                _(
                    "This number cannot stand here: write one as the field's help says, with a "
                    "decimal point and no thousands marks."
                ),
            )


def number(text: str) -> Decimal:
    """Raises InvalidOperation where the text is no plain decimal number."""
    if not NUMBER.fullmatch(text):
        raise InvalidOperation
    return Decimal(text)


def not_negative(text: str) -> Decimal:
    """As `number`; a negative one is refused too."""
    if (value := number(text)) < 0:
        raise InvalidOperation
    return value


def fraction(text: str) -> Fraction:
    """Above 0, such as 100, 1.20 or 1/12; raises ValueError."""
    if not FRACTION.fullmatch(text) or (value := Fraction(text)) <= 0:
        raise ValueError
    return value


def whole(text: str) -> int:
    """Digits only; raises ValueError."""
    if not re.fullmatch(r"[0-9]+", text, re.ASCII):
        raise ValueError
    return int(text)
