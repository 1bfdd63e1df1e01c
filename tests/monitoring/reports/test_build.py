"""The job of a report: cancelled in each phase, taken over, published once; and the command."""

import json
import shutil
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from monitoring.models import FigureDefinition, Report
from monitoring.reports import build, files, questions
from monitoring.reports.order import KIND, order, rebuild
from pip_network.choices import JobStatus
from pip_network.jobs import jobs, lease
from pip_network.models import Job
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests.monitoring.reports.world import World, person

GIVEN = {
    "title": "Prueba",
    "indicators": ["B01", "E02"],
    "group_by": ["typology"],
    "sections": ["cover", "innovation", "sales", "projects", "method"],
}


@pytest.fixture
def place(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def ordered(db, place, django_capture_on_commit_callbacks) -> Report:
    World(projects=1, networks=2, firms=3).make()
    by = person("especialista@example.org", "Especialista", "specialist", "*")
    with django_capture_on_commit_callbacks():
        return order(given=GIVEN, by=by, at=timezone.now())


def run(report: Report, stop_at: int | None = None, act=None) -> list[str]:
    """Run the report's job as a worker does; at the `stop_at`th step `act` happens first.

    Returns the steps seen.
    """
    seen: list[str] = []

    def work(job, progress):
        def watched(**told):
            if "step" in told:
                seen.append(told["step"])
                if len(seen) == stop_at:
                    act(job)
            progress(**told)

        return build.work(job, watched)

    jobs.run(report.job_id, work)
    report.refresh_from_db()
    report.job.refresh_from_db()
    return seen


def test_a_finished_report_has_all_its_files_and_definitions(ordered):
    run(ordered)
    folder = files.root() / ordered.folder
    assert ordered.job.status == JobStatus.DONE
    assert sorted(path.name for path in folder.iterdir()) == sorted([*files.NAMES, files.PAGE])
    figures = json.loads((folder / "figures.json").read_text())["figures"]
    assert ordered.figure_count == len(figures) > 10
    assert FigureDefinition.objects.filter(pk__in=[one["id"] for one in figures]).count() == len(
        figures
    )
    assert [path for path in files.root().iterdir() if path != folder] == []


def test_order_writes_report_job_and_audit_together(ordered):
    assert [ordered.job.kind, ordered.job.status, ordered.specification["as_of"]] == [
        KIND,
        JobStatus.QUEUED,
        ordered.as_of_id,
    ]
    assert ordered.specification["sections"] == GIVEN["sections"]
    assert ordered.scope_projects == ["PIP-01"]


def phases() -> list[int]:
    """Every step of this report: computing, earlier rounds, sections, writing, publishing."""
    return list(range(1, 14))


@pytest.mark.parametrize("at", phases())
def test_cancelled_in_each_phase_it_leaves_nothing(ordered, at):
    def cancel(job):
        jobs.cancel(job, by=ordered.requested_by, at=timezone.now())

    seen = run(ordered, at, cancel)
    assert len(seen) == at
    assert [ordered.job.status, ordered.finished_at, ordered.folder] == [
        JobStatus.CANCELLED,
        None,
        "",
    ]
    assert not files.root().exists() or list(files.root().iterdir()) == []
    assert FigureDefinition.objects.count() == 0


def test_the_phases_are_all_there(ordered):
    assert len(run(ordered)) == len(phases())


def test_a_worker_that_lost_its_lease_publishes_nothing_and_the_next_finishes_once(ordered):
    def lose(job):
        Job.objects.filter(pk=job.pk).update(lease=uuid.uuid4())

    run(ordered, 9, lose)
    assert [ordered.job.status, ordered.finished_at] == [JobStatus.RUNNING, None]
    Job.objects.filter(pk=ordered.job_id).update(lease_until=timezone.now() - lease.LEASE)
    run(ordered)
    first = ordered.finished_at
    assert [ordered.job.status, ordered.job.attempts, first is None] == [JobStatus.DONE, 2, False]
    run(ordered)
    assert ordered.finished_at == first


def test_an_attempt_removes_what_earlier_ones_left_and_nothing_of_a_later_one(ordered):
    """A worker that was stopped for longer than its lease goes on after its successor is done."""
    job = Job.objects.get(pk=ordered.job_id)
    job.attempts = 2
    second = files.folder_of(ordered.pk, job)
    for number in (1, 3):
        job.attempts = number
        (files.root() / files.folder_of(ordered.pk, job)).mkdir(parents=True)
    third = files.folder_of(ordered.pk, job)
    half = files.root() / f".aside-{second[:-1]}1-x"
    half.mkdir()
    Job.objects.filter(pk=job.pk).update(attempts=1)
    run(ordered)
    assert ordered.folder == second
    assert sorted(path.name for path in files.root().iterdir()) == [second, third]


def test_a_stopped_worker_leaves_its_successor_whole_and_nothing_of_its_own(ordered, monkeypatch):
    """It is stopped as it begins to publish, and goes on when another has finished the report."""
    remove_earlier = files.remove_earlier

    def stopped(report, job):
        with monkeypatch.context() as running:
            running.setattr(files, "remove_earlier", remove_earlier)
            Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - lease.LEASE)
            jobs.run(job.pk, build.work)
        remove_earlier(report, job)

    monkeypatch.setattr(files, "remove_earlier", stopped)
    run(ordered)
    assert [ordered.job.status, ordered.job.attempts] == [JobStatus.DONE, 2]
    assert [path.name for path in files.root().iterdir()] == [ordered.folder]
    assert files.page_of(ordered.folder) is not None


