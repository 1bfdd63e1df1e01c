"""Words for a figure."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pip_network.choices import JobStatus
from pip_network.web import formats

REPORT = {
    JobStatus.QUEUED: ("st-none", JobStatus.QUEUED.label),
    JobStatus.RUNNING: ("st-sent", _("Being built")),
    JobStatus.DONE: ("st-none", JobStatus.QUEUED.label),
    JobStatus.FAILED: ("st-late", JobStatus.FAILED.label),
    JobStatus.CANCELLED: ("st-none", JobStatus.CANCELLED.label),
}
REASONS = {
    "zero_denominator": _("the denominator is zero"),
    "no_data": _("no data"),
    "few_units": _("fewer than 5 units"),
    "secondary": _("hidden to protect another figure"),
    "not_asked_at_baseline": _("not asked at the baseline"),
    "definition_changed": _("the definition changed"),
    "no_rate": _("no exchange rate"),
}


def report_mark(report, changed: bool) -> tuple[str, str]:
    """CSS class and word: how far a report is, and whether what it was built on has `changed`."""
    if report.finished_at:
        return ("st-back", _("Out of date")) if changed else ("st-ok", _("Finished"))
    return REPORT[JobStatus(report.job.status)]


def figure_words(figure, decimals: int | None = None):
    """A figure (mapping or object with the keys of figures.json): value with unit, n in small; or
    why there is none.
    """
    get = (
        figure.get
        if hasattr(figure, "get")
        else lambda key, default=None: getattr(figure, key, default)
    )
    if get("suppressed"):
        return format_html('<span class="sup">n{}&lt;{}5</span>', formats.NBSP, formats.NBSP)
    value, unit, n = get("value"), get("unit"), get("n")
    if value is None:
        return format_html(
            '<span class="nil">{}</span>', REASONS.get(get("reason"), REASONS["no_data"])
        )
    if unit == "percent":
        words = formats.percent(value, 1 if decimals is None else decimals)
    elif unit == "usd":
        words = formats.money(value, decimals or 0)
    else:
        words = formats.number(value, decimals)
    if n is None:
        return words
    return format_html(
        '{} <small class="note-s nb">n{}={}{}</small>',
        words,
        formats.NBSP,
        formats.NBSP,
        formats.number(n),
    )
