"""A chart writes numbers as text and tables do, in the reader's language."""

from xml.etree import ElementTree

import pytest
from django.utils import translation

from monitoring.reports import text
from monitoring.reports.charts import dots, draw, dumbbell, line
from monitoring.reports.compose import compose
from pip_network.web import formats

AMOUNTS = ("21106", "1234567.89", "12345678", "0.5", "-1500.25")
UNITS = ("usd", "usd_per_fte", "usd_per_usd", "percent", "firms", "points_1_5", "index_100")


def words(drawing: str) -> list[str]:
    """What a reader sees written in the drawing."""
    texts = ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 -- our own drawing
    return ["".join(one.itertext()) for one in texts]


@pytest.mark.parametrize("language", sorted(formats.MARKS))
def test_every_amount_is_written_as_in_the_text(language):
    with translation.override(language):
        shown = [text.amount(value, unit) for value in AMOUNTS for unit in UNITS]
        rows = [
            dots.Dot(f"{at}.123456 {value}", float(at), value) for at, value in enumerate(shown)
        ]
        ends = [dumbbell.Ends(str(at), 1.0, 2.0, value, value) for at, value in enumerate(shown)]
        points = [line.Point("2005", 1.0, "x"), line.Point("2006", 2.0, shown[0])]
        drawn = [
            words(draw.svg(chart, label="x", language=language))
            for chart in (
                dots.specification(rows, width=720),
                dumbbell.specification(ends, width=720),
                line.specification(points, width=720),
            )
        ]
    assert set(shown) <= set(drawn[0]) & set(drawn[1])
    assert {row.label for row in rows} <= set(drawn[0])
    assert shown[0] in drawn[2]


@pytest.mark.parametrize(
    ("language", "thousands", "tenths"),
    [("es", "16.000", "0,4"), ("pt", "16.000", "0,4"), ("en", "16,000", "0.4")],
)
def test_axes_write_numbers_as_the_reader_does(language, thousands, tenths):
    def axis(low: float, high: float) -> list[str]:
        rows = [dots.Dot("a", low, ""), dots.Dot("b", high, "")]
        return words(draw.svg(dots.specification(rows, width=720), label="x", language=language))

    assert thousands in axis(14_000.0, 21_000.0)
    small = axis(0.1, 0.9)
    assert tenths in small
    assert len(set(filter(None, small))) == len(
        list(filter(None, small))
    )  # no number of an axis stands there twice


def test_tags_are_made_short_and_words_stay():
    drawing = (
        '<svg width="10" height="10" viewBox="0 0 10 10"><text class="a" x="1.23456" '
        'font-family="B">US$ 21.106 class="a" 1.23456</text></svg>'
    )
    assert draw.polish(drawing, "x").endswith(
        '<text x="1.2">US$ 21.106 class="a" 1.23456</text></svg>'
    )


def test_each_number_of_a_reports_charts_is_written_whole(many):
    with translation.override("es"):
        document = compose(many.material)
    with_money = 0
    for chart in document.charts():
        for drawing, asked in ((chart.wide_svg, chart.wide), (chart.narrow_svg, chart.narrow)):
            written = words(drawing)
            data = [] if "run" in asked["data"]["values"][0] else asked["data"]["values"]
            shown = {row[name] for row in data for name in ("shown", "shown_base") if row.get(name)}
            assert shown <= set(written)
            with_money += sum("US$" in one and "." in one for one in shown)
    assert with_money > 5
