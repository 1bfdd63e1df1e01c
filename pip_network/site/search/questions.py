"""What was typed, as words."""

from typing import NamedTuple

from pip_network.web.text import MOST_WORDS, fold, without_marks

LENGTH = 100  # of a question; what stands after is not searched, and the page says so


class Question(NamedTuple):
    """What is searched for: `shortened` when more was typed than is searched."""

    text: str  # as it is searched: without operators, at most LENGTH long
    words: tuple[str, ...]
    shortened: bool

    @property
    def folded(self) -> str:
        return fold(self.text)


def read(typed: str) -> Question:
    """What was typed as words: quotes, signs and operators are no words and are left out."""
    cut = typed[:LENGTH].replace("\0", " ")
    words = without_marks(cut.split())[:MOST_WORDS]
    return Question(" ".join(words), tuple(words), len(typed.strip()) > LENGTH)
