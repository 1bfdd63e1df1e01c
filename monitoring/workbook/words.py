"""What stands in a cell of the workbook, in words and back."""

import datetime as dt
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from monitoring.choices import Missing, ValueType
from monitoring.models import Variable
from monitoring.numbers import plain
from monitoring.sheet.display import CHOSEN_REASONS, REASONS
from pip_network.files.incoming import Cell
from pip_network.files.incoming.values import unguarded
from pip_network.web.errors import Invalid
from pip_network.web.text import fold
from pip_network.web.typed_numbers import parse_yes_no, read, storable

Held = tuple[Decimal | None, str]  # a value, or the reason why there is none
NOTHING: Held = (None, "")


def content_of(variable: Variable, held: Held) -> str | float | None:
    """A value as a workbook holds it: a number, or a word."""
    value, missing = held
    if value is None:
        return str(REASONS[Missing(missing)]) if missing else None
    if variable.value_type == ValueType.BOOLEAN:
        return _("yes") if value else _("no")
    return float(value)


def held_in(content: Cell, variable: Variable) -> Held:
    """What somebody meant by the content of a cell, by the rules of the sheet. Raises Invalid."""
    if isinstance(content, str):
        text = unguarded(content)
        reason = reasons_in_words().get(fold(text).strip())
        return (None, reason) if reason else (read(text, variable.value_type), "")
    if content is None:
        return NOTHING
    if isinstance(content, dt.date):
        raise Invalid(_("The cell holds a date: format it as a number and type the value again."))
    return _number(content, variable), ""


def _number(content: float | bool, variable: Variable) -> Decimal:
    if isinstance(content, bool) and variable.value_type != ValueType.BOOLEAN:
        raise Invalid(_("The cell holds “true” or “false”: a number is asked."))
    # A spreadsheet keeps and shows fifteen digits: what stands beyond them is no more hers.
    number = Decimal(format(content, ".15g"))
    if variable.value_type == ValueType.BOOLEAN:
        return parse_yes_no(plain(number)[:20])
    return storable(number, plain(number)[:40])


@cache
def reasons_in_words() -> dict[str, str]:
    """Reasons by their code and by their words in each language, folded."""
    words = {str(code): str(code) for code in REASONS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {fold(str(text)): str(code) for code, text in REASONS.items()}
    return words


def choices_of(variable: Variable) -> list[str]:
    """What a cell offers to choose from: the answers of yes or no, and the reasons."""
    answers = [_("yes"), _("no")] if variable.value_type == ValueType.BOOLEAN else []
    return answers + [str(REASONS[code]) for code in CHOSEN_REASONS]


def limits_of(variable: Variable) -> str:
    """The least and the greatest value, in words; blank where there is neither."""
    if variable.value_type == ValueType.BOOLEAN:
        return _("yes or no")
    words = {"least": plain(variable.minimum), "greatest": plain(variable.maximum)}
    if words["least"] and words["greatest"]:
        return _("from %(least)s to %(greatest)s") % words
    if words["least"]:
        return _("at least %(least)s") % words
    return _("at most %(greatest)s") % words if words["greatest"] else ""


def note_of(variable: Variable) -> str:
    """The note of a heading: what is asked, in which unit, within which limits."""
    lines = [variable.definition, f"{_('Unit')}: {variable.unit}"]
    if limits := limits_of(variable):
        lines.append(f"{_('Limits')}: {limits}")
    decimals = _("Decimals: at most %(count)s") % {"count": variable.decimals}
    if variable.value_type != ValueType.BOOLEAN:
        lines.append(decimals)
    return "\n".join(lines)
