"""The forms of the room: which file, and what becomes of conflicts."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.calendar.rounds import codes_of
from pip_network.web.acts import ActForm
from projects import semesters
from projects.models import Project

from .limits import LIMITS, MEGABYTE


class FileForm(ActForm):
    """The workbook that she filled in."""

    file = forms.FileField(
        label=_("Workbook"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("The .xlsx or .csv that you downloaded here and filled in, at most 20 MB."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.size:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB: divide it.")
                % {"megabytes": LIMITS.size // MEGABYTE}
            )
        return file

    def arguments(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"data": b"".join(file.chunks()), "name": file.name or ""}


class ConfirmForm(ActForm):
    """What becomes of the cells that somebody else changed meanwhile."""

    in_conflict = forms.ChoiceField(
        required=False,
        label=_("Cells in conflict"),
        widget=forms.RadioSelect,
        choices=[
            ("keep", _("Keep what the portal holds")),
            ("replace", _("Replace it with what my file says")),
        ],
    )


class PastRoundsForm(ActForm):
    """From which past semester to which, and why they are opened now."""

    field_order = ("first", "last", "reason")
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, project: Project, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        past = [code for code in codes_of(project) if code < semesters.of(today)]
        choices = [(code, code) for code in past]
        self.fields["first"] = forms.ChoiceField(label=_("From"), choices=choices)
        self.fields["last"] = forms.ChoiceField(label=_("To"), choices=choices)
        self.order_fields(self.field_order)
        self.initial = {"first": past[0], "last": past[-1]} if past else {}
