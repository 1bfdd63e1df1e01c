"""Columns that name rows of another table by their codes."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from pip_network.files.incoming import Cell, values

from .columns import Column


class CodeColumn(Column):
    """A column of codes. `queryset` gives the rows that may be named, `key` their attribute."""

    def __init__(
        self,
        name: str,
        queryset: Callable[[], models.QuerySet],
        *,
        key: str = "pk",
        **options: Any,
    ) -> None:
        super().__init__(name, **options)
        self.queryset, self.key = queryset, key
        self.rows: dict[str, models.Model] = {}

    def prepare(self) -> None:
        self.rows = {self.code_of(row).upper(): row for row in self.queryset()}

    def row_of(self, code: str) -> models.Model:
        """The row with that code, in capitals or not; raises ValueError."""
        row = self.rows.get(code.upper())
        if row is None:
            raise ValueError(_("This code is not known."))
        return row

    def code_of(self, row: models.Model) -> str:
        return str(getattr(row, self.key))

    def shown(self, value: Any) -> str:
        return self.written(value)


class Code(CodeColumn):
    """The code of a row of another table."""

    def blank(self) -> None:
        return None

    def read(self, cell: Cell) -> models.Model:
        return self.row_of(values.text_of(cell).strip())

    def written(self, value: models.Model | None) -> str:
        return "" if value is None else self.code_of(value)

    def accepted(self) -> str:
        return _("The code of: %(table)s") % {"table": self.queryset().model._meta.verbose_name}


class Codes(CodeColumn):
    """Several of them, separated by spaces, commas or semicolons; their order does not matter."""

    def blank(self) -> tuple[models.Model, ...]:
        return ()

    def read(self, cell: Cell) -> tuple[models.Model, ...]:
        codes = values.text_of(cell).replace(";", " ").replace(",", " ").split()
        rows = {row.pk: row for row in map(self.row_of, codes)}
        return tuple(rows[pk] for pk in sorted(rows))

    def value_of(self, instance: models.Model) -> tuple[models.Model, ...]:
        return tuple(sorted(getattr(instance, self.attribute).all(), key=lambda row: row.pk))

    def written(self, value: Collection[models.Model]) -> str:
        return " ".join(map(self.code_of, value))

    def accepted(self) -> str:
        return _("Codes separated by spaces: %(table)s") % {
            "table": self.queryset().model._meta.verbose_name_plural
        }
