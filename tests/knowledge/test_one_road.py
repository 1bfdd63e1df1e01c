"""Works and lessons reach a page by one road, `visible_to`: no other module asks their tables, and a
work that is for one institution leaves no trace on any page of anybody else, not even of a lesson
that names it as evidence.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from knowledge.models import Evidence
from knowledge.works.authors import Named
from pip_network.people.access import Role
from tests import factories
from tests.access_rules import LESSON, RULES, parameters
from tests.access_world import AT, Places, build

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
ROADS = {
    "Work": {"visible_to", "proposed_by", "gone_for", "once_public"},
    "Lesson": {"visible_to", "deleted_for"},
}
# What writes works, places or indexes them; no page shows what they fetch.
WRITING = {
    "knowledge/models/work.py",
    "knowledge/models/lesson.py",
    "knowledge/works/actions.py",
    "knowledge/works/embargoes.py",
    "knowledge/works/reference.py",
    "knowledge/works/resources.py",
    "knowledge/search/index.py",
    "knowledge/search/standing.py",
    "knowledge/management/commands/rebuild_library_index.py",
}


def other_roads(source: str) -> Iterator[int]:
    """Lines where the table of works or of lessons is asked in another way."""
    tree = ast.parse(source)
    allowed = {
        (model, id(node.value))
        for model, roads in ROADS.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in roads
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        manager = node.attr in ("objects", "_default_manager", "_base_manager")
        if node.value.id in ROADS and manager and (node.value.id, id(node)) not in allowed:
            yield node.lineno


def test_no_page_asks_the_tables_of_works_and_lessons_but_by_visible_to():
    found = {}
    for file in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        name = str(file.relative_to(ROOT))
        if "/migrations/" not in name and name not in WRITING:
            found[name] = list(other_roads(file.read_text(encoding="utf-8")))
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Work.objects.visible_to(reader).filter(code=code)", []),
        ("Work.objects.filter(code=code)", [1]),
        ("rows = Work.objects\nrows.all()", [1]),
        ("Work._default_manager.all()", [1]),
        ("Lesson.objects.visible_to(reader).filter(code=code)", []),
        ("Lesson.objects.proposed_by(reader)", [1]),
        ("Lesson.objects.filter(code=code)", [1]),
    ],
)
def test_the_walk_tells_one_road_from_another(source, lines):
    assert list(other_roads(source)) == lines


# --- the canary

WORD = "zumbambico"
CODE = "CANARY7"


@pytest.fixture(scope="module")
def built_world(standing):
    built = build()
    institution = factories.institution("reservada")
    member = factories.user(
        "socia", role=Role.INSTITUTION, scope=f"I:{institution.pk}", institution=institution
    )
    factories.work(
        CODE,
        f"Obra {WORD}",
        access="restricted",
        open_to_institutions=[institution],
        authors=(Named("author", WORD.title(), "A."),),
        publisher=f"Editorial {WORD}",
        countries=("AR",),
        projects=[],
        year=2004,
        abstract_es=f"Resumen {WORD}",
    )
    Evidence.objects.create(
        lesson_id=LESSON, work_id=CODE, page=3, note=f"Obra {WORD}", added_at=AT
    )
    return built.people, member


def asked() -> list[str]:
    """Every address of the portal, and the searches that would find the work."""
    plain = [reverse(name, kwargs=parameters(name)) for name in sorted(RULES)]
    words = [f"{reverse('library')}?q={WORD}", f"{reverse('search')}?q={WORD}"]
    mine = [reverse("work", args=[CODE]), f"{reverse('library')}?country=AR"]
    mine.append(reverse("lesson", args=[LESSON]))
    harvest = f"{reverse('oai')}?verb=ListRecords&metadataPrefix=oai_dc"
    return [*plain, harvest, *words, *mine]


def traces(client: Client, urls: list[str], language: str) -> dict[str, bool]:
    """Pages that are shown, each with whether it names the work, beside what was typed into it."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = {}
    for url in urls:
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace").lower().replace(url.lower(), "")
        names = f"obra {WORD}" in text or f"editorial {WORD}" in text or CODE.lower() in text
        if names or answer.status_code == 200:
            shown[url] = names
    return shown


@pytest.mark.parametrize("role", ["visitor", "director", "coordinator", "institution", "expert"])
def test_a_restricted_work_leaves_no_trace(built_world, db, role):
    """In three languages; what is no page in the first is none in the others."""
    people, _member = built_world
    client, urls = Places(people).client(role), asked()
    for language in ("es", "pt", "en"):
        shown = traces(client, urls, language)
        assert len(shown) > 30
        assert [url for url, names in shown.items() if names] == []
        urls = list(shown)


def searches() -> list[str]:
    return asked()[-5:]


def test_its_own_find_it(built_world, db):
    _people, member = built_world
    client = Client()
    client.force_login(member)
    assert all(traces(client, searches(), "es").values())


@pytest.mark.parametrize("role", ["specialist", "administration"])
def test_who_curates_finds_it(built_world, db, role):
    people, _member = built_world
    assert all(traces(Places(people).client(role), searches(), "es").values())
