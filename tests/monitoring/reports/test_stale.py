"""A report is out of date when a text that it prints was superseded, and says so with the line."""

import pytest
from django.urls import reverse
from django.utils import timezone

from monitoring.choices import ApprovalKind
from monitoring.models import Narrative, Report, Submission
from monitoring.reports import build, stale
from monitoring.reports.order import order
from pip_network.jobs import jobs
from tests.monitoring.publication.publishing import publish
from tests.monitoring.reports.world import World, person

GIVEN = {"title": "Con textos", "indicators": ["B01"], "sections": ["narratives"]}


@pytest.fixture
def world(db, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return World(projects=2, networks=1, firms=1).make()


def ordered(**given) -> Report:
    by = person("especialista@example.org", "Especialista", "specialist", "*")
    return order(given=GIVEN | given, by=by, at=timezone.now())


def supersede(world: World, project: str = "PIP-01", code: str = "2005-S2", text: str = "") -> None:
    """An amendment of one text, approved; what it said before."""
    submission = Submission.objects.get(project=project, round=code)
    approval = world.approve(ApprovalKind.SUBMISSION, submission)
    old = Narrative.objects.get(project=project, round=code, theme="change")
    Narrative.objects.filter(pk=old.pk).update(superseded_in=approval)
    Narrative.objects.create(
        project=old.project,
        round=old.round,
        theme=old.theme,
        language="es",
        text=text or "Texto corregido.",
        approved_in=approval,
    )


def is_stale(report: Report) -> bool:
    return bool(stale.changes(report, stale.superseded()))


@pytest.mark.parametrize(
    ("given", "project", "code", "expected"),
    [
        ({}, "PIP-01", "2005-S2", True),
        ({"sections": "all"}, "PIP-02", "2005-S2", True),
        ({}, "PIP-01", "2005-S1", False),
        ({"round": "2005-S1"}, "PIP-01", "2005-S1", True),
        ({"sections": ["cover"]}, "PIP-01", "2005-S2", False),
        ({"scope": {"projects": ["PIP-02"]}}, "PIP-01", "2005-S2", False),
        ({"audience": "public", "sections": "all"}, "PIP-01", "2005-S2", False),
    ],
)
def test_out_of_date_where_the_text_is_printed(world, given, project, code, expected):
    publish(world, "2005-S2", by=person("admin@example.org", "Admin", "administration", "*"))
    report = ordered(**given)
    assert not is_stale(report)
    supersede(world, project, code)
    assert is_stale(report) is expected
    assert not is_stale(ordered(**given))  # asked again, it reads the new text


def test_the_page_names_the_approval_and_the_texts(world, client):
    report = ordered()
    jobs.run(report.job_id, build.work)
    supersede(world)
    client.force_login(report.requested_by)
    page = client.get(reverse("report", args=[report.pk]))
    (line,) = page.context["changed"]
    assert [line["approval"].number, line["rows"], line["texts"], line["projects"]] == [
        world.number,
        0,
        1,
        ["PIP-01"],
    ]
    shown = " ".join(page.content.decode().split())
    assert ["1 texto de la narrativa (PIP-01)" in shown, "0 filas" in shown] == [True, False]
