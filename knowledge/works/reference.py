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
from workshops.models import Workshop

from . import authors, records
from .placing import place

DATA = settings.BASE_DIR / "knowledge" / "data"


def load_works(*, at: dt.datetime, data: Path = DATA) -> int:
    """Add the works that are missing; says how many."""
    wanted = list(rows_of(data))
    present = set(Work.objects.values_list("code", flat=True))
    missing = [(code, values) for code, values in wanted if code not in present]
    for code, values in missing:
        add(code, values, at=at)
    return len(missing)


def add(code: str, values: dict[str, Any], *, at: dt.datetime) -> Work:
    """Store a work that is published from the start."""
    plain = {name: values[name] for name in records.PLAIN if name in values}
    work = Work(code=code, state=State.PUBLISHED, published_at=at, **plain)
    work.save(force_insert=True)
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
