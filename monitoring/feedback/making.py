"""One act for all pages of a project: asked for, made by a worker, kept for a week for who asked."""

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monitoring.models import Observation, RecordHead
from monitoring.reports.files import place
from pip_network import audit
from pip_network.choices import JobStatus
from pip_network.jobs import jobs
from pip_network.jobs.jobs import Progress
from pip_network.models import Job, User
from pip_network.people.access import Permission, require
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update
from projects.models import Project

from . import book, paper
from .pages import Page
from .receivers import receivers_of

KIND = "monitoring.feedback"
KEEP = dt.timedelta(days=7)
BOOK, SINGLES = "pages.pdf", "pages.zip"
TYPES = {BOOK: "application/pdf", SINGLES: "application/zip"}
EVERY = 10  # pages between two words of progress


def scopes_of(project: Project) -> set[str]:
    """The project itself, and each of its networks: a coordinator has pages of her own."""
    networks = project.networks.values_list("code", flat=True)
    return {f"P:{project.code}", *(f"N:{code}" for code in networks)}


def require_may_have(by: User, project: Project) -> None:
    """Raises Forbidden for who knows no firm of the project by name."""
    refusal = _("These pages are made by those who work with the firms.")
    require(by, Permission.VIEW_FIRM_NAMES, scopes_of(project), refusal)


def order_pages(*, project: Project, language: str, by: User, at: dt.datetime) -> Job:
    """Ask for all pages that this person may have of a project, as of the last approval. What she
    asked for and is being made is not made twice.

    Raises Forbidden; Conflict where nothing of the project is approved, or nobody would get a page.
    """
    require_may_have(by, project)
    with transaction.atomic():
        as_of = for_update(RecordHead.objects.all()).get(pk=1).number
        if not Observation.objects.as_of(as_of).filter(project=project).exists():
            raise Conflict(
                _("Nothing of this project is approved yet: there is nothing to give back.")
            )
        count = len(receivers_of(by, project))
        if not count:
            raise Conflict(_("No firm and no network of this project would get a page."))
        arguments = {"project": project.code, "language": language, "as_of": as_of}
        same = ordered(project, by).filter(status__in=(JobStatus.QUEUED, JobStatus.RUNNING))
        for job in same:
            if job.arguments == arguments:
                return job
        job = jobs.enqueue(kind=KIND, arguments=arguments, requested_by=by, at=at)
        audit.record(
            verb="feedback.ordered",
            on=f"P:{project.code}",
            by=by,
            at=at,
            as_of=as_of,
            language=language,
            pages=count,
        )
    return job


def ordered(project: Project, by: User):
    """What this person asked for of a project, the newest first."""
    rows = Job.objects.filter(kind=KIND, requested_by=by, arguments__project=project.code)
    return rows.order_by("-requested_at", "id")


def work(job: Job, progress: Progress) -> Callable[[], None]:
    """The job: writes both files aside, and moves them in when it is marked done."""
    given = job.arguments
    project = Project.objects.get(code=given["project"])
    person = job.requested_by
    if person is None:
        raise Conflict(_("Whoever asked for these pages is not there any more."))
    require_may_have(person, project)
    receivers = receivers_of(person, project)
    with translation.override(given["language"]):
        progress(done=0, total=len(receivers), step=_("Reading the record"))
        writer = book.writer_of(project, given["as_of"], given["language"])
        pages = list(book.pages_of(writer, receivers))
        cover = book.cover_of(project, given["as_of"], project.day(job.requested_at))
        files = list(_told(paper.singles(cover, pages), progress))
        progress(done=len(receivers), step=_("The file to print"))
        contents = {SINGLES: zipped(files, pages), BOOK: paper.together(files)}

    def finish() -> None:
        shutil.rmtree(folder_of(job), ignore_errors=True)
        place(contents, folder_of(job))

    return finish


def _told(files: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    for done, content in enumerate(files):
        if done % EVERY == 0:
            progress(done=done, step=_("Page by page"))
        yield content


def zipped(files: Sequence[bytes], pages: Sequence[Page]) -> bytes:
    """A file for each, named by code and name; PDFs are packed already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for page, content in zip(pages, files, strict=True):
            archive.writestr(zipfile.ZipInfo(f"{name_of(page)}.pdf"), content)
    return out.getvalue()


def name_of(page: Page) -> str:
    """Of a file: nothing that somebody wrote is more than letters in it."""
    return "-".join(filter(None, (slugify(page.code), slugify(page.name)[:60])))


def folder_of(job: Job) -> Path:
    return Path(settings.MEDIA_ROOT) / "feedback" / str(job.pk)


def path_of(job: Job, name: str) -> Path | None:
    """One file of a job that is done; None where it has expired."""
    path = folder_of(job) / name
    there = name in TYPES and job.status == JobStatus.DONE and path.is_file()
    return path if there else None


def sweep(*, at: dt.datetime) -> None:
    """Remove the files of jobs that ended a week ago, and what no job stands behind."""
    root = Path(settings.MEDIA_ROOT) / "feedback"
    if not root.is_dir():
        return
    kept = Job.objects.filter(kind=KIND, requested_at__gt=at - KEEP).values_list("pk", flat=True)
    names = {str(pk) for pk in kept}
    for folder in root.iterdir():
        old = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC) <= at - KEEP
        if folder.name not in names and (old or not folder.name.startswith(".")):
            shutil.rmtree(folder, ignore_errors=True)


def expires(job: Job) -> dt.datetime:
    return job.requested_at + KEEP
