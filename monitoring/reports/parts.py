"""A kept article, taken apart at its sections, so that the page can show beside each of them what
rooms above know of its themes. The files of the report hold nothing of that.
"""

from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from monitoring.models import Report

from .sections import BY_KEY

BEGINS = '<section class="rep-section" '


class Part(NamedTuple):
    """One section of an article: its markup, and the themes of the catalogue that it is about."""

    report: Report
    html: SafeString
    themes: tuple[str, ...] = ()


def parts_of(report: Report, article: str) -> list[Part]:
    """In the order in which they are read; the last one, about the report itself, has no theme."""
    before, *sections = article.split(BEGINS)
    keys = [*report.specification["sections"], *[""] * len(sections)]
    found = [Part(report, _markup(before))] if before.strip() else []
    for key, html in zip(keys, sections, strict=False):
        themes = BY_KEY[key].themes if key in BY_KEY else ()
        found.append(Part(report, _markup(BEGINS + html), themes))
    return found


def _markup(html: str) -> SafeString:
    return mark_safe(html)  # made by our own templates, which escape; a reader's `<` is none
