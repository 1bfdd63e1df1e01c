"""`manage.py first_administrator --email ADDRESS --name NAME [--language es]`: the first person of
a new portal.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from pip_network.models import Invitation, RoleAssignment
from pip_network.people import invitations
from pip_network.people.access import EVERYWHERE, Role
from pip_network.people.processes import FIRST_ADMINISTRATOR
from pip_network.web.errors import DomainError


class Command(BaseCommand):
    help = "Invite the first administrator: a letter with a link that works once, for seven days, to choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="also when the portal has an administrator, who may be lost",
        )

    def handle(self, *, email: str, name: str, language: str, force: bool, **options: Any) -> None:
        now = timezone.now()
        administrators = RoleAssignment.objects.current(now.date()).filter(
            role=Role.ADMINISTRATION.value, person__is_active=True
        )
        if administrators.exists() and not force:
            raise CommandError(
                "This portal has an administrator, who invites others on the page of people. If "
                "nobody can: --force."
            )
        try:
            invite(email=email, name=name, language=language, at=now)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            "The invitation waits in the outbox; the worker sends it. Type the command again for "
            "a new letter when it does not arrive."
        )


@transaction.atomic
def invite(*, email: str, name: str, language: str, at: dt.datetime) -> None:
    """Invite, or when an invitation waits already, send its letter again.

    Raises DomainError, and ValidationError for an address that is none.
    """
    waiting = Invitation.objects.open().filter(email=email.strip().lower()).first()
    if waiting:  # the letter was lost: a new one, and the old link opens nothing
        invitations.send_again(invitation=waiting, by=FIRST_ADMINISTRATOR, at=at)
        return
    invitations.invite(
        email=email,
        name=name,
        role=Role.ADMINISTRATION,
        scope=EVERYWHERE,
        reason=FIRST_ADMINISTRATOR.name,
        language=language,
        by=FIRST_ADMINISTRATOR,
        at=at,
    )
