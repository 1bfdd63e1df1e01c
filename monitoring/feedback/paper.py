"""Pages on paper: one PDF for each receiver, tagged for who reads by ear, to send; and one of all of
them, to print at once.

One compiler sets them all, so that the fonts are read once. Bars are drawn by the typesetter itself.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from monitoring.reports.pdf import FIXED, FONTS, STANDARD, on_paper
from monitoring.reports.printable import everywhere

from .book import Cover
from .pages import Page

TEMPLATE = Path(__file__).parent / "page.typ"
DATA = "pages.json"


def book(cover: Cover, pages: Sequence[Page]) -> bytes:
    """All of them in one file, without tags: it is for the printer."""
    with tempfile.TemporaryDirectory() as name:
        return next(_set(Path(name), cover, [list(pages)], tagged=False))


def singles(cover: Cover, pages: Sequence[Page]) -> Iterator[bytes]:
    """One file for each, in order."""
    with tempfile.TemporaryDirectory() as name:
        yield from _set(Path(name), cover, [[page] for page in pages], tagged=True)


def _set(
    folder: Path, cover: Cover, files: Sequence[list[Page]], *, tagged: bool
) -> Iterator[bytes]:
    import typst  # noqa: PLC0415 -- a whole typesetter: only where a PDF is written

    (folder / "page.typ").write_bytes(TEMPLATE.read_bytes())
    compiler: Any = None
    for pages in files:
        text = json.dumps(as_data(cover, pages), ensure_ascii=False)
        (folder / DATA).write_text(text, encoding="utf-8")
        compiler = compiler or typst.Compiler(
            str(folder / "page.typ"),
            root=str(folder),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
        )
        yield compiler.compile(
            pdf_standards=[STANDARD] if tagged else [], timestamp=int(FIXED.timestamp())
        )


def as_data(cover: Cover, pages: Sequence[Page]) -> dict[str, Any]:
    """All that the template reads, with a glyph for every letter."""
    data = {
        "cover": asdict(cover),
        "pages": [asdict(page) for page in pages],
        "words": {
            "brand": _("PIP Network · MIF, IDB Group"),
            "title": pages[0].name if len(pages) == 1 else cover.project,
            "network-mark": _("Use: of the network and its firms"),
            "start": _("baseline"),
        },
    }
    return everywhere(on_paper, data, besides=("language", "code"))
