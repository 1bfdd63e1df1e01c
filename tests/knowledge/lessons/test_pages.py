"""The pages of the lessons: the list, one's own, the page of one, the forms; and what is typed into
them.
"""

import pytest
from django.conf import settings

from knowledge.lessons import drafting, publishing, validating
from knowledge.lessons.applying import apply_lesson
from knowledge.models import Application, Lesson, LessonText, LessonTheme, Validation
from pip_network.people.access import Role
from projects.models import Project
from tests import factories
from workshops.models import Workshop

NOW = factories.moment("2006-03-01")
DOING = {"by": factories.PROCESS, "at": NOW}
ODD = "Ñandú “x” <b>=1+1</b> \U0001f600 \u202eabc"
SHOWN = "Ñandú “x” &lt;b&gt;=1+1&lt;/b&gt; \U0001f600 \u202eabc"
WHOLE = {
    "title": ODD,
    "context": "Un valle",
    "problem": "Un problema",
    "done": "Se hizo",
    "happened": "Pasó",
    "why": "Porque sí",
    "not_when": "Nunca",
    "outcome": "worked",
    "confidence": "low",
    "themes": ["markets", "credit"],
}
EVERYBODY = {"state": "validated", "agreed_at": NOW, "published_at": NOW}


@pytest.fixture
def project(db):
    return factories.project("PIP-90")


@pytest.fixture
def director(project):
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90")


@pytest.fixture
def neighbour(db):
    factories.project("PIP-91")
    return factories.user("vecina", role=Role.DIRECTOR, scope="P:PIP-91")


def told(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_asks_the_same_of_the_database_however_many_there_are(
    client, project, count, django_assert_num_queries
):
    for number in range(count):
        factories.lesson(project, f"Lección {number}", **EVERYBODY)
    client.get("/lessons/")
    with django_assert_num_queries(8):
        page = told(client, "/lessons/")
    assert page.count('<li class="hit">') == min(count, 25)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_lesson_asks_the_same_however_much_is_said_of_it(
    client, project, count, django_assert_num_queries
):
    lesson = factories.lesson(project, **EVERYBODY)
    for number in range(count):
        other = factories.project(f"PIP-{number}")
        Application.objects.create(
            lesson=lesson, project=other, text="La aplicamos", result="helped", at=NOW
        )
        Validation.objects.create(lesson=lesson, project=other, at=NOW)
        lesson.evidence.create(address=f"https://example.org/{number}", added_at=NOW)
    client.get(lesson.get_absolute_url())
    with django_assert_num_queries(10):
        page = told(client, lesson.get_absolute_url())
    assert page.count("La aplicamos") == count


def test_an_empty_list_says_what_to_do(client, director):
    assert "Aparecen cuando un proyecto las ha validado." in told(client, "/lessons/")
    assert "Ninguna lección es así" in told(client, "/lessons/?theme=credit")
    client.force_login(director)
    page = told(client, "/lessons/")
    assert "unas frases bastan para un borrador" in page
    assert "/lessons/new/" in page


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["Dos", "Uno"]),
        ("theme=credit", ["Dos"]),
        ("theme=sales", []),
        ("outcome=did_not", ["Dos"]),
        ("state=validated", ["Dos", "Uno"]),
        ("state=confirmed", []),
        ("state=superseded", ["Tres"]),
        ("country=AR", ["Dos", "Uno"]),
        ("country=BO", []),
        ("typology=cluster", ["Uno"]),
        ("q=crédito", ["Dos"]),
        ("q=CREDITO+prenda", ["Dos"]),
        ("q=credito+bolsa", []),
        ("q=nada'%22--", []),
        ("theme=nonsense&page=zz&outcome=%20", ["Dos", "Uno"]),
    ],
)
def test_the_list_is_narrowed(client, project, asked, titles):
    factories.country("BO", "BOB")
    one = factories.lesson(project, "Uno", **EVERYBODY)
    one.typologies.create(typology="cluster")
    two = factories.lesson(project, "Dos", **{**EVERYBODY, "outcome": "did_not"})
    Lesson.objects.filter(pk=two.pk).update(written_at=factories.moment("2005-06-01"))
    LessonTheme.objects.filter(lesson=two).update(theme="credit")
    LessonText.objects.filter(lesson=two).update(why="Sin prenda no hay crédito")
    three = factories.lesson(project, "Tres", **EVERYBODY)
    Lesson.objects.filter(pk=three.pk).update(
        state="superseded", superseded_by=one, superseded_at=NOW
    )
    page = told(client, f"/lessons/?{asked}")
    shown = [title for title in ("Dos", "Uno", "Tres") if f'lang="es">{title}</a>' in page]
    assert shown == titles


