"""The forms of a word find one and the same set of works."""

import pytest

from tests.pip_network.folding.test_words import FAMILIES

from .texts import found, put, work

WORDS = [family.split() for family in FAMILIES]


@pytest.fixture(scope="module")
def _library(standing):
    """Each form of each family in a work of its own, in a text of another language too."""
    for number, forms in enumerate(WORDS):
        for place, form in enumerate(forms):
            put(
                work(f"T{number}-{place}", f"Um título com {form} in it", language="pt"),
                work(f"P{number}-{place}", "Report", pages=[f"the {form} of ."], language="en"),
            )


@pytest.fixture
def families(_library, db):
    """Each test looks at the same works."""


@pytest.mark.parametrize("number", range(len(WORDS)))
def test_forms_of_a_word_find_one_set_whatever_the_language_of_the_text(number, families):
    expected = {f"{kind}{number}-{place}" for kind in "TP" for place in range(len(WORDS[number]))}
    for form in WORDS[number]:
        assert found(form) == expected
