"""The first 77 works, as readers take them along."""

import csv
import json
from pathlib import Path

import pytest
from django.conf import settings

from knowledge.exchange.citations import citations
from knowledge.exchange.csl import csl
from knowledge.models import Work
from knowledge.works.reference import load_works
from tests import factories

from .test_written import agrees_in_bibtex, agrees_in_pybtex, agrees_in_ris

pytestmark = pytest.mark.django_db
LANGUAGES = ("es", "pt", "en")
PLACE = {"portal": settings.PUBLIC_URL}


@pytest.fixture(scope="module")
def works(standing, django_db_blocker):
    with django_db_blocker.unblock():
        load_works(at=factories.moment("2006-07-12"))
        return list(Work.objects.prefetch_related("expressions", "authors"))


def test_all_read_back(works):
    assert len(works) == 77
    items = {json.dumps(csl(work, language)) for work in works for language in LANGUAGES}
    for item in map(json.loads, items):
        agrees_in_ris(item)
        agrees_in_bibtex(item)
        agrees_in_pybtex(item)


def test_all_are_cited_as_on_the_checked_list(works):
    """Products in three languages, the others in one each: they differ in the words around."""
    listed = {(row["code"], row["language"]): row for row in checked()}
    assert {code for code, _language in listed} == {work.code for work in works}
    for work in works:
        for language in LANGUAGES:
            if row := listed.get((work.code, language)):
                apa, iso = citations(csl(work, language), language)
                assert [apa.text, iso.text] == [row[name] % PLACE for name in ("apa", "iso_690")]


def checked():
    with (Path(__file__).parent / "citations.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
