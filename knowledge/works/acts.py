"""What can be done with a work, from its page."""

from django.utils.translation import gettext_lazy as _

from knowledge.choices import State
from knowledge.models import Work
from pip_network.people.access import Permission
from pip_network.web.acts import Act, ActForm

from . import actions
from .forms import FileForm, ProposalForm, RecordForm, WithdrawalForm

CURATE = Permission.CURATE_LIBRARY


def is_open(work: Work) -> bool:
    return work.state in actions.OPEN


def is_published(work: Work) -> bool:
    return work.state == State.PUBLISHED


def is_there(work: Work) -> bool:
    return work.state != State.WITHDRAWN


PROPOSE = Act(
    name="work-propose",
    once=True,
    label=_("Propose a work"),
    kind="primary",
    permission=Permission.PROPOSE_WORK,
    form=ProposalForm,
    action=actions.propose_work,
    message=_("The work is proposed: you will see on its page what becomes of it."),
    title=_("Propose a work"),
    button=_("Propose the work"),
    lede=_("Until a curator has published it, only you and who curates the library see it."),
)
CORRECT = Act(
    name="work-correct",
    label=_("Correct the record"),
    permission=CURATE,
    when=is_there,
    form=RecordForm,
    action=actions.correct_work,
    message=_("The record is saved."),
    title=_("Correct the record"),
    button=_("Save"),
)
ADD_FILE = Act(
    name="work-file-new",
    label=_("Add a file"),
    permission=CURATE,
    when=is_there,
    form=FileForm,
    action=actions.add_file,
    message=_("The file is added; its text is being read."),
    title=_("Add a file or a new version"),
    button=_("Add the file"),
    lede=_("The newest version is read and searched; older ones stay on the page."),
)
REVIEW = Act(
    name="work-review",
    label=_("Take it for review"),
    at_once=True,
    permission=CURATE,
    when=lambda work: work.state == State.PROPOSED,
    form=ActForm,
    action=actions.review_work,
    message=_("The work is in review."),
    title=_("Take it for review"),
    button=_("Take it for review"),
)
PUBLISH = Act(
    name="work-publish",
    label=_("Publish"),
    kind="primary",
    at_once=True,
    permission=CURATE,
    when=is_open,
    form=ActForm,
    action=actions.publish_work,
    message=_("The work is published."),
    title=_("Publish"),
    button=_("Publish"),
)
DECLINE = Act(
    name="work-decline",
    label=_("Decline"),
    kind="danger",
    permission=CURATE,
    when=is_open,
    form=WithdrawalForm,
    action=actions.withdraw_work,
    message=_("The proposal is declined."),
    title=_("Decline the proposal"),
    button=_("Decline the proposal"),
    will=(
        _("Who proposed it reads the reason on its page, and gets a letter."),
        _("You can undo it at any time."),
    ),
)
WITHDRAW = Act(
    name="work-withdraw",
    label=_("Withdraw"),
    kind="danger",
    permission=CURATE,
    when=is_published,
    form=WithdrawalForm,
    action=actions.withdraw_work,
    message=_("The work is withdrawn."),
    title=_("Withdraw the work"),
    button=_("Withdraw the work"),
    will=(
        _("It leaves every list; its files and its text are not read any more."),
        _("Its page stays, with how it was cited, the day, the reason and what replaces it."),
        _("You can undo it at any time."),
    ),
)
RESTORE = Act(
    name="work-restore",
    label=_("Undo the withdrawal"),
    kind="primary",
    at_once=True,
    permission=CURATE,
    when=lambda work: work.state == State.WITHDRAWN,
    form=ActForm,
    action=actions.restore_work,
    message=_("The work stands where it stood before."),
    title=_("Undo the withdrawal"),
    button=_("Undo the withdrawal"),
)
OF_WORK: tuple[Act, ...] = (PUBLISH, REVIEW, CORRECT, ADD_FILE, DECLINE, WITHDRAW, RESTORE)
