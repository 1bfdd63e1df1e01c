"""Columns of a table of records that stand for several rows, or for rows of other tables."""

import datetime as dt
import re
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django_countries import countries

from knowledge.labels import language_inside
from knowledge.models import Expression, Work
from pip_network.files.importing import Choice, Column, Text
from pip_network.files.incoming import Cell, values
from pip_network.folding import fold

from . import authors, records

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?", re.ASCII)
TRUTHS = {
    **dict.fromkeys(("yes", "si", "sim", "1", "true"), True),
    **dict.fromkeys(("no", "nao", "0", "false"), False),
}


def record_of(work: models.Model) -> dict[str, Any]:
    """Its record, read once for all columns of a row."""
    kept = vars(work)
    if "_record" not in kept and isinstance(work, Work):
        kept["_record"] = records.read(work)
    return kept["_record"]


class InLanguage(Text):
    """A text of the expression in one language: `title_es`."""

    @property
    def field(self) -> models.Field:
        found = Expression._meta.get_field(self.name.rpartition("_")[0])
        if not isinstance(found, models.Field):
            raise TypeError(f"{self.name} is no text of an expression.")
        return found

    @property
    def label(self) -> str:
        column, _mark, language = self.name.rpartition("_")
        name = language_inside(language)
        labels = {
            "title": _("Title in %(language)s"),
            "abstract": _("Abstract in %(language)s"),
            "abstract_by": _("Who wrote the abstract in %(language)s"),
            "translation_status": _("Its translation into %(language)s"),
        }
        return labels[column] % {"language": name}

    def value_of(self, instance: models.Model) -> str:
        return record_of(instance)[self.name]


class ChoiceInLanguage(InLanguage, Choice):
    """One of a closed list, of the expression in one language."""

    read = Choice.read
    shown = Choice.shown
    accepted = Choice.accepted


class Original(Choice):
    """The language of the original."""

    @property
    def label(self) -> str:
        return _("Language of the original")

    def value_of(self, instance: models.Model) -> str:
        return record_of(instance)[self.name]


class Authors(Column):
    """People and bodies, as in the form."""

    @property
    def label(self) -> str:
        return _("Authors")

    def blank(self) -> tuple[authors.Named, ...]:
        return ()

    def read(self, cell: Cell) -> tuple[authors.Named, ...]:
        return authors.read(values.text_of(cell))

    def value_of(self, instance: models.Model) -> tuple[authors.Named, ...]:
        return record_of(instance)[self.name]

    def written(self, value: Any) -> str:
        return authors.written(value)

    shown = written

    def accepted(self) -> str:
        return _("Such as: Dini, Marco; «BID, Oficina de Evaluación»; Ceglie, G. (ed.)")


class Countries(Column):
    """Two letters each."""

    @property
    def label(self) -> str:
        return _("Countries")

    def blank(self) -> tuple[str, ...]:
        return ()

    def read(self, cell: Cell) -> tuple[str, ...]:
        codes = {code.upper() for code in re.split(r"[\s,;]+", values.text_of(cell)) if code}
        if not all(countries.name(code) for code in codes):
            raise ValueError(_("This code is not known."))
        return tuple(sorted(codes))

    def value_of(self, instance: models.Model) -> tuple[str, ...]:
        return record_of(instance)[self.name]

    def written(self, value: Any) -> str:
        return " ".join(value)

    shown = written

    def accepted(self) -> str:
        return _("Two capital letters of ISO 3166 each, separated by spaces")


class Marked(Column):
    """Several of a closed list; a question mark after what was inferred from the title."""

    def __init__(self, name: str, choices: type[models.TextChoices], heading: Any) -> None:
        super().__init__(name)
        self.choices, self.heading = choices.choices, heading

    @property
    def label(self) -> str:
        return str(self.heading)

    def blank(self) -> records.Marked:
        return ()

    def read(self, cell: Cell) -> records.Marked:
        found: dict[str, bool] = {}
        for text in re.split(r"[\s,;]+", values.text_of(cell).strip()):
            code = text.rstrip("?")
            if code not in dict(self.choices):
                raise ValueError(_("This is not in the list of accepted values."))
            found[code] = text.endswith("?")
        return tuple(sorted(found.items()))

    def value_of(self, instance: models.Model) -> records.Marked:
        return record_of(instance)[self.name]

    def written(self, value: Any) -> str:
        return " ".join(f"{code}{'?' if inferred else ''}" for code, inferred in value)

    shown = written

    def accepted(self) -> str:
        named = "; ".join(f"{code} = {label}" for code, label in self.choices)
        return _("%(values)s; with ? if inferred from the title") % {"values": named}


class Moment(Column):
    """A day and a time, in UTC; a day alone is its first minute. Of the embargo of a work."""

    def blank(self) -> None:
        return None

    def read(self, cell: Cell) -> dt.datetime | None:
        if isinstance(cell, dt.datetime):
            return in_utc(cell)
        text = cell.strip() if isinstance(cell, str) else ""
        if MOMENT.fullmatch(text):
            try:
                return in_utc(dt.datetime.fromisoformat(text))
            except ValueError:
                raise ValueError(_("This day does not exist.")) from None
        day = values.day_of(cell)
        return in_utc(dt.datetime.combine(day, dt.time())) if day else None

    def written(self, value: dt.datetime | None) -> str:
        if value is None:
            return ""
        precision = "seconds" if value.second else "minutes"
        return (
            value.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0).isoformat(" ", precision)
        )

    def shown(self, value: dt.datetime | None) -> str:
        return self.written(value)

    def accepted(self) -> str:
        return _("A day and a time in UTC: 2006-07-31 14:30; a day alone is its first minute")


def in_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


class Truth(Column):
    """Yes or no, in any of the languages of the portal, or none."""

    def blank(self) -> None:
        return None

    def read(self, cell: Cell) -> bool:
        said = cell if isinstance(cell, bool) else TRUTHS.get(fold(values.text_of(cell)))
        if said is None:
            raise ValueError(_("This is not in the list of accepted values."))
        return said

    def written(self, value: bool | None) -> str:
        return "" if value is None else "yes" if value else "no"

    def shown(self, value: bool | None) -> str:
        return "" if value is None else _("yes") if value else _("no")

    def accepted(self) -> str:
        return "yes; no"
