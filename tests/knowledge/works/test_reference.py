"""The first records: 77 real works, and what an earlier portal left of them."""

import pytest
from django.utils import translation

from knowledge.models import Author, Expression, Work
from knowledge.works import authors
from knowledge.works.reference import load_works
from pip_network import audit
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")


@pytest.fixture(scope="module")
def _library(standing):
    load_works(at=AT)


@pytest.fixture
def library(_library, db):
    """The first works, loaded once for all tests of this module."""


def test_the_seven_products_are_named_and_described_in_three_languages(library):
    products = Work.objects.exclude(product=None).order_by("product")
    assert [work.product for work in products] == [1, 2, 3, 4, 5, 6, 7]
    for work in products:
        rows = {one.language: one for one in work.expressions.all()}
        assert set(rows) == {"es", "pt", "en"}
        for one in rows.values():
            assert one.translation_status == ("" if one.original else "title")
            assert (one.abstract_by, bool(one.abstract)) == ("network", True)


def test_what_the_researcher_noted_is_provenance_and_no_author(library):
    names = " ".join(map(str, Author.objects.all()))
    for noted in ("visible", "not ", "obra colectiva", "textos", "(", " ed."):
        assert noted not in names.replace("(COSUDE / HELVETAS Swiss Intercooperation)", "")
    assert authors.written(Work.objects.get(code="L32").authors.all()) == (
        "Dawson, J.; Paris, P.; Ceglie, G. (ed.)"
    )
    assert not Work.objects.get(code="K7").authors.exists()


def test_each_record_says_where_it_comes_from_in_three_languages(library):
    for work in Work.objects.all():
        texts = {work.provenance_es, work.provenance_pt, work.provenance_en}
        assert len(texts - {""}) == 3, work.code
    with translation.override("pt"):
        assert Work.objects.get(code="L34").provenance.startswith("O registro diz")


def test_an_incomplete_address_is_told_and_no_link(library):
    manual = Work.objects.get(code="L02")
    assert manual.source_url == ""
    assert "https://studylib.es/doc/264351/" in manual.provenance_es
    assert Work.objects.filter(source_url="").count() == 1


def test_descriptions_are_ours_or_there_are_none(library):
    described = Expression.objects.exclude(abstract="")
    assert set(described.values_list("abstract_by", flat=True)) == {"network"}
    assert not Expression.objects.filter(abstract="").exclude(original=True).exists()
    assert Work.objects.filter(expressions__abstract="").distinct().count() == 77 - 22


def test_themes_are_given_from_titles_and_marked(library):
    themes = Work.objects.get(code="K1").themes.all()
    assert {(row.theme, row.inferred) for row in themes} >= {("markets", True)}


def as_an_earlier_portal_left_it(code: str) -> Work:
    work = Work.objects.get(code=code)
    Work.objects.filter(code=code).update(provenance_es="", provenance_pt="", publisher="Antes")
    return work


def test_what_nobody_corrected_is_written_anew_and_corrections_stay(library):
    as_an_earlier_portal_left_it("L01")
    mine = as_an_earlier_portal_left_it("L03")
    audit.record(verb="work.corrected", on=f"work:{mine.pk}", by=factories.user("ana"), at=AT)
    assert load_works(at=AT) == 1
    assert Work.objects.get(code="L01").publisher.startswith("BID/FOMIN, Cuarto Taller")
    assert Work.objects.get(code="L03").publisher == "Antes"
    assert load_works(at=AT) == 0
