"""The form of one unit, built from the cells that its submission asks."""

from collections.abc import Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from monitoring.choices import Kind
from monitoring.entry.forms.answers import NO_THREADS, AnswersForm, Markup, Threads
from monitoring.entry.forms.unit_cells import (
    findings_of,
    help_of,
    label_of,
    locked_value,
    value_field,
)
from monitoring.sheet.cell_state import CellState
from monitoring.sheet.cells import CellKey
from monitoring.sheet.display import (
    CHOSEN_REASONS,
    REASONS,
    edit_text,
    needs_explanation,
)
from monitoring.submission.cell_changes import CellChange, CellConflict
from pip_network.web.acts import ActForm
from pip_network.web.errors import Invalid
from pip_network.web.typed_numbers import read

KIND_TITLES = {Kind.BASELINE: _("Baseline"), Kind.REGULAR: _("This semester")}
LONGEST_NOTE = 2000


class UnitForm(AnswersForm, ActForm):
    """All cells of one unit in one form: a value or its reason, an explanation where a warning asks
    for one.

    A hidden field keeps for each cell the stamp and the text that were shown: only what was changed
    here is saved, and a cell that somebody else changed meanwhile is a conflict.
    """

    def __init__(
        self,
        *args: Any,
        cells: dict[CellKey, CellState],
        may_enter: bool,
        threads: Threads = NO_THREADS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cells, self.threads = cells, threads
        self.open = (
            {key: cell for key, cell in cells.items() if not cell.locked} if may_enter else {}
        )
        self.explainable = {
            key: cell for key, cell in cells.items() if may_enter and needs_explanation(cell)
        }
        for key, cell in self.open.items():
            self._add_value(key, cell)
        for key, cell in self.explainable.items():
            self._add_explanation(key, cell)
        self.add_answers(threads if may_enter else NO_THREADS)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout(*self._blocks())

    @staticmethod
    def name(part: str, key: CellKey) -> str:
        return f"{part}-{key.kind}-{key.variable}"

    def _add_value(self, key: CellKey, cell: CellState) -> None:
        variable = cell.asked.variable
        text = edit_text(variable, cell.value)
        self.fields[self.name("value", key)] = value_field(
            cell, label=label_of(cell), help_text=help_of(cell), required=False, initial=text
        )
        choices = [
            ("", _("has a value, or is still blank")),
            *((code.value, REASONS[code]) for code in CHOSEN_REASONS),
        ]
        self.fields[self.name("missing", key)] = forms.ChoiceField(
            label=_("If there is no value, why"),
            choices=choices,
            required=False,
            initial=cell.missing,
        )
        self.fields[self.name("seen", key)] = forms.CharField(
            widget=forms.HiddenInput,
            required=False,
            initial=f"{cell.stamp or 0}:{cell.missing}:{text}",
        )

    def _add_explanation(self, key: CellKey, cell: CellState) -> None:
        self.fields[self.name("why", key)] = forms.CharField(
            label=_("Explanation of the warning"),
            required=False,
            initial=cell.explanation,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _blocks(self) -> Iterator[Fieldset]:
        for kind, title in KIND_TITLES.items():
            cells = [(key, cell) for key, cell in self.cells.items() if key.kind == kind]
            if cells:
                yield Fieldset(
                    title, *(self._cell(key, cell) for key, cell in cells), css_class="unit-block"
                )

    def _cell(self, key: CellKey, cell: CellState) -> Div:
        explanation = [Field(self.name("why", key))] if key in self.explainable else []
        return Div(
            *self._inputs(key, cell),
            Markup(findings_of(cell)),
            *explanation,
            *self._words(key, cell),
            *self.threads.layout(key, self.fields),
            css_class="unit-cell",
            css_id=str(key),
            data_stamp=str(cell.stamp or 0),
        )

    def _words(self, key: CellKey, cell: CellState) -> list[Markup]:
        """The explanation of a cell that is read, not written."""
        if key in self.explainable or not cell.explanation:
            return []
        label, text = _("Explanation"), cell.explanation
        return [Markup(format_html('<p class="form-text"><b>{}</b> {}</p>', label, text))]

    def _inputs(self, key: CellKey, cell: CellState) -> list:
        if key not in self.open:
            return [Markup(locked_value(cell))]
        return [Field(self.name(part, key)) for part in ("value", "missing", "seen")]

    def clean(self) -> dict[str, Any]:
        """Reads every cell; `changes` then holds those that were changed here."""
        self.changes: list[CellChange] = []
        for key, cell in self.cells.items():
            if key not in self.open and key not in self.explainable:
                continue
            try:
                change = self._change(key, cell) if key in self.open else self._explained(key, cell)
            except Invalid as error:
                self.add_error(self.name("value", key), str(error.message))
            else:
                if change:
                    self.changes.append(change)
        return self.cleaned_data

    def _explained(self, key: CellKey, cell: CellState) -> CellChange | None:
        """A cell that the system writes takes an explanation only."""
        explanation = self.cleaned_data.get(self.name("why", key), "").strip()
        return (
            CellChange(key, None, "", explanation, cell.stamp)
            if explanation != cell.explanation
            else None
        )

    def _change(self, key: CellKey, cell: CellState) -> CellChange | None:
        text = self.cleaned_data.get(self.name("value", key), "").strip()
        missing = self.cleaned_data.get(self.name("missing", key), "")
        explanation: str | None = self.cleaned_data.get(self.name("why", key))
        stamp, was_missing, was_text = _seen(self.cleaned_data.get(self.name("seen", key), ""))
        value_changed = (text, missing) != (was_text, was_missing)
        if explanation is not None:
            explanation = explanation.strip()
            if explanation == cell.explanation:
                explanation = None
        if not value_changed and explanation is None:
            return None
        if text and missing and text != was_text:
            missing = ""  # a value typed over a reason replaces it
        if text and missing:
            text = ""  # a reason chosen over a value replaces it
        value = read(text, cell.asked.variable.value_type)
        return CellChange(key, value, missing, explanation, stamp)

    def show_conflict(self, conflict: CellConflict, by: str, text: str) -> None:
        """Say who was first, keep what was typed, and let saving again decide knowingly."""
        name = self.name("seen", conflict.key)
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(name)] = (
            f"{conflict.stamp}:{conflict.missing}:{text if not conflict.missing else ''}"
        )
        self.data = data
        message = _(
            "%(by)s wrote “%(theirs)s” before you. Nothing has been replaced. Save again to keep "
            "yours."
        )
        self.add_error(self.name("value", conflict.key), message % {"by": by, "theirs": text})


def _seen(text: str) -> tuple[int, str, str]:
    stamp, _colon, rest = text.partition(":")
    missing, _colon, value = rest.partition(":")
    return (int(stamp) if stamp.isdecimal() and len(stamp) < 10 else 0), missing, value
