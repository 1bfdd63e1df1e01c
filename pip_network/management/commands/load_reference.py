"""`manage.py load_reference`: what every portal starts with."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pip_network.site.demo.reference import load_reference


class Command(BaseCommand):
    help = "Load what every portal starts with (countries, institutions, workshops, works, catalogue). May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_reference(at=timezone.now())
        rows = ", ".join(f"{count} {kind}" for kind, count in added.items() if count)
        self.stdout.write(
            f"Reference data: {rows} added."
            if rows
            else "Reference data: everything was there already."
        )
