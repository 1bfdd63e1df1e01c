"""The history of works and lessons in words, whichever table holds what was changed."""

import pytest
from django.utils import translation

from knowledge.lessons.drafting import correct_lesson
from knowledge.models import Work
from knowledge.works.actions import correct_work
from knowledge.works.authors import Named
from pip_network import audit
from pip_network.audit.history import Change
from pip_network.people.access import Process
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2005-07-20")
PORTAL = Process("system")


def told(key: str, language: str) -> list[Change]:
    with translation.override(language):
        return audit.history_of(key)[0].changes


def test_what_a_work_says_in_other_tables():
    work: Work = factories.work("OBRA", "Una", themes=(("markets", True),))
    correct_work(
        work=work,
        by=factories.PROCESS,
        at=AT,
        title_es="Otra",
        abstract_es="Lo que dice.",
        abstract_by_es="source",
        themes=(("association", False), ("markets", True)),
        typologies=(("cluster", False),),
        countries=("BR", "CL"),
        authors=(Named("author", "Dini", "Marco"), Named("editor", literal="CEPAL")),
        year=2004,
    )
    assert told("work:OBRA", "es") == [
        Change("Año", "", "2004"),
        Change("Autores", "", "Dini, Marco; CEPAL (ed.)"),
        Change("Países", "", "Brasil, Chile"),
        Change("Quién escribió el resumen en español", "", "Resumen de la fuente"),
        Change("Resumen en español", "", "Lo que dice."),
        Change("Temas", "Mercados", "Asociatividad, Mercados"),
        Change("Tipologías", "", "Clúster"),
        Change("Título en español", "Una", "Otra"),
    ]


def test_what_a_lesson_says_in_other_tables():
    lesson = factories.lesson(factories.project(), code="LECCION1")
    correct_lesson(
        lesson=lesson,
        by=factories.PROCESS,
        at=AT,
        happened="Entraron nueve firmas.",
        not_when="Donde no hay proveedor.",
        themes=("markets", "productivity"),
        outcome="did_not",
    )
    before = "Lección: {}, dicho en una frase que basta.".format
    assert told("lesson:LECCION1", "pt") == [
        Change("O que aconteceu", before("happened"), "Entraron nueve firmas."),
        Change("Quando não se aplica", before("not_when"), "Donde no hay proveedor."),
        Change("Resultado do que se fez", "Funcionou", "Não funcionou"),
        Change("Temas", "Mercados", "Mercados, Produtividade"),
    ]


@pytest.mark.parametrize("kind", ["work", "lesson"])
@pytest.mark.parametrize(
    "name", ["title", "title_es", "themes", "countries", "authors", "original"]
)
@pytest.mark.parametrize("value", [None, 3, "x", [], [3], [["x"]], [[]], ["x", None]])
def test_values_of_another_shape_do_not_break_a_page(kind, name, value):
    audit.record(
        verb=f"{kind}.corrected", on=f"{kind}:X", by=PORTAL, at=AT, changes={name: [value, value]}
    )
    assert len(told(f"{kind}:X", "es")) == 1
