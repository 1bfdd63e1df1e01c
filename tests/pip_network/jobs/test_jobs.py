import datetime as dt
import threading
import uuid

import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from pip_network.choices import JobStatus
from pip_network.jobs import broker, jobs, lease
from pip_network.models import AuditEvent, Job, User
from pip_network.web.errors import Conflict, Invalid
from tests.factories import PROCESS

KIND = "tests.count"
AT = dt.datetime(2006, 9, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def sent(monkeypatch):
    """The messages that reach the broker, in order, as (task, id)."""
    messages = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, args=(), **options: messages.append((name, *args))
    )
    return messages


def make_job(**fields) -> Job:
    return Job.objects.create(
        **{"kind": KIND, "requested_at": AT, "lease_until": AT + jobs.SEND_AGAIN} | fields
    )


def leased(**fields) -> Job:
    return make_job(
        **{
            "status": JobStatus.RUNNING,
            "attempts": 1,
            "lease": uuid.uuid4(),
            "lease_until": timezone.now() + lease.LEASE,
        }
        | fields
    )


def expired(**fields) -> Job:
    return leased(**{"lease_until": timezone.now() - dt.timedelta(seconds=1)} | fields)


@pytest.mark.django_db
class TestEnqueue:
    def test_sends_after_the_commit_only(self, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.enqueue(kind=KIND, arguments={"n": 1}, requested_by=None, at=AT)
            assert sent == []
        assert sent == [(KIND, str(job.pk))]
        assert (job.status, job.arguments, job.requested_at) == (JobStatus.QUEUED, {"n": 1}, AT)

    def test_of_a_rolled_back_request_leaves_nothing(
        self, sent, django_capture_on_commit_callbacks
    ):
        with (
            django_capture_on_commit_callbacks(execute=True) as callbacks,
            transaction.atomic(),
        ):
            jobs.enqueue(kind=KIND, arguments={}, requested_by=None, at=AT)
            transaction.set_rollback(True)
        assert (callbacks, sent, Job.objects.count()) == ([], [], 0)

    def test_without_a_broker_is_sent_by_the_sweep(
        self, monkeypatch, sent, django_capture_on_commit_callbacks
    ):
        to_the_broker = current_app.send_task
        monkeypatch.setattr(
            broker, "_away_until", 0.0
        )  # it counts the seconds since the last failure
        monkeypatch.setattr(current_app, "send_task", broken_broker)
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.enqueue(kind=KIND, arguments={}, requested_by=None, at=AT)
        assert Job.objects.get().status == JobStatus.QUEUED
        monkeypatch.setattr(current_app, "send_task", to_the_broker)
        assert jobs.sweep(at=AT + dt.timedelta(seconds=61)) == 0
        Job.objects.update(lease_until=AT + dt.timedelta(seconds=60))
        monkeypatch.setattr(broker, "_away_until", 0.0)
        assert jobs.sweep(at=AT + dt.timedelta(seconds=59)) == 0
        assert jobs.sweep(at=AT + dt.timedelta(seconds=61)) == 1
        assert sent == [(KIND, str(job.pk))]


def broken_broker(*args, **options):
    raise ConnectionError


@pytest.mark.django_db
class TestRun:
    def test_does_the_work_once_and_ends_the_row(self):
        job, times = make_job(), []
        for _ in range(2):
            jobs.run(str(job.pk), lambda job, progress: times.append(job.pk))
        job.refresh_from_db()
        assert times == [job.pk]
        assert (job.status, job.attempts, job.lease, job.lease_until, job.share) == (
            JobStatus.DONE,
            1,
            None,
            None,
            100,
        )
        assert job.finished_at >= job.started_at

    def test_publishes_in_the_transaction_that_ends_it(self):
        job, seen = make_job(), []

        def finish():
            seen.append((Job.objects.get(pk=job.pk).status, connection.in_atomic_block))

        jobs.run(job.pk, lambda job, progress: finish)
        assert seen == [(JobStatus.DONE, True)]

    def test_whose_publishing_fails_is_not_done(self, sent):
        job = make_job()

        def finish():
            raise ZeroDivisionError

        jobs.run(job.pk, lambda job, progress: finish)
        job.refresh_from_db()
        assert (job.status, job.finished_at) == (JobStatus.QUEUED, None)
        assert sent == [(KIND, str(job.pk))]

    def test_shows_progress(self):
        job, seen = make_job(), []

        def work(job, progress):
            progress(total=4, step="first")
            progress(done=1)
            seen.append(Job.objects.get(pk=job.pk))

        jobs.run(job.pk, work)
        assert [(row.done, row.total, row.step, row.share) for row in seen] == [(1, 4, "first", 25)]

    def test_leaves_a_job_that_another_worker_holds(self):
        job, times = leased(), []
        jobs.run(job.pk, lambda job, progress: times.append(1))
        assert times == []

    def test_takes_a_job_whose_lease_has_expired(self):
        job, times = expired(), []
        jobs.run(job.pk, lambda job, progress: times.append(1))
        job.refresh_from_db()
        assert (times, job.status, job.attempts) == ([1], JobStatus.DONE, 2)

    def test_tries_an_unexpected_error_three_times_and_says_why(self, sent):
        job, times = make_job(), []

        def work(job, progress):
            times.append(job.attempts)
            raise ZeroDivisionError

        for _ in range(5):
            jobs.run(job.pk, work)
        job.refresh_from_db()
        assert (times, job.status) == ([1, 2, 3], JobStatus.FAILED)
        assert "ZeroDivisionError" in job.error
        assert sent == [(KIND, str(job.pk))] * 2

    def test_ends_at_once_when_a_rule_says_no(self, sent):
        job = make_job()

        def work(job, progress):
            raise Invalid("There is no approval yet.")

        jobs.run(job.pk, work)
        job.refresh_from_db()
        assert (job.status, job.error, job.attempts, sent) == (
            JobStatus.FAILED,
            "There is no approval yet.",
            1,
            [],
        )

    def test_of_a_worker_that_was_overtaken_writes_nothing(self):
        job, published = make_job(), []

        def work(job, progress):
            Job.objects.filter(pk=job.pk).update(lease=uuid.uuid4())
            return lambda: published.append(1)

        jobs.run(job.pk, work)
        job.refresh_from_db()
        assert (job.status, published) == (JobStatus.RUNNING, [])

    def test_is_stopped_by_progress_when_overtaken(self):
        job, reached = make_job(), []

        def work(job, progress):
            Job.objects.filter(pk=job.pk).update(lease=uuid.uuid4())
            progress(done=1)
            reached.append(1)

        jobs.run(job.pk, work)
        job.refresh_from_db()
        assert (job.status, job.done, reached) == (JobStatus.RUNNING, 0, [])

    def test_prolongs_its_lease_during_a_long_step(self, monkeypatch, committed):
        monkeypatch.setattr(lease, "HEARTBEAT_SECONDS", 0.02)
        job, beat = make_job(), threading.Event()

        def work(job, progress):
            for _ in range(200):
                if Job.objects.get(pk=job.pk).lease_until > job.lease_until:
                    beat.set()
                    break
                threading.Event().wait(0.02)

        jobs.run(job.pk, work)
        assert beat.is_set()

    def test_speaks_the_language_of_who_asked(self):
        person = User.objects.create_user("ana@example.org", name="Ana", language="pt")
        job, spoken = make_job(requested_by=person), []
        jobs.run(job.pk, lambda job, progress: spoken.append(get_language()))
        assert spoken == ["pt"]


@pytest.mark.django_db
class TestCancel:
    def test_of_a_queued_job_ends_it(self):
        job, times = make_job(), []
        jobs.cancel(job, by=PROCESS, at=AT)
        jobs.run(job.pk, lambda job, progress: times.append(1))
        assert (job.status, job.finished_at, times) == (JobStatus.CANCELLED, AT, [])
        assert list(
            AuditEvent.objects.filter(verb__startswith="job.").values_list("verb", "object")
        ) == [("job.cancelled", f"J:{job.pk}")]

    def test_of_a_running_job_stops_it_at_its_next_step(self):
        job, reached = make_job(), []

        def work(job, progress):
            progress(done=1)
            jobs.cancel(job, by=PROCESS, at=AT)
            reached.append("before")
            progress(done=2)
            reached.append("after")

        jobs.run(job.pk, work)
        job.refresh_from_db()
        assert (job.status, job.done, reached) == (JobStatus.CANCELLED, 1, ["before"])

    def test_of_an_ended_job_is_a_conflict(self):
        job = make_job(status=JobStatus.DONE, finished_at=AT)
        with pytest.raises(Conflict):
            jobs.cancel(job, by=PROCESS, at=AT)
        assert AuditEvent.objects.filter(verb__startswith="job.").count() == 0


@pytest.mark.django_db
class TestSweep:
    def test_sends_what_nobody_holds_oldest_first(self, sent):
        late = timezone.now()
        lost = expired(requested_at=AT + dt.timedelta(days=1))
        forgotten = make_job()
        leased()
        make_job(status=JobStatus.DONE, finished_at=AT)
        assert jobs.sweep(at=late) == 2
        assert sent == [(KIND, str(forgotten.pk)), (KIND, str(lost.pk))]
        lost.refresh_from_db()
        assert (lost.status, lost.lease) == (JobStatus.QUEUED, None)

    def test_does_not_send_the_same_job_at_every_tick(self, sent):
        make_job()
        now = timezone.now()
        assert [jobs.sweep(at=now + dt.timedelta(seconds=each)) for each in (0, 30, 59, 61)] == [
            1,
            0,
            0,
            1,
        ]

    def test_fails_a_job_that_took_three_workers_with_it(self, sent):
        job = expired(attempts=lease.ATTEMPTS)
        assert jobs.sweep(at=timezone.now()) == 0
        job.refresh_from_db()
        assert (job.status, sent) == (JobStatus.FAILED, [])
        assert "3" in job.error

    def test_ends_a_cancelled_job_whose_worker_died(self, sent):
        job = expired(cancel_requested=True)
        assert jobs.sweep(at=timezone.now()) == 0
        job.refresh_from_db()
        assert (job.status, sent) == (JobStatus.CANCELLED, [])

    @pytest.mark.parametrize("rows", [1, 3, 30])
    def test_asks_two_questions_a_job(self, rows, sent, django_assert_num_queries):
        for _ in range(rows):
            make_job()
        with django_assert_num_queries(1 + rows):
            assert jobs.sweep(at=timezone.now()) == rows


def test_two_workers_on_one_job_do_it_once(committed):
    """Twenty jobs, each offered to two threads at the same moment."""
    for _ in range(20):
        job, times, gate = make_job(), [], threading.Barrier(2)

        def worker(job=job, times=times, gate=gate):
            try:
                gate.wait()
                jobs.run(job.pk, lambda job, progress: times.append(1))
            finally:
                connection.close()

        threads = [threading.Thread(target=worker) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert times == [1]
