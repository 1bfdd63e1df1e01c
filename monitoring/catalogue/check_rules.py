"""What a check of the catalogue must satisfy."""

from django.utils.translation import gettext as _

from monitoring.catalogue.contents import Contents, refusal_of_unknown
from monitoring.catalogue.numbers import Wrong, number, unreadable
from monitoring.choices import Level
from monitoring.models import Check
from monitoring.sheet.checks import KINDS
from monitoring.sheet.checks.kinds import OPERATORS

# What each kind of check needs beside its left side. `factor` of `pairs` is 1 and may be written.
KIND_NEEDS: dict[str, tuple[str, ...]] = {
    "compare": ("operator", "right", "factor"),
    "pairs": ("operator", "right"),
    "implies": ("operator", "factor", "then_left", "then_operator", "then_value"),
    "implies_previous": ("operator", "factor", "then_left", "then_operator", "then_value"),
    "not_below_previous": (),
    "jump": ("low", "high"),
    "outlier": ("factor", "scale"),
    "members_compare": ("operator", "right", "factor"),
    "members_max": ("operator", "right", "factor"),
}
KIND_FIELDS = (
    "operator",
    "right",
    "factor",
    "low",
    "high",
    "then_left",
    "then_operator",
    "then_value",
    "scale",
)
# Kinds that look from one level to another: level of the check, level of its right side.
ACROSS = {
    "members_compare": (Level.NETWORK.value, Level.FIRM.value),
    "members_max": (Level.FIRM.value, Level.NETWORK.value),
}


def wrong_with_check(row: Check, contents: Contents) -> Wrong:
    """What a check lacks, has too much, or names that is not there: (field, sentence)."""
    if row.kind not in KINDS:
        yield "kind", _("There is no such kind of check.")
        return
    needed = KIND_NEEDS[row.kind]
    for name in KIND_FIELDS:
        filled = getattr(row, name) != ""
        if name in needed and not filled:
            yield name, _("This kind of check needs it.")
        if filled and name not in needed and (row.kind, name) != ("pairs", "factor"):
            yield name, _("This kind of check does not use it: leave it blank.")
    own, right = ACROSS.get(row.kind, (row.level, row.level))
    if row.level != own:
        yield (
            "level",
            _("This kind of check stands at level %(level)s.") % {"level": Level(own).label},
        )
    for side, level in (("left", own), ("right", right), ("then_left", own)):
        code = getattr(row, side)
        if code and code not in contents.by_code:
            yield side, refusal_of_unknown([code])
        elif code and contents.by_code[code].level != level:
            yield (
                side,
                _("It must be a variable of level %(level)s.") % {"level": Level(level).label},
            )
    for name in ("operator", "then_operator"):
        if getattr(row, name) not in ("", *OPERATORS):
            yield name, _("There is no such operator.")
    if row.scale not in ("", "log"):
        yield "scale", _("Write “log” or leave it blank.")
    if row.when not in ("", "S2"):
        yield "when", _("Write “S2” or leave it blank.")
    wrong = dict(unreadable(row, dict.fromkeys(("factor", "low", "high", "then_value"), number)))
    yield from wrong.items()
    if (
        row.kind == "jump"
        and row.low
        and row.high
        and not wrong
        and number(row.low) > number(row.high)
    ):
        yield "high", _("The greatest value is below the least.")
