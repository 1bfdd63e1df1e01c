"""Publishing the results of a project: who may, with what, what the public sees, who is told."""

import copy
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from monitoring import publication
from monitoring.analysis import SpecificationError
from monitoring.models import ProjectPublication, Publication, PublicTables, RecordHead, Round
from monitoring.publication import tables
from monitoring.publication.actions import withdraw_publication
from monitoring.publication.preview import preview_results
from monitoring.publication.results import withdraw_results
from monitoring.reports import build, questions
from monitoring.reports.order import order
from pip_network.choices import JobStatus, MailKind
from pip_network.jobs import jobs, stopping
from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from projects.models import Project
from tests import factories
from tests.conftest import World
from tests.monitoring.publication.publishing import AT, publish, publish_project, work_out

WHY: dict[str, Any] = {"reason": "Un error en la serie", "at": AT}
PUBLISH = "admin:monitoring_projectpublication_publish"
WITHDRAW = "admin:monitoring_projectpublication_withdraw"
ASKED = {"audience": "public", "group_by": ["project"], "indicators": ["C01", "E01", "H04"]}


@pytest.fixture(scope="module")
def _two(standing):
    world = World()
    for number in range(6):
        factories.firm(f"MANY{number:05d}", world.n1)
    world.approved("2004-S1")
    world.approved("2004-S2")
    publish(world)
    return world


@pytest.fixture
def two(_two, db):
    """Two approved semesters of a project with firms enough that something is shown, the later one
    published.
    """
    return copy.deepcopy(_two)


def sees() -> list[tuple[str, int]]:
    return [(row.round, row.as_of) for row in publication.results_of_project("PIP-01")]


def told(person) -> list[str]:
    return [mail.subject for mail in Mail.objects.filter(to=person.email).order_by("pk")]


def test_the_public_sees_a_project_as_of_the_approval_of_its_round(two):
    assert sees() == []
    before = Mail.objects.count()
    row = publish_project(two)
    assert sees() == [("2004-S2", row.publication.as_of_id)]
    figure = publication.results_of_project("PIP-01")[0].figures.get(
        "H04", "main", {"project": "PIP-01"}
    )
    assert figure is not None
    assert figure.value is not None
    event = AuditEvent.objects.get(verb="results.published", object="P:PIP-01")
    assert event.details == {
        "round": "2004-S2",
        "as_of": row.publication.as_of_id,
        "reason": "Lo pidió el consejo",
    }
    assert Mail.objects.count() == before + 1
    assert told(two.director)[-1] == "PIP-01, 2004-S2: resultados publicados"
    assert "/projects/PIP-01/" in Mail.objects.order_by("pk").last().body


def test_withdrawn_is_seen_no_more_and_the_director_is_told(two):
    row = publish_project(two)
    with pytest.raises(Invalid):
        withdraw_results(results=row, by=two.administrator, **{**WHY, "reason": "x"})
    withdraw_results(results=row, by=two.administrator, **WHY)
    assert sees() == []
    assert told(two.director)[-1] == "PIP-01, 2004-S2: resultados ya no publicados"
    with pytest.raises(Conflict):
        withdraw_results(results=row, by=two.administrator, **WHY)
    again = publish_project(two)
    assert (again.pk != row.pk, sees()) == (True, [("2004-S2", row.publication.as_of_id)])


def test_directors_who_stopped_these_letters_are_not_told(two):
    stopping.stop(person=two.director, kind=MailKind.PUBLISHED, by=two.director, at=AT)
    before = Mail.objects.count()
    withdraw_results(results=publish_project(two), by=two.administrator, **WHY)
    assert Mail.objects.count() == before
    stopping.resume(person=two.director, kind=MailKind.PUBLISHED, by=two.director, at=AT)
    withdraw_results(results=publish_project(two), by=two.administrator, **WHY)
    written = Mail.objects.order_by("pk")[before:]
    assert [(mail.to, mail.kind) for mail in written] == [(two.director.email, "published")] * 2


