"""What may be a target: which rounds of a project ask an indicator, and which numbers it can have."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.analysis import RULES, Catalogue, Indicator, catalogue_from_database
from monitoring.analysis.rules.rule import ANSWERS
from monitoring.calendar.rounds import codes_of, milestone_rounds
from monitoring.choices import Frequency
from monitoring.definitions.words import current_version
from monitoring.models.targets import DECIMALS, DIGITS
from pip_network.web.errors import Invalid
from projects.models import Project

LEAST = Decimal(1).scaleb(-DECIMALS)
LARGEST = Decimal(10) ** (DIGITS - DECIMALS) - LEAST


def catalogue_in_force() -> Catalogue:
    """The newest published version: what targets are set for."""
    version = current_version()
    return catalogue_from_database(version.number) if version else Catalogue.of((), ())


def rounds_asking(project: Project, frequency: str) -> list[str]:
    """Codes of the rounds of a project that ask variables of a frequency, in order."""
    codes = codes_of(project)
    if frequency == Frequency.ANNUAL:
        return [code for code in codes if code.endswith("-S2")]
    if frequency == Frequency.MILESTONE:
        return sorted(milestone_rounds(project))
    return codes


class Limits(NamedTuple):
    """Between which values a main value lies, whatever is entered; None: no limit."""

    low: Decimal | None = None
    high: Decimal | None = None


def limits(indicator: Indicator) -> Limits:
    """Shares of units lie between 0 and 100; what adds or divides what is counted is not negative,
    unless it is a change or one of its parts is subtracted.
    """
    rule = RULES[indicator.rule]
    if rule.percent and rule.gives_away == ANSWERS:
        return Limits(Decimal(0), Decimal(100))
    parts = filter(None, (indicator.numerator, indicator.denominator))
    subtracts = any(sign < 0 for part in parts for sign, _variable in part.terms)
    return Limits() if rule.is_change or subtracts else Limits(low=Decimal(0))


def require_value(value: Decimal, indicator: Indicator, place: str = "") -> Decimal:
    """The target as it is kept, with six decimals. Raises Invalid."""
    if not value.is_finite():
        raise Invalid(_("This is not a number."), place=place)
    if abs(value) > LARGEST:
        raise Invalid(
            _("This number is too large. Digits before the decimal mark, at most: %(digits)s.")
            % {"digits": DIGITS - DECIMALS},
            place=place,
        )
    kept = value.quantize(LEAST)
    if kept != value:
        raise Invalid(
            _("This number has too many decimals: at most %(count)s are kept.")
            % {"count": DECIMALS},
            place=place,
        )
    low, high = limits(indicator)
    if low is not None and kept < low:
        raise Invalid(_("This indicator is never below zero."), place=place)
    if high is not None and kept > high:
        raise Invalid(_("A percentage of units is never above 100."), place=place)
    return kept + 0  # no minus zero
