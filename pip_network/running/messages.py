"""Which texts the portal uses, where, and what `locale/parts/*.csv` therefore lacks or holds in
vain.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from pip_network.running.serve.catalogues import CONTEXT, PLURAL, Parts

# Position of context, singular and plural among the arguments.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
TEMPLATE_CALL = re.compile(r"\b(_|n?p?gettext)\(")
LITERAL = re.compile(r"""\s*,?\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
SHARED, LIBRARIES = "shared", "libraries"
# Folders of templates that are not named after their room.
TEMPLATE_ROOMS = {
    "account": "people",
    "allauth": "people",
    "errors": "web",
    "letters": "people",
    "mfa": "people",
    "ui": "web",
    "usersessions": "people",
}


@dataclass
class Used:
    """Message id (as in the parts) -> where code and templates translate it; and all other texts of
    the code.
    """

    places: dict[str, list[str]] = field(default_factory=dict)
    literals: set[str] = field(default_factory=set)

    def add(self, key: str, place: str) -> None:
        self.places.setdefault(key, []).append(place)


def used_texts(root: Path, packages: Iterable[str]) -> Used:
    """Every text that code and templates ask to be translated, and where."""
    used = Used()
    for package in packages:
        for file in sorted((root / package).rglob("*.py")):
            if "migrations" not in file.parts:
                tree = ast.parse(file.read_text("utf-8"))
                used.literals |= set(literals(tree))
                for line, key in in_python(tree):
                    used.add(key, f"{file.relative_to(root)}:{line}")
    templates = root / "templates"
    for file in sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")]):
        for key in in_template(file.read_text("utf-8")):
            used.add(key, str(file.relative_to(root)))
    return used


def unused(parts: Parts, used: Used) -> list[str]:
    """Rows that nothing names.

    A name of a field is a literal of the code: the audit trail translates those.
    """
    return [
        f"{place}: {key!r} is used by no code and no template"
        for key, place in parts.places.items()
        if key not in used.places and key not in used.literals and part_of(place) != LIBRARIES
    ]


def misplaced(parts: Parts, used: Used) -> list[str]:
    """Rows that do not stand in the part of the room that uses them; of several rooms, in the
    shared part.
    """
    rooms = {part_of(place) for place in parts.places.values()}
    faults = []
    for key, place in parts.places.items():
        users = {room_of(place, rooms) for place in used.places.get(key, ())}
        if not users or None in users:
            continue
        right = users.pop() if len(users) == 1 else SHARED
        if part_of(place) != right:
            faults.append(f"{place}: {key!r} belongs in {right}.csv")
    return faults


def part_of(place: str) -> str:
    return place.partition(".csv")[0]


def room_of(place: str, rooms: Iterable[str]) -> str | None:
    """The innermost folder of a file that has a part of its name; None where that cannot be told."""
    folders = Path(place).parts[:-1]
    if folders == ("templates",):
        return "web"
    if folders[:2] == ("templates", "admin"):
        return None  # pages of several rooms
    for folder in reversed(folders):
        if folder in rooms:
            return folder
    return TEMPLATE_ROOMS.get(folders[1]) if folders[0] == "templates" else None


def literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def in_python(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, message id) of each call of a translation function under any name it was imported by."""
    names = {"gettext_noop": "gettext"}  # a room that does not know Django has one of its own
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                function = alias.name.removesuffix("_lazy").removesuffix("_noop")
                names[alias.asname or alias.name] = function
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        function = names.get(node.func.id, "")
        if function in FUNCTIONS:
            arguments = [
                argument.value if isinstance(argument, ast.Constant) else None
                for argument in node.args
            ]
            if key := _key(function, arguments):
                yield node.lineno, key


def in_template(source: str) -> Iterator[str]:
    """The message ids of a template, found by Django's own reading of its tags."""
    code = templatize(source)
    for call in TEMPLATE_CALL.finditer(code):
        texts: list[object] = []
        position = call.end()
        while len(texts) < 3 and (literal := LITERAL.match(code, position)):
            texts.append(ast.literal_eval(literal[1]))
            position = literal.end()
        if key := _key("gettext" if call[1] == "_" else call[1], texts):
            yield key


def _key(function: str, texts: Sequence[object]) -> str | None:
    context, singular, plural = (
        texts[place] if place is not None and place < len(texts) else None
        for place in FUNCTIONS[function]
    )
    if not isinstance(singular, str) or not singular:
        return None
    key = f"{singular}{PLURAL}{plural}" if isinstance(plural, str) else singular
    return key if FUNCTIONS[function][0] is None else f"{context}{CONTEXT}{key}"
