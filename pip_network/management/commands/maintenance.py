"""Shuts the portal for a while, on purpose, and opens it again."""

import datetime as dt
import logging
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone

from pip_network import audit
from pip_network.people.processes import OPERATOR
from pip_network.running import maintenance

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Shuts the portal (on), opens it (off) or says how it stands (status). On each machine that serves pages."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["on", "off", "status"])
        parser.add_argument(
            "--minutes", type=int, help="how long it is expected to last; readers are told"
        )
        parser.add_argument(
            "--message", default="", help="a sentence for the readers, as it stands"
        )

    def handle(self, *, what: str, minutes: int | None, message: str, **options: Any) -> None:
        if minutes is not None and not 1 <= minutes <= 10_000:
            raise CommandError("--minutes: use a whole number from 1 to 10000.")
        at = timezone.now()
        if what == "on":
            maintenance.begin(minutes=minutes, message=message, at=at)
            remember(verb="maintenance.started", at=at)
        elif what == "off" and maintenance.end():
            remember(verb="maintenance.ended", at=at)
        state = maintenance.current()
        if state is None:
            self.stdout.write("The portal is open.")
        else:
            until = f", expected until {state.until:%Y-%m-%d %H:%M} UTC" if state.until else ""
            self.stdout.write(f"The portal is shut since {state.since:%Y-%m-%d %H:%M} UTC{until}.")


def remember(*, verb: str, at: dt.datetime) -> None:
    """The database may be what is being repaired: the trail is no reason to fail."""
    try:
        audit.record(verb=verb, on="portal", by=OPERATOR, at=at)
    except Error:
        log.warning("the audit trail could not be written", exc_info=True)
