"""Words of the same family as one that finds little: *evaluar* for *evaluación*.

The index keeps forms of one word together and no more (a family is a matter of taste); here they
are only proposed. Roots are Snowball's, in each of the three languages, since a word does not say
which it is in.
"""

from functools import cache, lru_cache
from os.path import commonprefix
from typing import Any

import snowballstemmer

from knowledge.models import Form
from pip_network.folding import fold

from .answers import Answer
from .questions import Term
from .suggestions import FEW, Proposal, instead

LANGUAGES = {"es": "spanish", "pt": "portuguese", "en": "english"}  # as Snowball calls them
SHORTEST, MOST_READ, MOST_TRIED, MOST = 4, 200, 8, 5  # letters of a root; forms; counted; shown


def family(answer: Answer) -> list[Proposal]:
    """The question with one word as another of its family, by how many works the reader would find."""
    if answer.total >= FEW:
        return []
    proposals = [
        proposal
        for term in answer.question.terms
        if not term.prefix
        for form in relatives(term)
        if (proposal := instead(answer, term, form)).works
    ]
    return sorted(proposals, key=lambda one: (-one.works, one.word))[:MOST]


def relatives(term: Term) -> list[str]:
    """Words that some work uses, each with another key; the shortest first."""
    own = roots(term.form)
    start = min((fold(commonprefix([root, term.form])) for _language, root in own), key=len)
    if len(start) < SHORTEST:
        return []
    forms = Form.objects.filter(common=True, folded__gte=start, folded__lt=start + "\U0010ffff")
    shortest = sorted(forms.order_by("folded", "form")[:MOST_READ], key=lambda one: len(one.form))
    found: dict[str, str] = {}
    for form in shortest:
        if form.key != term.key and not own.isdisjoint(roots(form.form)):
            found.setdefault(form.key, form.form)
    return list(found.values())[:MOST_TRIED]


@lru_cache(maxsize=10_000)
def roots(word: str) -> frozenset[tuple[str, str]]:
    """Its root as each language has it."""
    return frozenset((code, stemmer(name).stemWord(word)) for code, name in LANGUAGES.items())


@cache
def stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
