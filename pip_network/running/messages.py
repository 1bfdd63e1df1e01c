"""Translations: which texts the portal uses, what `locale/parts/*.csv` says of them, and the
compiled catalogues.

Each room keeps its translations in one CSV with the columns `en` (the message id), `es` and `pt`;
the forms of a plural stand in one cell, separated by `||`; a context stands before the message id,
separated by `|:|`. No gettext needed.
"""

import ast
import csv
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

LANGUAGES = ("es", "pt")
PLURAL, CONTEXT = "||", "|:|"
# Position of context, singular and plural among the arguments.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
TEMPLATE_CALL = re.compile(r"\b(_|n?p?gettext)\(")
LITERAL = re.compile(r"""\s*,?\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-z%]|\{\w*\}")


@dataclass
class Parts:
    """All rows of all parts, and what is wrong with them."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, place: str, row: dict[str, str]) -> None:
        key = row["en"]
        translations = {language: row[language] or "" for language in LANGUAGES}
        if key in self.rows and self.rows[key] != translations:
            self.faults.append(f"{place}: {key!r} is translated otherwise in {self.places[key]}")
        self.faults += [f"{place}: {problem}" for problem in problems(key, translations)]
        self.rows.setdefault(key, translations)
        self.places.setdefault(key, place)


def problems(key: str, translations: dict[str, str]) -> Iterator[str]:
    """What is wrong with one row: nothing said, other placeholders, other forms or edges than the
    message id has.
    """
    forms = key.rpartition(CONTEXT)[2].split(PLURAL)
    for language, text in translations.items():
        said = text.split(PLURAL)
        if not text.strip():
            yield f"{key!r} has no {language}"
        elif len(said) != len(forms):
            yield f"{key!r} has {len(forms)} forms, its {language} has {len(said)}"
        elif any(placeholders(a) - placeholders(b) for a, b in zip(said, forms, strict=True)) or (
            placeholders(forms[-1]) != placeholders(said[-1])
        ):
            yield f"{key!r} has other placeholders in {language}"
        elif any(
            a[:1].isspace() != b[:1].isspace() or a[-1:].isspace() != b[-1:].isspace()
            for a, b in zip(said, forms, strict=True)
        ):
            yield f"{key!r} begins or ends with space otherwise in {language}"


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"%%"} if "%" in text or "{" in text else set()


def read_parts(folder: Path) -> Parts:
    """Every CSV of `folder`, in the order of their names."""
    parts = Parts()
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if reader.fieldnames is None or list(reader.fieldnames) != ["en", *LANGUAGES]:
                parts.faults.append(f"{file.name}: the columns must be en,es,pt")
                continue
            for row in reader:
                if None in row.values() or None in row:
                    parts.faults.append(
                        f"{file.name}:{reader.line_num}: {row.get('en')!r} has not three cells"
                    )
                else:
                    parts.add(f"{file.name}:{reader.line_num}", row)
    return parts


def used_texts(root: Path, rooms: Iterable[str]) -> dict[str, str]:
    """Message id (as in the parts) -> first place where code or a template uses it."""
    found: dict[str, str] = {}
    for room in rooms:
        for file in sorted((root / room).rglob("*.py")):
            if "migrations" not in file.parts:
                for line, key in in_python(file.read_text("utf-8")):
                    found.setdefault(key, f"{file.relative_to(root)}:{line}")
    for file in sorted(
        [*(root / "templates").rglob("*.html"), *(root / "templates").rglob("*.txt")]
    ):
        for key in in_template(file.read_text("utf-8")):
            found.setdefault(key, str(file.relative_to(root)))
    return found


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """(line, message id) of each call of a translation function under any name it was imported by."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name.removesuffix("_lazy").removesuffix("_noop")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and names.get(node.func.id) in FUNCTIONS
        ):
            texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            if key := _key(names[node.func.id], texts):
                yield node.lineno, key


def in_template(source: str) -> Iterator[str]:
    """The message ids of a template, found by Django's own reading of its tags."""
    code = templatize(source)
    for call in TEMPLATE_CALL.finditer(code):
        texts, position = [], call.end()
        while len(texts) < 3 and (literal := LITERAL.match(code, position)):
            texts.append(ast.literal_eval(literal[1]))
            position = literal.end()
        if key := _key("gettext" if call[1] == "_" else call[1], texts):
            yield key


def _key(function: str, texts: list) -> str | None:
    context, singular, plural = FUNCTIONS[function]
    wanted = [
        texts[place] if place is not None and place < len(texts) else None
        for place in (context, singular, plural)
    ]
    if not isinstance(wanted[1], str) or not wanted[1]:
        return None
    key = (
        wanted[1]
        if plural is None or not isinstance(wanted[2], str)
        else f"{wanted[1]}{PLURAL}{wanted[2]}"
    )
    return key if context is None else f"{wanted[0]}{CONTEXT}{key}"


def po_text(language: str, rows: dict[str, dict[str, str]]) -> str:
    """The catalogue as people and tools read it; equal rows give equal text."""
    blocks = [f'msgid ""\nmsgstr ""\n{_quoted_lines(_header(language))}']
    for key in sorted(rows):
        context, _sign, text = key.rpartition(CONTEXT)
        forms, said = text.split(PLURAL), rows[key][language].split(PLURAL)
        lines = [f"msgctxt {_quoted(context)}"] if context else []
        lines += [f"msgid {_quoted(forms[0])}"]
        if len(forms) == 1:
            lines += [f"msgstr {_quoted(said[0])}"]
        else:
            lines += [
                f"msgid_plural {_quoted(forms[1])}",
                *(f"msgstr[{n}] {_quoted(each)}" for n, each in enumerate(said)),
            ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def mo_bytes(language: str, rows: dict[str, dict[str, str]]) -> bytes:
    """The compiled catalogue (the format that Python's gettext module reads): sorted ids, then
    texts, each ended by NUL.
    """
    pairs = {b"": _header(language).encode()}
    for key, translations in rows.items():
        context, _sign, text = key.rpartition(CONTEXT)
        ident = text.replace(PLURAL, "\0")
        pairs[(f"{context}\4{ident}" if context else ident).encode()] = (
            translations[language].replace(PLURAL, "\0").encode()
        )
    order = sorted(pairs)
    start = 7 * 4 + 2 * 8 * len(order)
    tables, data = [[], []], b""
    for table, texts in zip(tables, (order, [pairs[key] for key in order]), strict=True):
        for each in texts:
            table += [len(each), start + len(data)]
            data += each + b"\0"
    numbers = [
        0x950412DE,
        0,
        len(order),
        7 * 4,
        7 * 4 + 8 * len(order),
        0,
        start,
        *tables[0],
        *tables[1],
    ]
    return struct.pack(f"<{len(numbers)}I", *numbers) + data


def _header(language: str) -> str:
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    )


def _quoted(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\r", "\\r")
    )
    return f'"{escaped}"'


def _quoted_lines(text: str) -> str:
    return "\n".join(_quoted(line) for line in text.splitlines(keepends=True))
