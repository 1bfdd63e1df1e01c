"""Documents as PDF, by the typesetter that writes the portal's reports."""

import json
import tempfile
from pathlib import Path
from typing import Any

from .reading import HERE, Document

FONTS = HERE.parent.parent / "monitoring" / "reports" / "fonts"
FIXED = 946_684_800  # 2000-01-01: the same text gives the same file
DOTS = 72  # of a scanned page, by inch


def pdf(document: Document) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        return _compiled(Path(name), document, "pdf")


def scan(document: Document) -> bytes:
    """The pages as pictures: a PDF without text."""
    import typst  # noqa: PLC0415 -- a whole typesetter

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = _compiled(folder, document, "png")
        pictures = pictures if isinstance(pictures, list) else [pictures]
        lines = ['#set page(paper: "a5", margin: 0mm)']
        for number, picture in enumerate(pictures):
            (folder / f"page-{number}.png").write_bytes(picture)
            lines.append(f'#image("page-{number}.png", width: 100%)')
        (folder / "scan.typ").write_text("\n".join(lines), encoding="utf-8")
        return typst.compile(str(folder / "scan.typ"), root=name, timestamp=FIXED)


def _compiled(folder: Path, document: Document, kind: Any) -> Any:
    """A PDF, or pictures of its pages: one, or a list of them."""
    import typst  # noqa: PLC0415 -- a whole typesetter

    data = {
        "title": document.title,
        "language": document.language,
        "pages": [page._asdict() for page in document.pages()],
    }
    (folder / "document.json").write_text(json.dumps(data), encoding="utf-8")
    (folder / "page.typ").write_bytes((HERE / "page.typ").read_bytes())
    return typst.compile(
        str(folder / "page.typ"),
        root=str(folder),
        format=kind,
        ppi=DOTS if kind == "png" else None,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        timestamp=FIXED,
    )
