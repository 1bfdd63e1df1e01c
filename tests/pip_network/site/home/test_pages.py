"""The public face: statements, figures, help, start pages, and what machines are told."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from pip_network.people.access import Role
from pip_network.site.home.glossary import GLOSSARY
from pip_network.site.home.guides import GUIDES
from tests import factories
from tests.markup import folded

pytestmark = pytest.mark.django_db
PAGES = [
    "/about/",
    "/figures/",
    "/contact/",
    "/accessibility/",
    "/privacy/",
    "/help/",
    "/search/",
    "/help/director/",
]


def signed_in(role: Role, scope: str = "*", **fields) -> Client:
    browser = Client()
    browser.force_login(factories.user("ana", role=role, scope=scope, **fields))
    return browser


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_pages_are_there_without_data_in_each_language(client, page, language):
    client.cookies["pip_language"] = language
    assert f'<html lang="{language}">' in client.get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_pages_are_whole_with_data_in_each_language(client, reference, page, language):
    client.cookies["pip_language"] = language
    html = client.get(page).content.decode()
    assert html.count("<h1") == 1
    assert 'aria-current="page"' in re.search(r'<nav class="crumbs".*?</nav>', html, re.S).group()


def test_about_names_the_twelve_members_and_no_other(client, reference):
    page = client.get("/about/").content.decode()
    names = re.search(r'<ul class="names">(.*?)</ul>', page, re.S).group(1)
    assert names.count("<li>") == 12
    for name in ("SEBRAE", "CNI", "INCAE", "COFOCE", "SERCOTEC", "USAID", "GTZ", "FUNDES"):
        assert f">{name}</a>" in names
    assert "FOMIN" not in names


def test_published_and_held_stand_in_two_columns(client, reference):
    factories.network("N1", factories.project("PIP-01", origin="demo"))
    page = folded(client.get("/figures/").content.decode())
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.S)
    cells = [re.findall(r'data-k="([^"]+)">(?:<a [^>]+>)?([\d,.]+)', row) for row in rows[:6]]
    assert [[value for _column, value in row] for row in cells] == [
        ["19", "1"],
        ["71", "1"],
        ["16", "1"],
        ["44,1", "1,5"],
        ["22,5", "1,0"],
        ["21,6", "0,5"],
    ]
    assert {column for row in cells for column, _value in row} == {
        "Publicado",
        "En este portal (demostración)",
    }


def test_the_address_of_contact_is_shown_when_there_is_one(client):
    assert "mailto:" not in client.get("/contact/").content.decode()
    with override_settings(CONTACT_EMAIL="red@example.org"):
        for page in ("/contact/", "/accessibility/", "/privacy/"):
            assert 'href="mailto:red@example.org"' in client.get(page).content.decode()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_each_role_has_first_steps_whose_links_open_for_it(guide):
    assert set(guide.terms) <= set(GLOSSARY)
    for role in guide.roles:
        browser = signed_in(
            role, {"director": "P:PIP-01", "coordinator": "N:N1"}.get(role.value, "*")
        )
        page = browser.get(f"/help/{guide.slug}/").content.decode()
        for step in guide.steps:
            if step.url_name:
                assert f'href="{reverse(step.url_name)}"' in page
                assert browser.get(reverse(step.url_name)).status_code == 200


def test_rooms_are_described_and_not_linked_for_others(client):
    page = client.get("/help/specialist/").content.decode()
    assert 'href="/review/"' not in page
    assert client.get("/help/nobody/").status_code == 404


def test_the_administration_starts_on_what_waits(world):
    factories.project("PIP-50", ends_on="2099-01-01")
    browser = Client()
    browser.force_login(world.administrator)
    page = folded(browser.get("/start/").content.decode())
    assert "PIP-50" in page
    addresses = set(re.findall(r'<li><b class="big">[^<]*</b><div><h3><a href="([^"]+)"', page))
    assert addresses
    assert {browser.get(address.replace("&amp;", "&")).status_code for address in addresses} == {
        200
    }


@pytest.mark.parametrize(
    ("role", "to"), [(Role.DIRECTOR, "/monitoring/"), (Role.SPECIALIST, "/portfolio/")]
)
def test_who_has_a_work_queue_starts_there(role, to):
    assert signed_in(role, "P:PIP-01").get("/start/")["Location"] == to


def test_an_institution_starts_on_its_country(reference):
    from pip_network.models import Institution  # noqa: PLC0415 -- loaded by the fixture

    factories.country("BR", "BRL")
    row = factories.project("PIP-07", countries=[factories.country("BR", "BRL")])
    browser = signed_in(Role.INSTITUTION, institution=Institution.objects.get(slug="sebrae"))
    page = browser.get("/start/").content.decode()
    assert 'href="/countries/br/"' in page
    assert f'href="{row.get_absolute_url()}"' in page
    assert 'href="/institutions/sebrae/"' in page


def test_components_are_for_the_administration(client):
    assert client.get("/components/").status_code == 404
    assert signed_in(Role.ADMINISTRATION).get("/components/").status_code == 200


def test_components_are_drawn_by_the_templates_of_the_pages():
    answer = signed_in(Role.ADMINISTRATION).get("/components/")
    drawn = {one.name for one in answer.templates}
    assert drawn >= {
        "ui/crumbs.html",
        "ui/filters.html",
        "ui/exports.html",
        "ui/table.html",
        "ui/pagination.html",
        "ui/fields.html",
        "files/upload.html",
        "ui/search_box.html",
        "ui/say.html",
        "ui/nothing.html",
        "ui/head.html",
        "ui/section.html",
        "ui/scroll.html",
        "ui/help.html",
        "ui/history.html",
        "ui/job.html",
        "projects/_map.html",
        "projects/_locator.html",
        "monitoring/portfolio/figures_panel.html",
    }
    page = folded(answer.content.decode())
    named = re.findall(
        r"<section class=\"sec\"><header><h2>([^<]+)</h2><p><code>([^<]+)</code></p><p>([^<]+)</p>",
        page,
    )
    assert len(named) == 27  # each with its name, its call, and when to use it


def test_the_about_page_leads_to_the_documented_projects(client, reference):
    assert f'href="{reverse("documented-projects")}"' in client.get("/about/").content.decode()
    assert client.get(reverse("documented-projects")).status_code == 200


def test_the_sitemap_names_public_pages_that_open_and_nothing_private(client, reference):
    factories.firm("FIRMAAAAA", factories.network("N1", factories.project("PIP-01")))
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own
    paths = [
        one.text.removeprefix(settings.PUBLIC_URL)
        for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert len(paths) == len(set(paths))
    assert {
        "/",
        "/about/",
        "/projects/PIP-01/",
        "/networks/N1/",
        "/library/K1/",
        "/institutions/sebrae/",
    } <= set(paths)
    assert len([path for path in paths if path.startswith("/typologies/")]) == 5
    assert [
        path
        for path in paths
        if "FIRM" in path or path.startswith(("/monitoring", "/admin", "/account"))
    ] == []
    shortest = [path for path in paths if path.count("/") <= 2]
    assert {client.get(path).status_code for path in shortest} == {200}


def test_robots_leave_work_rooms_and_files_alone(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /monitoring/", "Disallow: /admin/", "Disallow: /*?*export="} <= set(lines)
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in lines


@pytest.mark.parametrize(
    ("address", "indexed"),
    [
        ("/projects/", True),
        ("/projects/?page=2", True),
        ("/projects/?q=a", False),
        ("/search/?q=a", False),
        ("/", True),
    ],
)
def test_machines_keep_pages_and_not_questions(client, address, indexed):
    head = client.get(address).content.decode().partition("</head>")[0]
    assert ('rel="canonical"' in head, 'content="noindex"' in head) == (indexed, not indexed)
    if indexed:
        assert f'<link rel="canonical" href="{settings.PUBLIC_URL}{address}">' in head


def test_what_a_signed_in_person_sees_is_not_indexed():
    assert 'content="noindex"' in signed_in(Role.EXPERT).get("/projects/").content.decode()


def test_the_card_and_the_icons_are_there_and_light(client):
    images = settings.BASE_DIR / "static" / "img"
    assert (images / "card.png").stat().st_size < 60_000
    names = ["card.png", "favicon.ico", "icon-180.png", "icon-192.png", "icon-512.png", "icon.svg"]
    assert [name for name in names if not (images / name).exists()] == []
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.ico"
    told = client.get("/manifest.webmanifest")
    assert told["Content-Type"] == "application/manifest+json"
    assert {icon["src"] for icon in told.json()["icons"]} <= {
        f"/static/img/{name}" for name in names
    }
