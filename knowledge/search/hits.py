"""The works of a page of results, with what of them answers the question."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import Expression, IndexRow, Page, Work
from pip_network.web.formats import number
from pip_network.web.signed_in import Reader

from .answers import Answer, Found
from .facet_labels import FACETS, label, label_keys
from .marking import Marking
from .snippets import BestPage, Piece, best_places, marked, marking_of, snippet

SAID_OF = ("theme", "country", "typology", "type")


@dataclass
class Hit:
    """One work. `page` names the page that the snippet is from, `number` finds it; `language` is the
    snippet's.
    """

    work: Work
    title: list[Piece]
    snippet: list[Piece] = field(default_factory=list)
    page: str = ""
    number: int = 0
    language: str = ""
    reasons: list[str] = field(default_factory=list)


def hits_of(reader: Reader, answer: Answer, found: Found) -> list[Hit]:
    """In order. What the index has and `reader` may not see (any more) is left out."""
    rows = Work.objects.visible_to(reader).with_parts().filter(code__in=found.codes)
    works = {work.code: work for work in rows}
    shown = [works[code] for code in found.codes if code in works]
    marking = marking_of(answer.shelf, answer.question, answer.concepts)
    if not marking:
        return [Hit(work, [Piece(work.title, False)]) for work in shown]
    numbers = {found.rows[work.code]: work.code for work in shown}
    places = best_places(answer.shelf, answer.question, list(numbers), answer.concepts)
    pages = pages_at(places)
    return [
        hit_of(work, marking, answer, places.get(row), pages.get(row))
        for row, work in ((found.rows[work.code], work) for work in shown)
    ]


def lines_of(text: str, answer: Answer) -> list[list[Piece]]:
    """All of `text`, the words that the answer looked for marked: other forms and terms too."""
    marking = marking_of(answer.shelf, answer.question, answer.concepts)
    return [marked(line, marking) for line in text.splitlines()]


class FoundPage(NamedTuple):
    """What is shown of a page, with the work and the language of its file."""

    key: int
    number: int
    label: str
    text: str
    language: str
    work: str


def pages_at(places: dict[int, BestPage]) -> dict[int, FoundPage]:
    """The pages of these places."""
    asked = {row: place.ordinal for row, place in places.items() if place.ordinal}
    lists = dict(IndexRow.objects.filter(pk__in=asked).values_list("pk", "pages"))
    keys = {row: lists[row][ordinal - 1] for row, ordinal in asked.items() if row in lists}
    columns = ("number", "label", "text", "file__expression__language", "file__expression__work")
    rows = Page.objects.filter(pk__in=keys.values()).values_list("pk", *columns)
    pages = {row[0]: FoundPage(*row) for row in rows}
    return {row: pages[key] for row, key in keys.items() if key in pages}


def hit_of(
    work: Work, marking: Marking, answer: Answer, place: BestPage | None, page: FoundPage | None
) -> Hit:
    hit = Hit(work, marked(work.title, marking))
    if page is not None and page.work == work.pk:
        hit.snippet, hit.page = snippet(page.text, marking), page_name(page)
        hit.language, hit.number = page.language, page.number
    told = abstract_with(work, marking)
    if told and not hit.snippet:
        hit.snippet, hit.page, hit.language = snippet(told.abstract, marking), "", told.language
        hit.number = 0
    facts = answer.shelf.facts[answer.shelf.places[work.code]]
    hit.reasons = [
        *reasons(work, marking, facts, told),
        *([of_pages(hit.page, place)] if hit.page and place else []),
    ]
    return hit


def abstract_with(work: Work, marking: Marking) -> Expression | None:
    """The abstract that has some of the words: in the language that is shown, else in another."""
    shown = work.shown
    expressions = sorted(work.expressions.all(), key=lambda one: one is not shown)
    return next((one for one in expressions if marking.in_text(one.abstract)), None)


def reasons(work: Work, marking: Marking, facts: dict, told: Expression | None) -> Iterator[str]:
    """Where in its record the words stand."""
    if any(marking.in_text(one.title) for one in work.expressions.all()):
        yield _("in the title")
    if any(marking.in_text(str(author)) for author in work.authors.all()):
        yield _("among the authors")
    if marking.in_text(work.publisher):
        yield _("in the publisher")
    if told:
        yield _("in the abstract")
    for facet in SAID_OF:
        for value in facts.get(facet) or ():
            if marking.among(label_keys(facet, value)):
                yield f"{FACETS[facet]}: {label(facet, value)}"


def of_pages(name: str, place: BestPage) -> str:
    """`p. 14 and 3 more`."""
    if not place.others:
        return name
    more = ngettext("%(page)s and %(count)s more", "%(page)s and %(count)s more", place.others)
    return more % {"page": name, "count": number(place.others)}


def page_name(page: FoundPage) -> str:
    """A page by its number; what is no page says so."""
    names = {
        "part": _("part %(number)s"),
        "slide": _("slide %(number)s"),
        "sheet": _("sheet %(number)s"),
    }
    return names.get(page.label, _("p. %(number)s")) % {"number": page.number}
