"""What the administration does with people and invitations, in the order of the buttons."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pip_network import audit
from pip_network.jobs import stopping
from pip_network.models import Invitation, User
from pip_network.people import actions, calendar_keys, invitations, passwords
from pip_network.people.access import Permission, Role, require
from pip_network.people.forms import (
    AccountForm,
    EndRoleForm,
    GiveRoleForm,
    InviteForm,
    LettersForm,
    PersonForm,
    SwitchOffForm,
)
from pip_network.web.acts import Act
from pip_network.web.errors import Conflict

MANAGE_PEOPLE = Permission.MANAGE_PEOPLE


def is_on(person: User) -> bool:
    return person.is_active


def is_off(person: User) -> bool:
    return not person.is_active


def has_sessions(person: User) -> bool:
    return person.is_active and UserSession.objects.filter(user=person).exists()


def is_open(invitation: Invitation) -> bool:
    return invitation.state(timezone.now()) in ("pending", "expired")


def _saved_in_language_of(person: User) -> str:
    with override(person.language):
        return _now("Saved.")


@transaction.atomic
def _send_reset(*, person: User, by: User, at: dt.datetime) -> None:
    """The same letter that she could ask for herself."""
    require(by, MANAGE_PEOPLE)
    if not person.is_active:
        raise Conflict(_now("The account is off: no letter was sent."))
    passwords.write(person, at=at)
    audit.record(verb="person.reset_sent", on=f"U:{person.pk}", by=by, at=at)


GIVE_ROLE = Act(
    name="role-give",
    once=True,
    label=_("Give a role"),
    kind="primary",
    permission=MANAGE_PEOPLE,
    when=is_on,
    form=GiveRoleForm,
    action=actions.give_role,
    message=_("The role is given. She has been told by letter."),
)
END_ROLE = Act(
    name="role-end",
    label=_("End it"),
    permission=MANAGE_PEOPLE,
    not_by=lambda held: held.person_id if held.role == Role.ADMINISTRATION else None,
    when=lambda held: held.until is None,
    form=EndRoleForm,
    action=actions.end_role,
    message=_("The role has an end. Who leaves and who follows have been told by letter."),
)
CHANGE = Act(
    name="person-change",
    label=_("Name and institution"),
    permission=MANAGE_PEOPLE,
    form=PersonForm,
    action=actions.change_person,
    message=_("Saved."),
)
SEND_RESET = Act(
    name="person-password",
    label=_("Send the letter for a new password"),
    at_once=True,
    permission=MANAGE_PEOPLE,
    when=is_on,
    action=_send_reset,
    message=_("The letter for a new password is on its way."),
)
END_SESSIONS = Act(
    name="person-sessions",
    label=_("End her sessions"),
    at_once=True,
    permission=MANAGE_PEOPLE,
    when=has_sessions,
    action=actions.end_sessions,
    message=lambda count: _now("Sessions ended: %(count)s.") % {"count": count},
)
SWITCH_OFF = Act(
    name="person-off",
    label=_("Switch the account off"),
    kind="danger",
    permission=MANAGE_PEOPLE,
    not_by=lambda person: person.pk,
    when=is_on,
    form=SwitchOffForm,
    action=actions.switch_off,
    message=_("The account is off; its sessions and its roles have ended."),
)
SWITCH_ON = Act(
    name="person-on",
    label=_("Switch the account on"),
    permission=MANAGE_PEOPLE,
    when=is_off,
    action=actions.switch_on,
    message=_("The account is on. Give the roles that she is to have now."),
)

CHANGE_ACCOUNT = Act(
    name="account",
    label=_("Save"),
    permission=None,  # one's own account
    form=AccountForm,
    action=actions.change_account,
    message=_saved_in_language_of,
)
CHOOSE_LETTERS = Act(
    name="account-letters",
    label=_("Letters that you get"),
    permission=None,  # one's own letters
    form=LettersForm,
    action=stopping.choose,
    message=_("Saved."),
)
OPEN_CALENDAR = Act(
    name="account-calendar-open",
    label=_("Make a new address"),
    at_once=True,
    permission=None,  # one's own calendar
    action=calendar_keys.open_calendar,
    message="",
)
CLOSE_CALENDAR = Act(
    name="account-calendar-close",
    label=_("Close it"),
    at_once=True,
    kind="danger",
    permission=None,
    action=calendar_keys.close_calendar,
    message=_("The calendar is closed: its address opens nothing any more."),
)
INVITE = Act(
    name="invite",
    once=True,
    label=_("Invite somebody"),
    kind="primary",
    permission=MANAGE_PEOPLE,
    form=InviteForm,
    action=invitations.invite,
    message=_("The invitation is on its way. It is good for seven days and for one use."),
)
SEND_AGAIN = Act(
    name="invitation-again",
    label=_("Send it again"),
    at_once=True,
    permission=MANAGE_PEOPLE,
    when=is_open,
    action=invitations.send_again,
    message=_("A new letter is on its way; the address in the old one opens nothing any more."),
)
WITHDRAW = Act(
    name="invitation-withdraw",
    label=_("Withdraw"),
    at_once=True,
    kind="danger",
    permission=MANAGE_PEOPLE,
    when=is_open,
    action=invitations.withdraw,
    message=_("The invitation is withdrawn; its letter opens nothing any more."),
)

OF_PERSON = (GIVE_ROLE, CHANGE)
OF_ACCOUNT = (SEND_RESET, END_SESSIONS, SWITCH_OFF, SWITCH_ON)
OF_INVITATION = (SEND_AGAIN, WITHDRAW)
