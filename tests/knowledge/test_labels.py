"""Words of the library in sentences."""

import pytest
from django.utils import translation

from knowledge.labels import languages_label


@pytest.mark.parametrize(
    ("reader", "codes", "said"),
    [
        ("es", ["es"], "español"),
        ("es", ["es", "pt"], "español y portugués"),
        ("es", ["es", "en"], "español e inglés"),
        ("es", ["es", "pt", "en"], "español, portugués e inglés"),
        ("pt", ["es", "pt", "en"], "espanhol, português e inglês"),
        ("en", ["es", "pt"], "Spanish and Portuguese"),
        ("en", [], ""),
    ],
)
def test_languages_stand_in_a_sentence_as_each_language_has_it(reader, codes, said):
    with translation.override(reader):
        assert languages_label(codes) == said
