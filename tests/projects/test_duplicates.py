import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.duplicates import (
    ALIKE,
    FirmFacts,
    _with_common_group,
    groups,
    like,
    likeness,
    name_key,
    pairs,
    tax_key,
)

NAMES = st.text(alphabet="aáÁbcñÑçsS.rR lL&,-ydevVC0", max_size=30) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Panadería La Espiga, S.R.L.", "panaderia la espiga"),
        ("PANADERIA LA ESPIGA SRL", "panaderia la espiga"),
        ("Confecciones Ñandú S.A. de C.V.", "confecciones nandu"),
        ("Móveis Exemplo Ltda.", "moveis exemplo"),
        ("Tejidos Supuesto E.I.R.L.", "tejidos supuesto"),
        ("Aceites Muestra, C. A.", "aceites muestra"),
        ("Gráfica Ensayo y Cía. Ltda.", "grafica ensayo"),
        ("Granja & Huerta", "granja y huerta"),
        ("S.A.", "sa"),
        ("", ""),
    ],
)
def test_name_key_sets_the_legal_form_aside(written, key):
    assert name_key(written) == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("20-12345678/9 k", "20123456789K"),
        ("76.123.456-K", "76123456K"),
        ("- .", ""),
        ("１２", "12"),
    ],
)
def test_tax_key_sets_the_writing_aside(written, key):
    assert tax_key(written) == key


@given(NAMES)
def test_a_name_key_is_its_own_key(text):
    assert name_key(name_key(text)) == name_key(text)


@given(st.text(max_size=30))
def test_a_tax_key_is_its_own_key_whatever_stands_between(text):
    key = tax_key(text)
    assert tax_key(key) == key
    assert tax_key(".".join(f" {letter}-" for letter in text)) == tax_key(" ".join(text))


@given(NAMES, NAMES)
def test_likeness_is_mutual_and_between_0_and_100(one, other):
    a, b = groups(name_key(one)), groups(name_key(other))
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 100
    assert (likeness(a, b) == 100) is (a == b and bool(a))


WORDS = [
    "lácteos",
    "conservas",
    "la espiga",
    "el molino",
    "del norte",
    "del sur",
    "ejemplo",
    "muestra",
    "san juan",
    "srl",
    "s.a.",
]
FIRMS = st.lists(
    st.tuples(
        st.sampled_from(["AR", "CL"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
        st.sampled_from(["", "", "20-1", "201", "30-2"]),
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(FIRMS, st.randoms())
def test_no_pair_is_missed_and_order_does_not_matter(rows, chance):
    firms = [FirmFacts(f"F{place:02}", *row) for place, row in enumerate(rows)]
    found = pairs(firms)
    shuffled = firms[:]
    chance.shuffle(shuffled)
    assert pairs(shuffled) == found

    by_hand = set()
    for place, one in enumerate(firms):
        for other in firms[place + 1 :]:
            taxes = tax_key(one.tax_id), tax_key(other.tax_id)
            alike = likeness(groups(name_key(one.name)), groups(name_key(other.name)))
            differ = all(taxes) and taxes[0] != taxes[1]
            if one.country == other.country and (
                (taxes[0] and taxes[0] == taxes[1]) or alike >= (92 if differ else ALIKE)
            ):
                by_hand.add((one.code, other.code))
    assert {(pair.first, pair.second) for pair in found} == by_hand


def test_pairs_say_why():
    same, alike, apart = pairs(
        [
            FirmFacts("A", "AR", "Conservas Ejemplo S.A.", "20-1"),
            FirmFacts("B", "AR", "Otra cosa", "20.1"),
            FirmFacts("C", "CL", "Lácteos del Norte", ""),
            FirmFacts("D", "CL", "Lacteos del Norte Ltda", "5"),
            FirmFacts("E", "PE", "Lácteos del Norte", "6"),
            FirmFacts("G", "PE", "LÁCTEOS DEL NORTE", "7"),
            FirmFacts("H", "PE", "Lácteos del Sur", "8"),
        ]
    )
    assert (same.first, same.second, same.same_tax_id, same.other_tax_id) == (
        "C",
        "D",
        False,
        False,
    )
    assert (alike.first, alike.second, alike.same_tax_id, alike.score) == (
        "A",
        "B",
        True,
        70 + 3 * alike.alike // 10,
    )
    assert (apart.first, apart.second, apart.other_tax_id, apart.score) == ("E", "G", True, 70)


def test_like_finds_what_a_new_firm_may_be():
    known = [
        FirmFacts("A", "AR", "Conservas Ejemplo S.A.", "20-1"),
        FirmFacts("B", "CL", "Conservas Ejemplo", ""),
    ]
    assert [pair.second for pair in like(FirmFacts("", "AR", "conservas ejemplo", ""), known)] == [
        "A"
    ]
    assert [pair.second for pair in like(FirmFacts("", "AR", "Otra", "201"), known)] == ["A"]
    assert like(FirmFacts("", "AR", "Otra", "202"), known) == []


SYLLABLES = [
    "ba",
    "co",
    "du",
    "fe",
    "gi",
    "lo",
    "mi",
    "no",
    "pa",
    "re",
    "sa",
    "tu",
    "ve",
    "zo",
    "que",
    "lla",
]


def test_of_many_firms_few_pairs_are_compared():
    """Two and a half thousand firms of a country, as in a register of ten thousand: three million
    pairs, of which one in six shares a rare group of letters and is looked at.
    """
    chance = random.Random(7)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(3000)]
    firms = [
        FirmFacts(f"F{place:05}", "AR", " ".join(chance.choices(words, k=3)) + " S.A.", str(place))
        for place in range(2500)
    ]
    firms += [
        FirmFacts(f"D{place:05}", "AR", firms[place].name.upper() + " Ltda", "")
        for place in range(50)
    ]
    names = [groups(name_key(firm.name)) for firm in firms]
    compared = set(_with_common_group(names))
    assert (len(compared), math.comb(len(firms), 2)) == (554_648, 3_249_975)
    assert {(place, 2500 + place) for place in range(50)} <= compared
    assert {(f"D{place:05}", f"F{place:05}") for place in range(50)} <= {
        (pair.first, pair.second) for pair in pairs(firms)
    }
