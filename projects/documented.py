"""Real projects that public sources document, with what the sources say and no more: a committed
file, not the registry.

No list of the nineteen was found. Each row says whether a source states that it is one of them, and
has no figures of the portal beside it.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

FILE = Path(__file__).parent / "data" / "documented_projects.csv"


class Stated(models.TextChoices):
    """Is it stated to be one of the productive integration projects?"""

    STATED = "stated", _("Stated")
    LIKELY = "likely", _("Likely")
    NOT_STATED = "not_stated", _("Not stated")


MARKS = {Stated.STATED: "or-pub", Stated.LIKELY: "or-rec", Stated.NOT_STATED: "or-none"}


class Source(NamedTuple):
    number: str  # in the list of sources of the programme's research
    url: str


class Documented(NamedTuple):
    key: str
    countries: tuple[str, ...]
    place: str
    name: str  # as the source names it, never translated
    name_lang: str
    executor: str
    number: str
    stated: Stated
    texts: dict[str, str]
    sources: tuple[Source, ...]

    @property
    def executor_note(self) -> str:
        return self._text("executor_note")

    @property
    def facts(self) -> str:
        return self._text("facts")

    @property
    def why(self) -> str:
        """Why it counts as stated, likely or not stated."""
        return self._text("stated")

    @property
    def css(self) -> str:
        return MARKS[self.stated]

    @property
    def country_names(self) -> list[tuple[str, str]]:
        return [(iso2, str(countries.name(iso2))) for iso2 in self.countries]

    def _text(self, name: str) -> str:
        language = (get_language() or "es")[:2]
        return self.texts.get(f"{name}_{language}") or self.texts[f"{name}_es"]


@cache
def documented() -> tuple[Documented, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def in_country(iso2: str) -> list[Documented]:
    return [row for row in documented() if iso2 in row.countries]


def of_institution(names: Iterable[str]) -> list[Documented]:
    """Projects whose executor is called exactly as one of `names`."""
    executors = {name for name in names if name}
    return [row for row in documented() if row.executor in executors]


def _row(row: dict[str, str]) -> Documented:
    pairs = (part.partition(" ") for part in row["sources"].split("|"))
    texts = {key: text for key, text in row.items() if key[-3:] in ("_es", "_pt", "_en")}
    return Documented(
        row["key"],
        tuple(filter(None, row["countries"].split("|"))),
        row["place"],
        row["name"],
        row["name_lang"],
        row["executor"],
        row["number"],
        Stated(row["stated"]),
        texts,
        tuple(Source(number, url.strip()) for number, _space, url in pairs),
    )
