"""What the search needs of a work: read here and nowhere else."""

from typing import Any

from knowledge.models import File, Page, Work

from .facet_labels import labels_in_all_languages
from .texts import ABSTRACT, AUTHOR, PUBLISHER, SUBJECT, TITLE, Line, PageText, WorkText


def text_of(work: Work) -> WorkText:
    facts = facts_of(work)
    return WorkText(
        code=work.code,
        lines=(*lines_of(work), *subjects_of(facts)),
        pages=pages_of(work),
        facts=facts,
        audience=frozenset(work.audience.order_by().values_list("key", flat=True)),
    )


def facts_of(work: Work) -> dict[str, Any]:
    """What the list is narrowed, counted and sorted by; the names of its facets are their keys."""
    expressions = work.expressions.all()
    return {
        "language": sorted(one.language for one in expressions if one.is_read),
        "type": [work.type],
        "theme": sorted(one.theme for one in work.themes.all()),
        "country": sorted(
            [one.iso2 for one in work.countries.all()] + [work.extent] * bool(work.extent)
        ),
        "typology": sorted(one.typology for one in work.typologies.all()),
        "year": work.year,
        "product": work.product,
        "titles": {one.language: one.folded for one in expressions},
        "original": next((one.language for one in expressions if one.original), ""),
    }


def lines_of(work: Work) -> tuple[Line, ...]:
    expressions = work.expressions.all()
    return (
        *(Line(TITLE, one.title, one.language) for one in expressions),
        *(Line(ABSTRACT, one.abstract, one.language) for one in expressions if one.abstract),
        *(Line(AUTHOR, name_of(one)) for one in work.authors.all()),
        *(Line(PUBLISHER, text) for text in (work.publisher, work.doi) if text),
        *(
            Line(SUBJECT, text)
            for text in (work.code, work.type_text, work.year_text, str(work.year or ""))
            if text
        ),
    )


def name_of(author: Any) -> str:
    """As it is read aloud: the given name first."""
    return author.literal or f"{author.given} {author.family}".strip()


def subjects_of(facts: dict[str, Any]) -> tuple[Line, ...]:
    """The words of its facets in the three languages: a work about `BR` answers *Brasil* and
    *Brazil*.
    """
    return tuple(
        Line(SUBJECT, label)
        for facet in ("type", "theme", "country", "typology")
        for value in facts[facet]
        for label in labels_in_all_languages(facet, value)
    )


def pages_of(work: Work) -> tuple[PageText, ...]:
    """Pages of the newest file of each expression, in order."""
    newest: dict[int, int] = {}
    for file in File.objects.filter(expression__work=work).order_by("expression", "version"):
        newest[file.expression_id] = file.pk
    rows = Page.objects.filter(file__in=newest.values()).order_by("file", "number")
    found, before = [], None
    for pk, file_id, text in rows.values_list("pk", "file", "text"):
        found.append(PageText(pk, text, file_id != before))
        before = file_id
    return tuple(found)
