"""Parts of a question as sets of works (bits of the shelf)."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

from knowledge.models import Form
from pip_network.folding import fold
from pip_network.folding.words import keys_of

from .engines import bits, phrase_works
from .facet_labels import labels_in_all_languages
from .questions import Filter, Part, Phrase, Question, Term
from .shelf import Shelf
from .thesaurus import Label, Named
from .tokens import BY_AUTHOR, IN_TITLE

MOST_OF_PREFIX = 50  # keys that the beginning of a word stands for
FIELD_MARKS = {"author": BY_AUTHOR, "title": IN_TITLE, "": ""}
Groups = tuple[tuple[str, ...], ...]


def matching(shelf: Shelf, question: Question) -> int:
    """All works that answer, whoever may see them; none where signs alone were typed."""
    found = 0 if question.signs else shelf.live
    if terms := question.terms:
        found &= having(shelf, groups_of(shelf, terms))
    for part in question.asked:
        if not isinstance(part, Term):
            found &= set_of(shelf, part)
    for part in question.excluded:
        found &= ~set_of(shelf, part)
    return found


def expanded(shelf: Shelf, question: Question, concepts: Sequence[Named]) -> int:
    """As `matching`, where each concept that is named answers to any of its terms, too."""
    covered = [term for concept in concepts for term in concept.terms]
    found = shelf.live
    for concept in concepts:
        literal = having(shelf, groups_of(shelf, concept.terms))
        found &= literal | saying(shelf, concept.labels)
    rest: list[Part] = [part for part in question.asked if part not in covered]
    return found & matching(shelf, Question(question.typed, rest, question.excluded))


def saying(shelf: Shelf, labels: Sequence[Label]) -> int:
    """Works that have one of these terms, in its own order."""
    words = tuple(sorted({label.keys[0] for label in labels if len(label.keys) == 1}))
    phrases = tuple(sorted({label.keys for label in labels if len(label.keys) > 1}))
    found = having(shelf, (words,)) if words else 0
    if phrases:
        found |= shelf.keep(phrases, lambda: shelf.bits(phrase_works(*phrases)))
    return found


def set_of(shelf: Shelf, part: Part) -> int:
    if isinstance(part, Term):
        return having(shelf, groups_of(shelf, [part]))
    if isinstance(part, Phrase):
        return shelf.keep(part.keys, lambda: shelf.bits(phrase_works(part.keys)))
    return with_value(shelf, part)


def having(shelf: Shelf, groups: Groups) -> int:
    """Works that have one token of each group; none where a group is empty."""
    if not all(groups):
        return 0
    return shelf.keep(groups, lambda: shelf.bits(bits(groups)))


def groups_of(shelf: Shelf, terms: Iterable[Term], mark: str = "") -> Groups:
    """The tokens of each word; the mark of a field that the reader named stands before `mark`."""
    return tuple(
        tuple((FIELD_MARKS[term.where] or mark) + key for key in keys_for(shelf, term))
        for term in terms
    )


def keys_for(shelf: Shelf, term: Term) -> Sequence[str]:
    """One key, or those of the words that begin so: common ones first."""
    if not term.prefix:
        return (term.key,)
    return shelf.keep(("prefix", term.form), lambda: beginning(fold(term.form)))


def beginning(start: str) -> tuple[str, ...]:
    forms = Form.objects.filter(folded__gte=start, folded__lt=start + "\U0010ffff")
    keys = forms.order_by("-common", "folded", "key").values_list("key", flat=True)
    return tuple(dict.fromkeys(keys))[:MOST_OF_PREFIX]


def with_value(shelf: Shelf, asked: Filter) -> int:
    """Works whose record has the value, by its code or by its words in any language."""
    text = fold(asked.text)
    if asked.facet == "year":
        return of_years(shelf, text)
    wanted = set(keys_of(asked.text))
    values = [
        value for value in shelf.values(asked.facet) if says(asked.facet, value, text, wanted)
    ]
    return reduce(or_, (shelf.set_of(asked.facet, value) for value in values), 0)


def says(facet: str, value: str, text: str, wanted: set[str]) -> bool:
    if text == fold(value):
        return True
    labels = labels_in_all_languages(facet, value)
    return bool(wanted) and any(wanted <= set(keys_of(label)) for label in labels)


def of_years(shelf: Shelf, text: str) -> int:
    """One year, or from one to another: `2004-2006`."""
    first, dash, last = text.partition("-")
    ends = (first, last) if dash else (first, first)
    if not all(end.isascii() and end.isdigit() and len(end) == 4 for end in ends):
        return 0
    years = [year for year in shelf.values("year") if ends[0] <= year <= ends[1]]
    return reduce(or_, (shelf.set_of("year", year) for year in years), 0)


def narrowed(shelf: Shelf, found: int, chosen: dict[str, str], *, without: str = "") -> int:
    """What every chosen facet keeps; `without` is a facet that is not asked."""
    sets = (
        shelf.set_of(facet, value) for facet, value in chosen.items() if value and facet != without
    )
    return reduce(and_, sets, found)
