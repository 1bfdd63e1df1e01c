"""The forms of the room: which file, and what becomes of conflicts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import ActForm

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
