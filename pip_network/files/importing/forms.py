"""The forms of a table's files: which one to read, which kind to write."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.forms import ExportForm


class FileForm(forms.Form):
    """The file to be previewed."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy(
            "A workbook (.xlsx) or a CSV, at most 10 MB and 50,000 rows. The first row holds the "
            "headings."
        ),
    )


class TableExportForm(ExportForm):
    """All columns, always: a file that comes back says "unchanged" for each row."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].label = _("Format")
        self.fields["format"].choices = [
            choice for choice in self.fields["format"].choices if choice[0]
        ]
