"""Numbers of the record: what fits a cell, and how a decimal is written in files and in the hash
chain.
"""

from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext_lazy as _

from pip_network.web.errors import Invalid

CENT = Decimal("0.01")
LARGEST = Decimal(
    "9999999999999.99"
)  # 15 digits, 2 of them decimals: what both databases hold exactly


def plain(value: Decimal | None) -> str:
    """A decimal in plain notation without trailing zeros; empty for None; never minus zero."""
    if value is None:
        return ""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def cell_value(value: Decimal | int | str, place: str = "") -> Decimal:
    """`value` as a cell holds it: two decimals.

    Raises Invalid for what is no number, too large or too fine.
    """
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError:
        raise Invalid(_("This is not a number."), place=place) from None
    if not number.is_finite():
        raise Invalid(_("This is not a number."), place=place)
    if abs(number) > LARGEST:
        raise Invalid(
            _("This number is too large: at most 13 digits before the decimal mark."), place=place
        )
    kept = number.quantize(CENT, ROUND_HALF_EVEN)
    if kept != number:
        raise Invalid(_("This number has too many decimals: at most two are kept."), place=place)
    return kept + 0  # no minus zero
