"""The description from which all citations are made, and its files."""

import json

import pytest
from django.conf import settings

from knowledge.exchange.csl import csl, plain
from knowledge.works.authors import Named
from pip_network.people.access import Role
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = (
    Named("author", "Dini", "M."),
    Named("author", literal="CEPAL"),
    Named("editor", "Ceglie", "G."),
)


def test_it_says_what_the_record_says(db):
    work = factories.work(
        "K1",
        "Redes de empresas",
        type="guide",
        authors=NAMES,
        year=2006,
        publisher="FOMIN",
        doi="10.1000/182",
        abstract_es="Trata de redes.\n\nY de más.",
        abstract_by_es="network",
    )
    assert csl(work, "es") == {
        "id": "K1",
        "type": "book",
        "title": "Redes de empresas",
        "author": [{"family": "Dini", "given": "M."}, {"literal": "CEPAL"}],
        "editor": [{"family": "Ceglie", "given": "G."}],
        "issued": {"date-parts": [[2006]]},
        "publisher": "FOMIN",
        "language": "es",
        "abstract": "Trata de redes. Y de más.",
        "DOI": "10.1000/182",
        "URL": f"{settings.PUBLIC_URL}/library/K1/",
    }


def test_what_is_unknown_is_left_out(db):
    assert set(csl(factories.work("K1", "Obra"), "es")) == {
        "id",
        "type",
        "title",
        "language",
        "URL",
    }


def test_of_an_article_the_journal_is_known(db):
    item = csl(factories.work("K1", type="article", publisher="World Development"), "es")
    assert item["container-title"] == "World Development"
    assert "publisher" not in item


@pytest.mark.parametrize(
    ("status", "cited"), [("network", "Networks"), ("source", "Networks"), ("title", "Redes")]
)
def test_it_is_cited_by_a_title_under_which_it_can_be_read(db, status, cited):
    work = factories.work(
        "K1", "Redes", title_en="Networks", translation_status_en=status, title_pt="Redes pt"
    )
    assert csl(work, "en")["title"] == cited
    assert csl(work, "en")["language"] == ("es" if cited == "Redes" else "en")


def test_control_characters_go_and_lines_become_one():
    assert plain("Uno\x00\x07 dos\r\ntres\u2028cuatro \x1f\uffff") == "Uno dos tres cuatro"


@pytest.mark.parametrize(
    ("notation", "kind", "name", "begins"),
    [
        ("ris", "application/x-research-info-systems", "K1.ris", "TY  - BOOK\r\nID  - K1\r\n"),
        ("bibtex", "application/x-bibtex", "K1.bib", "@book{K1,\n  title = {{Redes}},\n"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "K1.json", "[\n  {\n"),
    ],
)
def test_each_format_is_a_file_named_by_the_code(client, db, notation, kind, name, begins):
    work = factories.work("K1", "Redes", type="book")
    answer = client.get(f"/library/k1/cite/{notation}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.decode().startswith(begins)
    if notation == "csl-json":
        assert json.loads(answer.content) == [csl(work, "es")]


def test_no_format_is_nothing(client, db):
    factories.work("K1")
    assert client.get("/library/K1/cite/ris/").status_code == 200
    assert client.get("/library/K1/cite/marc/").status_code == 404


def test_what_one_may_not_read_one_may_not_cite(client, db):
    factories.work("K1", access="network")
    assert client.get("/library/K1/cite/ris/").status_code == 404
    client.force_login(factories.user("ana", role=Role.INSTITUTION, scope="*"))
    assert client.get("/library/K1/cite/ris/").status_code == 200
