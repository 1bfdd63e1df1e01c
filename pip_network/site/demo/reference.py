"""What every portal starts with, in production too: countries, institutions, workshops, works, the
catalogue.

Loading adds what is missing and changes nothing that is there: the administration may have
corrected it.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from knowledge.search.thesaurus import load_thesaurus
from knowledge.works.reference import load_works
from monitoring.catalogue import loading
from monitoring.models import CatalogueVersion
from monitoring.record import catalogues
from pip_network import audit
from pip_network.choices import Origin
from pip_network.models import Institution
from pip_network.people.places import iso2_of
from pip_network.people.processes import LOAD_REFERENCE
from projects.models import Country, ProjectFamily
from workshops.models import Workshop

PRESENTATION = "C. Cortellese (FOMIN), «La experiencia de la red de proyectos PIP»"
FAMILIES = (
    {
        "code": "pip",
        "name_es": "Proyectos de Integración Productiva",
        "name_en": "Productive Integration Projects",
        "name_pt": "Projetos de Integração Produtiva",
    },
    {
        "code": "competitividad-local",
        "name_es": "Competitividad local",
        "name_en": "Local competitiveness",
        "name_pt": "Competitividade local",
    },
)
LANGUAGES = ("es", "en", "pt")
Row = TypeVar("Row", bound=Model)


@transaction.atomic
def load_reference(*, at: dt.datetime) -> dict[str, int]:
    """Add what is missing and tell how many rows of each kind were added."""
    added = {
        "families": _add(ProjectFamily, "code", (ProjectFamily(**family) for family in FAMILIES)),
        "countries": _add(Country, "iso2", _countries()),
        "institutions": _add(Institution, "slug", _institutions()),
        "workshops": _add(Workshop, "slug", _workshops()),
        "works": load_works(at=at),
        "concepts": load_thesaurus(),
        "catalogue versions": 0,
    }
    if not CatalogueVersion.objects.filter(number=1).exists():
        loading.load_version(number=1, folder=_app("monitoring") / "data", by=LOAD_REFERENCE, at=at)
        reason = "Versión 1 del catálogo, de sus archivos."
        catalogues.state(reason, approver=LOAD_REFERENCE, at=at)
        added["catalogue versions"] = 1
    if any(added.values()):
        audit.record(verb="reference.loaded", on="reference", by=LOAD_REFERENCE, at=at, **added)
    return added


def _add(model: type[Row], key: str, rows: Iterator[Row]) -> int:
    """Add those whose `key` no row has yet; says how many."""
    wanted, manager = list(rows), model._default_manager
    keys = [getattr(row, key) for row in wanted]
    present = set(manager.filter(**{f"{key}__in": keys}).values_list(key, flat=True))
    return len(manager.bulk_create(row for row in wanted if getattr(row, key) not in present))


def _app(name: str) -> Path:
    return settings.BASE_DIR / name


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _countries() -> Iterator[Country]:
    for row in _read(_app("projects") / "data" / "currencies.csv"):
        yield Country(
            iso2=row["country"],
            currency=row["currency"],
            decimals_shown=int(row["decimals_shown"]),
            origin=Origin.DEMO,
            note=row["note"],
        )


def _institutions() -> Iterator[Institution]:
    for row in _read(_app("pip_network") / "data" / "institutions.csv"):
        yield Institution(
            slug=slugify(row["name"])[:80].strip("-"),
            name=row["name"],
            acronym=acronym(row["name"]),
            country=row["country"],
            iso2=iso2_of(row["country"]),
            kind=row["kind"],
            relation=row["relation"],
            origin=Origin.STATED,
            source=row["source"].replace("presentation.txt", PRESENTATION),
        )


def acronym(name: str) -> str:
    """The capitals a name begins with, where it begins with some: `OCDE (OECD)` gives `OCDE`, a
    plain name nothing.
    """
    capitals = re.match(r"([A-ZÁÉÍÓÚÑ]{2,12})(?= |$)", name)
    return capitals.group(1) if capitals else ""


def _workshops() -> Iterator[Workshop]:
    for row in _read(_app("workshops") / "data" / "workshops.csv"):
        first, last = (
            dt.date.fromisoformat(row[day]) if row[day] else None
            for day in ("starts_on", "ends_on")
        )
        themes = {f"theme_{language}": row[f"theme_{language}"] for language in LANGUAGES}
        yield Workshop(
            slug=row["slug"],
            number=int(row["number"]),
            year=int(row["year"]),
            city=row["city"],
            country=row["country"],
            starts_on=first,
            ends_on=last,
            origin=Origin.STATED,
            source=row["source"],
            **themes,
        )
