"""Brings the portal's state up to date: folders, tables, reference data and, in the demonstration,
invented data.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.utils import translation

from knowledge.search.standing import faults
from pip_network.models import User
from pip_network.people import sealing
from pip_network.people.access import Role
from pip_network.site.demo.accounts import ACCOUNTS, PASSWORD, address
from projects.models import Project


class Command(BaseCommand):
    help = "Prepares folders, tables, reference data and, in the demonstration, its data. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        make_folders()
        call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
        call_command("createcachetable", stdout=self.stdout)
        if sealed := sealing.seal_all():
            self.stdout.write(f"  seeds of the second factor sealed under the first key: {sealed}")
        if settings.MODE == "demo" and not Project.objects.exists():
            call_command("seed_demo", stdout=self.stdout)
        call_command("load_reference", stdout=self.stdout)
        if faults():
            call_command("rebuild_library_index", stdout=self.stdout)
        for line in demonstration_accounts():
            self.stdout.write(line)


def demonstration_accounts() -> Iterator[str]:
    """Who may sign in to try the portal, one line each: what `make run` prints."""
    for account in ACCOUNTS:
        for person in User.objects.filter(is_demo=True, email=address(account)):
            roles = person.assignments.order_by("pk").values_list("role", flat=True)
            with translation.override("en"):
                yield f"  {person.email:24} {PASSWORD}  {Role(roles[0]).label if roles else ''}"


def make_folders() -> None:
    """Of the uploaded files, and of the queue where it is in files."""
    folders = [Path(settings.MEDIA_ROOT)]
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        queue = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        names = ("data_folder_in", "processed_folder", "control_folder")
        folders += [Path(str(queue[name])) for name in names]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
