"""Typing errors: a letter too many, too few, another one, or two that changed places."""

SHORTEST = 4  # shorter words are a letter apart from far too many


def cuts_of(word: str) -> set[str]:
    """`word` as it is and without each one of its letters: of two words that are one error apart,
    some are alike.
    """
    if len(word) < SHORTEST:
        return set()
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_error_apart(one: str, other: str) -> bool:
    """Whether exactly one error makes `other` of `one`."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    changed, wanted = one[start:], other[start:]
    swapped = changed[1:2] + changed[:1] + changed[2:]
    return changed[1:] == wanted[1:] or swapped == wanted
