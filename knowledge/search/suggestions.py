"""When little was found: what the reader may have meant, and which word to leave out.

Everything is counted among what she may see, so no word of a work that she may not see is proposed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.models import Form
from pip_network.folding import fold

from .answers import Answer
from .cuts import cuts_of, one_error_apart
from .questions import Part, Question, Term, read

FEW, MOST, MOST_TRIED = 3, 3, 6  # works; proposals; words that are counted


class Proposal(NamedTuple):
    """Another question, the word that makes it another, and how many works it finds."""

    text: str
    word: str
    works: int


class Alone(NamedTuple):
    """The question without a word, how many works it finds, and how many the word does."""

    text: str
    word: str
    works: int
    own: int


def meant(answer: Answer) -> list[Proposal]:
    """The question with one word as some work writes it, one typing error away."""
    if answer.total >= FEW:
        return []
    proposals = [
        proposal
        for term in answer.question.terms
        if not term.prefix
        for form in near(term)
        if (proposal := instead(answer, term, form)).works > answer.total
    ]
    return sorted(proposals, key=lambda one: (-one.works, one.word))[:MOST]


def near(term: Term) -> Iterator[str]:
    """Words one error away from what was typed, each with another key; those with accents first."""
    typed = fold(term.text)
    forms = Form.objects.filter(common=True, cuts__cut__in=cuts_of(typed)).distinct()
    tried = {term.key}
    for form in sorted(forms, key=lambda form: (form.form == form.folded, form.form)):
        if form.key not in tried and one_error_apart(typed, form.folded):
            tried.add(form.key)
            yield form.form
            if len(tried) > MOST_TRIED:
                return


def instead(answer: Answer, term: Term, form: str) -> Proposal:
    new = term._replace(text=form)
    text = typed(answer.question, {term: new.typed})
    return Proposal(text, form, counted(answer, text))


def alone(answer: Answer) -> list[Alone]:
    """Where several words find nothing together: what each finds by itself, and the question
    without it.
    """
    if answer.total or len(answer.question.asked) < 2:
        return []
    texts = {part.typed: typed(answer.question, {part: ""}) for part in answer.question.asked}
    return [
        Alone(text, word, counted(answer, text), counted(answer, word))
        for word, text in texts.items()
    ]


def typed(question: Question, changed: dict[Part, str]) -> str:
    """The question as somebody would type it, some of its parts changed."""
    asked = (changed.get(part, part.typed) for part in question.asked)
    excluded = (f"-{part.typed}" for part in question.excluded)
    return " ".join(text for text in (*asked, *excluded) if text)


def counted(answer: Answer, text: str) -> int:
    return answer.also(read(text)).total
