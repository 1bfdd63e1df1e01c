"""`make messages`: merge the translations of all rooms, say what is missing or disagrees, write the
catalogues.
"""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.test import override_settings
from django.utils.translation import trans_real

from pip_network.running import messages

ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Builds locale/<language>/LC_MESSAGES/django.{po,mo} from locale/parts/*.csv. With --check only compares."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail when the catalogues are not up to date",
        )
        parser.add_argument(
            "--unused",
            action="store_true",
            help="also list rows that no code or template names literally",
        )

    def handle(self, *args, check: bool, unused: bool, **options) -> None:
        locale = Path(settings.BASE_DIR) / "locale"
        parts = messages.read_parts(locale / "parts")
        used = messages.used_texts(Path(settings.BASE_DIR), ROOMS)
        faults = [*parts.faults, *self._missing(parts, used)]
        for language in messages.LANGUAGES:
            faults += self._build(locale / language / "LC_MESSAGES", language, parts.rows, check)
        for fault in faults:
            self.stderr.write(fault)
        if unused:
            self.stdout.writelines(
                f"unused: {key!r} ({place})\n"
                for key, place in parts.places.items()
                if key not in used
            )
        self.stdout.write(
            f"{len(parts.rows)} texts in the parts, {len(used)} used by name, {len(faults)} faults."
        )
        if faults:
            raise CommandError(
                f"{len(faults)} faults in the translations; mend locale/parts/*.csv and type: "
                "make messages"
            )

    def _missing(self, parts: messages.Parts, used: dict[str, str]) -> list[str]:
        """Texts that neither our parts nor the catalogues of Django and the libraries translate."""
        return [
            f"{place}: {key!r} has no translation into {language}"
            for language in messages.LANGUAGES
            for key, place in used.items()
            if key not in parts.rows and not _elsewhere(language, key)
        ]

    def _build(self, folder: Path, language: str, rows: dict, check: bool) -> list[str]:
        files = {
            folder / "django.po": messages.po_text(language, rows).encode(),
            folder / "django.mo": messages.mo_bytes(language, rows),
        }
        old = [
            file
            for file, content in files.items()
            if not file.exists() or file.read_bytes() != content
        ]
        if check:
            return [
                f"{file.relative_to(settings.BASE_DIR)} is not what the parts say" for file in old
            ]
        folder.mkdir(parents=True, exist_ok=True)
        for file in old:
            file.write_bytes(files[file])
        return []


_foreign: dict[str, trans_real.DjangoTranslation] = {}


def _elsewhere(language: str, key: str) -> bool:
    if language not in _foreign:
        with override_settings(LOCALE_PATHS=[]):
            _foreign[language] = trans_real.DjangoTranslation(language)
    context, _sign, text = key.rpartition(messages.CONTEXT)
    singular = text.split(messages.PLURAL)[0]
    ident = f"{context}\4{singular}" if context else singular
    catalogue = _foreign[language]._catalog
    return ident in catalogue or (ident, 0) in catalogue
