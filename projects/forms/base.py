"""What the registry's forms share: fields of a model by name, errors of actions, and two people at
one form.
"""

from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db import models
from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext as _

from pip_network.web import formats
from pip_network.web.acts import ActForm
from pip_network.web.columns import column_of
from pip_network.web.errors import DomainError
from pip_network.web.fields import AmountField, day_widget
from pip_network.web.meanwhile import Meanwhile, send_again
from pip_network.web.stamps import stamp_of

LONG_TEXT = 4000
Kind = TypeVar("Kind", bound=forms.Field)


def _field(column: models.Field, **extra: Any) -> forms.Field | None:
    if isinstance(column, models.DateField):
        return column.formfield(widget=day_widget(), **extra)
    if isinstance(column, models.DecimalField):
        return column.formfield(form_class=AmountField, **extra)
    if isinstance(column, models.TextField):
        return column.formfield(
            max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": "4"}), **extra
        )
    if isinstance(column, models.ManyToManyField):
        return column.formfield(widget=forms.SelectMultiple(attrs={"size": "8"}), **extra)
    return column.formfield(**extra)


class RegistryForm(ActForm):
    """`columns` of `model` as fields; `stamped` are those that decide whether somebody else changed
    the row meanwhile.
    """

    model: ClassVar[type[models.Model] | None] = None
    columns: ClassVar[tuple[str, ...]] = ()
    stamped: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, instance: models.Model | None = None, **kwargs: Any) -> None:
        self.instance, self.meanwhile = instance, list[Meanwhile]()
        if instance is not None:
            kwargs["initial"] = {
                **model_to_dict(instance, fields=self.columns),
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)
        if self.model is not None:
            model_fields = fields_for_model(
                self.model, fields=self.columns, formfield_callback=_field
            )
            self.fields = {**model_fields, **self.fields}
        if self.stamped and instance is not None:
            self.fields["stamp"] = forms.CharField(
                widget=forms.HiddenInput,
                max_length=16,
                required=False,
                initial=stamp_of(instance, self.stamped),
            )

    def refuse(self, error: DomainError) -> None:
        """Show what a rule said, at its field; of a row that changed meanwhile, what stands there
        now.

        What was typed stays. Saved once more, it is written over what was shown.
        """
        super().refuse(error)
        stored = error.context.get("stored")
        if stored is not None:
            self.meanwhile = [
                Meanwhile(str(self.fields[name].label), self._stored_text(stored, name))
                for name in self.columns
                if name in self.cleaned_data and self._differs(stored, name)
            ]
            self.send_again("stamp", stamp_of(stored, self.stamped))

    def send_again(self, name: str, value: str) -> None:
        """With what was typed, the form that is shown carries `value` in a field of its own."""
        self.data = send_again(self.data, name, value)

    def field(self, name: str, kind: type[Kind]) -> Kind:
        """The field `name`, which is one of `kind`. Raises TypeError when it is another."""
        field = self.fields[name]
        if not isinstance(field, kind):
            raise TypeError(f"{name} is no {kind.__name__}")
        return field

    def _differs(self, stored: models.Model, name: str) -> bool:
        value, typed = getattr(stored, name), self.cleaned_data[name]
        return set(value.all()) != set(typed) if hasattr(value, "all") else value != typed

    def _stored_text(self, stored: models.Model, name: str) -> str:
        value = getattr(stored, name)
        if hasattr(value, "all"):
            return ", ".join(str(row) for row in value.all())
        display = getattr(stored, f"get_{name}_display", None)
        if display is not None:
            return str(display())
        if isinstance(column_of(stored, name), models.DateField):
            return formats.short_date(value) if value else _("empty")
        if isinstance(value, Decimal):
            return formats.number(value)
        return str(value) or _("empty")
