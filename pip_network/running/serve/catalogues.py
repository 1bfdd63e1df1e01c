"""The translations: `locale/parts/*.csv` are the source, `locale/<language>/LC_MESSAGES/django.mo`
are made of them.

Each room keeps its translations in one part with the columns `en` (the message id), `es` and `pt`;
the forms of a plural stand in one cell, separated by `||`; a context stands before the message id,
separated by `|:|`. Standard library only: they are made before Django starts, and without gettext.

python -I pip_network/running/serve/catalogues.py locale      makes the catalogues that are missing
or old
"""

import csv
import hashlib
import os
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("es", "pt")
PLURAL, CONTEXT = "||", "|:|"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-z%]|\{\w*\}")


class Faulty(Exception):
    """The parts are not whole; each line says where and why. No catalogue is made of them."""


@dataclass
class Parts:
    """All rows of all parts, where each stands, and what is wrong with them."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, place: str, row: dict[str, str]) -> None:
        key = row["en"]
        translations = {language: row[language] for language in LANGUAGES}
        if key in self.rows:
            self.faults.append(f"{place}: {key!r} stands in {self.places[key]} already")
        self.faults += [f"{place}: {problem}" for problem in problems(key, translations)]
        self.rows.setdefault(key, translations)
        self.places.setdefault(key, place)


def build(locale: Path) -> None:
    """Make what `outdated` tells, each file written aside and moved in: no reader sees half of it."""
    made_of = digest(locale)  # before the rows are read: what changes meanwhile is made again
    if not outdated(locale):
        return
    parts = read_parts(locale / "parts")
    if parts.faults:
        raise Faulty("\n".join(parts.faults))
    for language, file in compiled(locale).items():
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f"{os.getpid()}.tmp")
        aside.write_bytes(mo_bytes(language, parts.rows, made_of))
        aside.replace(file)


def compiled(locale: Path) -> dict[str, Path]:
    """Language -> the file that Django reads."""
    return {language: locale / language / "LC_MESSAGES" / "django.mo" for language in LANGUAGES}


def missing(locale: Path) -> bool:
    return not all(file.exists() for file in compiled(locale).values())


def outdated(locale: Path) -> bool:
    """Is a catalogue missing, or made of other parts or by another builder than today's?"""
    made_of = digest(locale).encode()
    return missing(locale) or any(
        made_of not in file.read_bytes() for file in compiled(locale).values()
    )


def digest(locale: Path) -> str:
    """Of the parts and of this builder; it stands in the header of each catalogue."""
    content = hashlib.sha256(Path(__file__).read_bytes())
    for part in sorted((locale / "parts").glob("*.csv")):
        content.update(part.name.encode() + b"\0" + part.read_bytes())
    return content.hexdigest()


def read_parts(folder: Path) -> Parts:
    """Every CSV of `folder`, in the order of their names."""
    parts = Parts()
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if list(reader.fieldnames or ()) != ["en", *LANGUAGES]:
                parts.faults.append(f"{file.name}: the columns must be en,es,pt")
                continue
            for row in reader:
                place = f"{file.name}:{reader.line_num}"
                if None in row.values() or None in row:
                    parts.faults.append(f"{place}: {row.get('en')!r} has not three cells")
                else:
                    parts.add(place, row)
    if not parts.rows and not parts.faults:
        parts.faults.append(f"{folder} holds no translations")
    return parts


def problems(key: str, translations: dict[str, str]) -> Iterator[str]:
    """What is wrong with one row: an empty cell, or other placeholders, forms or edges than its id."""
    forms = key.rpartition(CONTEXT)[2].split(PLURAL)
    for language, text in translations.items():
        translated = text.split(PLURAL)
        pairs = list(zip(translated, forms, strict=False))
        if not text.strip():
            yield f"{key!r} has no {language}"
        elif len(translated) != len(forms):
            yield f"{key!r} has {len(forms)} forms, its {language} has {len(translated)}"
        elif any(placeholders(a) - placeholders(b) for a, b in pairs) or (
            placeholders(forms[-1]) != placeholders(translated[-1])
        ):
            yield f"{key!r} has other placeholders in {language}"
        elif any(edges(a) != edges(b) for a, b in pairs):
            yield f"{key!r} begins or ends with space otherwise in {language}"


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"%%"} if "%" in text or "{" in text else set()


def edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def mo_bytes(language: str, rows: dict[str, dict[str, str]], made_of: str) -> bytes:
    """The format that Python's gettext module reads: sorted ids, then texts, each ended by NUL."""
    pairs = {b"": _header(language, made_of).encode()}
    for key, translations in rows.items():
        context, _sign, text = key.rpartition(CONTEXT)
        ident = text.replace(PLURAL, "\0")
        translated = translations[language].replace(PLURAL, "\0")
        pairs[(f"{context}\4{ident}" if context else ident).encode()] = translated.encode()
    order = sorted(pairs)
    count = len(order)
    start = 7 * 4 + 2 * 8 * count
    tables: tuple[list[int], list[int]] = ([], [])
    data = bytearray()
    for table, texts in zip(tables, (order, [pairs[key] for key in order]), strict=True):
        for text_bytes in texts:
            table += [len(text_bytes), start + len(data)]
            data += text_bytes + b"\0"
    head = [0x950412DE, 0, count, 7 * 4, 7 * 4 + 8 * count, 0, start]
    numbers = [*head, *tables[0], *tables[1]]
    return struct.pack(f"<{len(numbers)}I", *numbers) + bytes(data)


def _header(language: str, made_of: str) -> str:
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
        f"X-Made-Of: {made_of}\n"
    )


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]))
    except Faulty as faulty:
        sys.exit(str(faulty))
