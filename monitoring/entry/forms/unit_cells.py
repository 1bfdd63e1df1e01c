"""One cell in the form of its unit: its field, and what stands around it."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from monitoring.sheet.cell_state import CellState
from monitoring.sheet.checks import Past
from monitoring.sheet.display import change_of, locked_because, past_text, period_text, value_text
from pip_network.web.fields import GroupedInput


def value_field(cell: CellState, **options: Any) -> forms.Field:
    """Yes or no is chosen; all else is typed."""
    if cell.asked.variable.value_type == "boolean":
        answers = [("", _("not answered yet")), ("1", _("yes")), ("0", _("no"))]
        return forms.ChoiceField(choices=answers, **options)
    return forms.CharField(max_length=60, widget=GroupedInput, **options)


def label_of(cell: CellState) -> SafeString:
    """Its name, its unit or currency, whether it is core."""
    variable = cell.asked.variable
    core = f" · {_('core')}" if variable.core else ""
    unit = cell.currency or variable.unit
    return format_html("{} <small>{}{}</small>", variable.name, unit, core)


def help_of(cell: CellState) -> str:
    """What it means, what it is and what it was, with the change since."""
    variable = cell.asked.variable
    pasts: list[tuple[str | Promise, Past | None]] = [
        (period_text(cell.previous.period) if cell.previous else "", cell.previous),
        (_("Baseline"), cell.baseline),
    ]
    texts = [(label, past_text(cell, past), _change(cell, past)) for label, past in pasts if past]
    if variable.value_type != "boolean" and cell.value is not None:
        texts.insert(0, (cell.asked.period, value_text(variable, cell.value), ""))
    if not texts:
        return variable.definition
    return format_html("{}<br>{}", variable.definition, format_html_join(" · ", "{}: {}{}", texts))


def _change(cell: CellState, past: Past) -> str:
    """Since an earlier value, in brackets."""
    change = change_of(cell.asked.variable, cell.value, cell.comparable(past))
    return f" ({change})" if change else ""


def locked_value(cell: CellState) -> SafeString:
    """A value that the system writes, and why."""
    variable = cell.asked.variable
    text = value_text(variable, cell.value, cell.missing) or _("no data")
    because = locked_because(cell)
    return format_html(
        '<p class="form-label">{} <small>{}</small></p><p class="locked-value">{}</p><p '
        'class="form-text">{}</p>',
        variable.name,
        variable.unit,
        text,
        because,
    )


def findings_of(cell: CellState) -> SafeString:
    """What the checks say of it."""
    html = SafeString("")
    for finding in cell.findings:
        kind = "bad" if finding.severity == "error" else "warn"
        html += format_html('<p class="say say-{}">{}</p>', kind, finding.message)
    return html
