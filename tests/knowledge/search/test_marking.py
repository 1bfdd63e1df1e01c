"""What is marked of a text."""

import pytest

from knowledge.search.marking import Marking
from knowledge.search.snippets import marked, snippet

TERMS = [("valu", "chain"), ("cadei", "de", "valor"), ("cluster",)]  # by their keys


def marks(text: str, marking: Marking) -> list[str]:
    return [piece.text for piece in marked(text, marking) if piece.marked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Una cadena sola", []),  # of other words than were asked
        ("Value chains add value", ["Value", "chains"]),
        ("The value of a chain", []),
        ("Cadeias de valor e valor", ["Cadeias", "valor"]),
        ("clusters", ["clusters"]),
        ("value chain value", ["value", "chain"]),
        ("value", []),
        ("", []),
    ],
)
def test_terms_of_several_words_are_marked_only_where_they_stand_whole(text, expected):
    assert marks(text, Marking((), TERMS)) == expected


def test_words_that_were_asked_are_marked_wherever_they_stand():
    assert marks("Una cadena y su valor", Marking({"caden", "valor"})) == ["cadena", "valor"]


def test_a_snippet_is_of_what_is_marked():
    text = "value " * 100 + "and a value chain"
    pieces = snippet(text, Marking((), [("valu", "chain")]))
    assert [piece.text for piece in pieces if piece.marked] == ["value", "chain"]
    assert snippet("value and a chain", Marking((), [("valu", "chain")])) == []


def test_nothing_to_mark_is_false():
    assert not Marking(())
    assert Marking({"a"})
    assert Marking((), [("a", "b")])
