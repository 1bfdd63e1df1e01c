"""The head of a work's page, as machines read it."""

import json
import re

import pytest
from django.conf import settings

from knowledge.works.authors import Named
from tests import factories

pytestmark = pytest.mark.django_db
HOSTILE = "Redes </script><script>alert(1)</script> & \"comillas\" 'x'"
FACTS = {
    "type": "paper",
    "authors": (
        Named("author", "Dini", "M."),
        Named("author", literal="CEPAL"),
        Named("editor", "Ceglie", "G."),
    ),
    "year": 2006,
    "publisher": "FOMIN",
    "doi": "10.1000/182",
    "abstract_es": "Trata de redes.",
    "title_pt": "Redes em português",
    "translation_status_pt": "source",
    "title_en": "Networks",
    "translation_status_en": "title",
}
META = re.compile(r'<meta name="((?:DC\.|citation_)\w+)" content="([^"]*)">')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def read(client, language="es"):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/library/K1/").content.decode()
    (data,) = DATA.findall(page)
    return META.findall(page), json.loads(data)


def test_names_of_dublin_core_and_highwire(client):
    factories.work("K1", "Redes", **FACTS)
    address = f"{settings.PUBLIC_URL}/library/K1/"
    assert read(client)[0] == [
        ("DC.creator", "Dini, M."),
        ("DC.creator", "CEPAL"),
        ("DC.contributor", "Ceglie, G."),
        ("DC.date", "2006"),
        ("DC.title", "Redes"),
        ("DC.publisher", "FOMIN"),
        ("DC.language", "es"),
        ("DC.description", "Trata de redes."),
        ("DC.identifier", address),
        ("citation_author", "Dini, M."),
        ("citation_author", "CEPAL"),
        ("citation_editor", "Ceglie, G."),
        ("citation_publication_date", "2006"),
        ("citation_title", "Redes"),
        ("citation_publisher", "FOMIN"),
        ("citation_language", "es"),
        ("citation_doi", "10.1000/182"),
        ("citation_abstract_html_url", address),
    ]


def test_schema_org(client):
    factories.work("K1", "Redes", **FACTS)
    address = f"{settings.PUBLIC_URL}/library/K1/"
    assert read(client)[1] == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": address,
        "url": address,
        "identifier": ["K1", "doi:10.1000/182"],
        "name": "Redes",
        "author": [
            {"@type": "Person", "name": "M. Dini", "familyName": "Dini", "givenName": "M."},
            {"@type": "Organization", "name": "CEPAL"},
        ],
        "editor": [
            {"@type": "Person", "name": "G. Ceglie", "familyName": "Ceglie", "givenName": "G."}
        ],
        "datePublished": "2006",
        "publisher": {"@type": "Organization", "name": "FOMIN"},
        "inLanguage": "es",
        "abstract": "Trata de redes.",
        "workTranslation": [{"@type": "Report", "name": "Redes em português", "inLanguage": "pt"}],
    }


def test_a_translation_names_what_it_was_made_from(client):
    factories.work("K1", "Redes", **FACTS)
    data = read(client, "pt")[1]
    assert data["name"] == "Redes em português"
    assert data["translationOfWork"] == {"@type": "Report", "name": "Redes", "inLanguage": "es"}
    assert "workTranslation" not in data


def test_what_is_unknown_is_not_said(client):
    factories.work("K1", "Redes")
    names, data = read(client)
    assert [name for name, _text in names if name.startswith("DC.")] == [
        "DC.title",
        "DC.language",
        "DC.identifier",
    ]
    assert not {"author", "editor", "datePublished", "publisher", "isPartOf"} & set(data)


def test_markup_in_a_record_stays_text(client):
    factories.work("K1", HOSTILE)
    page = client.get("/library/K1/").content.decode()
    assert "<script>alert(1)" not in page
    assert read(client)[1]["name"] == HOSTILE
