"""The portal's own tags and filters, at hand in every template."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from monitoring.analysis import Figure
from monitoring.models import Report, Submission
from monitoring.reports.blocks import Run
from monitoring.reports.marks import figure_words, report_mark
from monitoring.sheet.display import submission_mark
from pip_network.people import devices
from pip_network.running.request_id import current_request_id
from pip_network.site import panels as registered
from pip_network.web import formats, once
from pip_network.web.boxes import groups_of

register = template.Library()


@register.simple_tag
def state(submission: Submission, at: dt.datetime | None = None) -> SafeString:
    """State of a submission: shape and word, now unless another moment is given."""
    css, label = submission_mark(submission, at or timezone.now())
    return format_html('<span class="st {}">{}</span>', css, label)


@register.simple_tag
def report_state(report: Report, changed: bool) -> SafeString:
    """State of a report: shape and word, and how far it is while it is built."""
    css, label = report_mark(report, changed)
    mark = format_html('<span class="st {}">{}</span>', css, label)
    if css != "st-sent":
        return mark
    return format_html("{} {}", mark, formats.percent(report.job.share, 0))


@register.simple_tag
def runs(runs: Iterable[Run], address: str) -> SafeString:
    """A text whose numbers open to their rows; `address` of the portal is empty on its own pages."""
    return format_html_join("", "{}", ((_run(run, address),) for run in runs))


def _run(run: Run, address: str) -> str:
    if run.figure:
        url = f"{address}/figures/{run.figure}/"
        return format_html('<a class="trace" href="{}">{}</a>', url, run.text)
    return format_html("<b>{}</b>", run.text) if run.strong else run.text


@register.filter
def file_type(name: str) -> str:
    """report.pdf is a PDF."""
    return name.rpartition(".")[2].upper()


@register.simple_tag
def figure_value(figure: Figure, signed: bool = False, rule: str = "") -> SafeString:
    """A figure with its unit and n; suppressed or undefined ones in words."""
    return figure_words(figure, signed, rule)


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, subject: Any) -> SafeString:
    """All panels registered for `place`, each rendered with what its function returns; None leaves
    it out.
    """
    request = context["request"]
    parts = []
    for template_name, function in registered.at(place):
        panel_context = function(request, subject)
        if panel_context is not None:
            parts.append(
                template.loader.render_to_string(
                    template_name, {"subject": subject, **panel_context}, request=request
                )
            )
    return mark_safe("".join(parts))  # rendered by our own templates, which escape


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present address with some of its parameters changed; None or "" drops one. Pages start
    anew.
    """
    values = context["request"].GET.copy()
    if "page" not in changes:
        values.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            values.pop(name, None)
        else:
            values[name] = value
    return f"?{values.urlencode()}" if values else context["request"].path


@register.simple_tag(takes_context=True)
def form_key(context: Context) -> SafeString:
    """In a form that makes something: sent twice, it makes it once."""
    request = context["request"]
    spent = SafeString(" data-spent") if once.is_spent(request) else ""
    return format_html(
        '<input type="hidden" name="{}" value="{}"{}>', once.FIELD, once.key_for(request), spent
    )


@register.simple_tag(takes_context=True)
def between(context: Context, mark: str, last: str = "") -> str:
    """The mark after each item of a loop, and `last` after the last one."""
    return last if context["forloop"]["last"] else mark


@register.filter
def dot(first: Any, second: Any) -> str:
    """Two words with a middle dot between them; one of them alone where the other is empty."""
    return " · ".join(str(text) for text in (first, second) if text)


MESSAGE_LOOKS = {"error": "say-bad", "warning": "say-warn", "success": "say-ok"}


@register.filter
def message_look(level_tag: str) -> str:
    """The class of a message of Django's message framework."""
    return MESSAGE_LOOKS.get(level_tag, "")


@register.simple_tag
def asset(path: str) -> str:
    """Address of a static file that never fails: for the page that is shown when everything else
    did.
    """
    try:
        return static(path)
    except ValueError:
        return f"/static/{path}"


@register.simple_tag
def request_id() -> str:
    return current_request_id()


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")


@register.filter
def page_numbers(paginator: Paginator, number: int) -> Iterator[int | None]:
    """First, last and the neighbours of `number`; None where some are left out."""
    pages = sorted(
        {
            1,
            paginator.num_pages,
            *range(max(1, number - 2), min(paginator.num_pages, number + 2) + 1),
        }
    )
    for before, page in zip([0, *pages], pages, strict=False):
        if page - before > 1:
            yield None
        yield page


CONTROL_CLASSES = {"checkbox": "form-check-input", "select": "form-select"}


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's control with our classes, joined to its help and its error for screen readers."""
    css = CONTROL_CLASSES.get(field.widget_type, "form-control")
    attributes: dict[str, str | bool] = {"class": f"{css} is-invalid" if field.errors else css}
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        attributes["aria-invalid"] = "true"
        described.append(f"{field.auto_id}_error")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.inclusion_tag("ui/boxes.html")
def boxes(field: BoundField) -> dict[str, Any]:
    """Several of many, each with its box; a script narrows the list as one types."""
    groups = groups_of(field)
    chosen = [box.label for group in groups for box in group.boxes if box.chosen]
    return {"field": field, "groups": groups, "chosen": chosen}


@register.filter
def browser(user_agent: str) -> str:
    return devices.browser_name(user_agent)


@register.filter
def inline_svg(svg: str) -> SafeString:
    """A drawing made by a library, without the inline styles that our policy refuses."""
    drawing = svg[svg.index("<svg") :]
    # Made by the authentication library from its own secret.
    return mark_safe(re.sub(r'\sstyle="[^"]*"', "", drawing))
