"""Pages on paper: one PDF for each receiver, tagged for who reads by ear, to send; and one of all of
them, to print at once.

One compiler sets them all, so that the fonts are read once; bars are drawn by the typesetter itself. To
set them a second time as one file takes as long again, to join the files a twentieth of it.
"""

import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from monitoring.reports.pdf import FIXED, FONTS, STANDARD, on_paper
from monitoring.reports.printable import everywhere

from .book import Cover
from .pages import Page

TEMPLATE = Path(__file__).parent / "page.typ"
DATA = "page.json"


def singles(cover: Cover, pages: Sequence[Page]) -> Iterator[bytes]:
    """One file for each, in order."""
    import typst  # noqa: PLC0415 -- a whole typesetter: only where a PDF is written

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.typ").write_bytes(TEMPLATE.read_bytes())
        compiler: Any = None
        for page in pages:
            text = json.dumps(as_data(cover, page), ensure_ascii=False)
            (folder / DATA).write_text(text, encoding="utf-8")
            compiler = compiler or typst.Compiler(
                str(folder / "page.typ"),
                root=name,
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
            )
            yield compiler.compile(pdf_standards=[STANDARD], timestamp=int(FIXED.timestamp()))


def together(files: Sequence[bytes]) -> bytes:
    """All of them in one file, for the printer: the pages as they were set, without tags."""
    import pypdfium2  # noqa: PLC0415 -- only where files are joined

    whole, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for content in files:
        whole.import_pages(pypdfium2.PdfDocument(content))
    whole.save(out)
    return out.getvalue()


def as_data(cover: Cover, page: Page) -> dict[str, Any]:
    """All that the template reads, with a glyph for every letter."""
    data = {
        "cover": asdict(cover),
        "page": asdict(page),
        "words": {
            "brand": _("PIP Network · MIF, IDB Group"),
            "title": page.name,
            "network-mark": _("Use: of the network and its firms"),
            "start": _("baseline"),
        },
    }
    return everywhere(kept_on_paper, data, besides=("language", "code"))


@lru_cache(maxsize=4096)
def kept_on_paper(words: str) -> str:
    """Most words of a page are those of every page."""
    return on_paper(words)
