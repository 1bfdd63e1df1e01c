"""The whole demonstration, recomputed by the independent oracle: every figure equal, on whichever
database the suite runs.

The record is exported once with all its versions; the questions reach back before an amendment and
before a corrected rate. The digest of the figures is a literal, so that both databases are held to
the same bytes.
"""

import functools
import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

from monitoring.analysis import (
    DatabaseSource,
    catalogue_from_database,
    compute,
    figures_document,
    universe_from_database,
)
from monitoring.analysis import parse_specification as parse
from monitoring.models import Approval, Measurement, Rate, RecordHead
from monitoring.record.catalogue_export import export_catalogue
from monitoring.record.chain import verify
from monitoring.record.export import export_measurements
from pip_network.site.demo import seed as demo
from pip_network.site.demo.periods import Half
from tests import oracle

pytestmark = pytest.mark.django_db

T975 = Path(settings.BASE_DIR) / "monitoring" / "data" / "t975.csv"
# Of the figures of QUESTIONS["typology"], without the record's hash: row numbers differ between
# databases, figures do not.
DIGEST = "3fadc71a865f67c36c6969c6a534fb099c680216050d8ab9aabe30767df579e0"
RECORD = functools.lru_cache(maxsize=1)(oracle.Record)  # most questions ask the record of today

QUESTIONS = {
    "typology": {"group_by": ["typology"], "indicators": "all"},
    "project, constant prices": {
        "group_by": ["project"],
        "indicators": "all",
        "prices": "constant",
    },
    "network by age, first semester": {
        "group_by": ["typology", "network_age"],
        "indicators": "core",
        "round": "2006-S1",
    },
    "sector and size within two typologies": {
        "scope": {"typologies": ["cluster", "cadena_proveedores"]},
        "group_by": ["sector", "size"],
        "indicators": "core",
    },
    "public, by country": {"audience": "public", "group_by": ["country"], "indicators": "all"},
    "one country, local money": {
        "scope": {"countries": ["BR"]},
        "group_by": ["network"],
        "currency": "local",
    },
}


@pytest.fixture(scope="module")
def exported(standing, tmp_path_factory) -> Path:
    """The demonstration at its published size, seeded once for this module, and its record on
    files.
    """
    folder = tmp_path_factory.mktemp("exported")
    demo.seed(until=Half.parse("2006-S2"))
    export_measurements(folder / "record")
    export_catalogue(folder / "catalogue")
    return folder


@functools.cache
def answer(name: str) -> str:
    """The document of one of the questions, as it is written; computed once."""
    return json.dumps(document(**QUESTIONS[name]))


def document(**asked) -> dict:
    catalogue = catalogue_from_database(1)
    spec = parse({"version": 1, "title": "Oracle", **asked}, universe_from_database(), catalogue)
    figures = compute(spec, DatabaseSource(spec.as_of), catalogue)
    return json.loads(figures_document(spec.question(), figures, record_hash="", application=""))


def differences(document: dict, exported: Path) -> list[str]:
    return oracle.compare(document, exported / "record", exported / "catalogue", T975, RECORD)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_oracle_finds_the_same_figures(name, exported) -> None:
    made = json.loads(answer(name))
    assert len(made["figures"]) > 30
    assert differences(made, exported) == []


def test_the_oracle_finds_one_changed_digit(exported) -> None:
    made = document(group_by=["typology"], indicators=["E02"])
    assert differences(made, exported) == []
    changed = next(figure for figure in made["figures"] if figure["value"] is not None)
    changed["value"] += "1"
    assert len(differences(made, exported)) == 1


def test_before_and_after_an_amendment(exported) -> None:
    amendment = Approval.objects.filter(kind="submission", revision=2).order_by("number").first()
    moved = Measurement.objects.filter(superseded_in=amendment).order_by("id")
    assert moved.exists()
    asked = {
        "scope": {"projects": [amendment.submission.project_id]},
        "indicators": "all",
        "round": amendment.submission.round_id,
    }
    before = document(**asked, as_of=amendment.number - 1)
    after = document(**asked, as_of=amendment.number)
    assert differences(before, exported) == []
    assert differences(after, exported) == []
    assert values(before) != values(after)


def test_before_and_after_a_corrected_rate(exported) -> None:
    old = Rate.objects.filter(superseded_in__isnull=False).order_by("id").first()
    asked = {"group_by": ["country"], "indicators": ["E01", "E02"], "prices": "constant"}
    correction = old.superseded_in_id
    before, after = document(**asked, as_of=correction - 1), document(**asked, as_of=correction)
    assert differences(before, exported) == []
    assert differences(after, exported) == []
    assert values(before) != values(after)


def test_both_databases_give_these_bytes(exported) -> None:
    made = json.loads(answer("typology"))
    text = json.dumps(made["figures"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == DIGEST


def test_the_chain_of_the_demonstration_is_whole(exported) -> None:
    head = RecordHead.objects.get()
    assert verify(f"{head.number}:{head.hash}").whole


def values(document: dict) -> list[str | None]:
    return [figure["value"] for figure in document["figures"]]
