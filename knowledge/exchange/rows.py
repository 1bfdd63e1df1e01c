"""Works as the open interface gives them: codes where the portal has codes, texts by language."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from knowledge.choices import Translated
from knowledge.models import Author, Expression, Work
from pip_network.web.signed_in import Reader

from .csl import address_of
from .notations import NOTATIONS

PARTS = ("expressions__files__stored", "authors", "countries", "themes", "typologies")


def listed_works(reader: Reader, language: str = "") -> QuerySet[Work]:
    """What `reader` may see, by code; with `language`, what can be read in it."""
    rows = Work.objects.visible_to(reader).order_by("code").prefetch_related(*PARTS)
    if not language:
        return rows
    read = Expression.objects.filter(language=language).exclude(translation_status=Translated.TITLE)
    return rows.filter(pk__in=read.values("work"))


def work_row(work: Work) -> dict[str, Any]:
    """What the record does not know is empty or null."""
    expressions = work.expressions.all()
    return {
        "code": work.code,
        "type": work.type,
        "year": work.year,
        "languages": sorted(one.language for one in expressions if one.is_read),
        "original_language": next((one.language for one in expressions if one.original), ""),
        "titles": {one.language: one.title for one in expressions},
        "abstracts": {one.language: one.abstract for one in expressions if one.abstract},
        "authors": [author_row(author) for author in work.authors.all()],
        "publisher": work.publisher,
        "doi": work.doi,
        "licence": work.licence,
        "themes": sorted(one.theme for one in work.themes.all()),
        "typologies": sorted(one.typology for one in work.typologies.all()),
        "countries": sorted(one.iso2 for one in work.countries.all()),
        "extent": work.extent,
        "access": work.access,
        "files": [row for row in map(file_row, expressions) if row],
        "links": {"page": address_of(work)}
        | {name: address("work-cite", work.code, name) for name in NOTATIONS},
        "origin": work.origin,
    }


def author_row(author: Author) -> dict[str, str]:
    """A person by family and given name, or a body by its whole name."""
    if author.literal:
        return {"role": author.role, "literal": author.literal}
    return {"role": author.role, "family": author.family, "given": author.given}


def file_row(expression: Expression) -> dict[str, Any] | None:
    """The newest version in one language; size in bytes."""
    file = expression.file
    if file is None:
        return None
    return {
        "language": expression.language,
        "version": file.version,
        "format": file.stored.kind,
        "size": file.stored.size,
        "pages": file.pages,
        "url": address("work-file", expression.work_id, expression.language),
    }


def address(name: str, *arguments: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"
