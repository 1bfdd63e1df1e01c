"""Codes of works: seven letters at random and one that shows a slip of the pen.

Random and no counter: gaps in a counter would count the works that one may not see.
"""

import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U, which are misread
LENGTH = 7


def new_code() -> str:
    """A code such as `7Q2M9XKD`."""
    letters = "".join(secrets.choice(LETTERS) for _number in range(LENGTH))
    return letters + check_letter(letters)


def check_letter(letters: str) -> str:
    """By Luhn's way in base 32: one wrong letter, or two neighbours changed, give another."""
    total = 0
    for place, letter in enumerate(reversed(letters)):
        value = LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // len(LETTERS) + value % len(LETTERS)
    return LETTERS[-total % len(LETTERS)]