@pytest.mark.parametrize("lost", ["folder", files.PAGE, "report.pdf"])
def test_files_that_are_away_are_made_again_from_the_same_question(ordered, lost):
    by = ordered.requested_by
    run(ordered)
    before, first = contents(ordered), ordered.folder
    path = files.root() / first / ("" if lost == "folder" else lost)
    shutil.rmtree(path) if lost == "folder" else path.unlink()
    with TestCase.captureOnCommitCallbacks(execute=True):
        again = rebuild(ordered, by=by, at=timezone.now())
    ordered.refresh_from_db()
    assert [again.status, ordered.job_id, ordered.finished_at] == [JobStatus.QUEUED, again.pk, None]
    with pytest.raises(Conflict, match="ya se está elaborando"):
        rebuild(ordered, by=by, at=timezone.now())
    run(ordered)
    assert contents(ordered) == before
    assert [path.name for path in files.root().iterdir()] == [ordered.folder] != [first]


def test_files_that_are_there_are_not_made_again(ordered):
    run(ordered)
    with pytest.raises(Conflict, match="están en su lugar"):
        rebuild(ordered, by=ordered.requested_by, at=timezone.now())


def contents(report: Report) -> dict[str, bytes]:
    folder = files.root() / report.folder
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_full_disk_fails_the_attempt_and_leaves_nothing(ordered, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(files, "_write", full)
        run(ordered)
    assert [ordered.job.status, ordered.finished_at] == [JobStatus.QUEUED, None]
    assert list(files.root().iterdir()) == []
    run(ordered)
    assert ordered.job.status == JobStatus.DONE


@pytest.mark.parametrize(
    ("role", "scope", "given", "error"),
    [
        ("specialist", "*", {}, None),
        ("administration", "*", {}, None),
        ("director", "P:PIP-01", {"scope": {"projects": ["PIP-01"]}}, None),
        ("director", "P:PIP-01", {}, Forbidden),
        ("director", "P:PIP-01", {"scope": {"countries": ["AR"]}}, Forbidden),
        ("director", "P:PIP-99", {"scope": {"projects": ["PIP-01"]}}, Forbidden),
        ("coordinator", "N:PIP-01-R1", {"scope": {"projects": ["PIP-01"]}}, Forbidden),
        ("institution", "I:1", {"scope": {"projects": ["PIP-01"]}}, Forbidden),
        ("specialist", "*", {"title": "  "}, Invalid),
    ],
)
def test_who_may_order_what(db, place, role, scope, given, error):
    World(projects=1, networks=1, firms=1).make()
    by = person("alguien@example.org", "Alguien", role, scope)
    if error is None:
        assert order(given=GIVEN | given, by=by, at=timezone.now()).requested_by == by
    else:
        with pytest.raises(error):
            order(given=GIVEN | given, by=by, at=timezone.now())
        assert [Report.objects.count(), Job.objects.count()] == [0, 0]


# The command


def test_the_command_gives_the_same_bytes_as_the_worker(ordered, place):
    run(ordered)
    spec, out = place / "spec.json", place / "out"
    spec.write_text(json.dumps(ordered.specification))
    call_command("build_report", spec=spec, out=out, verbosity=0)
    assert sorted(path.name for path in out.iterdir()) == sorted(files.NAMES)
    folder = files.root() / ordered.folder
    assert {
        name: (out / name).read_bytes() == (folder / name).read_bytes() for name in files.NAMES
    } == dict.fromkeys(files.NAMES, True)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("{", "$: "),
        ('{"colour": 1}', "$.colour: "),
        ('{"scope": {"projects": ["PIP-77"]}}', "$.scope.projects[0]: "),
        ('{"group_by": ["country", "sector", "size"]}', "$.group_by: "),
        ('{"audience": "public", "group_by": ["project"]}', "$.group_by[0]: "),
        ('{"sections": ["cover", "weather"]}', "$.sections[1]: "),
    ],
)
def test_the_command_refuses_with_the_path_and_writes_nothing(db, place, spec, message):
    World(projects=1, networks=1, firms=1).make()
    (place / "spec.json").write_text(spec)
    with pytest.raises(CommandError) as refused:
        call_command("build_report", spec=place / "spec.json", out=place / "out")
    assert str(refused.value).startswith(message)
    assert not (place / "out").exists()


def test_the_command_replaces_a_full_folder_only_by_force(db, place):
    World(projects=1, networks=1, firms=1).make()
    spec, out = place / "spec.json", place / "out"
    spec.write_text(json.dumps(GIVEN | {"sections": ["cover"]}))
    out.mkdir()
    (out / "mine.txt").write_text("keep")
    with pytest.raises(CommandError, match="--force"):
        call_command("build_report", spec=spec, out=out)
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    call_command("build_report", spec=spec, out=out, force=True, verbosity=0)
    assert sorted(path.name for path in out.iterdir()) == sorted(files.NAMES)
    assert sorted(path.name for path in place.iterdir()) == ["out", "spec.json"]


def test_the_command_names_a_file_that_is_not_there(db, place):
    with pytest.raises(CommandError, match="nothing.json"):
        call_command("build_report", spec=place / "nothing.json", out=place / "out")


def test_stored_specifications_parse_to_themselves(ordered):
    assert questions.parse(ordered.specification).stored() == ordered.specification
