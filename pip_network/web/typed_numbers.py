"""Numbers as people type them, read without guessing, and shown in the reader's convention.

Spanish and Portuguese readers write `1.234,56`, English ones `1,234.56`; all put spaces (ordinary,
hard or thin) between thousands now and then, and a numeric keypad has only a point. A text is taken
when it has exactly one reading, whatever convention it follows; `1.234` and `1,234` have two and
are refused with both, each written so that it has one reading alone. Where only whole numbers are
asked, a mark before three digits can but part thousands.
"""

import re
from decimal import Decimal
from unicodedata import category

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pip_network.web import formats
from pip_network.web.errors import Invalid
from pip_network.web.text import fold

LONGEST = 40  # characters; nobody types more in one cell
WHOLE_DIGITS = 13  # DecimalField(15, 2)
STORED_DECIMALS = 2
SPACES = " \u00a0\u2009\u202f"
MINUS = {"\u2212": "-", "\u2013": "-"}
YES = {"1", "s", "si", "sim", "yes", "y"}  # folded
NO = {"0", "n", "no", "nao"}


class NotANumber(Invalid):
    """The text is no number."""


class Ambiguous(Invalid):
    """The text has two readings: as thousands and as decimals. `readings` offers them as texts that
    are final: each has one reading alone.
    """

    def __init__(self, text: str, values: tuple[Decimal, Decimal], language: str | None) -> None:
        self.typed, self.values, self.language = text, values, language
        first, second = (_final(value, language) for value in values)
        self.readings: tuple[str, ...] = (first, second)
        message = _("“{text}” can be read as {first} or as {second}. Write one of the two.")
        super().__init__(format_lazy(message, text=text, first=first, second=second))


class TooFine(Ambiguous):
    """As decimals the text has more of them than a cell keeps: only the other reading is offered."""

    def __init__(self, error: Ambiguous) -> None:
        super().__init__(error.typed, error.values, error.language)
        first, second = self.readings[0], plain(error.values[1], error.language)
        self.readings = (first,)
        message = _(
            "“{text}” can be read as {first}; as {second} it has more than two decimals. Write the "
            "number without thousands marks."
        )
        self.message = format_lazy(message, text=self.typed, first=first, second=second)


def parse(text: str, *, language: str | None = None) -> Decimal:
    """The one number that `text` can mean, as a cell holds it.

    Raises NotANumber (no reading, more than two decimals, too long) or Ambiguous (two readings).
    """
    try:
        value = reading(text, language=language)
    except Ambiguous as error:
        if _exponent(error.values[1]) < -STORED_DECIMALS:
            raise TooFine(error) from error
        raise
    return storable(value, text.strip(SPACES + "\t\r\n"))


def parse_whole(text: str) -> Decimal:
    """As `parse`, where only whole numbers are asked: `1.234` can but be 1234 there."""
    try:
        return parse(text)
    except Ambiguous as error:
        return storable(error.values[0], error.typed)


def reading(text: str, *, language: str | None = None) -> Decimal:
    """The one number that `text` can mean, with whatever decimals. Raises NotANumber, Ambiguous."""
    typed = text.strip(SPACES + "\t\r\n")
    if not typed:
        raise NotANumber(_("Write a number."))
    if len(typed) > LONGEST:
        raise NotANumber(_("That is too long for a number."))
    if unseen := next((mark for mark in typed if category(mark) in ("Cc", "Cf")), ""):
        message = _("This has a sign that nobody sees (U+{code}). Type the number by hand.")
        raise NotANumber(format_lazy(message, code=f"{ord(unseen):04X}"))
    if "%" in typed:
        raise NotANumber(_("Write the number without the percent sign."))
    sign, body = _split_sign("".join(MINUS.get(mark, mark) for mark in typed))
    readings = _readings(_without_spaces(body, typed))
    if not readings:
        raise NotANumber(format_lazy(_("“{text}” is not a number."), text=typed))
    if len(readings) > 1:
        whole, fraction = readings
        raise Ambiguous(typed, (sign * whole, sign * fraction), language)
    return sign * readings[0]


