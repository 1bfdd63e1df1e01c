from typing import Any

from django.core.management.base import BaseCommand

from knowledge.search.index import rebuild

SAID_EVERY = 1000


class Command(BaseCommand):
    help = (
        "Makes the index of the library anew from its works. Readers are answered by the old one "
        "until it is whole; on the embedded database nobody writes meanwhile."
    )

    def handle(self, **options: Any) -> None:
        count = rebuild(self.said)
        self.stdout.write(f"Works in the index: {count}.")

    def said(self, count: int) -> None:
        if count % SAID_EVERY == 0:
            self.stdout.write(f"{count} works ...")
