"""A hundred questions of four readers: what the index answers is what the oracle says, on whichever
database the suite runs, and so the same on both.
"""

from random import Random

import pytest

from knowledge.search.answers import Answer
from knowledge.search.questions import read
from knowledge.search.snippets import best_places, marking_of, snippet
from knowledge.search.texts import ABSTRACT, AUTHOR, TITLE, Line, PageText, WorkText

from . import oracle_snippets
from .oracle import Asked, Library
from .texts import put

READERS = (
    frozenset({"public"}),
    frozenset({"public", "network"}),
    frozenset({"public", "network", "i:1", "p:PIP-01"}),
    frozenset({"public", "network", "staff"}),
)
WORDS = """
gestión gestiones gestion redes red rede año años ano ANO empresa empresas econômico económica
económico desarrollo local locales cadena cadenas valor avaliação avaliações evaluación policy
policies cluster clusters crédito créditos credito credits market markets
"""
NAMED = WORDS.split()
SMALL = ["de", "la", "del", "en", "a", "the", "of", "para", "com", "por"]
AUTHORS = ["Marco Dini", "CEPAL", "Ana Gestión", "Local Markets"]


def texts(dice: Random, words: int) -> str:
    return " ".join(dice.choice(NAMED if dice.random() < 0.7 else SMALL) for _ in range(words))


def made(dice: Random, number: int) -> WorkText:
    language = dice.choice(["es", "pt", "en"])
    pages = [texts(dice, dice.choice([0, 3, 40])) for _ in range(dice.randrange(4))]
    if number % 10 == 0:
        pages.append(texts(dice, 600))  # longer than a piece
    return WorkText(
        f"W{number:03}",
        (
            Line(TITLE, texts(dice, 4), language),
            Line(ABSTRACT, texts(dice, dice.choice([0, 12])), language),
            Line(AUTHOR, dice.choice(AUTHORS)),
        ),
        tuple(PageText(place, text, place == 0) for place, text in enumerate(pages)),
        {
            "language": [language],
            "type": [dice.choice(["book", "report"])],
            "theme": sorted(dice.sample(["credit", "markets", "sales"], dice.randrange(3))),
            "year": dice.choice([None, 2003, 2004, 2005]),
        },
        frozenset(dice.choice([["public"], ["public"], ["network"], ["i:1"], ["staff"]])),
    )


def part(dice: Random) -> Asked:
    kind = dice.choices(
        ["word", "phrase", "prefix", "title", "author", "year"], [10, 4, 2, 1, 1, 1]
    )[0]
    text = {
        "word": lambda: dice.choice(NAMED),
        "phrase": lambda: texts(dice, dice.choice([2, 2, 3])),
        "prefix": lambda: dice.choice(["gest", "cré", "cre", "pol", "loc", "xyz"]),
        "title": lambda: dice.choice(NAMED),
        "author": lambda: dice.choice(["dini", "cepal", "gestion", "locales"]),
        "year": lambda: dice.choice(["2003", "2004", "1999"]),
    }[kind]()
    return Asked(kind, text, dice.random() < 0.2)


def question(dice: Random) -> tuple[list[Asked], dict[str, str]]:
    parts = [part(dice) for _ in range(dice.choice([1, 1, 2, 2, 3]))]
    chosen = {"language": "es"} if dice.random() < 0.2 else {}
    return parts, chosen | ({"theme": "credit"} if dice.random() < 0.2 else {})


DICE = Random(20061130)
WORKS = [made(DICE, number) for number in range(80)]
TEXTS = {work.code: work for work in WORKS}
QUESTIONS = [question(DICE) for _ in range(100)]


@pytest.fixture(scope="module")
def _indexed(standing):
    put(*WORKS)
    put(*WORKS[::7])  # written twice is as written once
    old = [work for work in WORKS if work.code.endswith("3")]
    put(*(WorkText(work.code, WORKS[0].lines, facts=work.facts) for work in old), *old)


@pytest.fixture(scope="module")
def oracle():
    return Library(WORKS)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_answers_are_those_of_the_oracle(number, oracle, _indexed, db):  # noqa: PT019
    parts, chosen = QUESTIONS[number]
    typed = " ".join(part.typed for part in parts)
    for keys in READERS:
        expected = oracle.ask(parts, keys, chosen)
        answer = Answer(read(typed), keys, chosen)
        page = answer.page(0, 100, sort="relevance", language="es")
        assert (typed, answer.total, page.codes) == (typed, expected.total, expected.codes)
        for facet, counts in expected.facets.items():
            found = {value: count for value, _label, count in answer.choices(facet)}
            assert (typed, facet, found) == (typed, facet, counts)
        places = best_places(answer.shelf, answer.question, list(page.rows.values()))
        codes = {row: code for code, row in page.rows.items()}
        assert {codes[row]: tuple(place) for row, place in places.items()} == expected.places
        marking = marking_of(answer.shelf, answer.question)
        marks = oracle_snippets.wanted(oracle, parts)
        for row, place in places.items():
            if place.ordinal:
                text = TEXTS[codes[row]].pages[place.ordinal - 1].text
                assert told(snippet(text, marking)) == oracle_snippets.snippet(text, marks)


def told(pieces) -> str:
    said = "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)
    return " ".join(said.split())


def test_the_questions_find_something(oracle):
    totals = [oracle.ask(parts, READERS[-1], chosen).total for parts, chosen in QUESTIONS]
    assert sum(total > 0 for total in totals) > 60
    assert sum(total > 20 for total in totals) > 10
