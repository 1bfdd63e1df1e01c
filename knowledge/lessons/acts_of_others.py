"""What other projects say of a lesson: that it held for them too, that they applied it. Who may is
asked by the project that she chooses.
"""

from django.utils.translation import gettext_lazy as _

from pip_network.web.acts import Act

from . import applying, forms, validating

CONFIRM = Act(
    name="lesson-confirm",
    once=True,
    permission=None,
    label=_("It held for us too"),
    form=forms.ConfirmationForm,
    action=validating.confirm_lesson,
    message=_("Your project confirms the lesson."),
    title=_("Confirm the lesson"),
    button=_("Confirm"),
    lede=_("Your project says that it saw the same. You can take it back."),
)
UNCONFIRM = Act(
    name="lesson-unconfirm",
    permission=None,
    label=_("Take the confirmation back"),
    at_once=True,
    action=validating.unconfirm_lesson,
    message=_("Your project does not confirm the lesson any more."),
)
APPLY = Act(
    name="lesson-apply",
    permission=None,
    once=True,
    label=_("We applied it"),
    kind="primary",
    form=forms.ApplicationForm,
    action=applying.apply_lesson,
    message=_("Its page says now how it went for your project."),
    title=_("Say how it went"),
    button=_("Say so"),
)
UNAPPLY = Act(
    name="lesson-unapply",
    permission=None,
    label=_("Take it back"),
    at_once=True,
    action=applying.withdraw_application,
    message=_("It is taken back."),
)
