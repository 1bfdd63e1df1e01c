"""What a page says: sentences about one firm, in the language in which they are asked for."""

from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis.catalogue_rows import MONEY, Variable
from monitoring.analysis.sources import CLOSED, LEFT
from monitoring.numbers import plain
from pip_network.web import formats

MINUS = "\N{MINUS SIGN}"


def amount(value: Decimal, variable: Variable, currency: str, unit: str) -> str:
    """With its unit: money without cents, all else to its own digits."""
    if variable.unit == MONEY:
        return formats.money(value, 0, currency)
    return f"{formats.number(Decimal(plain(value)))}{formats.NBSP}{unit}".rstrip(formats.NBSP)


def middle(value: str, variable: Variable, unit: str) -> str:
    """Published digits: money in US$."""
    return amount(Decimal(value), variable, "US$", unit)


def change(value: str | None, reason: str, variable: Variable, since: str, unit: str) -> str:
    """Since the baseline, or why there is nothing to say."""
    if value is None:
        return why_no_change(reason, since)
    number = Decimal(value)
    if variable.unit == MONEY:
        number = number.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
        size = formats.percent(abs(number), 1)
        told = {"size": size, "since": since}
        if number > 0:
            return _("Up %(size)s since its baseline of %(since)s, inflation taken out.") % told
        if number < 0:
            return _("Down %(size)s since its baseline of %(since)s, inflation taken out.") % told
        return _("As at its baseline of %(since)s.") % told
    told = {"size": amount(abs(number), variable, "", unit), "since": since}
    if number > 0:
        return _("Up by %(size)s since its baseline of %(since)s.") % told
    if number < 0:
        return _("Down by %(size)s since its baseline of %(since)s.") % told
    return _("As at its baseline of %(since)s.") % told


def why_no_change(reason: str, since: str) -> str:
    return {
        "no_baseline": _("There is no value of its baseline to compare with."),
        "not_yet": _(
            "Its baseline is of the same period: the next value will be compared with it."
        ),
        "zero_base": _("It was zero at its baseline of %(since)s.") % {"since": since},
        "no_rate": _(
            "It is not compared with its baseline: the price index of one year is missing."
        ),
        "definition_changed": _("It is not compared: the question changed since its baseline."),
        "no_value": "",
    }[reason]


def missing(code: str, period: str) -> str:
    """Why there is no value of a period."""
    told = {"period": period}
    return {
        "refused": _("%(period)s: it preferred not to answer.") % told,
        "not_collected": _("%(period)s: it was not asked, or could not be.") % told,
        "not_applicable": _("%(period)s: this does not apply to it.") % told,
    }.get(code, _("%(period)s: it was left blank.") % told)


def standing(membership: str, is_firm: bool) -> str:
    """A sentence for who is no longer a member; nothing for who is."""
    if membership == LEFT:
        return _("It has left the network: what it gave before stands here, and nothing is added.")
    if membership == CLOSED:
        return _("It is registered as closed. What it gave before stands here.")
    return ""


def firms(count: int) -> str:
    told = {"count": formats.number(count)}
    return ngettext("%(count)s firm", "%(count)s firms", count) % told


def reconstructed() -> str:
    return _(
        "Its baseline is reconstructed: it was written down more than six months after joining. "
        "Read the changes with that in mind."
    )


def no_baseline() -> str:
    return _("It has no approved baseline: its values stand here without a comparison over time.")


def no_round_yet() -> str:
    return _(
        "Nothing that it gave has been approved yet. Its figures will stand here after the first "
        "semester that is."
    )


def is_no_ranking() -> str:
    return _(
        "The middle is the value that half of the firms of a group are above and half below. It is "
        "not a mark: a firm may have good reasons to be on either side."
    )


def why_hidden() -> str:
    return _(
        "“Not shown”: so few firms stand behind this number that it could tell what one of them "
        "gave. For the same reason nobody else reads in such a number what this firm gave."
    )


def groups_of(round_code: str, as_of: int) -> str:
    return _(
        "Middles: of the whole programme, as published for %(round)s (approval no. %(number)s)."
    ) % {"round": round_code, "number": formats.number(as_of)}


def not_published() -> str:
    return _("The middles of groups are added once the network publishes the figures of this year.")