def test_results_go_along_when_their_round_is_published_again(two):
    row = publish_project(two)
    two.approved("2005-S1")
    again = publish(two, reason="Entró el semestre siguiente")
    assert sees() == [("2004-S2", again.as_of_id)]
    later = ProjectPublication.objects.in_force().get()
    assert (later.pk != row.pk, later.reason) == (True, row.reason)
    row.refresh_from_db()
    assert row.withdrawn_at is None
    with pytest.raises(Conflict):
        withdraw_results(results=row, by=two.administrator, **WHY)
    withdraw_results(results=later, by=two.administrator, **WHY)
    assert sees() == []


def test_a_round_is_not_published_over_results_that_were_withdrawn_meanwhile(two):
    """After its figures were computed, before the record is locked; what met it is undone whole."""
    row = publish_project(two)
    two.approved("2005-S1")

    waiting, outside = [row], len(connection.savepoint_ids)

    def meanwhile(execute, sql, params, many, context):
        inside = len(connection.savepoint_ids) > outside
        if "monitoring_recordhead" in sql and inside and waiting:
            withdraw_results(results=waiting.pop(), by=two.administrator, **WHY)
        return execute(sql, params, many, context)

    as_of = RecordHead.objects.get().number
    with connection.execute_wrapper(meanwhile), pytest.raises(Conflict, match="mire de nuevo"):
        publish(two, as_of=as_of)
    assert Publication.objects.count() == 1
    publish(two, as_of=as_of)
    assert (Publication.objects.count(), sees()) == (2, [("2004-S2", as_of)])


def test_a_round_goes_back_no_further_than_its_projects_were_approved(client, two):
    other = factories.project("PIP-02")
    factories.firm("OTHER0001", factories.network("N9", other))
    director = factories.user("dora", role=Role.DIRECTOR, scope="P:PIP-02")
    specialist = factories.user("sara", role=Role.SPECIALIST, scope="P:PIP-02")
    last = factories.approved(other, "2004-S2", director=director, specialist=specialist)
    back = {"as_of": last.number - 1, "reason": "La serie está corregida"}
    publish(two, reason="Entró otro proyecto")
    row = publish_project(two, projects=[other])
    with pytest.raises(Invalid) as refusal:
        publish(two, **back)
    assert (refusal.value.place, "PIP-02" in str(refusal.value.message)) == ("as_of", True)
    client.force_login(two.administrator)
    page = reverse("admin:monitoring_publication_publish")
    asked = f"{page}?round=2004-S2&as_of={back['as_of']}"
    assert client.get(asked).status_code == 422
    withdraw_results(results=row, by=two.administrator, **WHY)
    assert client.get(asked).status_code == 200
    assert publish(two, **back).as_of_id == back["as_of"]


def test_results_end_with_their_round_and_do_not_come_back_with_it(two):
    row = publish_project(two)
    withdraw_publication(publication=row.publication, by=two.administrator, **WHY)
    assert sees() == []
    row.refresh_from_db()
    assert row.withdrawn_because == WHY["reason"]
    assert told(two.director)[-1] == "PIP-01, 2004-S2: resultados ya no publicados"
    publish(two, reason="La serie está corregida")
    assert sees() == []
    publish_project(two)
    assert len(sees()) == 1


def test_only_the_administration_publishes_results(two):
    for person in (two.specialist, two.director, two.coordinator):
        with pytest.raises(Forbidden):
            publish_project(two, by=person)
    row = publish_project(two)
    for person in (two.specialist, two.director, two.coordinator):
        with pytest.raises(Forbidden):
            withdraw_results(results=row, by=person, **WHY)
    assert len(sees()) == 1


@pytest.mark.parametrize(
    ("given", "place"),
    [({"reason": "corto"}, "reason"), ({"projects": []}, "projects"), ({}, "")],
)
def test_what_is_refused_stores_nothing(two, given, place):
    if not place:
        publish_project(two)
        place = "projects"  # published already
    stored = ProjectPublication.objects.count()
    with pytest.raises(Invalid) as refusal:
        publish_project(two, **given)
    assert (refusal.value.place, ProjectPublication.objects.count()) == (place, stored)


