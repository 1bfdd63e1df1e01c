"""An article is taken apart at its sections, and put together it is the same to the byte."""

import pytest

from monitoring.models import Report
from monitoring.reports.parts import parts_of

COVER, CREDIT, BOTH, METHOD, OWN = (
    f'<section class="rep-section" aria-labelledby="s{n}">\n  <h2>{n}</h2>\n</section>\n'
    for n in (1, 2, 3, 4, "colophon")
)
KEYS = ["cover", "credit", "association", "method"]


def test_each_section_has_the_themes_of_its_key():
    article = COVER + CREDIT + BOTH + METHOD + OWN
    parts = parts_of(Report(specification={"sections": KEYS}), article)
    assert [part.themes for part in parts] == [
        (),
        ("credit",),
        ("association", "institutions"),
        (),
        (),
    ]
    assert "".join(part.html for part in parts) == article


@pytest.mark.parametrize(
    ("keys", "article"),
    [
        ([], OWN),
        (["cover"], COVER + OWN),
        (["a section that there was once", "credit"], COVER + CREDIT + OWN),
        (["credit"], "\n<p>antes</p>\n" + CREDIT + OWN),
    ],
)
def test_nothing_of_an_article_is_lost(keys, article):
    parts = parts_of(Report(specification={"sections": keys}), article)
    assert "".join(part.html for part in parts).strip() == article.strip()
    credit = [part.themes for part in parts if "<h2>2</h2>" in part.html]
    assert credit == ([("credit",)] if "credit" in keys else [])
