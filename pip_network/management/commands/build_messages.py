"""`make messages`: say what is missing, unused or disagrees in the translations, and compile them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.test import override_settings
from django.utils.translation import trans_real

from pip_network.running.messages import Used, misplaced, unused, used_texts
from pip_network.running.serve import catalogues

PACKAGES = ("pip_network", "projects", "monitoring", "workshops", "knowledge")


class Command(BaseCommand):
    requires_system_checks = ()  # one of them asks for what is made here
    help = "Compiles locale/parts/*.csv into locale/<language>/LC_MESSAGES/django.mo."

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Path(settings.BASE_DIR) / "locale"
        parts = catalogues.read_parts(locale / "parts")
        used = used_texts(Path(settings.BASE_DIR), PACKAGES)
        if not parts.faults:
            catalogues.build(locale)
        faults = [
            *parts.faults,
            *missing(parts, used),
            *unused(parts, used),
            *misplaced(parts, used),
        ]
        for fault in faults:
            self.stderr.write(fault)
        self.stdout.write(
            f"{len(parts.rows)} texts in the parts, {len(used.places)} in code and templates, "
            f"{len(faults)} faults."
        )
        if faults:
            raise CommandError(
                f"{len(faults)} faults in the translations; mend locale/parts/*.csv and run this "
                "again."
            )


def missing(parts: catalogues.Parts, used: Used) -> list[str]:
    """Texts that neither our parts nor the catalogues of Django and the libraries translate."""
    with override_settings(LOCALE_PATHS=[]):
        foreign = {
            language: trans_real.DjangoTranslation(language) for language in catalogues.LANGUAGES
        }
    return [
        f"{places[0]}: {key!r} has no translation into {language}"
        for language in catalogues.LANGUAGES
        for key, places in used.places.items()
        if key not in parts.rows and not translates(foreign[language], key)
    ]


def translates(catalogue: trans_real.DjangoTranslation, key: str) -> bool:
    """Whether the catalogue has the message of that id."""
    context, _sign, text = key.rpartition(catalogues.CONTEXT)
    singular = text.split(catalogues.PLURAL)[0]
    ident = f"{context}\4{singular}" if context else singular
    texts = vars(catalogue)["_catalog"]  # Django offers no other way to ask whether it is there
    return ident in texts or (ident, 0) in texts