def test_a_project_without_anything_approved_and_a_round_that_is_not_published(two):
    other = factories.project("PIP-02")
    with pytest.raises(Invalid) as refusal:
        publish_project(two, projects=[other])
    assert refusal.value.place == "projects"
    row = Publication.objects.get()
    withdraw_publication(publication=row, by=two.administrator, **WHY)
    with pytest.raises(Conflict):
        publish_project(two, publication=row)
    publish(two, reason="La serie está corregida")
    assert publish_project(two).project_id == "PIP-01"


# --- public questions


def paths(given: dict) -> list[str]:
    with pytest.raises(SpecificationError) as refusal:
        questions.parse(given)
    return [problem.path for problem in refusal.value.problems]


def test_a_public_question_by_project_is_about_published_ones_alone(two):
    factories.project("PIP-02")
    assert paths(ASKED) == ["$.group_by[0]"]
    publish_project(two)
    found = questions.parse(ASKED)
    assert found.stored()["scope"] == {"projects": ["PIP-01"]}
    named = ASKED | {"scope": {"projects": ["PIP-01", "PIP-02"]}}
    assert paths(named) == ["$.scope.projects[1]"]
    assert paths(ASKED | {"group_by": ["network"]}) == ["$.group_by[0]"]
    assert paths(ASKED | {"group_by": [], "scope": {"projects": ["PIP-01"]}}) == [
        "$.scope.projects"
    ]


def test_a_public_report_by_project_is_built_and_says_nothing_else(two):
    publish_project(two)
    built = build.build(questions.parse(ASKED | {"title": "Pública"}))
    figures = json.loads(built.contents["figures.json"])["figures"]
    assert {json.dumps(figure["group"]) for figure in figures} == {'{"project": "PIP-01"}'}
    html = built.contents["report.html"].decode()
    assert [word for word in ("Uso interno", "Internal use") if word in html] == []


@pytest.mark.parametrize("again", [False, True])
def test_every_door_is_held_to_what_is_published(two, tmp_path, again):
    """The command and the job of a report that was ordered before it was withdrawn."""
    ordered = order(
        given={"version": 1, "title": "T", **ASKED, "group_by": []}, by=two.specialist, at=AT
    )
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(ordered.specification))
    row = Publication.objects.get()
    if again:
        two.approved("2005-S1")
        publish(two, reason="Entró el semestre siguiente")
    else:
        withdraw_publication(publication=row, by=two.administrator, **WHY)
    with pytest.raises(CommandError) as refusal:
        call_command("build_report", spec=spec, out=tmp_path / "out")
    assert str(refusal.value).startswith("$.as_of" if again else "$.audience")
    jobs.run(ordered.job_id, build.work)
    ordered.job.refresh_from_db()
    assert (ordered.job.status, ordered.job.attempts) == (JobStatus.FAILED, 1)
    spec.write_text(json.dumps(ordered.specification | {"audience": "staff"}))
    call_command("build_report", spec=spec, out=tmp_path / "out", verbosity=0)


# --- pages


