import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from pip_network.htmx import render_page


@pytest.fixture
def shapes(settings, tmp_path):
    (tmp_path / "page.html").write_text("whole {{ n }}")
    (tmp_path / "_part.html").write_text("part {{ n }}")
    templates = settings.TEMPLATES
    settings.TEMPLATES = [{**templates[0], "DIRS": [tmp_path]}]


@pytest.mark.parametrize(
    ("headers", "fragment", "expected"),
    [
        ({}, "_part.html", "whole 3"),
        ({"HTTP_HX_REQUEST": "true"}, "_part.html", "part 3"),
        ({"HTTP_HX_REQUEST": "true"}, None, "whole 3"),
        ({"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}, "_part.html", "whole 3"),
        ({"HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, "_part.html", "whole 3"),
    ],
)
@pytest.mark.django_db
def test_render_page_gives_the_part_only_when_htmx_asks_for_one(headers, fragment, expected, shapes):
    request = RequestFactory().get("/", **headers)
    request.htmx = HtmxDetails(request)
    response = render_page(request, "page.html", {"n": 3}, fragment=fragment, status=202)
    assert (response.content.decode(), response.status_code, response["Vary"]) == (expected, 202, "HX-Request")
