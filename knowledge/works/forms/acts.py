"""Small forms of what is done with a work: its file, why it goes, what is asked and answered."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Language
from knowledge.models import Work
from pip_network.files.stored import StoredFileField
from pip_network.web.acts import ActForm
from pip_network.web.fields import day_field
from pip_network.web.reasons import validate_reason

from . import fields


class FileForm(ActForm):
    """A file in one of the languages in which the work has a title."""

    language = forms.ChoiceField(label=_("Language"))
    file = StoredFileField(label=_("File"), help_text=fields.what_is_kept())

    def __init__(self, *args: Any, instance: Work, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = instance.expressions.all()
        labels = dict(Language.choices)
        named: dict[str, Any] = self.fields
        named["language"].choices = [(row.language, labels[row.language]) for row in rows]
        named["file"].by = by


class WithdrawalForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_reason],
        help_text=_("Everybody who could read the work reads it, and who proposed it."),
    )
    replaced_by = forms.CharField(
        label=_("Code of the work that replaces it"), max_length=8, required=False
    )


class RemarkForm(ActForm):
    remark = forms.CharField(
        label=_("What is asked"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_reason],
        help_text=_("Who proposed the work and who curates the library read it."),
    )


class AnswerForm(ActForm):
    answer = forms.CharField(
        label=_("What you changed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It may stay empty. The curators read it."),
    )


class LinkForm(ActForm):
    """What was found at the address."""

    answers = forms.TypedChoiceField(
        label=_("What you found"),
        choices=[
            ("yes", _("The text is there")),
            ("no", _("It does not answer, or is another page")),
        ],
        coerce=lambda value: value == "yes",
    )
    day = day_field(_("Checked on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"day": timezone.localdate()}, **kwargs})
