"""Brings the portal's state up to date: folders, tables, reference data and, in the demonstration, invented data."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command

from pip_network.demo.accounts import PASSWORD
from pip_network.models import User
from projects.models import Project


class Command(BaseCommand):
    help = "Prepares folders, tables, reference data and, in the demonstration, its data. Safe to repeat."

    def handle(self, *args, **options) -> None:
        make_folders()
        call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
        call_command("createcachetable", stdout=self.stdout)
        if settings.MODE == "demo" and not Project.objects.exists():
            call_command("seed_demo", stdout=self.stdout)
        call_command("load_reference", stdout=self.stdout)
        for email in User.objects.filter(is_demo=True).order_by("email").values_list("email", flat=True):
            self.stdout.write(f"  {email:24} {PASSWORD}")


def make_folders() -> None:
    folders = [Path(settings.MEDIA_ROOT)]
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        queue = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        folders += [Path(queue[name]) for name in ("data_folder_in", "processed_folder", "control_folder")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
