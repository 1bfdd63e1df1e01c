"""`manage.py seed_demo [--scale N] [--seed N] [--until ROUND]`: the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from monitoring import portfolio
from pip_network.site.demo import invited
from pip_network.site.demo.accounts import ACCOUNTS, PASSWORD, address
from pip_network.site.demo.periods import Half
from pip_network.site.demo.seed import AlreadySeeded, seed


class Command(BaseCommand):
    help = "Fill an empty portal with invented demonstration data. Equal arguments give equal data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=1,
            help="1: nineteen projects; 10 and 100 only to measure speed.",
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--until",
            help="Last approved round, such as 2006-S2. Default: the last finished semester.",
        )

    def handle(self, *args: Any, scale: int, seed: int, until: str | None, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This portal runs in production mode: demonstration data is never loaded there."
            )
        if not 1 <= scale <= 100:
            raise CommandError("--scale is a whole number from 1 to 100.")
        try:
            last = Half.parse(until) if until else Half.last_finished(timezone.localdate())
        except ValueError as error:
            raise CommandError(f"--until: {error}") from error
        self._load(last, scale, seed)

    def _load(self, until: Half, scale: int, number: int) -> None:
        try:
            loaded = seed(until=until, scale=scale, seed=number)
        except AlreadySeeded as error:
            raise CommandError(
                "This database already holds projects: load the demonstration into an empty one."
            ) from error
        invited.invite(at=timezone.now())
        if scale == 1:
            portfolio.refresh(at=timezone.now())
        self.stdout.write(
            f"Demonstration data: {loaded.projects} projects, {loaded.networks} networks, "
            f"{loaded.firms} firms; "
            f"--scale {loaded.scale} --seed {loaded.seed} --until {loaded.until} "
            f"({loaded.seconds:.0f} s)."
        )
        self.stdout.write(
            f"Accounts (password {PASSWORD}): {', '.join(address(account) for account in ACCOUNTS)}"
        )
