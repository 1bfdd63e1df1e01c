"""Columns of a table: how a cell becomes a value, how a value is written, how it is shown to
whoever decides.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pip_network.files.incoming import Cell, values
from pip_network.web import formats
from pip_network.web.addresses import require_address
from pip_network.web.errors import Invalid
from pip_network.web.text import fold, is_unseen, unseen

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+", re.ASCII | re.IGNORECASE)


class Column:
    """One column. `name` is its heading in files for machines and the keyword of the action; people
    read `label`.

    `required`: not blank in any row. `fixed`: given once, when the row is new; later files must
    agree with it.
    """

    model: type[models.Model]  # of the table that it is a column of, which says so

    def __init__(
        self,
        name: str,
        *,
        required: bool = False,
        fixed: bool = False,
        attribute: str = "",
        help: "StrOrPromise" = "",
    ) -> None:
        self.name, self.required, self.fixed, self.help = name, required, fixed, help
        self.attribute = attribute or name

    @property
    def field(self) -> models.Field:
        """The column of the database that it stands for."""
        field = self.model._meta.get_field(self.name)
        if not isinstance(field, models.Field):
            raise TypeError(f"{self.name} is no column of {self.model.__name__}.")
        return field

    @property
    def label(self) -> str:
        label = str(self.field.verbose_name)
        return label[:1].upper() + label[1:]

    def headings(self) -> set[str]:
        """What may stand at the head of this column, folded: its name, and its label in each
        language.
        """
        headings = {fold(self.name)}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                headings.add(fold(self.label))
        return headings

    def blank(self) -> Any:
        return ""

    def prepare(self) -> None:
        """Look up once, before a whole file, what `read` needs."""

    def read(self, cell: Cell) -> Any:
        """The value of a cell that is not blank; raises ValueError with the rule as a sentence."""
        raise NotImplementedError

    def value_of(self, instance: models.Model) -> Any:
        return getattr(instance, self.attribute)

    def written(self, value: Any) -> Any:
        """As a file holds it."""
        return value

    def shown(self, value: Any) -> str:
        """As the preview shows it."""
        return "" if value is None else str(value)

    def difference(self, old: Any, new: Any) -> str:
        """By how much it changes, where that says something."""
        return ""

    def accepted(self) -> str:
        """What may stand in it, for the page that explains the file."""
        raise NotImplementedError


class Text(Column):
    """Text, no longer than its field."""

    def read(self, cell: Cell) -> str:
        text = values.text_of(cell).strip()
        if is_unseen(text):
            raise ValueError(unseen())
        most = self.field.max_length
        if most and len(text) > most:
            raise ValueError(_("The text is longer than %(most)s characters.") % {"most": most})
        return text

    def accepted(self) -> str:
        most = self.field.max_length
        return _("Text, at most %(most)s characters") % {"most": most} if most else _("Text")


class Address(Text):
    """The address of a page."""

    def read(self, cell: Cell) -> str:
        text = super().read(cell)
        try:
            require_address(text)
        except Invalid as refusal:
            raise ValueError(str(refusal.message)) from refusal
        return text


class Identifier(Text):
    """A number or word by which others know something. Written as `8,001E+15` it has lost digits in
    a spreadsheet.
    """

    def read(self, cell: Cell) -> str:
        text = super().read(cell)
        if SHORTENED.fullmatch(text):
            raise ValueError(values.too_many_digits())
        return text


class Choice(Column):
    """One of a closed list: its code, or its label in any of the languages."""

    def __init__(
        self,
        name: str,
        choices: "type[models.TextChoices] | Sequence[tuple[str, StrOrPromise | Promise]]",
        *,
        default: str = "",
        **options: Any,
    ) -> None:
        super().__init__(name, **options)
        self.choices = choices.choices if isinstance(choices, type) else list(choices)
        self.default = default
        self.codes: dict[str, str] = {}

    def blank(self) -> str:
        return self.default

    def prepare(self) -> None:
        self.codes = {fold(code): code for code, _label in self.choices}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for code, label in self.choices:
                    self.codes.setdefault(fold(str(label)), code)

    def read(self, cell: Cell) -> str:
        code = self.codes.get(fold(values.text_of(cell).strip()))
        if code is None:
            raise ValueError(_("This is not in the list of accepted values."))
        return code

    def shown(self, value: str) -> str:
        return str(dict(self.choices).get(value, value))

    def accepted(self) -> str:
        return "; ".join(f"{code} = {label}" for code, label in self.choices)


class Day(Column):
    """A day, or none."""

    def blank(self) -> None:
        return None

    def read(self, cell: Cell) -> dt.date | None:
        return values.day_of(cell)

    def shown(self, value: dt.date | None) -> str:
        return formats.short_date(value) if value else ""

    def accepted(self) -> str:
        return _("A day: 2006-07-31, or a date of the spreadsheet")


class Amount(Column):
    """A number with decimals, or none."""

    def __init__(self, name: str, *, places: int = 2, **options: Any) -> None:
        super().__init__(name, **options)
        self.places = places

    def blank(self) -> None:
        return None

    def read(self, cell: Cell) -> Decimal | None:
        number = values.number_of(cell, places=self.places)
        if number is not None and abs(number) >= self.bound():
            raise ValueError(_("This number is too large."))
        if number is not None:
            self._validate(number)
        return number

    def _validate(self, number: Decimal) -> None:
        """By the rules of its field, before an action asks them: here the cell can be named."""
        try:
            self.field.run_validators(number)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def bound(self) -> Decimal:
        """The first number that the database cannot hold."""
        field = self.field
        if not isinstance(field, models.DecimalField):
            raise TypeError(f"{self.name} of {self.model.__name__} holds no decimals.")
        return Decimal(10) ** (field.max_digits - field.decimal_places)

    def shown(self, value: Decimal | None) -> str:
        return "" if value is None else formats.number(value, self.places)

    def accepted(self) -> str:
        return ngettext(
            "A number without marks for thousands, at most %(places)s decimal",
            "A number without marks for thousands, at most %(places)s decimals",
            self.places,
        ) % {"places": self.places}


class Whole(Column):
    """A whole number that is not negative, or none."""

    def blank(self) -> None:
        return None

    def read(self, cell: Cell) -> int | None:
        number = values.number_of(cell, places=0)
        if number is not None and not 0 <= number <= 32767:
            raise ValueError(_("This number is out of range."))
        return None if number is None else int(number)

    def accepted(self) -> str:
        return _("A whole number")
