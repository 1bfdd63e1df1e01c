"""A figure and the state of a report as pages show them: words, and the shape beside them."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from monitoring.analysis import Figure
from monitoring.models import Report
from monitoring.reports import text
from pip_network.choices import JobStatus
from pip_network.web import formats

REPORT = {
    JobStatus.QUEUED: ("st-none", JobStatus.QUEUED.label),
    JobStatus.RUNNING: ("st-sent", _("Being built")),
    JobStatus.DONE: ("st-none", JobStatus.QUEUED.label),
    JobStatus.FAILED: ("st-late", JobStatus.FAILED.label),
    JobStatus.CANCELLED: ("st-none", JobStatus.CANCELLED.label),
}


def figure_words(figure: Figure, signed: bool = False, rule: str = "") -> SafeString:
    """A figure's value with its unit, n in small; or why there is none.

    `signed`: the value is itself a change; `rule`: how it was computed.
    """
    if figure.suppressed:
        value = text.reason(figure.reason or "few_units", rule, figure.measure)
        return format_html('<span class="sup">{}</span>', value)
    if figure.value is None:
        return format_html('<span class="nil">{}</span>', text.reason(figure.reason))
    value = text.amount(figure.value, figure.unit, figure.measure, sign=signed)
    if figure.n is None:
        return format_html("{}", value)
    n = f"n{formats.NBSP}={formats.NBSP}{text.count(figure.n)}"
    return format_html('{} <small class="note-s nb">{}</small>', value, n)


def report_mark(report: Report, changed: bool) -> tuple[str, str | Promise]:
    """CSS class and word: how far a report is, and whether what it was built on has `changed`."""
    if report.finished_at:
        return ("st-back", _("Out of date")) if changed else ("st-ok", _("Finished"))
    return REPORT[JobStatus(report.job.status)]
