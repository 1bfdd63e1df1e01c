import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from pip_network.models import Job, RoleAssignment
from pip_network.people.open_pages import OpenPageMiddleware
from pip_network.web.errors import failed
from pip_network.web.htmx import render_page


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
        (
            {"HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"},
            "_part.html",
            "whole 3",
        ),
    ],
)
@pytest.mark.django_db
def test_render_page_gives_the_part_only_when_htmx_asks_for_one(
    headers, fragment, expected, shapes
):
    request = RequestFactory().get("/", **headers)
    request.htmx = HtmxDetails(request)
    response = render_page(request, "page.html", {"n": 3}, fragment=fragment, status=202)
    assert (response.content.decode(), response.status_code, response["Vary"]) == (
        expected,
        202,
        "HX-Request",
    )


class TestRefusals:
    """A part of a page gets the sentence of a refusal; the browser that follows a link gets the
    whole page.
    """

    PART = {"HTTP_HX_REQUEST": "true"}  # noqa: RUF012

    @pytest.fixture
    def job(self, world):
        return Job.objects.create(
            kind="monitoring.build_report",
            requested_by=world.specialist,
            requested_at=timezone.now(),
        )

    @pytest.fixture
    def specialist(self, world):
        browser = Client()
        browser.force_login(world.specialist)
        return browser

    def test_a_role_that_ended_while_the_page_was_open(self, job, specialist, world):
        address = reverse("job", args=[job.pk])
        job.requested_by = world.director
        job.save()
        assert "job-state" in specialist.get(address, **self.PART).content.decode()
        RoleAssignment.objects.filter(person=world.specialist).delete()
        answer = specialist.get(address, **self.PART)
        assert (answer.status_code, answer.content.decode().count("<html")) == (404, 0)
        assert (
            "Seu acesso pode ter mudado enquanto a página estava aberta." in answer.content.decode()
        )
        assert specialist.get(address).content.decode().count("<html") == 1

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (400, "No pudimos entender esa solicitud"),
            (403, "Usted puede ver esto, pero no hacerlo"),
            (404, "Esto no está abierto para usted (o ya no)"),
            (405, "Esta dirección no se usa de esa forma"),
            (429, "Demasiados intentos en poco tiempo"),
        ],
    )
    def test_each_refusal_is_one_sentence(self, status, words, rf):
        whole = HttpResponse("<!doctype html><html></html>", status=status)
        request = rf.get("/", **self.PART)
        request.htmx = HtmxDetails(request)
        answer = OpenPageMiddleware(lambda _request: whole)(request)
        assert answer.status_code == status
        assert f"<b>{words}</b>" in answer.content.decode()
        plain = rf.get("/")
        plain.htmx = HtmxDetails(plain)
        assert OpenPageMiddleware(lambda _request: whole)(plain) is whole

    def test_a_sentence_of_its_own_stays(self, rf):
        own = HttpResponse('<div class="say say-bad">Ana guardó 7.</div>', status=409)
        request = rf.get("/", **self.PART)
        request.htmx = HtmxDetails(request)
        assert OpenPageMiddleware(lambda _request: own)(request) is own

    def test_a_forged_form_is_not_called_a_missing_right(self, rf):
        whole = HttpResponse("<!doctype html><html></html>", status=403)
        request = rf.post("/", **self.PART)
        request.htmx, request.csrf_refused = HtmxDetails(request), True
        assert (
            "<b>El formulario venció</b>"
            in OpenPageMiddleware(lambda _request: whole)(request).content.decode()
        )

    @pytest.mark.parametrize(
        ("error", "status", "words"),
        [
            (OperationalError("away"), 503, "El portal no está disponible por un momento"),
            (ValueError("a mistake"), 500, "Algo falló de nuestro lado"),
        ],
    )
    def test_what_nobody_expected_is_a_sentence_too(self, error, status, words, rf):
        answers = []
        for headers in (self.PART, {}):
            try:
                raise error
            except type(error):
                answers.append(failed(rf.get("/", **headers)))
        part, page = (answer.content.decode() for answer in answers)
        assert [answer.status_code for answer in answers] == [status, status]
        assert [part.count("<html"), page.count("<html")] == [0, 1]
        assert f"<b>{words}</b>" in part
