"""What an indicator of the catalogue must satisfy."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from monitoring.analysis.catalogue_rows import LANGUAGES, CatalogueError, Expression
from monitoring.analysis.rules import RULES
from monitoring.catalogue.contents import Contents, parts_of, refusal_of_unknown
from monitoring.catalogue.numbers import Wrong, fraction, not_negative, unreadable, whole
from monitoring.choices import ChartKind, Level, ValueType
from monitoring.models import Indicator
from monitoring.models.catalogue import codes_in
from monitoring.reports import wording

PART = re.compile(r"\{(\w+)\}")


def wrong_with_indicator(row: Indicator, contents: Contents) -> Wrong:
    """Why an indicator cannot be computed or shown as it stands: (field, sentence)."""
    if row.rule not in RULES:
        yield "rule", _("There is no such rule: use one of the published catalogue.")
        return
    if not row.numerator:
        yield "numerator", _("Say what is counted.")
    if bool(row.denominator) != RULES[row.rule].has_denominator:
        yield (
            "denominator",
            _("This rule has no denominator: leave it blank.")
            if row.denominator
            else _("This rule needs a denominator."),
        )
    yield from _of_parts(row, contents)
    yield from unreadable(row, {"factor": fraction, "threshold": not_negative, "min_k": whole})
    if row.confidential not in ("", "firm"):
        yield "confidential", _("Write “firm” or leave it blank.")
    if row.not_summed_over not in ("", "rounds"):
        yield "not_summed_over", _("Write “rounds” or leave it blank.")
    yield from _of_what_is_shown(row, contents)
    yield from _of_sentences(row)


def _of_parts(row: Indicator, contents: Contents) -> Wrong:
    """Both sides name variables of this version, of the indicator's level and of one frequency."""
    parts = []
    for side in ("numerator", "denominator"):
        try:
            codes = Expression.parse(getattr(row, side)).variables
        except CatalogueError:
            yield (
                side,
                _(
                    "Codes of variables joined by + or -, without spaces: "
                    "joint_purchases+joint_sales."
                ),
            )
            continue
        if unknown := [code for code in codes if code not in contents.by_code]:
            yield side, refusal_of_unknown(unknown)
        variables = [contents.by_code[code] for code in codes if code in contents.by_code]
        if other := [variable.code for variable in variables if variable.level != row.level]:
            yield (
                side,
                _("Of another level than the indicator: %(codes)s.") % {"codes": ", ".join(other)},
            )
        if RULES[row.rule].yes_no and (
            other := [
                variable.code for variable in variables if variable.value_type != ValueType.BOOLEAN
            ]
        ):
            yield (
                side,
                _(
                    "This rule counts answers of yes or no; these variables are not of that type: "
                    "%(codes)s."
                )
                % {"codes": ", ".join(other)},
            )
        parts += variables
    if len({variable.frequency for variable in parts}) > 1:
        yield "numerator", _("Its variables are not asked equally often.")


def _of_what_is_shown(row: Indicator, contents: Contents) -> Wrong:
    """Prices, charts, attrition and alerts ask something of the rule and of the variables."""
    rule = RULES[row.rule]
    parts = [contents.by_code[code] for code in parts_of(row) if code in contents.by_code]
    if row.prices and not (rule.converts and any(variable.is_money for variable in parts)):
        yield "prices", _("Only for amounts in local currency, by a rule that converts them.")
    drawn = codes_in(row.drawn_as)
    if not rule.has_block and {ChartKind.CHANGE, ChartKind.PAIRS} & set(drawn):
        yield "drawn_as", _("This rule has no baseline to draw.")
    asked = row.level == Level.FIRM and all(variable.asked_at_baseline for variable in parts)
    if row.attrition_order is not None and not asked:
        yield "attrition_order", _("Only for indicators of firms that are asked at the baseline.")
    others = (
        indicator.code
        for indicator in contents.indicators
        if indicator.alert == row.alert and indicator.code != row.code
    )
    if row.alert and (other := next(others, "")):
        yield "alert", _("%(code)s opens it already.") % {"code": other}


def _of_sentences(row: Indicator) -> Wrong:
    """A sentence names its own numbers, nothing that is not there, and claims no cause."""
    is_change = RULES[row.rule].is_change
    allowed = wording.CHANGE_PARTS if is_change else wording.VALUE_PARTS
    needed = ("now", "base") if is_change else ("value",)
    for language in LANGUAGES:
        field = f"sentence_{language}"
        sentence = getattr(row, field)
        named, rest = PART.findall(sentence), PART.sub("", sentence)
        if set(named) - set(allowed) or "{" in rest or "}" in rest:
            yield field, _("It may name %(parts)s.") % {"parts": _braced(allowed)}
        elif sentence and set(needed) - set(named):
            yield field, _("It must name %(parts)s.") % {"parts": _braced(needed)}
        elif claims := wording.causal_words(sentence, language):
            yield (
                field,
                _("It claims more than a figure says: %(words)s.") % {"words": ", ".join(claims)},
            )


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
