"""Text of people on its way into a document: nothing that somebody wrote may stop it.

On paper every letter needs a glyph, or the typesetter refuses the whole report; a file of markup
refuses control characters. So what cannot be shown becomes a stand-in or goes.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

LETTERS = Path(__file__).parent / "fonts" / "letters.txt"
STAND_IN = "\N{WHITE SQUARE}"
KEPT_CONTROLS = "\t\n"
# Without a shape of their own: they turn the text around, or change the letter before.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TONES = range(0x1F3FB, 0x1F400)
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
# Longer than the words of our languages; a hash stays whole, it is copied.
LONG_WORD = re.compile(r"(?<!\S)(?![0-9a-f]{64}(?!\S))\S{21,}")
LATIN_1, LATIN_EXTENDED = 0xFF, 0x24F
GUARANI = ("g\u0303", "G\u0303")
BREAK = "\N{ZERO WIDTH SPACE}"


def clean(words: str) -> str:
    """For pages and workbooks, whose readers bring fonts: without what no file may hold (control
    characters, halves of letters) and what would turn its neighbours around.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return "".join(letter for letter in words if _may_stand(letter))


def printable(words: str) -> str:
    """For paper and charts, which bring their own fonts: a stand-in for each letter that these
    lack, and nothing for what has no shape.
    """
    known = letters()
    return "".join(
        _shown(letter, known) for letter in normalize("NFC", clean(words)) if _has_shape(letter)
    )


def drawable(words: str) -> str:
    """For charts: as on paper, but marks on Latin letters beyond those of our own font go, as the
    renderer sets letter and mark apart and paper then refuses the chart; g with its tilde stays.
    """
    shown = "".join(_base(letter) for letter in printable(words))
    return "".join(
        letter
        for before, letter in zip(f" {shown}", shown, strict=False)
        if category(letter)[0] != "M" or before + letter in GUARANI
    )


def breakable(words: str) -> str:
    """With places to break inside words that are longer than a column."""
    return LONG_WORD.sub(lambda word: BREAK.join(word.group()), words)


def everywhere(change: Callable[[str], str], data: Any, besides: Collection[str] = ()) -> Any:
    """`change` made to every text of a JSON value; names of fields stay, and the fields `besides`."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {
            name: value if name in besides else everywhere(change, value, besides)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [everywhere(change, value, besides) for value in data]
    return data


@cache
def letters() -> frozenset[int]:
    """The letters that our fonts have."""
    lines = LETTERS.read_text(encoding="ascii").splitlines()
    ranges = ([int(number, 16) for number in line.split()] for line in lines)
    return frozenset(letter for first, last in ranges for letter in range(first, last + 1))


def _may_stand(letter: str) -> bool:
    if letter in KEPT_CONTROLS:
        return True
    is_no_letter = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
    return category(letter) not in ("Cc", "Cs") and not is_no_letter and letter not in TURNING


def _has_shape(letter: str) -> bool:
    number = ord(letter)
    is_selector = any(number in selectors for selectors in SELECTORS)
    return category(letter) != "Cf" and number not in TONES and not is_selector


def _base(letter: str) -> str:
    base = normalize("NFD", letter)[0]
    return base if ord(letter) > LATIN_1 and ord(base) <= LATIN_EXTENDED else letter


def _shown(letter: str, known: frozenset[int]) -> str:
    kind = category(letter)
    if kind in ("Zl", "Zp"):
        return "\n"
    if letter in KEPT_CONTROLS or (ord(letter) in known and kind != "Co"):
        return letter
    if kind == "Zs":
        return " "
    return "" if kind in ("Mn", "Me") else STAND_IN