def parse_yes_no(text: str) -> Decimal:
    """1 or 0 for yes or no, in any of the three languages or as a digit. Raises NotANumber."""
    word = fold(text).strip()
    if word in YES:
        return Decimal(1)
    if word in NO:
        return Decimal(0)
    raise NotANumber(_("Write yes or no (1 or 0)."))


def plain(value: Decimal, language: str | None = None) -> str:
    """`value` without thousands marks, with the reader's decimal mark."""
    return format(value, "f").replace(".", formats.MARKS[language or formats.language()][0])


def edited(value: Decimal) -> str:
    """`value` as it is typed: `plain`, and without decimals that say nothing."""
    exact = value.normalize()
    return plain(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact)


def show(value: Decimal, decimals: int, *, is_amount: bool = False) -> str:
    """`value` in the reader's convention with thousands marks.

    A whole amount of money goes without its decimals.
    """
    places = (
        0 if is_amount and value == value.to_integral_value() else max(decimals, -_exponent(value))
    )
    return formats.number(value, places)


def _final(value: Decimal, language: str | None) -> str:
    """`value` as a text that cannot be read in another way: no thousands mark, and never exactly
    three decimals.
    """
    text = plain(
        value.quantize(Decimal(1)) if not _exponent(value) else value.normalize(), language
    )
    return text + "0" if _exponent(value) == -3 else text


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def _split_sign(text: str) -> tuple[int, str]:
    if text[:1] in ("-", "+"):
        return (-1 if text[0] == "-" else 1), text[1:].lstrip(SPACES)
    return 1, text


def _without_spaces(body: str, typed: str) -> str:
    """Spaces count as thousands marks: groups of three only, and no other thousands mark beside
    them.
    """
    if not any(space in body for space in SPACES):
        return body
    groups = rf"[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?"
    if not re.fullmatch(groups, body):
        raise NotANumber(format_lazy(_("“{text}” is not a number."), text=typed))
    whole = re.split(r"[.,]", body)[0]
    joined = re.sub(f"[{SPACES}]", "", whole)
    return (
        joined.zfill(4) + body[len(whole) :]
    )  # four digits before the mark: it can only be the decimal one


def _readings(body: str) -> list[Decimal]:
    """All numbers that unsigned `body` can mean: thousands first, then decimals."""
    readings = []
    for thousands, decimal in ((",", "."), (".", ",")):
        t, d = re.escape(thousands), re.escape(decimal)
        if re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{t}[0-9]{{3}})+(?:{d}[0-9]+)?", body):
            readings.append(Decimal(body.replace(thousands, "").replace(decimal, ".")))
    if re.fullmatch(r"[0-9]*[.,][0-9]+|[0-9]+", body):
        readings.append(Decimal(body.replace(",", ".")))
    return sorted(set(readings), reverse=True)


def storable(value: Decimal, typed: str) -> Decimal:
    """`value` as a cell holds it; `typed` is what the refusal shows. Raises NotANumber."""
    if _exponent(value) < -STORED_DECIMALS:
        raise NotANumber(format_lazy(_("“{text}” has more than two decimals."), text=typed))
    if abs(value) >= 10**WHOLE_DIGITS:
        raise NotANumber(
            format_lazy(
                _("“{text}” is too large: at most 13 digits before the decimals."), text=typed
            )
        )
    return value.quantize(Decimal("0.01")) + 0  # + 0: no negative zero


def read(text: str, value_type: str) -> Decimal | None:
    """What was typed into a cell of this type; None for a blank. Raises NotANumber or Ambiguous."""
    if not text.strip():
        return None
    if value_type == "boolean":
        return parse_yes_no(text)
    return parse_whole(text) if value_type == "count" else parse(text)
