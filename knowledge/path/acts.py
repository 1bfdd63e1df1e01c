"""What a reader of a path does for herself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import Act
from pip_network.web.meanwhile import StampedForm

from . import actions


class AnswerForm(StampedForm):
    text = forms.CharField(
        label=_("My answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=actions.LONGEST_ANSWER,
        required=False,
        help_text=_("Only you read it."),
    )


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
