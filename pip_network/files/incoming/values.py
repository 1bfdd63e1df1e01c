"""From a cell to a value: strict, and never a guess.

Each function raises ValueError with the rule as a sentence.
"""

import datetime as dt
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from pip_network.files.exports import safe_cell

from .reading import Cell

MOST = 10**15  # from here on a spreadsheet puts zeros for the last digits
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PLAIN = re.compile(r"-?\d+", re.ASCII)
WITH_DECIMALS = re.compile(r"-?\d+[.,]\d+", re.ASCII)
GROUP_OF_THREE = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
GROUPED = re.compile(
    r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(\.\d{3}){2,}|-?\d{1,3}(,\d{3}){2,}",
    re.ASCII,
)


def text_of(cell: Cell) -> str:
    """Text as it stands; a number as it is written without decimals.

    The guard of an export, an apostrophe, comes off.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        raise ValueError(_("This is a truth value; text was expected."))
    if isinstance(cell, dt.date):
        raise ValueError(_("This is a date; text was expected. Format the column as text."))
    if isinstance(cell, int | float) and abs(cell) >= MOST:
        raise ValueError(too_many_digits())
    if isinstance(cell, float):
        raise ValueError(
            _("This is a number with decimals; text was expected. Format the column as text.")
        )
    return unguarded(cell) if isinstance(cell, str) else str(cell)


def too_many_digits() -> str:
    return _(
        "This number has more than the fifteen digits that a spreadsheet keeps: the others are lost. "
        "Format the column as text and type it again."
    )


def unguarded(text: str) -> str:
    """The text without the apostrophe that `exports.safe_cell` puts before what could be read as a
    formula.
    """
    if text.startswith("'") and safe_cell(text[1:]) == text:
        return text[1:]
    return text


def day_of(cell: Cell) -> dt.date | None:
    """A day. Text is read only as 2006-07-31: 03/04/2006 is two different days in two countries."""
    if cell is None or isinstance(cell, dt.date):
        return cell
    if isinstance(cell, str) and ISO_DAY.fullmatch(cell):
        try:
            return dt.date.fromisoformat(cell)
        except ValueError:
            raise ValueError(_("This day does not exist.")) from None
    if isinstance(cell, str):
        raise ValueError(
            _("This is text and not a date: write 2006-07-31, or format the cell as a date.")
        )
    raise ValueError(_("This is not a date: write 2006-07-31, or format the cell as a date."))


def number_of(cell: Cell, *, places: int) -> Decimal | None:
    """A number with at most `places` decimals.

    `1.234` as text is one thousand or one and a bit: it is not guessed.
    """
    if cell is None:
        return None
    if isinstance(cell, bool | dt.date):
        raise ValueError(_("This is not a number."))
    number = (
        _written_number(unguarded(cell), places) if isinstance(cell, str) else Decimal(repr(cell))
    )
    try:
        rounded = round(number, places)
    except ArithmeticError:  # more digits than are counted with
        raise ValueError(_("This number is too large.")) from None
    if rounded != number:
        raise ValueError(
            _("This number has too many decimals: at most %(places)s.") % {"places": places}
        )
    return rounded


def _written_number(text: str, places: int) -> Decimal:
    if places and GROUP_OF_THREE.fullmatch(text) and places != 3:
        raise ValueError(
            _(
                "This number can be read in two ways: write it without a mark for thousands, "
                "or as a number of the spreadsheet."
            )
        )
    if GROUP_OF_THREE.fullmatch(text) or GROUPED.fullmatch(text):
        raise ValueError(_("Write the number without marks for thousands."))
    if not PLAIN.fullmatch(text) and not WITH_DECIMALS.fullmatch(text):
        raise ValueError(_("This is not a number."))
    return Decimal(text.replace(",", "."))
