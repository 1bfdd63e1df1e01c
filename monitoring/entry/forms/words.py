"""Forms that ask for words: the narrative, a reason, a certification, a decision, a remark."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from monitoring.choices import NarrativeTheme, ReturnReason
from monitoring.entry.forms.answers import LONGEST_NOTE, NO_THREADS, AnswersForm, Threads
from pip_network.web import formats
from pip_network.web.acts import ActForm
from pip_network.web.errors import Conflict, DomainError

LONGEST_TEXT = 4000


class NarrativeForm(AnswersForm, ActForm):
    """Short texts in the writer's own language; a hidden stamp for each keeps two writers
    apart.
    """

    language = forms.ChoiceField(label=_("Language of these texts"), choices=settings.LANGUAGES)

    def __init__(
        self,
        *args: Any,
        drafts: dict[str, Any],
        threads: Threads = NO_THREADS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = drafts
        first = next(iter(drafts.values()), None)
        self.fields["language"].initial = first.language if first else (get_language() or "es")[:2]
        for theme in NarrativeTheme:
            draft = drafts.get(theme)
            self.fields[theme.value] = forms.CharField(
                label=theme.label,
                help_text=NARRATIVE_HELP[theme],
                required=False,
                max_length=LONGEST_TEXT,
                initial=draft.text if draft else "",
                widget=forms.Textarea(attrs={"rows": 5}),
            )
            self.fields[f"seen-{theme.value}"] = forms.IntegerField(
                widget=forms.HiddenInput,
                required=False,
                min_value=0,
                max_value=2**31 - 1,
                initial=getattr(draft, "stamp", 0),  # what is approved has none
            )
        self.add_answers(threads)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "language",
            *(
                Div(
                    theme.value,
                    f"seen-{theme.value}",
                    *threads.layout(theme, self.fields),
                    css_id=theme.value,
                    css_class="narrative-text",
                )
                for theme in NarrativeTheme
            ),
        )

    def texts(self) -> list[tuple[str, str, int]]:
        """(theme, text, stamp seen) of each text that was changed here."""
        data = self.cleaned_data
        changed = []
        for theme in NarrativeTheme:
            draft = self.drafts.get(theme)
            same_language = not draft or draft.language == data["language"]
            text = data[theme.value].strip()
            if text != (draft.text if draft else "") or (text and not same_language):
                changed.append((theme.value, text, data[f"seen-{theme.value}"] or 0))
        return changed

    def show_conflict(self, theme: str, conflict: Conflict) -> None:
        """Say who was first and what stands, keep what was typed, and let saving again decide
        knowingly.
        """
        draft = conflict.context.get("draft")
        if conflict.place:  # else the narrative takes no text any more
            self._see(theme, draft.stamp if draft else 0)
        if draft is None:
            self.add_error(theme, str(conflict.message))
            return
        by = draft.changed_by.name if draft.changed_by else ""
        message = _(
            "%(by)s wrote “%(theirs)s” before you. Nothing has been replaced. Save again to keep "
            "yours."
        )
        self.add_error(theme, message % {"by": by, "theirs": draft.text})

    def _see(self, theme: str, stamp: int) -> None:
        """The form that is shown again has seen the text of this stamp."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[f"seen-{theme}"] = str(stamp)
        self.data = data


NARRATIVE_HELP = {
    NarrativeTheme.CHANGE: _(
        "What is different now from six months ago, in two or three sentences."
    ),
    NarrativeTheme.FOR_WHOM: _("Which firms or people noticed it, and which did not."),
    NarrativeTheme.EXAMPLE: _(
        "One case, told so that somebody from another country understands it."
    ),
    NarrativeTheme.EVIDENCE: _(
        "Where it can be seen: a document, a visit, a figure of this submission."
    ),
    NarrativeTheme.LEARNED: _(
        "Optional. What you would do again, or otherwise: a lesson can be made of it later."
    ),
}


class AmendForm(ActForm):
    """A reason in words, for an amendment."""

    reason = forms.CharField(
        label=_("Reason of the amendment"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept in the record beside the figures that it changes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class DiscardForm(AmendForm):
    """A reason in words, for giving an amendment up."""

    reason = forms.CharField(
        label=_("Reason for discarding it"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept among the steps of the submission."),
    )


class SubmitForm(ActForm):
    """The certification without which nothing is handed in; before the semester ends, that this is
    meant.
    """

    refusal: str | Promise = ""
    certify = forms.BooleanField(
        label=_(
            "I certify that these figures come from the firms, the networks and the project’s "
            "accounts, "
            "and that I have reviewed them."
        ),
        error_messages={"required": _("Tick the certification to submit.")},
    )

    def __init__(self, *args: Any, ends_on: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ends_on is not None:  # not over yet
            label = _("The semester ends on %(day)s. I submit before it ends, and mean to.")
            self.fields["early"] = forms.BooleanField(
                label=label % {"day": formats.long_date(ends_on)},
                error_messages={"required": _("Say that you submit before the semester ends.")},
            )

    def arguments(self) -> dict[str, Any]:
        return {}  # the certification stands in the step itself

    def refuse(self, error: DomainError) -> None:
        """Above the page, which says below what is missing."""
        self.status, self.refusal = error.status, error.message


class ApproveForm(ActForm):
    """A button that says which version of the submission was read, and which open remarks are left
    so.
    """

    refusal: str | Promise = ""

    def arguments(self) -> dict[str, Any]:
        """When what the reviewer read had been submitted; whatever is no such moment is not asked."""
        moment = self.data.get("seen", "")
        return {
            "seen": int(moment) if moment.isdecimal() and len(moment) < 12 else None,
            "despite": [
                int(one) for one in self.data.get("despite", "").split() if one.isdecimal()
            ],
        }

    def refuse(self, error: DomainError) -> None:
        """Above the page, which lists the remarks."""
        self.status, self.refusal = error.status, error.message


class ReturnForm(ActForm):
    """Why a submission is returned: a coded reason, and words for its author."""

    reason = forms.ChoiceField(label=_("Reason"), choices=ReturnReason)
    note = forms.CharField(
        label=_("Note for the director"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("She reads it together with the remarks on each cell."),
        error_messages={"required": _("Write what has to be corrected.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class RemarkForm(ActForm):
    """What a reviewer asks about a cell, or an answer."""

    text = forms.CharField(
        label=_("Remark"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the remark.")},
    )
