"""What a reader of a path does for herself, and what who curates does with its modules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.lists.actions import change_list
from knowledge.lists.forms import CollectionForm
from pip_network.people.access import Permission
from pip_network.web.acts import Act, ActForm
from pip_network.web.meanwhile import StampedForm

from . import actions, modules
from .forms import ModuleForm


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
CURATE = Permission.CURATE_LIBRARY
CHANGE_PATH = Act(
    name="path-change",
    label=_("Change title and text"),
    permission=CURATE,
    form=CollectionForm,
    action=change_list,
    message=_("The path is saved."),
    title=_("Change title and text of the path"),
    button=_("Save"),
)
ADD_MODULE = Act(
    name="module-new",
    once=True,
    label=_("Add a module"),
    permission=CURATE,
    form=ModuleForm,
    action=modules.add_module,
    message=_("The module is there."),
    title=_("Add a module"),
    button=_("Add the module"),
)
CHANGE_MODULE = Act(
    name="module-change",
    label=_("Change the module"),
    permission=CURATE,
    form=ModuleForm,
    action=modules.change_module,
    message=_("The module is saved."),
    title=_("Change the module"),
    button=_("Save"),
    lede=_("Its readings and questions stand in the order of their places."),
)
REMOVE_MODULE = Act(
    name="module-remove",
    label=_("Remove the module"),
    kind="danger",
    permission=CURATE,
    when=lambda module: not modules.present(module) and not module.questions.exists(),
    form=ActForm,
    action=modules.remove_module,
    message=_("The module is removed."),
    title=_("Remove the module"),
    button=_("Remove the module"),
    will=(_("Its title and its text are gone for good; those that follow move up."),),
)
OF_PATH = (ADD_MODULE, CHANGE_PATH)
OF_MODULE = (CHANGE_MODULE, REMOVE_MODULE)
