"""Threads of remarks inside a longer form: read beside what they are about, and answered with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from monitoring.models import Remark

LONGEST_NOTE = 2000


class Markup:
    """A piece of a layout that is already HTML (crispy's own would read it as a template)."""

    def __init__(self, html: SafeString) -> None:
        self.html = html

    def render(
        self, form: forms.BaseForm, context: Any, template_pack: str | None = None, **kwargs: Any
    ) -> SafeString:
        return self.html


class AnswersForm(forms.Form):
    """A form with threads in it: an answer goes with the values, so that neither is lost for the
    other.
    """

    fields: dict[str, forms.Field]

    def add_answers(self, threads: Iterable[Remark]) -> None:
        self.answerable = {f"answer-{row.pk}": row.pk for row in threads if row.resolved_at is None}
        for name in self.answerable:
            self.fields[name] = forms.CharField(
                label=_("Answer"),
                required=False,
                max_length=LONGEST_NOTE,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def answers(self) -> list[tuple[int, str]]:
        """(remark, words) of what was answered here."""
        given = {name: self.cleaned_data.get(name, "").strip() for name in self.answerable}
        return [(self.answerable[name], words) for name, words in given.items() if words]


def thread_layout(threads: Iterable[Remark], user: Any, fields: Mapping[str, Any]) -> list:
    """What is said, and below it where to answer, for threads that stand in a form."""
    layout: list = []
    for row in threads:
        words = render_to_string(
            "monitoring/entry/_thread_words.html", {"remark": row, "user": user}
        )
        layout.append(Markup(SafeString(words)))
        if f"answer-{row.pk}" in fields:
            layout.append(Field(f"answer-{row.pk}"))
            button = render_to_string("monitoring/entry/_thread_button.html")
            layout.append(Markup(SafeString(button)))
    return layout
