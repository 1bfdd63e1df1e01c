"""Numbers are read in one way or not at all."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pip_network.web.typed_numbers import (
    Ambiguous,
    NotANumber,
    parse,
    parse_yes_no,
    plain,
    read,
    reading,
    show,
)

amounts = st.decimals(
    min_value=-(10**13) + 1, max_value=10**13 - 1, places=2, allow_nan=False, allow_infinity=False
)
languages = st.sampled_from(["es", "pt", "en"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("12,5", "12.5"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("1 234", "1234"),
        ("1\u00a0234\u00a0567,89", "1234567.89"),
        ("1\u202f234,5", "1234.5"),
        ("\u22125", "-5"),
        ("- 5", "-5"),
        ("+7", "7"),
        (",5", "0.5"),
        ("-0", "0"),
        ("0", "0"),
        (" 42 ", "42"),
    ],
)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_one_reading_is_taken(text, value, language):
    assert parse(text, language=language) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("1.230", "es", ("1230", "1,23")),
        ("1,230", "es", ("1230", "1,23")),
        ("1.230", "pt", ("1230", "1,23")),
        ("1,230", "en", ("1230", "1.23")),
        ("12.000", "en", ("12000", "12")),
        ("-12.500", "es", ("-12500", "-12,5")),
        ("1.234", "es", ("1234",)),
        ("1,234", "en", ("1234",)),
    ],
)
def test_two_readings_are_offered_not_guessed(text, language, readings):
    with pytest.raises(Ambiguous) as refused:
        parse(text, language=language)
    assert refused.value.readings == readings


@pytest.mark.parametrize("text", ["1.234", "1,230", "-12.500", "100.000"])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_what_is_offered_is_final(text, language):
    with pytest.raises(Ambiguous) as refused:
        reading(text, language=language)
    assert len({reading(one, language=language) for one in refused.value.readings}) == 2


@pytest.mark.parametrize("text", ["1.234", "1,234", "1234", "1 234"])
def test_where_whole_numbers_are_asked_there_is_one_reading(text):
    assert read(text, "count") == Decimal(1234)


def test_a_decimal_in_a_whole_number_is_read_for_the_check_to_refuse():
    assert read("1,5", "count") == Decimal("1.5")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "5%",
        "5 %",
        "1e5",
        "NaN",
        "inf",
        "1.23.4",
        "1,23,456",
        "12 34",
        "5,",
        "--5",
        "1'234",
        "٣",
        "US$ 5",
        "=1+1",
        "1.234,567",
        "0.125",
        "9" * 14,
        "1" * 41,
        "1\u0000",
        "\u202e5",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber):
        parse(text, language="es")


@given(value=amounts, language=languages)
def test_what_is_shown_is_read_back_or_has_two_readings(value, language):
    with translation.override(language):
        text = show(value, 2)
    assert parse(text, language=language) == value


@given(value=amounts, language=languages)
def test_plain_text_is_read_back(value, language):
    assert parse(plain(value, language), language=language) == value


@given(
    whole=st.integers(1, 999),
    rest=st.integers(0, 999),
    mark=st.sampled_from(".,"),
    language=languages,
)
def test_one_mark_before_three_digits_is_never_guessed(whole, rest, mark, language):
    with pytest.raises(Ambiguous):
        parse(f"{whole}{mark}{rest:03}", language=language)


@given(text=st.text(max_size=60), language=languages)
def test_any_text_is_a_number_or_refused_in_words(text, language):
    try:
        value = parse(text, language=language)
    except (Ambiguous, NotANumber) as refused:
        said = str(refused.message)
    else:
        said = ""
        assert value == value.quantize(Decimal("0.01"))
        assert abs(value) < 10**13
        return
    assert said


@pytest.mark.parametrize(
    ("value", "decimals", "is_amount", "es", "en"),
    [
        ("1234567.00", 2, True, "1.234.567", "1,234,567"),
        ("1234567.50", 2, True, "1.234.567,50", "1,234,567.50"),
        ("12", 1, False, "12,0", "12.0"),
        ("12.25", 1, False, "12,25", "12.25"),
        ("-3", 0, False, "\u22123", "\u22123"),
        ("1000", 0, False, "1.000", "1,000"),
    ],
)
def test_shown_in_the_readers_convention(value, decimals, is_amount, es, en):
    for language, text in (("es", es), ("pt", es), ("en", en)):
        with translation.override(language):
            assert show(Decimal(value), decimals, is_amount=is_amount) == text


@pytest.mark.parametrize("text", ["1", "sí", "Si", "SIM", "yes", "s"])
def test_yes(text):
    assert parse_yes_no(text) == Decimal(1)


@pytest.mark.parametrize("text", ["0", "no", "Não", "n"])
def test_no(text):
    assert parse_yes_no(text) == Decimal(0)


def test_neither_yes_nor_no():
    with pytest.raises(NotANumber):
        parse_yes_no("2")
