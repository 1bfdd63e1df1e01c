from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge import labels
from knowledge.exchange import csl
from knowledge.models import File, Page, Work
from knowledge.search.snippets import Piece, marked
from knowledge.works import acts
from pip_network.choices import FileKind
from pip_network.folding import fold, folded_letters
from pip_network.models import Stored
from pip_network.people.access import Permission, can, can_somewhere
from pip_network.web import formats

register = template.Library()
for words in (
    labels.language_label,
    labels.language_inside,
    labels.languages_label,
    labels.country_label,
    labels.places_label,
):
    register.filter(words)
MARK, UNMARK = mark_safe("<mark>"), mark_safe("</mark>")  # our own tags, no reader's text


@register.filter
def type_label(work: Work) -> str:
    return labels.type_label(work.type)


@register.filter
def byline(work: Work) -> str:
    return labels.byline(work)


@register.filter
def plain(text: str) -> str:
    """In one line of a letter."""
    return csl.plain(text)


@register.filter
def authors_label(work: Work) -> str:
    return labels.authors_label(work.authors.all())


@register.filter
def is_asked(work: Work) -> bool:
    return acts.is_asked(work)


@register.filter
def file_label(file: Stored) -> str:
    """Its format and its size: `PDF document, 25 kB`."""
    return f"{file.get_kind_display()}, {file_size(file.size)}"


def file_size(size: int) -> str:
    """In kilobytes or megabytes, as files are told everywhere; no line ends before the unit."""
    if size < 1_000_000:
        return f"{formats.number(max(1, round(size / 1000)))}\N{NO-BREAK SPACE}kB"
    return f"{formats.number(size / 1_000_000, 1)}\N{NO-BREAK SPACE}MB"


@register.filter
def pages_label(file: File) -> str:
    """How many it has of what it is made of: `12 slides`."""
    kind, count = file.stored.kind, file.pages or 0
    if kind in (FileKind.PPTX, FileKind.ODP):
        said = ngettext("%(shown)s slide", "%(shown)s slides", count)
    elif kind in (FileKind.XLSX, FileKind.ODS):
        said = ngettext("%(shown)s sheet", "%(shown)s sheets", count)
    elif kind in (FileKind.PDF, FileKind.PNG, FileKind.JPEG):
        said = ngettext("%(shown)s page", "%(shown)s pages", count)
    else:  # where a page ends depends on the program that shows it
        said = ngettext("%(shown)s part", "%(shown)s parts", count)
    return said % {"shown": formats.number(count)}


@register.filter
def page_label(page: Page) -> str:
    """`Page 14`, or what it is besides: a slide, a sheet, a part."""
    words = {
        "slide": _("Slide %(number)s"),
        "sheet": _("Sheet %(number)s"),
        "part": _("Part %(number)s"),
    }
    return words.get(page.label, _("Page %(number)s")) % {"number": page.number}


@register.filter
def marks(pieces: Iterable[Piece]) -> str:
    """Pieces of a text, those that were asked marked."""
    return format_html_join(
        "", "{}{}{}", ((MARK if hit else "", text, UNMARK if hit else "") for text, hit in pieces)
    )


@register.filter
def words_marked(text: str, question: Any) -> str:
    """`text` with what the question asked marked: whole words in any form; where there are none, its
    letters.
    """
    pieces = marked(text, question.marking)
    if any(piece.marked for piece in pieces):
        return marks(pieces)
    return highlight(text, " ".join(question.words))


@register.filter
def highlight(text: str, question: str) -> str:
    """`text` with the words of `question` marked, capitals and accents forgiven."""
    pieces = (
        (hit, "".join(letter for _hit, letter in letters))
        for hit, letters in groupby(
            zip(hits(text, question), text, strict=True), key=lambda pair: pair[0]
        )
    )
    return format_html_join(
        "", "{}{}{}", ((MARK if hit else "", piece, UNMARK if hit else "") for hit, piece in pieces)
    )


def hits(text: str, question: str) -> list[bool]:
    """For each letter, whether it is of one of the words of `question`."""
    letters = folded_letters(text)
    places = [place for place, folded in enumerate(letters) for _letter in folded]
    folded, marked = "".join(letters), [False] * len(text)
    for word in fold(question).split():
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            first, last = places[start], places[end - 1]
            marked[first : last + 1] = [True] * (last + 1 - first)
            start = folded.find(word, end)
    return marked


@register.inclusion_tag("knowledge/_doors.html", takes_context=True)
def library_doors(context: template.Context) -> dict[str, bool]:
    """For members: propose a work, see what became of one's own, keep the library."""
    user = context["request"].user
    return {
        "proposes": can_somewhere(user, Permission.PROPOSE_WORK),
        "keeps": can(user, Permission.CURATE_LIBRARY),
    }
