"""The text of a file of a work is there as a whole once its job is done, or not at all."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from knowledge.choices import TextState
from knowledge.models import File, Page
from knowledge.text import extraction, order, said_of
from pip_network.choices import JobStatus, ScanState
from pip_network.files.stored import extracting, keep, limits, previews, sweeping, uploads
from pip_network.jobs import jobs, lease
from pip_network.models import Job, Stored
from pip_network.web.errors import Forbidden
from tests import factories
from tests.pip_network.files.stored import GOOD, docx, pdf, picture

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def added(data: bytes, name: str = "informe.pdf") -> File:
    work = factories.work()
    stored = keep(ContentFile(data), name=name, by=None, at=NOW)
    return File.objects.create(expression=work.expressions.get(), stored=stored)


def kept_as(data: bytes, kind: str) -> File:
    """A file whose bytes are other than what was found in them, as after a fault of the disk."""
    file = added(GOOD[kind]())
    with sweeping.opened(file.stored) as content:
        path = content.name
    with open(path, "wb") as target:
        target.write(data)
    return file


def read(file: File) -> File:
    job = order(file, by=None, at=timezone.now())
    jobs.run(job.pk, extraction.work)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE
    file.refresh_from_db()
    return file


def pages(file: File) -> list[tuple[int, str, str]]:
    return list(Page.objects.filter(file=file).values_list("number", "label", "text"))


def test_a_file_is_read_page_by_page():
    file = read(added(pdf("Gestión de redes", "Página dos")))
    assert (file.text_state, file.pages, file.reason) == (TextState.TEXT, 2, "")
    assert pages(file) == [(1, "", "Gestión de redes"), (2, "", "Página dos")]
    assert previews.exists(file.stored)


def test_a_document_without_pages_has_parts():
    file = read(added(docx("Uno"), "informe.docx"))
    assert pages(file) == [(1, "part", "Uno")]
    assert not previews.exists(file.stored)


@pytest.mark.parametrize("data", [pdf("", ""), picture("png")], ids=["scanned", "picture"])
def test_a_file_without_text_says_so_and_is_no_success(data: bytes):
    file = read(added(data))
    assert file.text_state == TextState.NO_TEXT
    assert previews.exists(file.stored)
    with translation.override("es"):
        assert said_of(file) == (
            "El archivo contiene solo imágenes, como un documento escaneado: sin texto que buscar."
        )


@pytest.mark.parametrize(
    ("data", "state", "reason"),
    [
        (b"%PDF-1.7 nothing", TextState.REFUSED, "damaged"),
        (
            pdf("Uno", extra=b"<< /Filter /Standard /V 1 /R 2 /O <41> /U <41> /P -4 >>").replace(
                b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R /ID [<41><41>]"
            ),
            TextState.ENCRYPTED,
            "encrypted",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, state: str, reason: str):
    file = read(kept_as(data, "pdf"))
    assert (file.text_state, file.reason, file.pages) == (state, reason, None)
    assert pages(file) == []
    assert said_of(file).endswith(".")


def test_bytes_that_are_away_are_said_to_be_damaged(media):
    file = added(pdf("Uno"))
    next(path for path in media.rglob("*") if path.name == file.stored.name).unlink()
    assert read(file).reason == "damaged"


def test_parts_that_were_lost_are_named(monkeypatch):
    monkeypatch.setattr(extracting, "PART_SECONDS", 0)
    hard = b"BT /F1 1 Tf (x) Tj ET\n" * 1_500_000
    easy = b"BT /F1 12 Tf 40 700 Td (Uno) Tj ET"
    file = read(added(pdf(streams=(easy, hard, easy))))
    assert (file.text_state, file.reason, file.pages) == (TextState.TEXT, "unread 2", 3)
    with translation.override("en"):
        assert said_of(file) == "These pages could not be read: 2."


def test_what_follows_the_last_part_that_was_read_is_said(monkeypatch):
    monkeypatch.setattr(extracting, "LETTERS", 5)
    file = read(added(pdf("Uno", "Dos", "Tres")))
    assert (file.text_state, file.reason) == (TextState.TEXT, "cut 2")
    with translation.override("pt"):
        assert "página 2" in said_of(file)


def test_a_worker_that_is_lost_in_the_middle_leaves_nothing():
    """It has read all, and learns that another has the job: nothing of it is written."""
    file = added(pdf("Uno", "Dos"))
    job = order(file, by=None, at=timezone.now())
    mine = lease.take(job.pk, timezone.now())
    write = extraction.work(mine, lambda **progress: None)
    Job.objects.filter(pk=job.pk).update(lease=None, status=JobStatus.QUEUED)
    with pytest.raises(lease.LeaseLost):
        jobs._finish(mine, write)
    file.refresh_from_db()
    assert (file.text_state, pages(file), previews.exists(file.stored)) == (
        TextState.WAITING,
        [],
        False,
    )
    jobs.run(job.pk, extraction.work)
    assert len(pages(file)) == 2


def test_a_fault_while_it_is_written_leaves_nothing(monkeypatch):
    file = added(pdf("Uno", "Dos"))
    job = order(file, by=None, at=timezone.now())

    def full(*_arguments):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", full)
        jobs.run(job.pk, extraction.work)
    file.refresh_from_db()
    assert (file.text_state, pages(file)) == (TextState.WAITING, [])
    jobs.run(job.pk, extraction.work)
    assert len(pages(file)) == 2


def test_it_is_read_once():
    file = read(added(pdf("Uno")))
    Page.objects.update(text="as it was read the first time")
    assert pages(read(file)) == [(1, "", "as it was read the first time")]


def test_a_file_waits_for_the_scanner_and_is_read_when_it_has_passed():
    file = added(pdf("Uno"))
    Stored.objects.update(scan=ScanState.WAITING)
    assert read(file).text_state == TextState.WAITING
    assert extraction.sweep(at=timezone.now()) == 0
    Stored.objects.update(scan=ScanState.CLEAN)
    assert extraction.sweep(at=timezone.now()) == 1
    assert extraction.sweep(at=timezone.now()) == 0  # it is under way
    job = Job.objects.get(kind=extraction.KIND, status=JobStatus.QUEUED)
    jobs.run(job.pk, extraction.work)
    file.refresh_from_db()
    assert file.text_state == TextState.TEXT


def test_what_three_workers_died_of_is_not_asked_for_a_fourth_time():
    file = added(pdf("Uno"))
    job = order(file, by=None, at=timezone.now())
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.FAILED, finished_at=NOW, error="The worker was lost."
    )
    assert extraction.sweep(at=timezone.now()) == 0
    file.refresh_from_db()
    assert (file.text_state, file.reason) == (TextState.REFUSED, "heavy")


def test_what_a_work_has_taken_is_on_its_way_no_more(monkeypatch):
    """A curator sends more files in a day than may wait at a time."""
    monkeypatch.setattr(limits, "OPEN_UPLOADS", 1)
    person, data = factories.user(), pdf("Uno")

    def send() -> Stored:
        file = SimpleUploadedFile("informe.pdf", data)
        return uploads.receive(file, by=person, at=NOW).stored

    expression = factories.work().expressions.get()
    for version in (1, 2):
        File.objects.create(expression=expression, version=version, stored=send())
    send()
    with pytest.raises(Forbidden):
        send()


def test_a_file_of_a_work_is_no_orphan():
    """The way back from a kept file to what points to it is not named; it counts all the same."""
    file = added(pdf("Uno"))
    keep(ContentFile(pdf("Dos")), name="otro.pdf", by=None, at=NOW)
    sweeping.drop_orphans(at=NOW + limits.KEEP)
    assert list(Stored.objects.all()) == [file.stored]
