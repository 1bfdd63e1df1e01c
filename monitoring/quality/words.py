"""The six parts of data quality in words, as pages show them."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.numbers import plain

from .parts import Part, mean

LABELS: dict[str, tuple[str | Promise, str | Promise]] = {
    "completeness": (_("Completeness"), _("core cells with a value, of those asked")),
    "timeliness": (_("Timeliness"), _("handed in by the first due day; 90 days later counts 0")),
    "validity": (_("Validity"), _("cells with a value, less those with an unexplained warning")),
    "plausibility": (_("Plausibility"), _("cells that were judged, less those found unusual")),
    "baseline": (_("Baselines"), _("captured in time, of those due")),
    "evidence": (_("Evidence of the texts"), _("texts borne out by evidence, of those written")),
}
THOUSANDTH = Decimal("0.001")


class Line(NamedTuple):
    """A part as a page shows it: its counts, and its share in percent where it is defined."""

    name: str
    label: str | Promise
    meaning: str | Promise
    got: str
    of: int
    percent: Decimal | None


def lines(parts: Iterable[Part]) -> list[Line]:
    """The parts in their order."""
    return [
        Line(
            part.name,
            *LABELS[part.name],
            plain(rounded(part.got)),
            part.of,
            None if part.share is None else rounded(100 * part.share),
        )
        for part in parts
    ]


def mean_percent(parts: Iterable[Part]) -> Decimal | None:
    """Of all six; None while one is undefined."""
    value = mean(parts)
    return None if value is None else rounded(100 * value)


def rounded(number: Fraction) -> Decimal:
    """Half-even to three decimals."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(THOUSANDTH)
