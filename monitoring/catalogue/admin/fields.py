"""Fields of the catalogue's forms: closed lists as lists, lists of typologies as boxes, a sentence
of help beside each.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from monitoring.choices import ChartKind, Place
from monitoring.definitions.words import rule_choices
from monitoring.models import Check, Indicator
from monitoring.sheet.checks.kinds import OPERATORS
from projects.choices import Typology

from .draft import BLANK, variable_choices

HELP: dict[str, Any] = {
    "code": _(
        "It is given once and stands in files and addresses: another code is another series."
    ),
    "position": _("Its place among the rows of this version; the others close up."),
    "level": _("Where it lives: one value for each firm, for each network, or for the project."),
    "name_es": _("At most 160 characters. Where another language is missing this one is read."),
    "definition_es": _(
        "What people are asked, exactly. With other words the variable begins a new series: "
        "panels do not cross the version."
    ),
    "decimals": _("How many a cell may have, from 0 to 2."),
    "minimum": _("A lower value is an error. Leave it blank for no limit."),
    "maximum": _("A greater value is an error. Leave it blank for no limit."),
    "core": _("It must be answered before a semester is sent to review."),
    "asked_at_baseline": _("Without it there is no panel."),
    "applies_to": _("None marked: to all."),
    "featured": _("Shown first on the pages of these typologies."),
    "featured_order": _("Its place among those featured for one typology. Without it: after them."),
    "shown_in": _("Beside the other leading indicators, in the order of the catalogue."),
    "attrition_order": _(
        "Its place where reports say how many firms are lost. Without it, it is not there."
    ),
    "leading_order": _(
        "The first of those at hand leads the text and the charts of a section. Without it: after "
        "them."
    ),
    "drawn_as": _("In the section of its theme, where there is something to draw."),
    "alert": _("What the portfolio points out of a project is opened with this indicator."),
    "prices": _("Blank: as each report asks."),
    "estimate": _("The figure says so wherever it is shown."),
    "sentence_es": _(
        "How a report begins to tell it, for instance: “In {period}, {value} of the firms "
        "exported ({basis}).” "
        "Of a change: {n}, {units}, {now}, {base}, {period}. Blank: a general sentence."
    ),
    "numerator": _("Codes of variables of the indicator's level joined by + or -, without spaces."),
    "denominator": _("Only for the rules that divide."),
    "factor": _("A number such as 100, 1.20 or 1/12."),
    "threshold": _("Percent, for the share of those that rise."),
    "min_k": _("Networks where fewer firms answered do not count."),
    "confidential": _("In public, hidden where a firm could be recognised."),
    "not_summed_over": _("Marked, the rounds are never added."),
    "low": _("As a share: -0.50 is half less."),
    "high": _("As a share: 1.00 is twice as much."),
    "scale": _("Outliers are judged on logarithms."),
    "when": _("Only in the second semester, a semester variable with the sum of both."),
    "then_value": _("A number."),
    "message_es": _("What the person who enters reads."),
}
LABELS = {"applies_to": _("Only for"), "featured": _("Featured in")}
# Columns that hold a list of codes, and of which.
LISTS = {
    "applies_to": Typology.choices,
    "featured": Typology.choices,
    "shown_in": Place.choices,
    "drawn_as": ChartKind.choices,
}
# What a column means in one table only.
HELP_OF: dict[tuple[type, str], Any] = {
    (Indicator, "core"): _("Computed in the list of indicators that every report begins with."),
    (Indicator, "definition_es"): "",
    (Check, "factor"): _("A number such as 2 or 1.20."),
}
KIND_LABELS = {
    "compare": _("Left side against factor × right side"),
    "pairs": _("Left side against the pairs among the right side"),
    "implies": _("If the left side is so, then another one is so"),
    "implies_previous": _("If the previous value was so, then another one is so"),
    "not_below_previous": _("Not below the previous value"),
    "jump": _("Relative change against the previous value"),
    "outlier": _("Unlike the values approved in the sector"),
    "members_compare": _("The network's year against the sum of its members"),
    "members_max": _("A member against the sum over its networks"),
}
CLOSED: dict[str, Any] = {
    "rule": rule_choices,
    "kind": list(KIND_LABELS.items()),
    "operator": [BLANK, *((code, code) for code in OPERATORS)],
    "then_operator": [BLANK, *((code, code) for code in OPERATORS)],
    "scale": [BLANK, ("log", _("Logarithms"))],
    "when": [BLANK, ("S2", _("The second semester"))],
    "confidential": [BLANK, ("firm", _("Firms could be recognised"))],
    "not_summed_over": [BLANK, ("rounds", _("Rounds"))],
}
SIDES = ("left", "right", "then_left")


class Codes(forms.MultipleChoiceField):
    """Codes kept as one text, separated by semicolons, in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> list[str]:
        return self._listed(value)

    def __init__(self, *, listed: Sequence[tuple[str, Any]], **common: Any) -> None:
        self.codes = [code for code, _label in listed]
        super().__init__(choices=listed, **common)

    def clean(self, value: Any) -> str:
        chosen = set(super().clean(value))
        return ";".join(code for code in self.codes if code in chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self._listed(initial), data)

    @staticmethod
    def _listed(value: Any) -> list[str]:
        return (
            [code for code in value.split(";") if code]
            if isinstance(value, str)
            else list(value or ())
        )


def field_for(column: models.Field, request: HttpRequest) -> forms.Field | None:
    """The form's field for a column of the catalogue; None: the administration's own."""
    name, common = column.name, _common(column)
    if name in LISTS:
        return Codes(listed=LISTS[name], **common)
    if column.model is Check and name in SIDES:
        return forms.ChoiceField(choices=variable_choices(request), **common)
    if name in CLOSED:
        return forms.ChoiceField(choices=CLOSED[name], **common)
    if isinstance(column, models.ForeignKey | models.AutoField):
        return None
    if isinstance(column, models.TextField):
        return column.formfield(widget=forms.Textarea(attrs={"rows": "3", "cols": "80"}), **common)
    if isinstance(column, models.CharField) and not column.choices:
        wide = (column.max_length or 0) > 60
        return column.formfield(
            widget=forms.TextInput(attrs={"class": "vTextField" if wide else "short"}), **common
        )
    return column.formfield(help_text=common["help_text"])


def _common(column: models.Field) -> dict[str, Any]:
    return {
        "label": LABELS.get(column.name, capfirst(column.verbose_name)),
        "required": not column.blank,
        "help_text": HELP_OF.get((column.model, column.name), HELP.get(column.name, "")),
    }
