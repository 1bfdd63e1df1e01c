"""What can be done with a work, from its page."""

from django.utils.translation import gettext_lazy as _

from knowledge.choices import State
from knowledge.models import Work
from pip_network.people.access import Permission
from pip_network.web.acts import Act, ActForm

from . import actions, links, proposals, rules
from .forms import (
    AnswerForm,
    FileForm,
    LinkForm,
    ProposalForm,
    RecordForm,
    RemarkForm,
    WithdrawalForm,
)

CURATE = Permission.CURATE_LIBRARY


def is_open(work: Work) -> bool:
    return work.state in rules.OPEN


def is_somebodys(work: Work) -> bool:
    return is_open(work) and work.proposed_by_id is not None


def is_asked(work: Work) -> bool:
    """Does it wait for who proposed it?"""
    return is_open(work) and any(one.answered_at is None for one in work.remarks.all())


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
    once=True,
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
SEND_BACK = Act(
    name="work-send-back",
    once=True,
    label=_("Send it back with a remark"),
    permission=CURATE,
    when=is_somebodys,
    form=RemarkForm,
    action=proposals.send_back,
    message=_("The remark is sent: the proposal waits for who made it."),
    title=_("Send the proposal back"),
    button=_("Send the remark"),
    will=(
        _("Who proposed it reads the remark on its page, and gets a letter."),
        _("She can correct it and replace its file; it comes back when she sends it again."),
    ),
)
CHECK_LINK = Act(
    name="work-check-link",
    label=_("Note the check of its address"),
    permission=CURATE,
    when=lambda work: bool(work.source_url) and is_there(work),
    form=LinkForm,
    action=links.check_link,
    message=_("The check is noted."),
    title=_("Note the check of its address"),
    button=_("Note the check"),
    lede=_(
        "Open the address in your browser and say what you found: the portal asks no other site."
    ),
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
OF_WORK: tuple[Act, ...] = (
    PUBLISH,
    REVIEW,
    CORRECT,
    ADD_FILE,
    SEND_BACK,
    CHECK_LINK,
    DECLINE,
    WITHDRAW,
    RESTORE,
)

# Of who proposed it, while it waits: the actions know who that is.
CORRECT_PROPOSAL = Act(
    name="proposal-correct",
    label=_("Correct the proposal"),
    permission=None,
    when=is_open,
    form=ProposalForm,
    action=proposals.correct_proposal,
    message=_("The proposal is saved."),
    title=_("Correct the proposal"),
    button=_("Save"),
    lede=_("A new file takes the place of the one that you sent."),
)
SEND_AGAIN = Act(
    name="proposal-send",
    once=True,
    label=_("Send the proposal again"),
    kind="primary",
    permission=None,
    when=is_asked,
    form=AnswerForm,
    action=proposals.send_again,
    message=_("The proposal is with the curators again."),
    title=_("Send the proposal again"),
    button=_("Send the proposal again"),
    lede=_("First correct what was asked; here you may say what you changed."),
)
OF_PROPOSER: tuple[Act, ...] = (SEND_AGAIN, CORRECT_PROPOSAL)
