"""The record of a work as one flat table of values, and the one place that reads and writes it.

Forms, imports, exports and the first records all speak of a work by these names.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from knowledge.choices import Language
from knowledge.models import Author, Expression, Work, WorkCountry, WorkTheme, WorkTypology
from pip_network.web.edits import CUT, clean

from .authors import Named

LANGUAGES = tuple(Language.values)
PLAIN = (
    "type",
    "type_text",
    "year",
    "year_text",
    "publisher",
    "licence",
    "doi",
    "extent",
    "access",
    "embargo_until",
    "product",
    "origin",
    "source_url",
    "link_checked_on",
    "link_answers",
    "provenance_es",
    "provenance_pt",
    "provenance_en",
    "workshop",
)
MANY = ("institutions", "projects", "networks", "open_to_institutions", "open_to_projects")
OF_EXPRESSION = ("title", "abstract", "abstract_by", "translation_status")
OF_LANGUAGES = tuple(f"{name}_{language}" for language in LANGUAGES for name in OF_EXPRESSION)
PARTS = ("authors", "original", *OF_LANGUAGES, "countries", "themes", "typologies")
FIELDS = (*PLAIN, *MANY, *PARTS)

Marked = tuple[tuple[str, bool], ...]  # values, each with whether it is inferred


def read(work: Work) -> dict[str, Any]:
    """All that the record says, by the names of `FIELDS`. Of relations: rows; of parts: values."""
    record = {name: getattr(work, name) for name in PLAIN}
    record |= {
        name: tuple(sorted(getattr(work, name).all(), key=lambda row: row.pk)) for name in MANY
    }
    expressions = {one.language: one for one in work.expressions.all()}
    for language in LANGUAGES:
        expression = expressions.get(language)
        for name in OF_EXPRESSION:
            record[f"{name}_{language}"] = getattr(expression, name) if expression else ""
    return record | {
        "authors": tuple(
            Named(author.role, author.family, author.given, author.literal)
            for author in work.authors.all()
        ),
        "original": work.original.language if work.original else "",
        "countries": tuple(sorted(row.iso2 for row in work.countries.all())),
        "themes": tuple(sorted((row.theme, row.inferred) for row in work.themes.all())),
        "typologies": tuple(sorted((row.typology, row.inferred) for row in work.typologies.all())),
    }


def write(work: Work, values: dict[str, Any]) -> None:
    """Store what `values` say of `work`, old or new; names that are not given keep what stands
    there.
    """
    for name in PLAIN:
        if name in values:
            setattr(work, name, values[name])
    clean(work)
    work.save()
    for name in MANY:
        if name in values:
            getattr(work, name).set(values[name])
    if "authors" in values:
        _write_authors(work, values["authors"])
    if "countries" in values:
        WorkCountry.objects.filter(work=work).exclude(iso2__in=values["countries"]).delete()
        for iso2 in values["countries"]:
            WorkCountry.objects.get_or_create(work=work, iso2=iso2)
    if "themes" in values:
        _write_marked(work, WorkTheme, "theme", values["themes"])
    if "typologies" in values:
        _write_marked(work, WorkTypology, "typology", values["typologies"])
    if {"original", *OF_LANGUAGES} & values.keys():
        _write_expressions(work, values)
    _forget_what_was_read(work)


def _write_authors(work: Work, authors: Iterable[Named]) -> None:
    Author.objects.filter(work=work).delete()
    for position, author in enumerate(authors, 1):
        Author(work=work, position=position, **author._asdict()).save()


def _write_marked(work: Work, model: type[Any], column: str, values: Marked) -> None:
    model.objects.filter(work=work).delete()
    model.objects.bulk_create(
        model(work=work, inferred=inferred, **{column: value}) for value, inferred in values
    )


def _write_expressions(work: Work, values: dict[str, Any]) -> None:
    """A language without a title is none; the original stands as the record names it."""
    _forget_what_was_read(work)
    said = read(work) | values
    expressions = Expression.objects.filter(work=work)
    if is_moved(read(work), said):
        expressions.filter(original=True).update(language=said["original"])
    expressions.exclude(language=said["original"]).filter(original=True).update(original=False)
    for language in LANGUAGES:
        row = {name: said[f"{name}_{language}"] for name in OF_EXPRESSION}
        row["original"] = language == said["original"]
        if row["title"]:
            expressions.update_or_create(work=work, language=language, defaults=row)
        else:
            expressions.filter(language=language).delete()


def is_moved(before: dict[str, Any], said: dict[str, Any]) -> bool:
    """Is the original the same text under another language, with its files?"""
    earlier, now = before["original"], said["original"]
    is_other = bool(earlier) and earlier != now
    return is_other and not said[f"title_{earlier}"] and not before[f"title_{now}"]


def _forget_what_was_read(work: Work) -> None:
    vars(work).pop("_prefetched_objects_cache", None)


def stamp(record: dict[str, Any]) -> str:
    """Letters that change when the record says something else."""
    said = json.dumps({name: told(record[name]) for name in FIELDS}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def told(value: Any) -> Any:
    """A value as the trail keeps it: rows by their keys, texts cut."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple):
        return [told(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)[:CUT]


def stated(values: Iterable[str], earlier: Marked = ()) -> Marked:
    """Values that somebody chose; those that were inferred before stay so."""
    inferred = dict(earlier)
    return tuple(sorted((value, inferred.get(value, False)) for value in values))
