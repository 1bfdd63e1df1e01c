"""Forms of projects, networks and institutions."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from pip_network.choices import Origin, Relation
from pip_network.models import Institution
from pip_network.people import time_zones
from pip_network.people.institutions import EDITABLE as OF_INSTITUTION
from pip_network.people.institutions import OWN
from pip_network.web.fields import day_field
from pip_network.web.orders import sorted_by_name
from pip_network.web.reasons import validate_reason
from projects.actions.networks import EDITABLE as OF_NETWORK
from projects.actions.projects import STAMPED
from projects.models import Country, Network, Project
from projects.zones import UTC

from .base import RegistryForm


def by_name(field: forms.ModelChoiceField, rows: QuerySet) -> None:
    """Choices in the order of their names in the reader's language, which the database does not
    know.
    """
    field.queryset = rows
    pairs = sorted_by_name((row.pk, str(row)) for row in rows)
    many = isinstance(field, forms.ModelMultipleChoiceField)
    field.choices = pairs if many else [("", "---------"), *pairs]


class ProjectForm(RegistryForm):
    model = Project
    columns: ClassVar[tuple[str, ...]] = (
        "name",
        "summary",
        "family",
        "executing_institution",
        "countries",
        "typology_label",
        "starts_on",
        "ends_on",
        "time_zone",
        "amount_fomin",
        "amount_local",
        "predecessors",
    )
    stamped = STAMPED

    def __init__(self, *args: Any, instance: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        by_name(self.field("countries", forms.ModelChoiceField), Country.objects.all())
        institutions, predecessors = Institution.objects.current(), Project.objects.current()
        if instance is not None:
            own = Institution.objects.filter(pk=instance.executing_institution_id)
            institutions, predecessors = institutions | own, predecessors.exclude(pk=instance.pk)
        by_name(self.field("executing_institution", forms.ModelChoiceField), institutions)
        self.field("predecessors", forms.ModelChoiceField).queryset = predecessors.order_by("code")
        self.fields["predecessors"].required = False
        self.fields["time_zone"] = zone_field(instance.time_zone if instance else "")
        self.fields["countries"].help_text = _("Keep Ctrl (or ⌘) pressed to choose several.")
        self.fields["predecessors"].help_text = _("Only when it carries on the work of others.")
        self.fields["summary"].help_text = _(
            "Two or three sentences for the public: what it does, with whom, what for."
        )


def zone_field(own: str) -> forms.ChoiceField:
    """By whose calendar its days end; unless one is chosen, that of where it is executed. `own`:
    the zone that it has, which a file may have brought.
    """
    groups = {label: zones for label, zones in time_zones.choices() if not isinstance(zones, str)}
    listed = {zone for zones in groups.values() for zone, _name in zones}
    others = [UTC, *({own} - listed - {"", UTC})]
    return forms.ChoiceField(
        label=_("Time zone"),
        choices=[
            ("", _("That of the country of its executing institution")),
            *groups.items(),
            *((zone, _("Universal time (UTC)") if zone == UTC else zone) for zone in others),
        ],
        required=False,
        help_text=_("A semester is due until the end of the day there."),
    )


class NewProjectForm(ProjectForm):
    columns = ("code", *ProjectForm.columns)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "Capital letters, digits and single hyphens, such as PIP-20. It never changes."
        )


class NetworkForm(RegistryForm):
    model = Network
    columns: ClassVar[tuple[str, ...]] = OF_NETWORK
    stamped = OF_NETWORK

    def __init__(
        self,
        *args: Any,
        instance: Network | None = None,
        project: Project | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        project = instance.project if instance is not None else project
        countries = project.countries.all() if project is not None else Country.objects.none()
        by_name(self.field("country", forms.ModelChoiceField), countries)
        self.fields["place"].help_text = _("The town or valley where its firms work.")


class NewNetworkForm(NetworkForm):
    columns = ("code", *OF_NETWORK)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "Capital letters, digits and single hyphens, such as PIP-20-1. It never changes."
        )


class InstitutionForm(RegistryForm):
    model = Institution
    columns = OF_INSTITUTION
    stamped = OF_INSTITUTION
    field_order = ("name", "acronym", "relation", "kind", "country", "iso2", "source")

    def __init__(self, *args: Any, instance: Institution | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["iso2"] = country_of_institution(self.initial.get("iso2", ""))
        if instance is None or instance.origin != Origin.STATED:
            self.field("relation", forms.ChoiceField).choices = [
                pair for pair in Relation.choices if pair[0] != Relation.MEMBER
            ]
            self.fields["relation"].help_text = _(
                "Members are the twelve institutions that the presentation names."
            )
        self.fields["source"].help_text = _("Addresses or titles, separated by semicolons.")
        self.order_fields(self.field_order)


class OwnInstitutionForm(RegistryForm):
    """What its own people say of it."""

    model = Institution
    columns = OWN
    stamped = OF_INSTITUTION
    field_order = ("acronym", "kind", "country", "iso2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["iso2"] = country_of_institution(self.initial.get("iso2", ""))
        self.order_fields(self.field_order)


def country_of_institution(initial: str) -> forms.ChoiceField:
    pairs = sorted_by_name(dict(countries).items())
    return forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("several, or none")), *pairs],
        required=False,
        initial=initial,
        help_text=_("Its page is linked from the page of the country."),
    )


class ReasonForm(RegistryForm):
    """Why: a sentence for the trail, which many may read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        validators=[validate_reason],
        help_text=_("One sentence, without names of persons or firms: it stays in the trail."),
    )


class DissolveForm(RegistryForm):
    dissolved_on = day_field(_("Dissolved on"))
