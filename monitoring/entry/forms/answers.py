"""Threads of remarks inside a longer form: read beside what they are about, and answered with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from monitoring.models import Remark
from pip_network.models import User

LONGEST_NOTE = 2000


class Markup:
    """A piece of a layout that is already HTML (crispy's own would read it as a template)."""

    def __init__(self, html: SafeString) -> None:
        self.html = html

    def render(
        self, form: forms.BaseForm, context: Any, template_pack: str | None = None, **kwargs: Any
    ) -> SafeString:
        return self.html


@dataclass(frozen=True)
class Threads:
    """The threads of a form by what they are about, and who reads them; `page_of`: where who
    reviews writes of it.
    """

    by_place: Mapping[Any, list[Remark]] = field(default_factory=dict)
    reader: User | None = None
    page_of: Callable[[Any], str] | None = None

    def layout(self, place: Any, fields: Mapping[str, Any]) -> list:
        """What is said, and below it where to answer."""
        layout: list = []
        for row in self.by_place.get(place, ()):
            words = {"remark": row, "user": self.reader}
            layout.append(Markup(_drawn("_thread_words", words)))
            if f"answer-{row.pk}" in fields:
                layout += [Field(f"answer-{row.pk}"), Markup(_drawn("_thread_button"))]
        if self.page_of is not None:
            link = '<p class="note-s"><a href="{}#remarks">{}</a></p>'
            layout.append(Markup(format_html(link, self.page_of(place), _("Remarks"))))
        return layout


NO_THREADS = Threads()


def _drawn(name: str, about: Mapping[str, Any] = MappingProxyType({})) -> SafeString:
    return SafeString(render_to_string(f"monitoring/entry/{name}.html", dict(about)))


class AnswersForm(forms.Form):
    """A form with threads in it: an answer goes with the values, so that neither is lost for the
    other.
    """

    fields: dict[str, forms.Field]

    def add_answers(self, threads: Threads) -> None:
        rows = chain(*threads.by_place.values())
        self.answerable = {f"answer-{row.pk}": row.pk for row in rows if row.resolved_at is None}
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
