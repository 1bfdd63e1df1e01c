"""A lesson on its way: from what a semester says that was learned to a page on which another
project says that it held there too, and how it applied it.
"""

import pytest

from knowledge.models import Lesson
from monitoring.choices import ApprovalKind, NarrativeTheme
from monitoring.models import Approval, Narrative
from monitoring.submission.opening import open_submission
from pip_network.people.access import Role
from tests import factories
from tests.browser.walking import chromium, walk
from tests.factories import moment

__all__ = ["chromium", "walk"]
LEARNED = "Empezar por una compra pequeña que todas vean."
TITLE = "Una primera compra pequeña convence a las demás"
SAID = {
    "title": TITLE,
    "context": "Red de doce talleres de calzado, en su primer año de trabajo común.",
    "problem": "Nadie quería adelantar dinero para comprar el cuero junto con los demás.",
    "done": "Se compró para una sola semana, y se mostró a todas lo que costó.",
    "happened": "En la segunda compra entraron nueve de las doce firmas.",
    "why": "Vieron el precio en la factura de otra firma, y no en una promesa.",
    "not_when": "Donde el proveedor no vende por debajo de una cantidad.",
}


@pytest.fixture
def people(committed):
    """The directors of two projects, of which the first has an approved text. The text is the row
    of the record alone: nothing else of an approval is read here.
    """
    factories.catalogue()
    mine, theirs = factories.project("PIP-90"), factories.project("PIP-91")
    factories.network("RED-90", mine)
    directors = [
        factories.user(f"directora{owner.pk[-2:]}", role=Role.DIRECTOR, scope=f"P:{owner.pk}")
        for owner in (mine, theirs)
    ]
    semester = factories.rounds("2005-S1", "2005-S2")["2005-S2"]
    open_submission(mine, semester, by=directors[0], at=moment("2005-12-01"))
    approval = Approval.objects.create(
        number=1,
        kind=ApprovalKind.RATES,
        at=moment("2006-02-01"),
        approver=directors[0],
        reason="Tasas",
        hash="0" * 64,
    )
    Narrative.objects.create(
        project=mine,
        round=semester,
        theme=NarrativeTheme.LEARNED,
        text=LEARNED,
        language="es",
        approved_in=approval,
    )
    return directors


def open_parts(page) -> None:
    """By the keyboard, those parts of a form that are closed."""
    closed = page.locator("details.part:not([open]) > summary")
    while closed.count():
        closed.first.focus()
        page.keyboard.press("Enter")


def test_from_an_approved_text_to_a_lesson_that_another_project_applied(walk, people):
    hers, others = walk(people[0]), walk(people[1], width=360)

    # made of the text of a semester, completed, validated
    hers.open("/monitoring/PIP-90/2005-S2/")
    assert LEARNED in hers.page.locator("#learned").inner_text()
    hers.press(hers.button("Convertirlo en una lección"))
    assert hers.button("Validar").count() == 0  # nothing but the text is said yet
    lesson = Lesson.objects.get()
    assert others.open(lesson.get_absolute_url()) == 404
    hers.press(hers.link("Completar o corregir"))
    for name, text in SAID.items():
        hers.page.fill(f"#id_{name}", text)
    open_parts(hers.page)
    hers.page.select_option("#id_outcome", "worked")
    hers.page.select_option("#id_confidence", "medium")
    hers.page.check("input[name=themes][value=productivity]")
    hers.press(hers.button("Guardar"))
    hers.press(hers.button("Validar"))
    assert LEARNED in hers.page.locator("main").inner_text()

    # found, confirmed and applied by the director of another project
    others.open("/lessons/?q=compra")
    others.press(others.link(TITLE))
    others.press(others.link("También se cumplió aquí"))
    others.page.fill("#id_note", "Lo vimos en la compra de telas.")
    others.press(others.button("Confirmar"))
    others.press(others.link("La aplicamos"))
    others.page.select_option("#id_result", "helped")
    others.page.fill("#id_text", "Compramos primero el hilo de una semana; entraron siete firmas.")
    others.press(others.button("Decirlo"))
    lesson.refresh_from_db()
    assert lesson.state == "confirmed"

    # it stands on its page, and on those of both projects
    hers.open(lesson.get_absolute_url())
    told = hers.page.locator("main").inner_text()
    assert "Lo vimos en la compra de telas." in told
    assert "Compramos primero el hilo de una semana; entraron siete firmas." in told
    for project in ("PIP-90", "PIP-91"):
        hers.open(f"/projects/{project}/")
        assert hers.link(TITLE).count() == 1, project
