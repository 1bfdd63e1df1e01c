"""The Manual on paper: made in the first request for it, and kept for those that follow."""

import hashlib
import json
import tempfile
import zlib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as kept
from django.utils.translation import gettext as _

from monitoring.manual.blocks import Block, Heading, Mark, Paragraph, Points, Table
from monitoring.manual.chapters import Chapter, chapters, language
from monitoring.manual.edition import Edition
from monitoring.reports.pdf import on_paper, typeset
from monitoring.reports.printable import everywhere
from pip_network.web import formats

HERE = Path(__file__).parent
KEPT_SECONDS = 30 * 24 * 3600
NOT_SHOWN = ("kind", "tone", "language", "anchor", "label")


def paper(edition: Edition) -> bytes:
    """The PDF of a version in the active language; the same version always gives the same bytes."""
    key = f"manual-{language()}-{stamp(edition)}"
    packed = kept.get(key)
    if packed is not None:
        return zlib.decompress(packed)
    made = render(edition)
    kept.set(key, zlib.compress(made), KEPT_SECONDS)
    return made


def stamp(edition: Edition) -> str:
    """Letters that change when anything of the version, of the texts or of the portal does."""
    rows = (edition.variables, edition.indicators, edition.checks, edition.published)
    values = [
        [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]
        for table in rows
        for row in table
    ]
    units = [str(row.unit) for row in edition.variables]
    units += [str(row.unit) for row in edition.indicators]
    stated = json.dumps([edition.version.number, values, units, settings.VERSION, _texts()])
    return hashlib.sha256(stated.encode()).hexdigest()[:32]


@cache
def _texts() -> str:
    """Of the files of this room, which do not change while the portal runs."""
    files = sorted(file for file in HERE.rglob("*") if file.suffix in (".md", ".py", ".typ"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def render(edition: Edition) -> bytes:
    """Set it now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "manual.typ").write_bytes((HERE / "manual.typ").read_bytes())
        data = everywhere(on_paper, as_data(edition), besides=NOT_SHOWN)
        (folder / "manual.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return typeset(folder / "manual.typ")


def as_data(edition: Edition) -> dict[str, Any]:
    """All that the template of the paper reads."""
    version = edition.version
    title = _("Manual of the common monitoring system")
    named = _("Catalogue, version %(number)s") % {"number": version.number}
    when = (
        _("Published on %(day)s") % {"day": formats.long_date(version.published_on)}
        if version.published_on
        else _("Draft: not published")
    )
    return {
        "language": language(),
        "title": title,
        "brand": _("PIP Network · MIF, IDB Group"),
        "facts": [named, when],
        "running": f"{title} · {named}",
        "mark": _("Draft") if version.is_draft else "",
        "notice-title": _("A reconstruction"),
        "notice": _(
            "The manual of the common monitoring system (2005) could be read only in part. This "
            "catalogue was rebuilt from what is known of it and from the studies of its time."
        ),
        "contents": _("Contents"),
        "chapters": [_chapter(one) for one in chapters(edition)],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    content = chapter.make()
    return {
        "title": f"{chapter.number} {content.title}",
        "depth": 2 if chapter.is_part else 1,
        "lede": content.lede,
        "blocks": [_block(block) for block in content.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    data = {"kind": block.kind, **asdict(block)}
    if isinstance(block, Heading | Paragraph | Table):
        data["mark"] = _mark(block.mark)
    if isinstance(block, Points):
        data["items"] = [_block(item) for item in block.items]
    if isinstance(block, Table):
        data["widths"] = [_width(block, at) for at in range(len(block.columns))]
    return data


def _mark(mark: Mark | None) -> str:
    return mark.words if mark else ""


def _width(table: Table, at: int) -> float:
    """Share of the line: the longest word fits, and long texts get more than short ones."""
    texts = [table.columns[at].label, *(row[at] for row in table.rows)]
    word = max((len(word) for text in texts for word in text.split()), default=4)
    if table.blank and not any(row[at] for row in table.rows):
        return 16.0
    return float(max(min(max(len(text) for text in texts), 34), min(word, 20) + 1, 5))
