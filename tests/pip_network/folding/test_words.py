import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pip_network.folding import fold
from pip_network.folding.words import (
    LONGEST,
    STOP_WORDS,
    beginning,
    key,
    keyed,
    keys_and_places,
    keys_of,
    whole,
    words_in,
    written,
)

FAMILIES = """
gestión gestion GESTIÓN gestiones GESTIONES
lección leccion lecciones LECCIONES
económico económica económicos económicas economico ECONÓMICAS
gestão gestao GESTÃO gestões gestoes
avaliação avaliacao avaliações AVALIAÇÕES
cooperação cooperacao cooperações
município municipio municípios MUNICIPIOS
nível nivel níveis niveis
nacional nacionais nacionales NACIONAIS
imagem imagens imagen imágenes
policy policies POLICIES
business businesses
año años ANO anos
día dias dia
mão mãos
pão pães
vez veces
interés intereses interes
país países paises PAÍS
inglés inglesa ingleses inglesas
red redes rede
ley leyes
local locales locais
empresa empresas EMPRESA
pequeño pequeña pequeños PEQUENAS
process processes
job jobs
""".strip().splitlines()
APART = [("gestión", "gesto"), ("red", "reto"), ("empresa", "empleo"), ("país", "paja")]
LATIN = st.text(
    st.characters(max_codepoint=0x24F, categories=("Lu", "Ll", "Nd")), min_size=1, max_size=60
)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_forms_of_a_word_have_one_key(family):
    assert len({key(form) for form in family.split()}) == 1


def test_families_stay_apart():
    assert len({key(family.split()[0]) for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize(("one", "other"), APART)
def test_unlike_words_stay_apart(one, other):
    assert key(one) != key(other)


@given(LATIN)
def test_a_key_forgives_capitals_accents_and_how_these_are_written(word):
    expected = key(word)
    assert key(fold(word)) == expected
    assert key(word.upper()) == expected
    assert key(unicodedata.normalize("NFD", word)) == expected


@given(st.text(max_size=300))
def test_a_key_is_short_and_of_letters_and_figures_alone(word):
    found = key(word)
    assert len(found) <= LONGEST
    assert "_" not in found
    assert found.replace("'", "") == found
    assert not found or all(letter.isalnum() for letter in found)


@given(st.text(max_size=300))
def test_words_stand_where_they_say_and_in_order(text):
    end = 0
    for word in words_in(text):
        assert end <= word.start < word.end
        assert text[word.start : word.end] == word.text
        end = word.end
    keys, places = keys_and_places(text)
    assert keys == [key(word.text) for word in words_in(text)]
    assert places == [(word.start, word.end) for word in words_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("copo d'água", ["copo", "d", "água"]),
        ("L’Aquila", ["L", "Aquila"]),
        ("ñe'ẽ O’Neill", ["ñe'ẽ", "O’Neill"]),
        ("e\u0301xito", ["e\u0301xito"]),
        ("so\u00adcial econó\x02mico", ["so\u00adcial", "econó\x02mico"]),
        ("socio-económico, 2005_S2", ["socio", "económico", "2005", "S2"]),
        ("¿« ... 😀 ​", []),
    ],
)
def test_words_of_a_text(text, words):
    assert [word.text for word in words_in(text)] == words


def test_hyphens_of_broken_lines_are_no_part_of_a_word():
    assert keys_of("econó\x02mica so\u00adcial") == keys_of("económico social")


def test_ordinal_signs_and_ligatures_are_letters():
    assert keys_of("Nº ﬁrma Straße") == keys_of("no firma strasse")


def test_words_that_say_nothing_are_known_by_their_keys():
    assert {key(word) for word in ("de", "De", "para", "the", "são", "más", "OF")} <= STOP_WORDS
    content = "red cadena gestión calidad empresa market firma crédito ano casa local social"
    assert STOP_WORDS.isdisjoint(keys_of(content))


def has(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in keyed(text) for mark in marks)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_keyed_text_has_every_form_of_its_words_and_no_parts_of_them(family):
    for form in family.split():
        for typed in family.split():
            assert has(f"uno {form} dos", whole(typed)), (form, typed)
            assert not has(f"x{form}", whole(typed))


def test_a_keyed_text_knows_how_a_word_is_written():
    assert keyed("El año, los años") == " el ano los ano =el =año =los =años "
    assert keyed("¿... -") == ""
    assert has("El Año", written("año"))
    assert not has("El ano", written("año"))
    assert not has("los años", written("año"))


def test_a_word_of_several_stands_together():
    assert has("Plan socio-económico", whole("socio-económico"))
    assert not has("socio y plan económico", whole("socio-económico"))


def test_a_beginning_is_of_three_letters_at_least():
    assert has("Carpinteros", beginning("carpin"))
    assert has("Mis gestiones", beginning("gestión"))
    assert not has("Carpinteros", beginning("pin"))
    assert not has("Carpinteros", beginning("ca"))