def test_pages_show_published_results_to_everybody(client, two):
    project = reverse("project", args=["PIP-01"])
    indicator = reverse("indicator", args=["H04"])
    assert "as of approval" not in client.get(project, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert client.get(indicator).context["of_projects"] == []
    publish_project(two)
    page = client.get(project).content.decode()
    assert "2004-S2: publicados el" in page
    ((results, figure),) = client.get(indicator).context["of_projects"]
    assert (results.project, figure.group) == ("PIP-01", {"project": "PIP-01"})
    withdraw_results(results=ProjectPublication.objects.get(), by=two.administrator, **WHY)
    assert "2004-S2: publicados el" not in client.get(project).content.decode()
    assert client.get(indicator).context["of_projects"] == []


def test_results_of_one_indicator_are_read_without_the_others(two, django_assert_num_queries):
    row = publish_project(two)
    mine = [figure for figure in row.figures if figure["indicator"] == "H04"]
    assert len(row.figures) > len(mine) > 0
    (stored,) = ProjectPublication.objects.with_figures_of("H04")
    assert stored.of_indicator == mine
    with django_assert_num_queries(1):
        (results,) = publication.results_of_round("2004-S2", "H04")
    assert [figure.as_dict() for figure in results.figures.all] == mine
    assert publication.results_of_round("2004-S2", "H99")[0].figures.all == []


def test_the_page_of_an_indicator_asks_the_same_questions(client, two, django_assert_num_queries):
    one = publish_project(two)
    for size in (1, 3, 20):
        while ProjectPublication.objects.count() < size:
            copy_to(one, factories.project(f"PIP-{ProjectPublication.objects.count() + 50}"))
        with django_assert_num_queries(8):
            page = client.get(reverse("indicator", args=["H04"]))
        assert len(page.context["of_projects"]) == size


def copy_to(one: ProjectPublication, project: Project) -> None:
    """The same results, as though they were another project's."""
    figures = [{**figure, "group": {"project": project.pk}} for figure in one.figures]
    ProjectPublication.objects.create(
        project=project,
        publication=one.publication,
        figures=figures,
        reason=one.reason,
        by=one.by,
        at=one.at,
    )


def test_the_administration_looks_and_publishes(client, two):
    client.force_login(two.administrator)
    row = Publication.objects.get()
    asked = f"{reverse(PUBLISH)}?publication={row.pk}"
    assert client.get(reverse(PUBLISH)).status_code == 200
    assert client.get(f"{reverse(PUBLISH)}?publication=0").status_code == 422
    page = client.get(asked)
    assert page.context["hidden"] is None
    assert "<legend>Projects</legend>" in page.content.decode()  # names all its boxes
    kept = tables.request_tables(
        round=Round.objects.get(code="2004-S2"), as_of=row.as_of_id, by=two.administrator, at=AT
    )
    work_out(kept)
    page = client.get(asked)
    assert {row.group for one in page.context["hidden"] for row in one.rows} == {"Project: PIP-01"}
    answer = client.post(asked, {"projects": ["PIP-01"], "reason": "corto"})
    assert (answer.status_code, ProjectPublication.objects.count()) == (422, 0)
    answer = client.post(asked, {"projects": ["PIP-01"], "reason": "Lo pidió el consejo"})
    assert answer.status_code == 302
    stored = ProjectPublication.objects.get()
    assert stored.figures == direct(two, stored)
    page = client.get(stored.get_absolute_url())
    assert (page.status_code, page.context["unseen"]) == (200, "")
    assert client.get(row.get_absolute_url()).status_code == 200
    address = reverse(WITHDRAW, args=[stored.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "x"}).status_code == 422
    assert client.post(address, {"reason": "Un error en la serie"}).status_code == 302
    assert client.get(reverse("admin:monitoring_projectpublication_changelist")).status_code == 200


def direct(two, stored: ProjectPublication) -> list[dict]:
    """The same without what was worked out before."""
    PublicTables.objects.all().delete()
    withdraw_results(results=stored, by=two.administrator, **WHY)
    again = publish_project(two)
    figures = again.figures
    again.delete()
    ProjectPublication.objects.filter(pk=stored.pk).update(
        withdrawn_at=None, withdrawn_by=None, withdrawn_because=""
    )
    return figures


@pytest.mark.parametrize("who", ["director", "coordinator", "specialist", "stranger"])
def test_for_others_the_room_does_not_exist(client, two, who):
    row = publish_project(two)
    client.force_login(getattr(two, who))
    for address in (reverse(PUBLISH), reverse(WITHDRAW, args=[row.pk]), row.get_absolute_url()):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "Un error en la serie"}).status_code == 404
    client.force_login(two.administrator)
    assert client.get(reverse(PUBLISH)).status_code == 200


def test_a_group_that_one_firm_moves_is_named_by_indicator(client, two):
    row = publish_project(two)
    two.approved("2005-S1")
    assert preview_results(Publication.objects.in_force().get())["few"] == []
    withdraw_results(results=row, by=two.administrator, **WHY)
    again = publish(two, reason="Entró el semestre siguiente")
    assert preview_results(again)["seen_before"] is True
    assert RecordHead.objects.get().number == again.as_of_id
