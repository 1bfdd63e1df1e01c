"""The report as PDF: tagged, numbered, equal bytes for equal content.

Typst reads the blocks as JSON data.
"""

import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from monitoring.reports import blocks
from monitoring.reports.blocks import Document, Run
from monitoring.reports.printable import breakable, everywhere, printable

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
FIXED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
NOT_SHOWN = ("link", "file", "kind", "tone", "language")
STANDARD: Literal["ua-1"] = "ua-1"


def render(document: Document, address: str) -> bytes:
    """The PDF of a document. `address`: of the portal, before `/figures/<id>/`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes((HERE / "report.typ").read_bytes())
        for number, chart in enumerate(document.charts()):
            (folder / f"chart-{number}.svg").write_text(chart.wide_svg, encoding="utf-8")
        data = everywhere(on_paper, as_data(document, address), besides=NOT_SHOWN)
        (folder / "report.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return typeset(folder / "report.typ")


def typeset(main: Path) -> bytes:
    """The PDF of a text that stands in a folder with all that it reads: always the same bytes."""
    import typst  # noqa: PLC0415 -- a whole typesetter: only where a PDF is written

    return typst.compile(
        str(main),
        root=str(main.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        timestamp=int(FIXED.timestamp()),
    )


def on_paper(words: str) -> str:
    """With a glyph for every letter, and places to break in every long word."""
    return breakable(printable(words))


def as_data(document: Document, address: str) -> dict[str, Any]:
    """All that the template of the PDF reads."""
    writer = PdfWriter(address)
    title = document.title
    demo = _("No figure of this report corresponds to a real project.") if document.demo else ""
    number = _("Record at approval no. {number}").format(number=document.as_of)
    return {
        "title": title,
        "title-short": title if len(title) <= 80 else title[:77] + "...",
        "language": document.language,
        "mark": _("Internal use") if document.staff else "",
        "footer": f"{number} · {document.record_hash[:16]}",
        "facts": list(document.facts),
        "demo": demo,
        "demo-title": _("Demonstration data"),
        "sections": [writer.section(section) for section in document.sections],
        "colophon": [list(item) for item in document.colophon],
        "words": {
            "contents": _("Contents"),
            "colophon": _("Specification and approval"),
            "colophon-text": _(
                "Rebuilt from the same specification and the same approval, this report gives the "
                "same bytes."
            ),
            "brand": _("PIP Network · MIF, IDB Group"),
            "author": _("PIP Network"),
            "description": number,
        },
    }


class PdfWriter:
    """Blocks as the template reads them; charts are numbered as their files."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.charts = 0

    def link(self, figure: str) -> str:
        return f"{self.address}/figures/{figure}/" if figure and self.address else ""

    def section(self, section: blocks.BuiltSection) -> dict[str, Any]:
        return {
            "heading": f"{section.number}. {section.title}",
            "break-before": section.number > 1,
            "lead": [self.block(block) for block in section.lead],
            "blocks": [self.block(block) for block in section.blocks],
        }

    def block(self, block: blocks.Block) -> dict[str, Any]:
        content = getattr(self, block.kind)(block)
        return {"kind": block.kind, **content}

    def run(self, run: Run) -> dict[str, Any]:
        return {"text": run.text, "link": self.link(run.figure), "strong": run.strong}

    def paragraph(self, block: blocks.Paragraph) -> dict[str, Any]:
        return {"runs": [self.run(run) for run in block.runs]}

    def table(self, block: blocks.Table) -> dict[str, Any]:
        return {
            "number": block.number,
            "title": block.title,
            "widths": [_width(block, at) for at in range(len(block.columns))],
            "columns": [
                {"label": column.label, "numeric": column.numeric} for column in block.columns
            ],
            "rows": [
                {
                    "total": row.total,
                    "cells": [
                        {
                            "text": cell.text,
                            "small": cell.small,
                            "kind": cell.kind,
                            "link": self.link(cell.figure),
                        }
                        for cell in row.cells
                    ],
                }
                for row in block.rows
            ],
            "notes": list(block.notes),
        }

    def chart(self, block: blocks.Chart) -> dict[str, Any]:
        number = self.charts
        self.charts += 1
        return {
            "number": block.number,
            "title": block.title,
            "subtitle": block.subtitle,
            "label": block.label,
            "file": f"chart-{number}.svg",
            "source": [self.run(run) for run in block.source],
        }

    def flow(self, block: blocks.Flow) -> dict[str, Any]:
        return {
            "number": block.number,
            "title": block.title,
            "subtitle": block.subtitle,
            "source": [self.run(run) for run in block.source],
            "steps": [
                {
                    "shown": step.shown,
                    "label": step.label,
                    "loss": step.loss,
                    "share": step.count / (step.of or 1),
                    "start-share": step.start / (step.of or 1) if step.loss else 0,
                }
                for step in block.steps
            ],
        }

    def callout(self, block: blocks.Callout) -> dict[str, Any]:
        return {"tone": block.tone, "title": block.title, "text": block.text}

    def facts(self, block: blocks.Facts) -> dict[str, Any]:
        return {"items": [list(item) for item in block.items]}

    def heading(self, block: blocks.Heading) -> dict[str, Any]:
        return {"text": block.text}

    def quote(self, block: blocks.Quote) -> dict[str, Any]:
        return {"heading": block.heading, "text": block.text, "language": block.language}


def _width(table: blocks.Table, at: int) -> float:
    """Share of the line for a column: what its longest words need; a reason may wrap, a number may
    not.
    """
    cells = [row.cells[at] for row in table.rows]
    least = 7 if not table.columns[at].numeric else 6
    most = 26 if at == 0 else 34
    needed = [_needs(cell) for cell in cells]
    if any(cell.kind == "none" for cell in cells):
        least = 11  # a reason reads badly in a column of single words
    word = max((len(word) for word in table.columns[at].label.split()), default=4)
    return round(min(max(*needed, word, least) if needed else least, most), 1)


def _needs(cell: blocks.Cell) -> float:
    words = cell.text.split(" ") if cell.kind == "none" else [cell.text]
    small = (
        max((len(word) for word in cell.small.split(" ")), default=0)
        if cell.kind == "none"
        else len(cell.small) * 0.85
    )
    return max(*(len(word) for word in words), small)
