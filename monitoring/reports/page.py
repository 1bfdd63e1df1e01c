"""The report as HTML: the article that the page shows, and the same article as a file that stands
alone.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from .blocks import Document
from .printable import clean

SHEETS = ("css/bootstrap.subset.css", "css/tokens.css", "css/site.css", "css/reports.css")


def article(document: Document, address: str = "") -> str:
    """All sections. `address` stands before `/figures/<id>/`: empty on our own pages."""
    context = {"document": document, "address": address}
    return clean(render_to_string("monitoring/reports/article.html", context))


def file(document: Document, address: str) -> str:
    """One file with its style inside; nothing is fetched from anywhere."""
    context = {"document": document, "article": article(document, address), "styles": styles()}
    return clean(render_to_string("monitoring/reports/file.html", context))


def styles() -> str:
    """The portal's own sheets, without the fonts that a single file cannot bring along."""
    text = "\n".join(_sheet(name) for name in SHEETS)
    while "@font-face" in text:
        start = text.index("@font-face")
        text = text[:start] + text[text.index("}", start) + 1 :]
    return text


def _sheet(name: str) -> str:
    path = finders.find(name) or str(Path(settings.STATIC_ROOT) / name)
    return Path(path).read_text(encoding="utf-8")
