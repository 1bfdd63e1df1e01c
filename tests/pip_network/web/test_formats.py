import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from monitoring.reports import text as report_text
from pip_network.models import Institution
from pip_network.web import formats

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "value", "decimals", "expected"),
    [
        ("es", Decimal("1086"), None, "1.086"),
        ("es", Decimal("44.1"), None, "44,1"),
        ("pt", Decimal("1234567.891"), 2, "1.234.567,89"),
        ("en", Decimal("1234567.891"), 2, "1,234,567.89"),
        ("es", 0, 1, "0,0"),
        ("es", Decimal("-3.25"), 1, "\N{MINUS SIGN}3,2"),  # half-even
        ("es", Decimal("-0.04"), 1, "0,0"),  # no minus before a zero
    ],
)
def test_number_is_written_as_its_reader_does(language, value, decimals, expected):
    with translation.override(language):
        assert formats.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("es", f"62{NB}%"), ("pt", "62%"), ("en", "62%")]
)
def test_percent(language, expected):
    with translation.override(language):
        assert formats.percent(62) == expected


def test_money_holds_its_unit():
    with translation.override("es"):
        assert formats.money(Decimal("44100000")) == f"US${NB}44.100.000"


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("es", "12 de julio de 2006", f"12{NB}jul{NB}2006"),
        ("pt", "12 de julho de 2006", f"12{NB}jul{NB}2006"),
        ("en", "12 July 2006", f"12{NB}Jul{NB}2006"),
    ],
)
def test_dates(language, long, short):
    day = dt.date(2006, 7, 12)
    with translation.override(language):
        assert (formats.long_date(day), formats.short_date(day)) == (long, short)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (dt.date(2006, 7, 10), dt.date(2006, 7, 12), "10 a 12 de julio de 2006"),
        (dt.date(2006, 6, 30), dt.date(2006, 7, 2), "30 de junio de 2006 a 2 de julio de 2006"),
    ],
)
def test_date_range(first, last, expected):
    with translation.override("es"):
        assert formats.date_range(first, last) == expected


def render(text: str, **context) -> str:
    with translation.override("es"):
        return Template(text).render(Context(context))


@pytest.mark.parametrize("tag", ["number", "percent", "money", "shortdate", "longdate"])
def test_what_has_no_value_says_so_in_words(tag):
    shown = render(f"{{{{ value|{tag} }}}}", value=None)
    assert shown.startswith('<span class="nil">')
    assert "0" not in shown


def test_zero_is_a_value():
    assert render("{{ value|number }}", value=0) == "0"


def figure(value, unit="percent", **fields):
    common = {"measure": "main", "n": None, "reason": None, "suppressed": False}
    return SimpleNamespace(value=value, unit=unit, **{**common, **fields})


def shown(figure) -> str:
    return render("{% figure_value figure %}", figure=figure)


def test_suppressed_figure_shows_no_value():
    few = figure(None, n=4, suppressed=True, reason="few_units")
    assert shown(few) == f'<span class="sup">n{NB}&lt;{NB}5</span>'
    ranked = render('{% figure_value figure False "median" %}', figure=few)
    assert ranked == f'<span class="sup">n{NB}&lt;{NB}10</span>'
    other = figure(None, suppressed=True, reason="secondary")
    assert shown(other) == '<span class="sup">no se publica, para proteger otra cifra</span>'


def test_figure_without_a_value_says_why():
    assert shown(figure(None, reason="no_rate")) == '<span class="nil">sin tipo de cambio</span>'
    assert shown(figure(None)) == '<span class="nil">sin dato</span>'


def test_figure_shows_unit_and_n():
    words = f'61,5{NB}% <small class="note-s nb">n{NB}={NB}742</small>'
    assert shown(figure("61.5", n=742)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("6.243812", "hours_per_firm", "6,2"),
        ("412.506731", "usd_per_month", f"US${NB}413"),
        ("0.031846", "share_0_1", "0,03"),
        ("118.500000", "index_100", "118,5"),
        ("41", "firms", "41"),
        ("3.25", "points_1_5", "3,25"),
    ],
)
def test_figure_has_the_decimals_of_its_unit_as_in_reports(value, unit, words):
    assert shown(figure(value, unit)) == words == report_text.amount(value, unit)


def test_figure_that_is_a_change_carries_its_sign():
    growth = figure("4.12")
    assert render("{% figure_value figure True %}", figure=growth) == f"+4,1{NB}%"
    assert shown(growth) == f"4,1{NB}%"


def test_text_in_a_table_is_escaped():
    assert "<b>" not in render("{% origin thing %}", thing=Institution(origin="<b>"))
