"""Forms of evidence: a file or an address, and why a file is taken away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.evidence import limits
from monitoring.evidence.taking_away import LONGEST_REASON
from monitoring.models.evidence import LONGEST_ADDRESS
from pip_network.files.stored import StoredFileField
from pip_network.web.acts import ActForm
from pip_network.web.reasons import validate_reason


class AttachForm(ActForm):
    """One thing at a time: which of the two, the action asks."""

    file = StoredFileField(
        label=_("File"),
        required=False,
        kinds=limits.KINDS,
        most=limits.MOST_BYTES,
        help_text=_("PDF, picture (PNG, JPEG) or workbook (XLSX, ODS), 20 MB at most."),
    )
    address = forms.CharField(
        label=_("Or an address"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=_("Of a page that shows it. It stands in the record as it is written here."),
    )

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: dict[str, Any] = self.fields
        named["file"].by = by
        named["address"].widget.attrs["data-most"] = LONGEST_ADDRESS


class TakeAwayForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_reason],
        help_text=_("It stands in place of the file, for everybody who could read it."),
    )
