"""Every letter has a kind, by name where it is written; every kind has a letter."""

import ast
from collections.abc import Iterator
from pathlib import Path

from pip_network.choices import LETTERS, STOPPABLE, MailKind

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
WRITING = ("outbox.send", "letters.write")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield file.relative_to(ROOT).as_posix(), node


def kinds_named(call: ast.Call) -> set[str]:
    given = [*call.args, *(word.value for word in call.keywords)]
    return {
        part.attr
        for part in given
        if isinstance(part, ast.Attribute) and ast.unparse(part.value) == "MailKind"
    }


def test_whoever_writes_a_letter_says_its_kind():
    """By its name, or as the parameter of a function whose callers name it."""
    written = [(file, call) for file, call in calls() if ast.unparse(call.func) in WRITING]
    silent = [
        f"{file}:{call.lineno}"
        for file, call in written
        if not any(word.arg == "kind" for word in call.keywords)
    ]
    assert len(written) >= 5
    assert silent == []


def test_every_kind_has_a_letter():
    named = {kind for _file, call in calls() for kind in kinds_named(call)}
    assert named == set(MailKind.__members__)


def test_every_kind_has_its_words():
    assert set(LETTERS) == set(MailKind)
    assert all(letters.about for letters in LETTERS.values())


def test_what_concerns_the_account_is_always_sent():
    assert set(MailKind) - set(STOPPABLE) == {
        MailKind.INVITATION,
        MailKind.ACCOUNT,
        MailKind.CLOSING,
        MailKind.ROLE,
    }
