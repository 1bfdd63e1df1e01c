"""The same record from files and from the database gives the same bytes; each as of an approval."""

import json
from pathlib import Path
from random import Random

import pytest

from monitoring.analysis import (
    Catalogue,
    DatabaseSource,
    FileSource,
    Specification,
    catalogue_from_database,
    compute,
    figures_csv,
    figures_document,
    universe_from_database,
)
from tests.monitoring.analysis.database import store
from tests.monitoring.analysis.records import CATALOGUE_FOLDER, Writer, amend

CATALOGUE = Catalogue.from_csv(CATALOGUE_FOLDER)
EVERYTHING = tuple(sorted(CATALOGUE.indicators))


def question(as_of: int) -> Specification:
    return Specification(
        scope={}, group_by=("typology",), indicators=EVERYTHING, round="2005-S2", as_of=as_of
    )


@pytest.mark.django_db
def test_files_and_database_give_equal_bytes_as_of_each_approval(tmp_path: Path) -> None:
    random = Random(7)
    made = Writer(random, CATALOGUE, missing_rates=0).record()
    amend(made, random, 6)
    made.write(tmp_path)
    store(made)
    catalogue = catalogue_from_database(1)
    documents = {}
    for as_of in (4, 5, 6):
        spec = question(as_of)
        from_files = compute(spec, FileSource(tmp_path, as_of), CATALOGUE)
        from_database = compute(spec, DatabaseSource(as_of), catalogue)
        texts = [
            figures_document(spec.question(), figures, record_hash="a", application="1")
            for figures in (from_files, from_database)
        ]
        assert texts[0] == texts[1]
        assert figures_csv(from_files) == figures_csv(from_database)
        documents[as_of] = [
            (figure["value"], figure["indicator"], figure["group"])
            for figure in json.loads(texts[0])["figures"]
        ]
    assert documents[4] != documents[5] != documents[6]


@pytest.mark.django_db
def test_the_catalogue_of_the_database_is_that_of_its_files() -> None:
    store(Writer(Random(1), CATALOGUE, firms=2).record())
    assert catalogue_from_database(1) == CATALOGUE


@pytest.mark.django_db
def test_one_query_for_each_indicator_whatever_the_number_of_rows(
    django_assert_num_queries,
) -> None:
    store(Writer(Random(3), CATALOGUE, firms=30).record())
    # Observations, their networks, rates, targets; then one for each of three indicators.
    spec = Specification(
        scope={}, group_by=("project",), indicators=("C03", "E01", "F03"), round="2005-S2", as_of=5
    )
    with django_assert_num_queries(7):
        compute(spec, DatabaseSource(5), CATALOGUE)


@pytest.mark.django_db
def test_the_universe_names_what_the_record_and_the_registry_know() -> None:
    store(Writer(Random(2), CATALOGUE, firms=5).record())
    universe = universe_from_database()
    assert universe.head == 6
    assert universe.codes_of("projects") == {"P1", "P2", "P3"}
    assert universe.codes_of("countries") >= {"AR", "PE", "EC", "regional"}
    assert universe.codes_of("typologies") == {
        "redes_empresariales",
        "cluster",
        "sistema_territorial",
        "cadena_proveedores",
    }
    assert universe.currencies({"projects": ("P1",)}) <= {"ARS", "PEN", "USD"}
    assert universe.rounds == {}  # these approvals are of no submission
