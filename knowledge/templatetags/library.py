from itertools import groupby

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from knowledge import labels
from knowledge.models import Work
from pip_network.web.text import fold

register = template.Library()
MARK, UNMARK = mark_safe("<mark>"), mark_safe("</mark>")  # our own tags, no reader's text


@register.filter
def type_label(work: Work) -> str:
    return labels.type_label(work)


@register.filter
def language_label(code: str) -> str:
    return labels.language_label(code)


@register.filter
def country_label(code: str) -> str:
    return labels.country_label(code)


@register.filter
def highlight(text: str, question: str) -> str:
    """`text` with the words of `question` marked, capitals and accents forgiven."""
    folded = fold(text)
    if len(folded) != len(text):
        return text
    pieces = (
        (hit, "".join(letter for _hit, letter in letters))
        for hit, letters in groupby(
            zip(hits(folded, question), text, strict=True), key=lambda pair: pair[0]
        )
    )
    return format_html_join(
        "", "{}{}{}", ((MARK if hit else "", piece, UNMARK if hit else "") for hit, piece in pieces)
    )


def hits(folded: str, question: str) -> list[bool]:
    """For each letter, whether it is of one of the words of `question`."""
    marked = [False] * len(folded)
    for word in fold(question).split():
        start = folded.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + len(word))
    return marked


@register.simple_tag(takes_context=True)
def facet_query(context: template.Context, name: str, value: str, chosen: str) -> str:
    """The present address with one facet chosen, or freed when it is chosen already."""
    values = context["request"].GET.copy()
    values.pop("page", None)
    if value == chosen:
        values.pop(name, None)
    else:
        values[name] = value
    return f"?{values.urlencode()}"
