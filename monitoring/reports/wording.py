"""Sentences computed from figures by rules, and the guard that keeps their words within what the
figures say.

A change rises or falls only when its interval does not hold 0; without an interval the two numbers
stand side by side and nothing is concluded. Monitoring observes; it does not explain: no sentence
says why something changed.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from monitoring.analysis import Figure, Panel
from pip_network.web.formats import NBSP

from . import text
from .blocks import Paragraph, Run


class Verdict(StrEnum):
    """What may be said of a change: by its interval, never by its size."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"
    NONE = "none"


def verdict(panel: Panel | None) -> Verdict:
    """sube / baja / sin cambio claro: by whether the interval of the change holds 0.

    No interval: no verdict.
    """
    if panel is None or panel.change is None or panel.ci_low is None or panel.ci_high is None:
        return Verdict.NONE
    if Decimal(panel.ci_low) > 0:
        return Verdict.UP
    return Verdict.DOWN if Decimal(panel.ci_high) < 0 else Verdict.UNCLEAR


def verdict_words(outcome: Verdict) -> str:
    """A verdict as one word or two."""
    return {
        Verdict.UP: _("rises"),
        Verdict.DOWN: _("falls"),
        Verdict.UNCLEAR: _("no clear change"),
        Verdict.NONE: _("no interval"),
    }[outcome]


def tally(outcomes: Sequence[Verdict]) -> str:
    """In how many it rises, falls, or neither is said; what none has is left out."""
    counts = {outcome: outcomes.count(outcome) for outcome in Verdict}
    told = {
        Verdict.UP: ngettext("rises in {count}", "rises in {count}", counts[Verdict.UP]),
        Verdict.DOWN: ngettext("falls in {count}", "falls in {count}", counts[Verdict.DOWN]),
        Verdict.UNCLEAR: ngettext(
            "no clear change in {count}", "no clear change in {count}", counts[Verdict.UNCLEAR]
        ),
        Verdict.NONE: ngettext(
            "without interval in {count}", "without interval in {count}", counts[Verdict.NONE]
        ),
    }
    return ", ".join(
        message.format(count=counts[outcome])
        for outcome, message in told.items()
        if counts[outcome]
    )


# What a first sentence may name, and what it says of an indicator that has none of its own.
VALUE_PARTS = ("name", "value", "period", "basis")
CHANGE_PARTS = ("name", "n", "units", "now", "base", "period")
OTHERWISE = gettext_noop("“{name}” was {value} in {period} ({basis}).")
BOTH_ENDS = gettext_noop(
    "“{name}”: the {n} {units} with data at both dates had {now} in {period} and {base} at their "
    "baseline."
)


class Subject(NamedTuple):
    """What sentences need to know of an indicator besides its figure."""

    name: str
    sentence: str  # of its own, in the reader's language; may be empty
    is_change: bool  # its value is itself a change: the first sentence gives both ends
    ends_unit: str
    change: str  # of the panel, in words
    currency: str
    rule: str = ""


def compose(message: str, **parts: str | Run) -> list[Run]:
    """Fill the named places of a translated message with words or linked figures."""
    runs = []
    for piece in re.split(r"(\{\w+\})", message):
        part = parts[piece[1:-1]] if re.fullmatch(r"\{\w+\}", piece) else piece
        if part:
            runs.append(part if isinstance(part, Run) else Run(part))
    return runs


def basis(figure: Figure) -> str:
    """What stands in brackets: n, eligible and the interval."""
    if figure.n is None:
        return _("no n")
    answered = (
        _("n = {n} of {eligible}")
        .format(n=text.count(figure.n), eligible=text.count(figure.eligible))
        .replace(" = ", f"{NBSP}={NBSP}")
    )
    if figure.ci_low is None:
        return answered
    return _("{basis}; 95%\N{NO-BREAK SPACE}interval: {interval}").format(
        basis=answered, interval=text.interval(figure.ci_low, figure.ci_high, figure.unit)
    )


def first_sentence(figure: Figure, about: Subject) -> Paragraph:
    """What the figure is."""
    panel = figure.panel
    if figure.suppressed or figure.value is None:
        return Paragraph(
            compose(
                _("There is no figure for “{name}” in {period}: {reason}."),
                name=about.name,
                period=figure.period,
                reason=text.reason(figure.reason, about.rule),
            )
        )
    if about.is_change and panel and panel.baseline is not None:
        return Paragraph(
            compose(
                about.sentence or _(BOTH_ENDS),
                name=about.name,
                n=text.count(panel.n),
                units=text.units(figure.level, panel.n),
                now=Run(end(panel.value, about), figure.id),
                base=Run(end(panel.baseline, about), figure.id),
                period=figure.period,
            )
        )
    value = Run(text.amount(figure.value, figure.unit, currency=about.currency), figure.id)
    message = _(OTHERWISE) if about.is_change else about.sentence or _(OTHERWISE)
    return Paragraph(
        compose(message, name=about.name, value=value, period=figure.period, basis=basis(figure))
    )


