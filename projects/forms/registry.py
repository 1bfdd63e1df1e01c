"""Forms of projects, networks and institutions."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pip_network.choices import Origin, Relation
from pip_network.models import Institution
from pip_network.people.institutions import EDITABLE as OF_INSTITUTION
from pip_network.web.fields import day_field
from pip_network.web.text import fold
from projects.actions.networks import EDITABLE as OF_NETWORK
from projects.actions.projects import STAMPED
from projects.models import Country, Network, Project

from .base import RegistryForm


def by_name(field: forms.ModelMultipleChoiceField | forms.ModelChoiceField, rows) -> None:
    """Choices in the order of their names in the reader's language, which the database does not
    know.
    """
    field.queryset = rows
    pairs = sorted(((row.pk, str(row)) for row in rows), key=lambda pair: fold(pair[1]))
    many = isinstance(field, forms.ModelMultipleChoiceField)
    field.choices = pairs if many else [("", "---------"), *pairs]


class ProjectForm(RegistryForm):
    model = Project
    columns = (
        "name",
        "summary",
        "family",
        "executing_institution",
        "countries",
        "typology_label",
        "starts_on",
        "ends_on",
        "amount_fomin",
        "amount_local",
        "predecessors",
    )
    stamped = STAMPED

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        by_name(self.fields["countries"], Country.objects.all())
        own = self.instance.executing_institution_id if self.instance else None
        by_name(
            self.fields["executing_institution"],
            Institution.objects.current() | Institution.objects.filter(pk=own),
        )
        before = Project.objects.current()
        before = before.exclude(pk=self.instance.pk) if self.instance else before
        self.fields["predecessors"].queryset = before.order_by("code")
        self.fields["predecessors"].required = False
        self.fields["countries"].help_text = _("Keep Ctrl (or ⌘) pressed to choose several.")
        self.fields["predecessors"].help_text = _("Only when it carries on the work of others.")
        self.fields["summary"].help_text = _(
            "Two or three sentences for the public: what it does, with whom, what for."
        )


class NewProjectForm(ProjectForm):
    columns = ("code", *ProjectForm.columns)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "Capital letters, digits and single hyphens, such as PIP-20. It never changes."
        )


class NetworkForm(RegistryForm):
    model = Network
    columns = OF_NETWORK
    stamped = OF_NETWORK

    def __init__(self, *args, project: Project | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        project = project or self.instance.project
        by_name(self.fields["country"], project.countries.all())
        self.fields["place"].help_text = _("The town or valley where its firms work.")


class NewNetworkForm(NetworkForm):
    columns = ("code", *OF_NETWORK)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "Capital letters, digits and single hyphens, such as PIP-20-1. It never changes."
        )


class InstitutionForm(RegistryForm):
    model = Institution
    columns = OF_INSTITUTION
    stamped = OF_INSTITUTION
    field_order: ClassVar = ["name", "acronym", "relation", "kind", "country", "iso2", "source"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        pairs = sorted(dict(countries).items(), key=lambda pair: fold(str(pair[1])))
        self.fields["iso2"] = forms.ChoiceField(
            label=_("Country"),
            choices=[("", _("several, or none")), *pairs],
            required=False,
            initial=self.initial.get("iso2", ""),
            help_text=_("Its page is linked from the page of the country."),
        )
        stated = self.instance is not None and self.instance.origin == Origin.STATED
        if not stated:
            self.fields["relation"].choices = [
                pair for pair in Relation.choices if pair[0] != Relation.MEMBER
            ]
            self.fields["relation"].help_text = _(
                "Members are the twelve institutions that the presentation names."
            )
        self.fields["source"].help_text = _("Addresses or titles, separated by semicolons.")
        self.order_fields(self.field_order)


class ReasonForm(RegistryForm):
    """Why: a sentence for the trail, which many may read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("One sentence, without names of persons or firms: it stays in the trail."),
    )


class DissolveForm(RegistryForm):
    dissolved_on = day_field(_("Dissolved on"))
