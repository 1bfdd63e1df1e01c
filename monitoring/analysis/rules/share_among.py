"""`share_among`: 100 x units with condition = 1 and x = 1 / units with condition = 1, both known.

Unit: percent. The numerator of the catalogue is x, the denominator the condition. n: condition = 1
and x known; eligible: condition = 1 or unknown. Undefined when no unit has the condition. Over
groups: add the counts. Over time: never. No baseline, no panel. Interval: Wilson with effective n.
Source: docs/rules.md, The rules.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from monitoring.analysis.arithmetic import ONE
from monitoring.analysis.catalogue_rows import Indicator

from .result import Answer, Reading, Result
from .rule import ANSWERS, Rule
from .share_positive import share
from .slice import CONDITION_NOT_MET, ZERO_DENOMINATOR, Slice

X_UNKNOWN = "x_unknown:"  # the condition holds, x is missing: prefix of the missing code


def read(numerator: Reading, denominator: Reading, indicator: Indicator) -> Answer | str | None:
    if numerator is None or denominator is None:
        return None
    if isinstance(denominator, str):
        return denominator
    if denominator != 1:
        return CONDITION_NOT_MET
    return (
        X_UNKNOWN + numerator
        if isinstance(numerator, str)
        else (Decimal(1 if numerator == 1 else 0), ONE)
    )


def compute(s: Slice) -> Result:
    main = share(s)
    nobody_has_it = s.count(CONDITION_NOT_MET) and not any(
        cause.startswith(X_UNKNOWN) for cause in s.causes
    )
    if main.reason == "no_data" and nobody_has_it:
        main = main._replace(reason=ZERO_DENOMINATOR)
    return Result(main, {})


RULE = Rule(
    name="share_among",
    title=_("Share among those with a condition"),
    description=_("Of the units that meet a condition, those that also meet a second one."),
    formula="100 × #{c = 1, x = 1} / #{c = 1}",
    letters=("x", "c"),
    meaning=__doc__,
    compute=compute,
    read=read,
    yes_no=True,
    converts=False,
    has_block=False,
    percent=True,
    gives_away=ANSWERS,
)
