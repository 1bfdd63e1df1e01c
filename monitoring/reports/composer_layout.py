"""How the form that composes a report is laid out."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django.utils.translation import gettext as _


def layout_of_composer(whole: bool) -> FormHelper:
    """Layout without a script: sections of one column, choices side by side."""
    form_helper = FormHelper()
    form_helper.form_tag = False
    form_helper.include_media = False
    form_helper.error_text_inline = True
    scope = ["projects", *(["typologies", "countries"] if whole else []), "networks"]
    first = ["title", "language", *(["audience"] if whole else []), "round"]
    form_helper.layout = Layout(
        form_section(_("What it is"), *first),
        form_section(
            _("Scope"),
            HTML(f'<p class="note-s">{nothing_marked() if whole else ""}</p>'),
            *scope,
        ),
        form_section(_("Groups"), "group_by"),
        form_section(_("Indicators"), "indicators", "codes"),
        form_section(_("Amounts"), Div("prices", "currency", css_class="two")),
        form_section(_("Sections"), "sections"),
        Div(Submit("order", _("Order the report"), css_class="btn-primary"), css_class="acts mt-4"),
    )
    return form_helper


def nothing_marked() -> str:
    """What an empty scope means."""
    return _("Nothing marked: the whole portfolio. Between lists both must hold; within one, any.")


def form_section(title: str, *fields: Any) -> Fieldset:
    """Fields under a title."""
    return Fieldset(title, *fields, css_class="form-sec")