def end(value: str | None, about: Subject) -> str:
    """One end of the panel with its unit."""
    return text.amount(value, about.ends_unit, currency=about.currency)


def second_sentence(figure: Figure, about: Subject) -> Paragraph | None:
    """How it differs from the baseline of the same units, or why that cannot be said."""
    panel = figure.panel
    if figure.suppressed or panel is None:
        return None
    if panel.change is None:
        return Paragraph(
            compose(
                _("There is no comparison with the baseline: {reason}."),
                reason=text.reason(panel.reason, about.rule),
            )
        )
    parts: dict[str, str | Run] = {
        "n": text.count(panel.n),
        "units": text.units(figure.level, panel.n),
        "base": end(panel.baseline, about),
        "now": end(panel.value, about),
        "change": Run(about.change, figure.id),
        "interval": text.interval(panel.ci_low, panel.ci_high, figure.unit),
    }
    return Paragraph(
        compose(_((CHANGE if about.is_change else COMPARISON)[verdict(panel)]), **parts)
    )


CHANGE = {
    Verdict.UP: gettext_noop(
        "The observed change is {change} (95%\N{NO-BREAK SPACE}interval: {interval}): it rises."
    ),
    Verdict.DOWN: gettext_noop(
        "The observed change is {change} (95%\N{NO-BREAK SPACE}interval: {interval}): it falls."
    ),
    Verdict.UNCLEAR: gettext_noop(
        "The observed change is {change} (95%\N{NO-BREAK SPACE}interval: {interval}): no clear "
        "change."
    ),
    Verdict.NONE: gettext_noop(
        "The observed change is {change}; without an interval nothing more is said."
    ),
}
COMPARISON = {
    Verdict.UP: gettext_noop(
        "Among the {n} {units} compared it rises from {base} at the baseline to {now}: {change} "
        "(95%\N{NO-BREAK SPACE}interval: {interval})."
    ),
    Verdict.DOWN: gettext_noop(
        "Among the {n} {units} compared it falls from {base} at the baseline to {now}: {change} "
        "(95%\N{NO-BREAK SPACE}interval: {interval})."
    ),
    Verdict.UNCLEAR: gettext_noop(
        "Among the {n} {units} compared there is no clear change: {base} at the baseline, {now} "
        "now, "
        "{change} (95%\N{NO-BREAK SPACE}interval: {interval})."
    ),
    Verdict.NONE: gettext_noop(
        "Among the {n} {units} compared it was {base} at the baseline and is {now}; there is no "
        "interval."
    ),
}


def trend(figure: Figure, name: str) -> str:
    """The title of a small chart: the name and whether the change is clear."""
    outcome = verdict(figure.panel)
    return f"{name}: {verdict_words(outcome)}" if outcome is not Verdict.NONE else name


# Words that claim a cause, or a certainty that no figure here has. Tested over every sentence the
# portal itself writes.
FORBIDDEN: Mapping[str, str] = {
    "es": r"impact\w*|significativ\w*|caus(a|an|ó|aron|ado|ada|ante)|debido|gracias a|provoc\w*|efectos?|gener(a|an|ó|aron)"
    r"|logr(a|an|ó|aron)|atribuible|demuestra\w*|comprueba\w*",
    "pt": r"impact\w*|significativ\w*|caus(a|am|ou|aram|ado|ada)|devido|graças|provoc\w*|efeitos?|ger(a|am|ou|aram)"
    r"|alcanç(a|ou|aram)|consegui(u|ram)|atribuível|demonstra(m|do)?|comprova\w*",
    "en": r"impact\w*|significan\w*|caus(e|es|ed|al)|because|thanks to|due to|effects?|led to|result(ed|s) "
    r"in|attributable|proves?|achiev\w*",
}


def causal_words(passage: str, language: str) -> list[str]:
    """What the guard finds in a text; an empty list is a clean text.

    To deny causality is allowed: that word is not here.
    """
    return [
        match.group()
        for match in re.finditer(rf"\b(?:{FORBIDDEN[language]})\b", passage, re.IGNORECASE)
    ]
