"""One folding, by Unicode: the alphabets of the region in every spelling that keyboards and
programmes give them.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pip_network.folding import fold, folded_letters

# Spanish, Portuguese, Guaraní, Quechua, Aymara, Mapudungun, Nahuatl, Maya, Amazonian, French and
# Dutch letters, and the same of a mathematician's or a Japanese keyboard.
REGION = (
    "abcdefghijklmnopqrstuvwxyzáàâãäåāéèêẽëēíìîĩïīóòôõöōúùûũüūýỹÿçñg̃ḡœæøɨʉłđßĳﬁﬀªºＡＢＣ１２３𝐚𝐛"
)
LETTERS = REGION + REGION.upper() + " -.&/0123456789"
TEXTS = st.text(st.sampled_from(LETTERS + "'’ʼ`´\u00a0\u2009\u200b\u200d\ufeff\u00ad"), max_size=40)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Córdoba", "cordoba"),
        ("RÍO", "rio"),
        ("Mba’apo Ñemoñe’ẽ", "mbaapo nemonee"),
        ("mbaʼapo ñemoñeʼẽ", "mbaapo nemonee"),
        ("G̃UAHU yvytỹ", "guahu yvyty"),
        ("São João d'Água", "sao joao dagua"),
        ("SÃO JOÃO D´ÁGUA", "sao joao dagua"),
        ("Ｌáｃｔｅｏｓ  del\u00a0Prado ", "lacteos del prado"),
        ("Lác\u200bteos\u00ad del\ufeff Prado", "lacteos del prado"),
        ("Straße ﬁna Œuvre ĲSSEL Łódź Ølgod", "strasse fina oeuvre ijssel lodz olgod"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ñandú", "nandu"),
        ("1ª N.º", "1a n.o"),
        ("\u3164 \u2800", ""),
        ("Завод Ή", "завод η"),
    ],
)
def test_readers_call_the_same_what_folds_alike(written, folded):
    assert fold(written) == folded


@given(TEXTS)
def test_however_a_text_is_composed_or_capitalised_it_folds_alike(text):
    once = fold(text)
    assert fold(once) == once
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == once
    assert fold(text.upper()) == fold(text.upper().lower())
    assert once == " ".join(once.split())
    assert all(unicodedata.category(letter) not in ("Mn", "Cf", "Lu") for letter in once)


@given(TEXTS, st.sampled_from("'’ʼ`´‘ʹ＇Ꞌ\u200b\u2060\u0301\u0303"))
def test_what_has_no_width_and_no_sound_changes_nothing(text, sign):
    assert fold(f"{sign}{text}{sign}") == fold(text)


@given(st.text(max_size=40))
def test_any_text_folds_to_what_stays(text):
    assert fold(fold(text)) == fold(text)


def test_words_that_differ_stay_different():
    assert len({fold(word) for word in ("rio", "ria", "río 2", "pato", "gato", "p ato")}) == 6


def test_letters_are_folded_one_by_one():
    assert folded_letters("Œ’ñ b") == ["oe", "", "n", " ", "b"]
