"""The portal's own tags and filters, at hand in every template."""

import re
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.entry.marks import figure_words, submission_mark
from pip_network.choices import Origin
from pip_network.people import access, devices
from pip_network.running.request_id import current_request_id
from pip_network.site import panels as registered
from pip_network.site.home.guide import GLOSSARY
from pip_network.web import formats

register = template.Library()

ORIGIN_MARKS = {
    Origin.STATED: ("or-pub", gettext_lazy("Published")),
    Origin.INFERRED: ("or-rec", gettext_lazy("Inferred")),
    Origin.RECONSTRUCTED: ("or-rec", gettext_lazy("Reconstructed")),
    Origin.DEMO: ("or-demo", gettext_lazy("Demonstration")),
}


def nil(words: str = "") -> SafeString:
    """What has no value says so in words: never a zero, never a bare dash."""
    return format_html('<span class="nil">{}</span>', words or _("no data"))


@register.filter
def number(value, decimals=None):
    return nil() if value in (None, "") else formats.number(value, decimals)


@register.filter
def percent(value, decimals=0):
    return nil() if value in (None, "") else formats.percent(value, decimals)


@register.filter
def money(value, decimals=0):
    return nil() if value in (None, "") else formats.money(value, decimals)


@register.filter
def tenths(value):
    """A whole number of tenths with one decimal: 441 is 44,1."""
    return formats.number(Decimal(value).scaleb(-1), 1)


@register.filter
def longdate(day):
    return formats.long_date(day) if day else nil(_("date not published"))


@register.filter
def shortdate(day):
    return formats.short_date(day) if day else nil(_("no date"))


@register.filter
def daterange(first, last):
    if not first:
        return nil(_("date not published"))
    return formats.date_range(first, last) if last and last != first else formats.long_date(first)


@register.filter
def origin_mark(origin):
    """The circle and word of an origin; what its owner entered carries no mark."""
    if origin not in ORIGIN_MARKS:
        return ""
    css, label = ORIGIN_MARKS[origin]
    return format_html('<span class="or {}">{}</span>', css, label)


@register.simple_tag
def status(submission, day=None):
    """State of a submission: shape and word. `day` adds whether it is late."""
    css, label = submission_mark(submission, day)
    return format_html('<span class="st {}">{}</span>', css, label)


@register.simple_tag
def figure_value(figure, decimals=None):
    """A figure with its unit and n; suppressed or undefined ones in words."""
    return figure_words(figure, decimals)


@register.simple_tag(takes_context=True)
def panels(context, place, subject):
    """All panels registered for `place`, each rendered with what its function returns; None leaves
    it out.
    """
    request = context.get("request")
    parts = []
    for template_name, function in registered.at(place):
        found = function(request, subject)
        if found is not None:
            parts.append(
                template.loader.render_to_string(
                    template_name, {"subject": subject, **found}, request=request
                )
            )
    return mark_safe("".join(parts))  # rendered by our own templates, which escape


@register.inclusion_tag("ui/help.html")
def help(key):  # the tag's own name
    """An entry of the glossary that opens where it is needed."""
    return {"key": key, "word": GLOSSARY[key]}


@register.simple_tag(takes_context=True)
def query(context, **changes):
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
def between(context, mark, last=""):
    """What stands between the items of a loop, glued to each: `mark`, and `last` after the last
    one.
    """
    return last if context["forloop"]["last"] else mark


MESSAGE_LOOKS = {"error": "say-bad", "warning": "say-warn", "success": "say-ok"}


@register.filter
def message_look(level_tag):
    """The class of a message of Django's message framework."""
    return MESSAGE_LOOKS.get(level_tag, "")


@register.simple_tag
def asset(path):
    """Address of a static file that never fails: for the page that is shown when everything else
    did.
    """
    try:
        return static(path)
    except ValueError:
        return f"/static/{path}"


@register.simple_tag
def request_id():
    return current_request_id()


@register.filter
def may_somewhere(user, permission):
    """Whether a room exists for this person; what the room itself asks too."""
    return hasattr(user, "is_authenticated") and access.can_somewhere(
        user, access.Permission(permission)
    )


@register.filter
def get(mapping, key):
    return mapping.get(key, "")


@register.filter
def page_numbers(paginator, number):
    """First, last and the neighbours of `number`; None where some are left out."""
    shown = sorted(
        {
            1,
            paginator.num_pages,
            *range(max(1, number - 2), min(paginator.num_pages, number + 2) + 1),
        }
    )
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before > 1:
            yield None
        yield page


CONTROL_CLASSES = {"checkbox": "form-check-input", "select": "form-select"}


@register.filter
def control(field):
    """A form field's control with our classes, joined to its help and its error for screen readers."""
    css = CONTROL_CLASSES.get(field.widget_type, "form-control")
    attributes = {"class": f"{css} is-invalid" if field.errors else css}
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        attributes["aria-invalid"] = "true"
        described.append(f"{field.auto_id}_error")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.filter
def browser(user_agent):
    return devices.words(user_agent)


@register.filter
def inline_svg(svg):
    """A drawing made by a library, without the inline styles that our policy refuses."""
    drawing = svg[svg.index("<svg") :]
    return mark_safe(
        re.sub(r'\sstyle="[^"]*"', "", drawing)
    )  # made by the authentication library from its own secret
