"""Building a report: from its specification to its files.

The worker and `manage.py build_report` share every line.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from monitoring.analysis import (
    Figure,
    Specification,
    SpecificationError,
    definition,
    figures_csv,
    figures_document,
)
from monitoring.models import Report
from pip_network.jobs import lease
from pip_network.jobs.jobs import Progress
from pip_network.models import Job
from pip_network.web.errors import Conflict

from . import files, gathering, page, pdf, questions, record, workbook
from .blocks import Document
from .compose import compose
from .figure_definitions import keep_definitions
from .material import Material

Announce = Callable[[str], None]


@dataclass(frozen=True)
class BuiltReport:
    """The files of a report by name, and the figures that they cite."""

    contents: Mapping[str, bytes]
    definitions: Mapping[str, dict]
    figure_count: int


def build(specification: Specification, *, step: Announce | None = None) -> BuiltReport:
    """All files of a report, in its own language.

    `step(message)` is called before each piece of work; it may raise to stop.
    """
    announce = step or (lambda _message: None)
    with translation.override(specification.language):
        material = gathering.gather(
            specification,
            progress=lambda message: announce(_("Computing: {what}").format(what=message)),
        )
        document = compose(
            material, progress=lambda title: announce(_("Section: {title}").format(title=title))
        )
        address = settings.PUBLIC_URL
        contents = {}
        announce(_("Writing the PDF"))
        contents["report.pdf"] = pdf.render(document, address)
        announce(_("Writing the workbook"))
        contents["report.xlsx"] = workbook.render(document)
        announce(_("Writing the page"))
        contents["report.html"] = page.file(document, address).encode()
        contents["figures.json"] = figures_document(
            specification.question(),
            material.figures.all,
            record_hash=material.record_hash,
            application=material.application,
        ).encode()
        contents["figures.csv"] = figures_csv(material.figures.all).encode()
        contents[files.PAGE] = page_part(document)
    return BuiltReport(contents, definitions(material), len(material.figures.all))


def page_part(document: Document) -> bytes:
    """What the report's own page shows: the article and its contents list."""
    part = {
        "facts": list(document.facts),
        "sections": [[section.number, section.title] for section in document.sections],
        "demo": document.demo,
        "article": page.article(document),
    }
    return json.dumps(part, ensure_ascii=False).encode()


def steps(specification: Specification) -> int:
    """How many times `step` is called, at most."""
    return (
        len(specification.indicators)
        + len(record.earlier_rounds(specification))
        + len(specification.sections)
        + 4
    )


def definitions(material: Material) -> dict[str, dict]:
    """What each cited id stands for: figures of the report, of the rounds before, by project."""
    specification = material.specification
    by_id = {figure.id: defined(specification, figure) for figure in material.figures.all}
    if material.by_project:
        by_id |= {f.id: defined(specification, f) for f in material.by_project.all}
    for code, figures in material.series.items():
        question = material.asked_before[code]
        by_id |= {figure.id: defined(question, figure) for figure in figures.all}
    return by_id


def defined(specification: Specification, figure: Figure) -> dict:
    """What the id of a figure stands for: its question, at its own round."""
    question = specification.question() | {"round": figure.round}
    return definition(question, figure.indicator, figure.measure, figure.group)


def keep_if_ours(folder: str, progress: Progress) -> None:
    """What an attempt wrote after it was taken over, or cancelled, is its own to remove."""
    try:
        progress()
    except (lease.LeaseLost, lease.Cancelled):
        files.remove(folder)
        raise


def asked(report: Report) -> Specification:
    """What was ordered; raises Conflict when it may not be answered any more: what the public sees
    may have changed since.
    """
    try:
        return questions.parse(report.specification)
    except SpecificationError as refusal:
        said = (_(problem.message) % dict(problem.values) for problem in refusal.problems)
        raise Conflict(" ".join(said)) from refusal


def work(job: Job, progress: Progress) -> Callable[[], None]:
    """The job of a report: builds its files aside, and publishes them by the row change that ends
    the job.
    """
    report = Report.objects.get(job=job)
    specification = asked(report)
    done = 0
    progress(total=steps(specification), done=0)

    def step(message: str) -> None:
        nonlocal done
        done += 1
        progress(done=done, step=message)

    built = build(specification, step=step)
    folder = files.folder_of(report.pk, job)
    progress(step=_("Publishing"))
    files.remove_earlier(report.pk, job)
    files.place(built.contents, files.root() / folder)
    keep_if_ours(folder, progress)

    def finish() -> None:
        keep_definitions(built.definitions)
        Report.objects.filter(pk=report.pk, finished_at__isnull=True).update(
            finished_at=timezone.now(), folder=folder, figure_count=built.figure_count
        )

    return finish
