"""The form that composes a report.

What it gathers is a specification; only the specification's parser judges it.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from monitoring.analysis.groups import GROUPINGS
from monitoring.models import Indicator, Round
from pip_network.choices import Theme
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.acts import ActForm
from pip_network.web.errors import DomainError
from projects.choices import Typology
from projects.models import Country, Network, Project

from . import names
from .record import version_of
from .sections import SECTIONS

Checks = forms.CheckboxSelectMultiple
# Where the parser's path points: the first part of it -> field.
FIELDS = {
    "title": "title",
    "language": "language",
    "audience": "audience",
    "scope.projects": "projects",
    "scope.countries": "countries",
    "scope.typologies": "typologies",
    "scope.networks": "networks",
    "group_by": "group_by",
    "indicators": "codes",
    "round": "round",
    "prices": "prices",
    "currency": "currency",
    "sections": "sections",
}


class ComposerForm(ActForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the report"), choices=settings.LANGUAGES
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Audience"),
        choices=[
            ("staff", gettext_lazy("Staff (internal use)")),
            ("public", gettext_lazy("Public")),
        ],
        help_text=gettext_lazy(
            "A public report is about the whole programme and hides figures about fewer than five "
            "firms."
        ),
    )
    round = forms.ChoiceField(label=gettext_lazy("Round"), required=False)
    projects = forms.MultipleChoiceField(
        label=gettext_lazy("Projects"), required=False, widget=Checks
    )
    typologies = forms.MultipleChoiceField(
        label=gettext_lazy("Typologies"), required=False, widget=Checks, choices=Typology.choices
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"), required=False, widget=Checks
    )
    networks = forms.MultipleChoiceField(
        label=gettext_lazy("Networks"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Hold Ctrl to choose several."),
    )
    group_by = forms.MultipleChoiceField(
        label=gettext_lazy("Grouped by"),
        required=False,
        widget=Checks,
        help_text=gettext_lazy("At most two; with two, their product is shown too."),
    )
    indicators = forms.ChoiceField(
        label=gettext_lazy("Indicators"),
        widget=forms.RadioSelect,
        choices=[
            ("core", gettext_lazy("The core of the catalogue")),
            ("all", gettext_lazy("All indicators")),
            ("codes", gettext_lazy("Those marked below")),
        ],
    )
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Indicators by theme"), required=False, widget=Checks
    )
    prices = forms.ChoiceField(
        label=gettext_lazy("Prices"),
        choices=[
            ("current", gettext_lazy("Current prices")),
            ("constant", gettext_lazy("Constant prices")),
        ],
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        choices=[("USD", "US$"), ("local", gettext_lazy("Local (one currency only)"))],
    )
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Sections"),
        required=False,
        widget=Checks,
        choices=[(section.key, section.title) for section in SECTIONS],
        help_text=gettext_lazy("None marked: all of them."),
    )

    def __init__(self, *args: Any, user, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = (
            None
            if access.can(user, Permission.ORDER_REPORT)
            else sorted(access.codes_with(user, Permission.ORDER_OWN_REPORT, "P") or ())
        )
        self._fill()
        self.helper = helper(self.own is None)

    def _fill(self) -> None:
        fields = self.fields
        projects = Project.objects.current().of_programme().order_by("code")
        networks = Network.objects.of_programme().order_by("code")
        if self.own is not None:
            projects, networks = (
                projects.filter(code__in=self.own),
                networks.filter(project__in=self.own),
            )
            for name in ("countries", "typologies", "audience"):
                del fields[name]
            fields["projects"].required = True
            if len(self.own) == 1:
                fields["projects"].initial = self.own
        else:
            fields["countries"].choices = [
                (code, countries.name(code))
                for code in Country.objects.values_list("iso2", flat=True)
            ] + [("regional", _("Regional"))]
        fields["projects"].choices = [(row.code, str(row)) for row in projects]
        fields["networks"].choices = [(row.code, str(row)) for row in networks]
        fields["group_by"].choices = [(key, names.grouping(key)) for key in GROUPINGS]
        rounds = (
            Round.objects.filter(submissions__approvals__isnull=False).distinct().order_by("-code")
        )
        fields["round"].choices = [
            ("", _("The latest with approvals")),
            *((code, code) for code in rounds.values_list("code", flat=True)),
        ]
        rows = Indicator.objects.filter(catalogue=version_of(None)).order_by("position")
        themes: dict[str, list] = {}
        for row in rows:
            themes.setdefault(str(Theme(row.theme).label), []).append(
                (row.code, f"{row.code} {row.name}")
            )
        fields["codes"].choices = list(themes.items())

    def specification(self) -> dict[str, Any]:
        """What the fields say, as a specification; called on a form whose own fields are valid."""
        data = self.cleaned_data
        scope = {
            key: list(data[key])
            for key in ("projects", "countries", "typologies", "networks")
            if data.get(key)
        }
        return {
            "version": 1,
            "title": data["title"],
            "language": data["language"],
            "audience": data.get("audience", "staff"),
            "scope": scope,
            "group_by": list(data["group_by"]),
            "indicators": list(data["codes"])
            if data["indicators"] == "codes"
            else data["indicators"],
            "round": data["round"] or None,
            "prices": data["prices"],
            "currency": data["currency"],
            "sections": list(data["sections"]) or "all",
        }

    def given(self) -> dict[str, Any]:
        return {"given": self.specification()}

    def refuse(self, error: DomainError) -> None:
        """As any form; each problem of the parser beside the field that its path names."""
        if "problems" not in error.context:
            super().refuse(error)
        for problem in error.context.get("problems", ()):
            path = problem.path.removeprefix("$.")
            name = next(
                (
                    field
                    for start, field in FIELDS.items()
                    if path == start or path.startswith((f"{start}[", f"{start}."))
                ),
                None,
            )
            message = _(problem.message) % dict(problem.values)
            self.add_error(
                name if name in self.fields else None,
                message if name in self.fields else f"{problem.path}: {message}",
            )


def helper(whole: bool) -> FormHelper:
    """Layout without a script: sections of one column, choices side by side."""
    form_helper = FormHelper()
    form_helper.form_tag = False
    form_helper.include_media = False
    form_helper.error_text_inline = True
    scope = ["projects", *(["typologies", "countries"] if whole else []), "networks"]
    first = ["title", "language", *(["audience"] if whole else []), "round"]
    form_helper.layout = Layout(
        block(_("What it is"), *first),
        block(
            _("Scope"),
            HTML(f'<p class="note-s">{nothing_marked() if whole else ""}</p>'),
            *scope,
        ),
        block(_("Groups"), "group_by"),
        block(_("Indicators"), "indicators", "codes"),
        block(_("Amounts"), Div("prices", "currency", css_class="two")),
        block(_("Sections"), "sections"),
        Div(Submit("order", _("Order the report"), css_class="btn-primary"), css_class="acts mt-4"),
    )
    return form_helper


def nothing_marked() -> str:
    return _("Nothing marked: the whole portfolio. Between lists both must hold; within one, any.")


def block(title: str, *fields: Any) -> Fieldset:
    return Fieldset(title, *fields, css_class="form-sec")
