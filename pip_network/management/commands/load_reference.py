from django.core.management.base import BaseCommand
from django.utils import timezone

from pip_network.site.demo.reference import load_reference


class Command(BaseCommand):
    help = "Load what every portal starts with (countries, institutions, workshops, works, catalogue). May be repeated."

    def handle(self, *args, **options):
        added = load_reference(at=timezone.now())
        told = ", ".join(f"{count} {kind}" for kind, count in added.items() if count)
        self.stdout.write(
            f"Reference data: {told} added."
            if told
            else "Reference data: everything was there already."
        )
