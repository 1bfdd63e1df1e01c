"""Columns that are computed from others of their row and stored, so that both databases search and
sort by what Python says.

The value is computed whenever it is read, and so by `save`, `bulk_create`, `bulk_update` and our
own bulk writing alike; `QuerySet.update` computes it after what it wrote.
"""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction

from .letters import fold
from .words import keyed

Row = TypeVar("Row", bound=models.Model)
BATCH = 500


class _Computed:
    """The attribute: always what the sources say now. What was stored is kept beside it, for
    Django's own question of what has been read.
    """

    def __init__(self, field: "ComputedField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        return self if row is None else self.field.computed(row)

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class ComputedField(models.TextField):
    """`compute` of its `sources`, columns of the same row. Sorted by code point everywhere."""

    descriptor_class = _Computed

    def __init__(self, *sources: str, **extra: Any) -> None:
        self.sources = sources
        super().__init__(**{"editable": False, "blank": True, "default": "", **extra})

    def compute(self, *texts: str) -> str:
        raise NotImplementedError

    def computed(self, row: models.Model) -> str:
        return self.compute(*(str(getattr(row, source) or "") for source in self.sources))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, _args, extra = super().deconstruct()
        for given in ("editable", "blank", "default"):
            extra.pop(given, None)
        return name, path, self.sources, extra

    def db_parameters(self, connection: Any) -> Any:
        """In the order of code points on both databases: the embedded one has no other."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class FoldedField(ComputedField):
    """`fold` of its sources, one after the other."""

    def compute(self, *texts: str) -> str:
        return " ".join(filter(None, map(fold, texts)))


class KeyedField(ComputedField):
    """The words of its sources, as search boxes look for them. Filled anew by a migration when the
    rules of words change.
    """

    def compute(self, *texts: str) -> str:
        return keyed(" . ".join(texts))


def computed_fields(
    model: type[models.Model], changed: Collection[str] | None = None
) -> list[ComputedField]:
    """Those of `model`; with `changed`, those that follow one of these columns."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ComputedField)
        and (changed is None or not set(changed).isdisjoint(field.sources))
    ]


def with_followers(model: type[models.Model], changed: Iterable[str]) -> list[str]:
    """The columns `changed` and those that follow them."""
    changed = list(changed)
    following = (field.name for field in computed_fields(model, changed))
    return list(dict.fromkeys([*changed, *following]))


class ComputingQuerySet(models.QuerySet[Row]):
    """Rows whose computed columns stay true whichever way they are written."""

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        return super().bulk_update(objs, with_followers(self.model, fields), batch_size)

    def update(self, **values: Any) -> int:
        """Columns that others follow take these along, row by row: only an object computes them."""
        following = [
            field.name for field in computed_fields(self.model, values) if field.name not in values
        ]
        if not following:
            return super().update(**values)
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            count = super().update(**values)
            rows: models.QuerySet[Row] = models.QuerySet(self.model, using=self.db)
            rows.bulk_update(rows.filter(pk__in=keys), following, batch_size=BATCH)
        return count


class Computing(models.Model):
    """A row with computed columns; its manager is of a ComputingQuerySet."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if options.get("update_fields") is not None:
            options["update_fields"] = with_followers(type(self), options["update_fields"])
        for field in computed_fields(type(self)):  # of a row read without them, too
            self.__dict__.setdefault(field.attname, "")
        super().save(*args, **options)


def fill(model: Any, *, batch: int = BATCH) -> None:
    """Give the rows of a historical `model` their computed columns; for migrations."""
    names = [field.name for field in computed_fields(model)]
    rows = iter(model._base_manager.order_by("pk").iterator(chunk_size=batch))
    while some := list(islice(rows, batch)):
        models.QuerySet(model).bulk_update(some, names)
