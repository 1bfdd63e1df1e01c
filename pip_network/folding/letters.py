"""One folding for headings, names, searches and orders, by Unicode alone and not by a list of
letters that somebody thought of.
"""

import unicodedata

# Letters that Unicode takes apart into nothing else, although readers do: strokes, ligatures, the
# Maya and Amazonian vowels, the Turkish i of a careless keyboard.
STROKES = {
    "æ": "ae",
    "ǽ": "ae",
    "œ": "oe",
    "ø": "o",
    "ǿ": "o",
    "đ": "d",
    "ð": "d",
    "ɖ": "d",
    "ħ": "h",
    "ı": "i",
    "ɨ": "i",
    "ł": "l",
    "ŋ": "n",
    "ɵ": "o",
    "ŧ": "t",
    "þ": "th",
    "ʉ": "u",
    "ƀ": "b",
    "ǥ": "g",
    "ɇ": "e",
    "ɏ": "y",
    "ƶ": "z",
    "ȷ": "j",
}
# Apostrophes, primes, the puso and the saltillo, and the accents that stand for them when they are
# typed alone: Guaraní, Quechua and Nahuatl have each written with each.
APOSTROPHES = "'`´‘’‛′‵ʹʻʼʽʾʿˈˊˋꞋꞌ՚＇`"
BEFORE = str.maketrans(dict.fromkeys(APOSTROPHES, ""))
AFTER = str.maketrans(STROKES)
UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})  # marks, zero-width and control characters
BLANKS = str.maketrans(dict.fromkeys("\u2800\u3164\u115f\u1160\uffa0", " "))  # no spaces by name


def fold(text: str) -> str:
    """What two texts have in common that readers call the same: «Ñe’ẽ  PYAHU» is `nee pyahu`."""
    return " ".join(_folded(text.translate(BLANKS)).split())


def is_unseen(text: str) -> bool:
    """Was something written of which nothing is seen: spaces, marks alone, what has no width?"""
    return text != "" and not _seen(text.translate(BLANKS)).strip()


def folded_letters(text: str) -> list[str]:
    """`text` letter by letter, each folded alone: as many as there are letters, some of them empty."""
    return [_folded(letter.translate(BLANKS)) for letter in text]


def _folded(text: str) -> str:
    if text.isascii():
        plain = text.translate(BEFORE).lower()
        return plain if plain.isprintable() else _seen(plain)
    plain = _seen(unicodedata.normalize("NFKD", text.translate(BEFORE)))
    plain = _seen(unicodedata.normalize("NFKD", plain.casefold()))
    return plain.translate(BEFORE).translate(AFTER)


def _seen(text: str) -> str:
    """Without what has no width; spaces of any kind are spaces."""
    return "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in UNSEEN
    )
