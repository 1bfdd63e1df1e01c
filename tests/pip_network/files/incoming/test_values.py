"""From a cell to a value: exactly, or a sentence."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from pip_network.files.exports import safe_cell
from pip_network.files.incoming import values


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (None, None),
        (12, "12"),
        (12.5, "12.5"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("-3", "-3"),
        ("0.123", None),
        ("1.23", "1.23"),
    ],
)
def test_numbers_that_can_be_read_in_one_way(cell, number):
    if cell == "0.123":
        with pytest.raises(ValueError, match="too many decimals: at most 2"):
            values.number_of(cell, places=2)
        assert values.number_of(cell, places=3) == Decimal("0.123")
        return
    assert values.number_of(cell, places=2) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("1.234", "can be read in two ways"),
        ("1,234", "can be read in two ways"),
        ("1.234,56", "without marks for thousands"),
        ("1,234.56", "without marks for thousands"),
        ("1.234.567", "without marks for thousands"),
        ("12,345.6.7", "not a number"),
        ("1e5", "not a number"),
        ("٣", "not a number"),
        ("", "not a number"),
        (True, "not a number"),
        (dt.date(2006, 1, 1), "not a number"),
        (1.005, "too many decimals"),
        (1e300, "too large"),
        ("9" * 40, "too large"),
    ],
)
def test_numbers_that_are_not_guessed(cell, rule):
    with pytest.raises(ValueError, match=rule):
        values.number_of(cell, places=2)


def test_a_whole_number_with_a_mark_for_thousands_is_refused():
    with pytest.raises(ValueError, match="without marks"):
        values.number_of("1.234", places=0)
    assert values.number_of("1234", places=0) == Decimal(1234)


def test_days():
    day = dt.date(2006, 7, 31)
    assert [values.day_of(cell) for cell in (None, day, "2006-07-31")] == [None, day, day]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("31/07/2006", "text and not a date"),
        ("2006-02-30", "does not exist"),
        (38929, "not a date"),
        ("2006-7-31", "text and not a date"),
    ],
)
def test_days_that_are_not_guessed(cell, rule):
    with pytest.raises(ValueError, match=rule):
        values.day_of(cell)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+54",
        "-x",
        "@x",
        "\tx",
        "\rx",
        "\nx",
        "|x",
        "%x",
        "＝x",
        " =x",
        "'=x",
        "plain",
        "'quoted",
        "",
        "''=x",
    ],
)
def test_the_guard_of_an_export_comes_off_again(text):
    assert values.unguarded(str(safe_cell(text))) == text


def test_text():
    assert [values.text_of(cell) for cell in (None, "01", 15)] == ["", "01", "15"]
    for cell in (True, 1.5, dt.date(2006, 1, 1)):
        with pytest.raises(ValueError, match="text was expected"):
            values.text_of(cell)