def test_a_lesson_is_told_finished_validated_and_published(client, project, director):
    """From the first words to the public, on pages alone."""
    client.force_login(director)
    first = {"project": project.pk, "language": "es", "voice": f"Voz {ODD}", "form_key": "k" * 20}
    made = client.post("/lessons/new/", first)
    again = client.post("/lessons/new/", first)
    lesson = Lesson.objects.get()
    assert (made.url, again.url) == (lesson.get_absolute_url(),) * 2
    page = told(client, lesson.get_absolute_url())
    assert f"Voz {SHOWN}" in page
    assert "No dice qué se hizo." in page
    assert f"/lessons/{lesson.pk}/validate/" not in page
    stamped = {**WHOLE, "stamp": "1"}
    assert client.post(f"/lessons/{lesson.pk}/correct/", stamped).status_code == 302
    late = client.post(f"/lessons/{lesson.pk}/correct/", {**stamped, "title": "Tarde"})
    assert late.status_code == 409
    assert 'value="Tarde"' in late.content.decode()
    page = told(client, lesson.get_absolute_url())
    assert f'<h1 lang="es">{SHOWN}</h1>' in page
    assert "No dice" not in page
    assert "/send/" not in page  # who validates needs nobody to send it to her
    assert client.post(f"/lessons/{lesson.pk}/validate/").status_code == 302
    assert client.post(f"/lessons/{lesson.pk}/agree/").status_code == 302
    curator = factories.user("curadora", role=Role.ADMINISTRATION)
    client.force_login(curator)
    assert client.post(f"/lessons/{lesson.pk}/publish/").status_code == 302
    client.logout()
    page = told(client, lesson.get_absolute_url())
    assert SHOWN in page
    assert director.name not in page  # by whom is for those who work with what people enter
    assert lesson.get_absolute_url() in told(client, "/sitemap.xml")
    assert lesson.pk in told(client, "/search/?q=ñandú")
    (row,) = client.get("/api/v1/lessons").json()["results"]
    assert (row["code"], row["themes"], row["texts"]["es"]["title"]) == (
        lesson.pk,
        ["credit", "markets"],
        ODD,
    )


@pytest.mark.parametrize(
    ("field", "typed", "status"),
    [
        ("voice", "", 422),
        ("voice", "\u200b\u200d \u202e", 422),
        ("voice", "a\0b", 422),
        ("voice", "ñ" * 4001, 422),
        ("voice", "ñ" * 4000, 302),
        ("title", "x" * 201, 422),
        ("why", "x" * 10_000, 422),
        ("language", "fr", 422),
        ("outcome", "perfect", 422),
        ("themes", "unknown", 422),
        ("project", "PIP-91", 422),
        ("workshop", "999", 422),
        ("title", "Robert'); DROP TABLE knowledge_lesson;--", 302),
    ],
)
def test_what_is_typed_into_the_form(client, project, director, field, typed, status):
    factories.project("PIP-91")
    client.force_login(director)
    data = {"project": project.pk, "language": "es", "voice": "Una voz", "why": "Porque"}
    answer = client.post("/lessons/new/", {**data, field: typed})
    assert answer.status_code == status
    assert Lesson.objects.count() == (status == 302)
    if status == 422:
        assert "Porque" in answer.content.decode() or field == "why"


def test_an_invisible_title_is_none(client, project, director):
    lesson = factories.lesson(project)
    client.force_login(director)
    answer = client.post(f"/lessons/{lesson.pk}/correct/", {**WHOLE, "title": "\u200b\u202e"})
    assert answer.status_code == 422
    assert Lesson.objects.get().title == "Lección"


def test_a_translation_stands_beside_the_original(client, project, director):
    lesson = factories.lesson(project, "Primero los compradores", **EVERYBODY)
    client.force_login(director)
    page = told(client, f"/lessons/{lesson.pk}/translate/en/")
    assert "Primero los compradores: why" in page
    for language, status in (("en", 302), ("es", 422), ("fr", 404)):
        data = {"title": "Buyers first", "why": "A signed order"}
        answer = client.post(f"/lessons/{lesson.pk}/translate/{language}/", data)
        assert answer.status_code == status, language
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = told(client, lesson.get_absolute_url())
    assert '<h1 lang="en">Buyers first</h1>' in page
    assert "Translation; language of the original: Spanish." in page
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pt"
    assert '<h1 lang="es">Primero los compradores</h1>' in told(client, lesson.get_absolute_url())


