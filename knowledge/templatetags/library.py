from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from knowledge import labels
from pip_network.web.text import fold

register = template.Library()
MARK, UNMARK = mark_safe("<mark>"), mark_safe("</mark>")  # our own tags, no reader's text


@register.filter
def type_label(work):
    return labels.type_label(work)


@register.filter
def language_label(code):
    return labels.language_label(code)


@register.filter
def country_label(code):
    return labels.country_label(code)


@register.filter
def highlight(text, asked):
    """`text` with the words of `asked` marked, capitals and accents forgiven."""
    folded = fold(text)
    if len(folded) != len(text):
        return text
    hits = [False] * len(text)
    for word in fold(asked).split():
        start = folded.find(word)
        while start >= 0:
            hits[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + len(word))
    pieces: list[tuple[bool, str]] = []
    for hit, letter in zip(hits, text, strict=True):
        if pieces and pieces[-1][0] == hit:
            pieces[-1] = (hit, pieces[-1][1] + letter)
        else:
            pieces.append((hit, letter))
    return format_html_join(
        "", "{}{}{}", ((MARK if hit else "", piece, UNMARK if hit else "") for hit, piece in pieces)
    )


@register.simple_tag(takes_context=True)
def facet_query(context, name, value, chosen):
    """The present address with one facet chosen, or freed when it is chosen already."""
    values = context["request"].GET.copy()
    values.pop("page", None)
    if value == chosen:
        values.pop(name, None)
    else:
        values[name] = value
    return f"?{values.urlencode()}"
