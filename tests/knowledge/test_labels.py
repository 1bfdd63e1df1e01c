"""Words of the library in sentences."""

import pytest
from django.utils import translation

from knowledge.labels import languages_label
from knowledge.models import File
from knowledge.templatetags.library import pages_label
from pip_network.models import Stored


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


@pytest.mark.parametrize(
    ("kind", "count", "said"),
    [
        ("pptx", 12, "12 diapositivas"),
        ("odp", 1, "1 diapositiva"),
        ("xlsx", 3, "3 hojas"),
        ("docx", 2, "2 partes"),
        ("pdf", 1200, "1.200 páginas"),
    ],
)
def test_a_file_is_counted_in_what_it_is_made_of(kind, count, said):
    with translation.override("es"):
        assert pages_label(File(stored=Stored(kind=kind), pages=count)) == said