def test_ones_own_are_drafts_what_waits_and_what_was_deleted(client, project, director):
    drafts = [factories.lesson(project, title) for title in ("Borrador", "Espera", "Eliminada")]
    validating.send_lesson(lesson=drafts[1], **DOING)
    drafting.delete_draft(lesson=drafts[2], **DOING)
    factories.lesson(project, "Validada", state="validated")
    factories.lesson(factories.project("PIP-91"), "Ajena", state="validated")
    client.force_login(director)
    page = told(client, "/lessons/mine/")
    places = [page.index(title) for title in ("Espera<", "Borrador<", "Validada<", "Eliminada<")]
    assert places == sorted(places)
    assert "Ajena" not in page
    assert client.post(f"/lessons/{drafts[2].pk}/restore/").status_code == 302
    assert Lesson.objects.visible_to(director).filter(pk=drafts[2].pk).exists()


def test_another_project_says_how_it_went_in_one_form(client, project, neighbour):
    lesson = factories.lesson(project, state="validated")
    client.force_login(neighbour)
    page = told(client, lesson.get_absolute_url())
    assert f"/lessons/{lesson.pk}/apply/" in page
    form = told(client, f"/lessons/{lesson.pk}/apply/")
    assert '<input type="hidden" name="project" value="PIP-91"' in form
    data = {"project": "PIP-91", "result": "helped", "text": "La aplicamos en dos redes"}
    for wrong in ({"project": "PIP-90"}, {"result": "x"}, {"text": "ok"}, {"text": "a" * 601}):
        answer = client.post(f"/lessons/{lesson.pk}/apply/", {**data, **wrong})
        assert answer.status_code == 422, wrong
    assert client.post(f"/lessons/{lesson.pk}/apply/", data).status_code == 302
    page = told(client, lesson.get_absolute_url())
    assert "La aplicamos en dos redes" in page
    assert f'/lessons/{lesson.pk}/apply/"' not in page
    row = Application.objects.get()
    assert f"/lessons/{lesson.pk}/apply/{row.pk}/withdraw/" in page
    assert client.post(f"/lessons/{lesson.pk}/apply/{row.pk}/withdraw/").status_code == 302
    assert "La aplicamos en dos redes" not in told(client, lesson.get_absolute_url())


@pytest.mark.usefixtures("neighbour")
def test_the_chain_is_followed_both_ways(client, project):
    """Session, lesson, project that applied it: each leads to the others."""
    workshop = Workshop.objects.create(slug="lima", number=9, year=2006, city="Lima", country="PE")
    lesson = factories.lesson(project, "Primero los compradores", workshop=workshop, **EVERYBODY)
    work = factories.work("K1", "Una obra")
    lesson.evidence.create(work=work, added_at=NOW)
    apply_lesson(
        lesson=lesson,
        project=Project.objects.get(code="PIP-91"),
        text="La aplicamos en dos redes",
        result="little",
        **DOING,
    )
    page = told(client, lesson.get_absolute_url())
    back = f'href="{lesson.get_absolute_url()}"'
    for address in ("/workshops/lima/", "/projects/PIP-90/", "/projects/PIP-91/", "/library/K1/"):
        assert f'href="{address}"' in page, address
        assert back in told(client, address), address
    assert "Aplicada aquí: Ayudó poco" in told(client, "/projects/PIP-91/")
    publishing.unpublish_lesson(lesson=lesson, **DOING)
    for address in ("/workshops/lima/", "/projects/PIP-90/", "/projects/PIP-91/", "/library/K1/"):
        assert back not in told(client, address), address


def test_who_curates_is_shown_what_waits_for_the_public(client, project, director):
    factories.lesson(project, "Acordada", state="validated", agreed_at=NOW)
    factories.lesson(project, "Publicada", **EVERYBODY)
    heading = "Esperan que usted las publique"
    client.force_login(director)
    assert heading not in told(client, "/lessons/")
    client.force_login(factories.user("curadora", role=Role.ADMINISTRATION))
    section = told(client, "/lessons/").partition(heading)[2].partition("</section>")[0]
    assert "Acordada" in section
    assert "Publicada" not in section
