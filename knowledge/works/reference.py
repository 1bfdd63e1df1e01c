"""The first records of the library: 77 real documents, each with its source.

Three files, so that each can be read and corrected: `works.csv` (one line a work), `texts.csv`
(titles and descriptions by language), `provenance.csv`.
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from knowledge.choices import State
from knowledge.models import Work
from pip_network.models import AuditEvent
from workshops.models import Workshop

from . import authors, records
from .placing import place

DATA = settings.BASE_DIR / "knowledge" / "data"


def load_works(*, at: dt.datetime, data: Path = DATA) -> int:
    """Add the works that are missing, and write anew those of an earlier portal that nobody has
    corrected; says how many.
    """
    present = set(Work.objects.values_list("code", flat=True))
    earlier = as_an_earlier_portal_left_them()
    written = 0
    for code, values in rows_of(data):
        if code not in present:
            add(code, values, at=at)
        elif code in earlier:
            records.write(earlier[code], values)
            place(earlier[code], at=at)
        else:
            continue
        written += 1
    return written


def as_an_earlier_portal_left_them() -> dict[str, Work]:
    """By code. It had one text of where a record comes from, in English; ours have three."""
    works = Work.objects.filter(provenance_es="", proposed_by=None).in_bulk()
    told = AuditEvent.objects.filter(object__in=[f"work:{code}" for code in works])
    corrected = set(told.values_list("object", flat=True))
    return {code: work for code, work in works.items() if f"work:{code}" not in corrected}


def add(code: str, values: dict[str, Any], *, at: dt.datetime) -> Work:
    """Store a work that is published from the start."""
    work = Work(code=code, state=State.PUBLISHED, published_at=at)
    records.write(work, values)
    place(work, at=at)
    return work


def rows_of(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Codes and records, in the order of `works.csv`."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _read(data / "texts.csv"):
        for name in records.OF_EXPRESSION:
            texts[row["code"]][f"{name}_{row['language']}"] = row[name]
    provenance = {row["code"]: row for row in _read(data / "provenance.csv")}
    workshops = {workshop.year: workshop for workshop in Workshop.objects.all()}
    for row in _read(data / "works.csv"):
        code = row["code"]
        said = provenance.get(code, {})
        yield (
            code,
            {
                **{name: row[name] for name in PLAIN_TEXT},
                "year": int(row["year"]) if row["year"] else None,
                "product": int(row["product"]) if row["product"] else None,
                "workshop": workshops.get(int(row["workshop"])) if row["workshop"] else None,
                "authors": authors.read(row["authors"]),
                "countries": tuple(row["countries"].split()),
                "themes": marked(row["themes"]),
                "typologies": marked(row["typologies"]),
                **{f"provenance_{lang}": said.get(lang, "") for lang in records.LANGUAGES},
                **texts[code],
            },
        )


PLAIN_TEXT = (
    "original",
    "type",
    "type_text",
    "year_text",
    "publisher",
    "extent",
    "source_url",
    "origin",
)


def marked(text: str) -> records.Marked:
    """Values such as `markets credit?`: what was read from the title alone has a question mark."""
    return tuple((value.rstrip("?"), value.endswith("?")) for value in text.split())


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
