"""The two indexes of words against sets of Python."""

from random import Random

import pytest

from knowledge.search.engines import PIECE_BITS, bits, engine, pages_of, phrase_works
from knowledge.search.shelf import Shelf, places_in

DICE = Random(7)
WORDS = ["red", "gestion", "ñandú", "_x_año", "_t_red", "2005", "q", "発展", "cad", "valor"]
ROWS = {number * 3 + 5: set(DICE.sample(WORDS, DICE.randrange(1, 8))) for number in range(60)}
TEXTS = {row: [DICE.choice(WORDS) for _ in range(30)] for row in ROWS}


@pytest.fixture(scope="module")
def _filled(standing):
    into = engine()
    into.empty()
    for row, words in ROWS.items():
        into.add_work(row, sorted(words))
        base = row << PIECE_BITS
        into.add_pieces([(base, TEXTS[row][:15]), (base + 256, TEXTS[row][15:])])


@pytest.fixture
def index(_filled, db):
    return engine()


@pytest.mark.parametrize("number", range(30))
def test_groups_of_words_are_sets(number, index):
    dice = Random(number)
    groups = [dice.sample(WORDS, dice.randrange(1, 4)) for _ in range(dice.randrange(1, 4))]
    expected = {row for row, words in ROWS.items() if all(words & set(group) for group in groups)}
    found = bits(groups)
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("number", range(30))
def test_phrases_are_words_that_follow_one_another(number, index):
    dice = Random(number)
    phrase = [dice.choice(WORDS) for _ in range(dice.randrange(1, 4))]
    expected = {row: pieces_with(row, phrase) for row in ROWS}
    assert set(phrase_works(phrase)) == {row for row, pieces in expected.items() if pieces}
    some = list(ROWS)[:20]
    found = pages_of(some, [[phrase, ["nada", "nada"]], [["nada"]]])
    assert {row: set(pieces) for row, pieces in found.items()} == {
        row: expected[row] for row in some
    }
    assert all(told == {0} for pieces in found.values() for told in pieces.values())


def pieces_with(row: int, phrase: list[str]) -> set[int]:
    halves = {0: TEXTS[row][:15], 256: TEXTS[row][15:]}
    return {
        number
        for number, words in halves.items()
        if any(words[at : at + len(phrase)] == phrase for at in range(len(words)))
    }


def test_no_question_of_nothing(index):
    assert pages_of([], [[["red"]]]) == {}
    assert pages_of([5], []) == {5: {}}


def test_a_word_may_stand_in_a_piece_as_often_as_it_has_words(index):
    index.add_pieces([(900 << PIECE_BITS, ["bis"] * 250 + ["ter"])])
    assert phrase_works(["bis", "ter"]) == [900]
    assert phrase_works(["bis"] * 12) == [900]


def test_numbers_of_rows_become_bits_and_back():
    shelf = Shelf()
    shelf.base, shelf.width, shelf.live = 10, 100, (1 << 100) - 1
    assert shelf.bits([]) == 0
    rows = [10, 13, 109]
    assert places_in(shelf.bits(rows)) == [0, 3, 99]
    assert shelf.bits([9, 110, 5000]) == 0  # what the shelf has not read yet, or no more
    shelf.live = 0b1000
    assert places_in(shelf.bits(rows)) == [3]
    assert places_in(0) == []
