"""What a reader of a path does for herself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import Act, ActForm

from . import actions


class AnswerForm(ActForm):
    """`stamp`: of the text that is shown with it."""

    text = forms.CharField(
        label=_("My answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=actions.LONGEST_ANSWER,
        required=False,
        help_text=_("Only you read it."),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


FINISH = Act(
    name="reading-finish",
    label=_("Mark as done"),
    at_once=True,
    permission=None,
    action=actions.finish_reading,
    message="",
)
REOPEN = Act(
    name="reading-reopen",
    label=_("Not done after all"),
    at_once=True,
    permission=None,
    action=actions.reopen_reading,
    message="",
)
ANSWER = Act(
    name="path-answer",
    permission=None,
    form=AnswerForm,
    action=actions.answer_question,
    message=_("Your answer is kept. Only you read it."),
    title=_("My answer"),
    button=_("Save the answer"),
)
