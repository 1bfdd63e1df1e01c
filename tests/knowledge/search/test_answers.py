"""What is found, on whichever database the suite runs."""

import pytest

from .texts import again, answer, codes, found, put, work


@pytest.fixture
def works(db):
    put(
        work(
            "A", "Gestión de redes", pages=["El desarrollo económico local en una cadena de valor"]
        ),
        work("B", "Evaluación", pages=["gestión de la cadena", "del valor local económico"]),
        work("C", "Redes de empresas", author="Marco Dini", year=2003, publisher="CEPAL"),
        work("D", "Secreto zarzal", audience=["i:7"], pages=["gestión oculta"], year=2007),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gestión", "AB"),
        ("gestión -evaluación", "A"),
        ("-gestión", "C"),
        ('"desarrollo económico local"', "A"),
        ('"cadena de valor"', "A"),
        ('"cadena del valor"', "B"),  # over the end of a page
        ('cadena -"cadena de valor"', "B"),
        ("autor:dini", "C"),
        ("author:redes", ""),
        ("titulo:redes", "AC"),
        ("tema:redes", ""),
        ("dini", "C"),
        ("cepal", "C"),
        ("año:2003", "C"),
        ("ano:2003-2005", "ABC"),
        ("year:200", ""),
        ("idioma:español", "ABC"),
        ("language:en", ""),
        ("tipo:informe redes", "AC"),
        ("gest*", "AB"),
        ("ges* -autor:dini", "AB"),
        ("sebastián:redes", ""),
        ("de la", "B"),
        ("gestión zarzal", ""),
        ("zarzal", ""),
        ("", "ABC"),
    ],
)
def test_what_a_question_finds(typed, expected, works):
    assert found(typed) == set(expected)


def test_a_restricted_work_is_found_counted_and_read_by_its_own(works):
    assert found("zarzal", {"public", "i:7"}) == {"D"}
    assert found("zarzal", {"public", "i:8"}) == set()
    assert found("gestión", {"public", "i:7"}) == {"A", "B", "D"}


@pytest.mark.parametrize(
    "typed",
    [
        'x"y',
        '"',
        "* - : ( ) ^ ~",
        "AND OR NOT NEAR(a b)",
        "a'); DROP TABLE knowledge_work; --",
        "<script>alert(1)</script>",
        "\0\0redes\0",
        "_t_redes",
        "redes\\' & 'x':*",
        "words: rowid:1 knowledge_index_works:redes",
        "'" * 500,
        "a" * 10_000,
        "redes " * 2_000,
        "😀 ½ ⑴ \u202e \ud7ff",
        "%s %(x)s",
    ],
)
def test_hostile_questions_are_answered(typed, works):
    asked = answer(typed)
    assert asked.total == len(asked.page(0, 100, sort="relevance", language="es").codes)


def test_no_more_than_twelve_words_are_read(works):
    asked = answer(" ".join(f"palabra{n}" for n in range(13)))
    assert asked.question.shortened
    assert len(asked.question.terms) == 12
    assert not answer(" ".join(f"palabra{n}" for n in range(12))).question.shortened


def test_accents_as_typed_come_first(db):
    put(
        work("A", "El ano de la rana", year=2007),
        work("B", "El año de la rana", year=2006),
    )
    assert codes("año") == ["B", "A"]
    assert codes("ano") == ["A", "B"]


def test_what_is_typed_in_haste_puts_nothing_behind(db):
    put(work("A", "Gestiones", year=2005), work("B", "Gestión", year=2006))
    assert codes("gestion") == ["B", "A"]


def test_order_of_what_is_found(db):
    put(
        work("A", "Uno", pages=["clima"], year=2009),
        work("B", "Dos", pages=["clima " * 4], year=2001),
        work("C", "Tres", pages=["clima " * 16], year=2000),
        work("D", "El clima", year=1999),
        work("E", "Cinco", pages=["clima"], year=2010),
        work("F", "Seis", pages=["clima"], year=None),
    )
    assert codes("clima") == ["D", "C", "B", "E", "A", "F"]
    assert codes("clima", sort="year") == ["E", "A", "B", "C", "D", "F"]
    assert codes("clima", sort="title") == ["E", "B", "D", "F", "C", "A"]


def test_a_page_begins_where_the_one_before_ended(works):
    asked = answer("")
    pages = [asked.page(start, 1, sort="title", language="es").codes for start in range(4)]
    assert pages == [["B"], ["A"], ["C"], []]


def test_counts_are_what_a_click_leaves(db):
    put(
        work("A", "Redes", type=["book"], language="es"),
        work("B", "Redes", type=["book"], language="pt", year=2003),
        work("C", "Redes", language="pt"),
        work("D", "Redes", type=["book"], audience=["staff"]),
    )
    for chosen in ({}, {"language": "pt"}, {"language": "pt", "type": "book"}):
        asked = answer("redes", **chosen)
        for facet, choices in asked.facets().items():
            for value, _label, count in choices:
                assert len(found("redes", **{**chosen, facet: value})) == count
    assert [(value, n) for value, _label, n in answer("redes").choices("type")] == [
        ("book", 2),
        ("report", 1),
    ]
    asked = answer("redes", language="en")
    assert asked.total == 0
    assert ("en", 0) not in [(value, n) for value, _label, n in asked.choices("type")]


def test_what_changes_is_found_as_it_is_now_by_every_process(db):
    put(work("A", "Primero rojo"), work("B", "Segundo"))
    assert found("rojo") == {"A"}
    put(work("A", "Primero azul"))
    assert found("rojo") == set()
    assert found("azul") == {"A"}
    put(work("A", "Primero azul", audience=["staff"]))
    assert found("azul") == set()
    assert found("azul", {"staff"}) == {"A"}
    again()
    assert found("azul") == set()
    assert found("", {"public", "staff"}) == {"A", "B"}
