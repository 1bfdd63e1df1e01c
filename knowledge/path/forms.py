"""The form of a module: its words in three languages, then each reading and each question in a part
of its own, with room for further ones.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language
from knowledge.labels import language_inside
from knowledge.lists.actions import LONGEST_TITLE
from knowledge.lists.moves import LONGEST_NOTE
from knowledge.models import ListItem, Module, Question, Work
from knowledge.works.forms.parts import FormInParts, Part

from . import modules
from .modules import LONGEST_PAGES, LONGEST_QUESTION, LONGEST_TEXT, NOTES, TEXTS, TITLES

SPARE = 2  # readings and questions that can be added at once


class WorkField(forms.CharField):
    """A work by its code, of those that `by` may read."""

    by: Any = None

    def clean(self, value: Any) -> Work | None:
        code = super().clean(value).strip().upper()
        if not code:
            return None
        found = Work.objects.visible_to(self.by).filter(code=code).first()
        if found is None:
            raise ValidationError(_now("The library has no work of this code."))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "").upper() != str(data or "").strip().upper()


class ModuleForm(FormInParts):
    """With a module, to change it."""

    number = forms.IntegerField(
        label=_("Place among the modules"), min_value=1, max_value=modules.MOST_MODULES
    )

    def __init__(self, *args: Any, by: Any, instance: Module | None = None, last: int = 1) -> None:
        self.by = by
        self.readings = modules.present(instance) if instance else []
        self.questions = list(instance.questions.order_by("number")) if instance else []
        super().__init__(*args, initial=first_values(instance) if instance else {"number": last})
        for code in Language.values:
            named = {"language": language_inside(code)}
            self.fields[f"title_{code}"] = forms.CharField(
                label=_now("Title in %(language)s") % named, max_length=LONGEST_TITLE
            )
            self.fields[f"text_{code}"] = long(
                _now("Text in %(language)s") % named, LONGEST_TEXT, rows=6, required=True
            )
        for place in self.places("reading", self.readings):
            self._add_reading(place)
        for place in self.places("question", self.questions):
            self._add_question(place)
        if instance is None:
            del self.fields["stamp"]

    @staticmethod
    def places(name: str, rows: list[Any]) -> list[str]:
        """The beginnings of the names of the fields of each row, and of the spare ones."""
        spare = [f"{name}_new{number}" for number in range(1, SPARE + 1)]
        return [*(f"{name}_{row.pk}" for row in rows), *spare]

    def _add_reading(self, place: str) -> None:
        self.fields[f"{place}_at"] = order_field()
        work = WorkField(
            label=_("Code of the work"),
            required=False,
            max_length=12,
            help_text=_("Leave it empty to take the reading out."),
        )
        work.by = self.by
        self.fields[f"{place}_work"] = work
        self.fields[f"{place}_pages"] = forms.CharField(
            label=_("Pages"), required=False, max_length=LONGEST_PAGES
        )
        for code, name in zip(Language.values, NOTES, strict=True):
            label = _now("Note in %(language)s") % {"language": language_inside(code)}
            self.fields[f"{place}_{name}"] = long(label, LONGEST_NOTE)

    def _add_question(self, place: str) -> None:
        self.fields[f"{place}_at"] = order_field()
        for code, name in zip(Language.values, TEXTS, strict=True):
            label = _now("Question in %(language)s") % {"language": language_inside(code)}
            self.fields[f"{place}_{name}"] = long(label, LONGEST_QUESTION)

    def parts(self) -> tuple[Part, ...]:
        return (Part("", ("number", *TITLES)), Part(_("Text"), TEXTS, is_open=True), *self._rows())

    def _rows(self) -> Iterator[Part]:
        for kind, rows, title, new in (
            ("reading", self.readings, _("Reading"), _("A further reading")),
            ("question", self.questions, _("Question to the reader"), _("A further question")),
        ):
            said: list[Any] = [*rows, *[None] * SPARE]
            for place, row in zip(self.places(kind, rows), said, strict=True):
                names = tuple(name for name in self.fields if name.startswith(f"{place}_"))
                about = getattr(row, "work", row)
                yield Part(title if row else new, names, getattr(about, "title", about or ""))

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        stamp = {"stamp": said["stamp"]} if "stamp" in said else {}
        return {
            **stamp,
            "texts": {name: said[name] for name in (*TITLES, *TEXTS)},
            "number": said["number"],
            "readings": [
                modules.Reading(
                    place,
                    said[f"{place}_work"],
                    said[f"{place}_pages"],
                    {name: said[f"{place}_{name}"] for name in NOTES},
                )
                for place in self._in_order("reading", self.readings)
                if said[f"{place}_work"]
            ],
            "questions": [
                modules.Asking(place, key, {name: said[f"{place}_{name}"] for name in TEXTS})
                for place, key in self._asked()
            ],
        }

    def _asked(self) -> Iterator[tuple[str, int | None]]:
        """Questions of which something is written, in order."""
        keys = {f"question_{row.pk}": row.pk for row in self.questions}
        for place in self._in_order("question", self.questions):
            if any(self.cleaned_data[f"{place}_{name}"].strip() for name in TEXTS):
                yield place, keys.get(place)

    def _in_order(self, kind: str, rows: list[Any]) -> list[str]:
        """By the places that were typed; those without one last, as they stood."""
        last = float("inf")
        return sorted(
            self.places(kind, rows),
            key=lambda place: self.cleaned_data[f"{place}_at"] or last,
        )


def order_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Place in the module"), required=False, min_value=1, max_value=999
    )


def long(label: Any, most: int, *, rows: int = 2, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=most, required=required)


def first_values(module: Module) -> dict[str, Any]:
    """What the form of a module that is there begins with."""
    first = {name: getattr(module, name) for name in ("number", *TITLES, *TEXTS)}
    first["stamp"] = modules.stamp_of(module)
    for number, item in enumerate(modules.present(module), 1):
        first |= _first(f"reading_{item.pk}", item, number)
    for number, one in enumerate(module.questions.order_by("number"), 1):
        first |= _first(f"question_{one.pk}", one, number)
    return first


def _first(place: str, row: ListItem | Question, number: int) -> dict[str, Any]:
    names = TEXTS if isinstance(row, Question) else (*NOTES, "pages")
    first = {f"{place}_{name}": getattr(row, name) for name in names}
    if isinstance(row, ListItem):
        first[f"{place}_work"] = row.work_id
    return first | {f"{place}_at": number}
