"""Forms of publishing: which round as of which approval, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.models import Observation, Publication, RecordHead, Round
from pip_network.web.acts import ActForm
from projects.models import Project

from .results import LONGEST, publishable


class ChoiceForm(forms.Form):
    """What would be published: asked before it is shown, and of nobody else."""

    as_of = forms.IntegerField(
        label=_("As of approval"),
        min_value=1,
        help_text=_("The figures are those of the record just after this approval."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approved = Observation.objects.live().filter(kind="regular").values("round")
        rounds = Round.objects.filter(pk__in=approved).order_by("-code")
        self.fields["round"] = forms.ModelChoiceField(
            label=_("Round"), queryset=rounds, empty_label=None
        )
        self.order_fields(["round", "as_of"])
        self.fields["as_of"].initial = RecordHead.objects.values_list("number", flat=True).first()


class ReasonForm(ActForm):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("At least ten letters. It stays in the history of the round."),
    )


class PublishForm(ReasonForm):
    """Why, of what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class RoundChoiceForm(forms.Form):
    """With which round the results of projects would be published."""

    publication = forms.ModelChoiceField(
        label=_("Round"), queryset=Publication.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publication"].queryset = Publication.objects.in_force()  # type: ignore[attr-defined]


class ResultsForm(ReasonForm):
    """Of which projects, and why."""

    projects = forms.ModelMultipleChoiceField(
        label=_("Projects"),
        queryset=Project.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their directors are told."),
    )

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Project.objects.filter(pk__in=publishable(publication)).order_by("code")
        self.fields["projects"].queryset = rows  # type: ignore[attr-defined]
        self.order_fields(["projects", "reason"])
