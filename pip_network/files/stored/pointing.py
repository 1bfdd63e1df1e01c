"""Which kept files something points to, whoever could: a file of a work, an evidence, a
consultation. The rooms above need not say so anywhere.
"""

from collections.abc import Iterator

from django.db.models import Exists, ForeignObjectRel, Model, OuterRef, QuerySet

from pip_network.models import Stored


def unused(files: QuerySet[Stored], *, besides: type[Model] | None = None) -> QuerySet[Stored]:
    """Those to which nothing points, rows of `besides` not counted."""
    for points in _pointing(besides):
        files = files.exclude(points)
    return files


def _pointing(besides: type[Model] | None) -> Iterator[Exists]:
    for relation in Stored._meta.get_fields(include_hidden=True):
        # Hidden are those of rooms that have named no way back; they count too.
        if isinstance(relation, ForeignObjectRel) and relation.related_model is not besides:
            rows = relation.related_model._base_manager
            yield Exists(rows.filter(**{relation.field.name: OuterRef("pk")}))
