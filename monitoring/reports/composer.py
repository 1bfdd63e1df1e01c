"""The form that composes a report.

What it gathers is a specification; only the specification's parser judges it.
"""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_countries import countries

from monitoring.analysis import approved_rounds_from_database
from monitoring.analysis.approved_rounds import Approved
from monitoring.analysis.groups import GROUPINGS
from monitoring.models import Indicator
from pip_network.choices import Theme
from pip_network.models import User
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web import formats
from pip_network.web.acts import ActForm
from pip_network.web.errors import DomainError
from projects.choices import Typology
from projects.models import Country, Network, Project

from . import names
from .composer_layout import layout_of_composer
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
    """The fields of a specification, as far as the person may choose."""

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
            "A public report is about the whole programme or, grouped by project, about those whose "
            "results are published with its round; it hides figures that could give a firm away."
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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = (
            None
            if access.can(user, Permission.ORDER_REPORT)
            else sorted(access.codes_with(user, Permission.ORDER_OWN_REPORT, "P") or ())
        )
        self._fill()
        self.helper = layout_of_composer(self.own is None)

    def _fill(self) -> None:
        projects = Project.objects.current().of_programme().order_by("code")
        networks = Network.objects.current().of_programme().order_by("code")
        if self.own is None:
            self._offer("countries", country_choices())
        else:
            projects = projects.filter(code__in=self.own)
            networks = networks.filter(project__in=self.own)
            self._keep_to_own(self.own)
        self._offer("projects", [(row.code, str(row)) for row in projects])
        self._offer("networks", [(row.code, str(row)) for row in networks])
        self._offer("group_by", [(key, names.grouping(key)) for key in GROUPINGS])
        self._offer("round", round_choices(self.own))
        self._offer("codes", indicator_choices())

    def _keep_to_own(self, own: list[str]) -> None:
        """Of a director's form: about her own projects, for staff."""
        for name in ("countries", "typologies", "audience"):
            del self.fields[name]
        self.fields["projects"].required = True
        if len(own) == 1:
            self.fields["projects"].initial = own

    def _offer(self, name: str, choices: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

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

    def arguments(self) -> dict[str, Any]:
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


def country_choices() -> list[tuple[str, str]]:
    """By name, and those projects that are of no single country."""
    codes = Country.objects.values_list("iso2", flat=True)
    return [(code, countries.name(code)) for code in codes] + [("regional", _("Regional"))]


def round_choices(own: Collection[str] | None) -> list[tuple[str, str]]:
    """The newest first, of those with an approval, each with how many projects are approved (of
    `own`; None: of all).
    """
    rounds = approved_rounds_from_database()
    told = [
        (code, approved)
        for code in sorted(rounds.first_approval, reverse=True)
        if (approved := rounds.of(code, rounds.last, own)).projects
    ]
    newest = _("The newest approved in at least half of the projects that it asks")
    return [("", newest), *((code, f"{code} · {_approved(approved)}") for code, approved in told)]


def _approved(approved: Approved) -> str:
    return ngettext(
        "{approved} of {asked} project approved",
        "{approved} of {asked} projects approved",
        approved.asked,
    ).format(approved=formats.number(approved.projects), asked=formats.number(approved.asked))


def indicator_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """By theme, as the record that stands can answer."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for row in Indicator.objects.filter(catalogue=version_of(None)).order_by("position"):
        themes.setdefault(str(Theme(row.theme).label), []).append(
            (row.code, f"{row.code} {row.name}")
        )
    return list(themes.items())
