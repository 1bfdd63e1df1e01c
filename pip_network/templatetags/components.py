"""The parts that pages are made of. Each refuses a misspelt argument; /components/ shows all."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from pip_network.audit import TrailLine
from pip_network.choices import JobStatus, Origin
from pip_network.files.exports import EXPORTERS
from pip_network.models import Job
from pip_network.people import access
from pip_network.site.home.glossary import GLOSSARY
from pip_network.web import formats
from pip_network.web.tables import HasPage

from .blocks import block_tag
from .ways import REGISTRY, ROOMS, Text, crumbs_of

register = template.Library()


class HasOrigin(Protocol):
    """A row that says where its facts come from."""

    origin: str


ORIGINS: dict[str, tuple[str, Text]] = {
    Origin.STATED: ("or-pub", _("Published")),
    Origin.INFERRED: ("or-rec", _("Inferred")),
    Origin.RECONSTRUCTED: ("or-rec", _("Reconstructed")),
    Origin.DEMO: ("or-demo", _("Demonstration")),
}
JOBS: dict[str, str] = {
    JobStatus.QUEUED: "st-none",
    JobStatus.DONE: "st-ok",
    JobStatus.FAILED: "st-late",
    JobStatus.CANCELLED: "st-none",
}
TONES = ("", "ok", "warn", "bad", "rec", "demo")


def _inclusion(drawn_by: str, function: Callable[..., dict[str, Any]]) -> Callable[..., Node]:
    """What reads an inclusion tag, for a tag that looks at its arguments first."""
    library = template.Library()
    library.inclusion_tag(drawn_by)(function)
    return library.tags[function.__name__]


_read_crumbs = _inclusion("ui/crumbs.html", crumbs_of)


@register.tag
def crumbs(parser: Parser, token: Token) -> Node:
    """`{% crumbs "monitoring" submission here=unit.label %}`: the way up, from the outermost.

    Without `here` the last step is the page itself. A step that is not there is left out.
    """
    for bit in token.split_contents()[1:]:
        if bit[0] in "\"'" and bit[1:-1] not in ROOMS:
            raise TemplateSyntaxError(
                f"crumbs: {bit} is no room; the rooms are {', '.join(ROOMS)}."
            )
    return _read_crumbs(parser, token)


@register.filter
def called(target: HasPage, label: Text) -> tuple[str, Text]:
    """A step of crumbs under another name than its own."""
    return target.get_absolute_url(), label


@block_tag(register, "ui/head.html", middle="acts")
def head(
    facts: SafeString,
    acts: SafeString | None,
    title: Text,
    lede: Text = "",
    *,
    over: Text = "",
    language: str = "",
    registry: str = "",
) -> dict[str, Any]:
    """`{% head title %}<li>fact</li>{% acts %}<a>button</a>{% endhead %}`, once on each page.

    `registry` names the list of the registry that the page is, and shows the others beside it.
    """
    return {
        "title": title,
        "lede": lede,
        "over": over,
        "language": language,
        "registry": registry,
        "facts": facts,
        "acts": acts or "",
    }


@block_tag(register, "ui/section.html", middle="body")
def section(
    first: SafeString,
    second: SafeString | None,
    title: Text,
    lede: Text = "",
    *,
    anchor: str = "",
    full: bool = False,
    look: str = "",
) -> dict[str, Any]:
    """`{% section title lede %}...{% endsection %}`; before `{% body %}`: under the title."""
    under, body = ("", first) if second is None else (first, second)
    return {
        "title": title,
        "lede": lede,
        "under": under,
        "body": body,
        "anchor": anchor,
        "full": full,
        "look": look,
    }


@block_tag(register, "ui/scroll.html")
def scroll(content: SafeString, _none: None, label: Text) -> dict[str, Any]:
    """A table that may be wider than the page: it scrolls by itself, with the keyboard too."""
    return {"content": content, "label": label}


@block_tag(register, "ui/say.html")
def say(
    content: SafeString,
    _none: None,
    title: Text = "",
    *,
    tone: str = "",
    alert: bool | None = None,
    look: str = "",
) -> dict[str, Any]:
    """One sentence that must be read before the rest; what went wrong is said aloud."""
    if tone not in TONES:
        raise ValueError(f"say: there is no tone {tone!r}; the tones are {TONES}.")
    role = {"bad": "alert", "ok": "status"}.get(tone, "")
    if alert is not None:
        role = "alert" if alert else ""
    return {"content": content, "title": title, "tone": tone, "role": role, "look": look}


@register.inclusion_tag("ui/nothing.html")
def nothing(title: Text, text: Text, *, url: str = "", label: Text = "") -> dict[str, Any]:
    """Where there is nothing yet: what, why, and one thing to do."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("ui/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """Label, help, control and error of one field of a form."""
    return {"field": field}


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, with what is wrong with the whole on top."""
    return {"form": form}


@register.inclusion_tag("ui/filters.html", takes_context=True)
def filters(
    context: Context, filter: FilterSet, *, filtered: bool, keep: Sequence[str] = ()
) -> dict[str, Any]:
    """The filters of a list, a plain form; `keep` names what else of the address stays."""
    return {"filter": filter, "filtered": filtered, "keep": keep, "request": context["request"]}


@register.inclusion_tag("ui/exports.html", takes_context=True)
def exports(context: Context, count: int) -> dict[str, Any]:
    """The list that is seen, as a file: the same filters and order, all pages."""
    return {"count": count, "exports": EXPORTERS, "request": context["request"]}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pages(context: Context, page: Page) -> dict[str, Any]:
    """The pages of a list; addresses keep every filter."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/history.html")
def history(events: Sequence[TrailLine]) -> dict[str, Any]:
    """What was changed, by whom, and why: a list of audit.TrailLine, newest first."""
    return {"history": events}


@register.inclusion_tag("ui/refusal.html")
def refusal(*, htmx: bool = False) -> dict[str, Any]:
    """In block `scripts`: where a page says that a part of it was refused; `htmx` loads it too."""
    return {"htmx": htmx}


@register.inclusion_tag("ui/search_box.html")
def search_box(name: str) -> dict[str, Any]:
    """The search of the portal; `name` is the id of its field, once a page."""
    return {"id": name}


@register.inclusion_tag("ui/registry_nav.html", takes_context=True)
def registry_nav(context: Context, here: str) -> dict[str, Any]:
    """The lists of the registry. Firms are for those who work with them."""
    user = context.get("user")
    firms = user is not None and access.can_somewhere(user, access.Permission.VIEW_FIRM_NAMES)
    rooms = [(name, ROOMS[name]) for name in REGISTRY if name != "firms" or firms]
    return {"here": here, "rooms": rooms}


@register.simple_tag
def job_state(job: Job) -> SafeString:
    """Shape and word of a job that waits or has ended; of one that runs, how far it is."""
    if job.status not in JOBS:
        return format_html("<span>{}</span>", formats.percent(job.share, 0))
    label = JobStatus(job.status).label
    return format_html('<span class="st {}">{}</span>', JOBS[job.status], label)


@register.simple_tag
def origin(row: HasOrigin) -> str:
    """The circle and word of an origin; what its owner entered carries no mark."""
    if row.origin not in ORIGINS:
        return ""
    css, label = ORIGINS[row.origin]
    return format_html('<span class="or {}">{}</span>', css, label)


@register.inclusion_tag("ui/help.html")
def help(key: str) -> dict[str, Any]:  # the tag's own name
    """An entry of the glossary that opens where it is needed."""
    return {"key": key, "word": GLOSSARY[key]}
