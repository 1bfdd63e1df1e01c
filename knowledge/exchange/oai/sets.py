"""Sets of works: one for each language in which a work can be read, one for each type."""

from collections.abc import Iterator

from knowledge.choices import Language, WorkType
from knowledge.models import Work
from knowledge.models.work import WorkQuerySet

LANGUAGE, TYPE = "language-", "type-"


def all_sets() -> Iterator[tuple[str, str]]:
    """Each with its name in the language of the moment."""
    for code, name in Language.choices:
        yield f"{LANGUAGE}{code}", str(name)
    for code, name in WorkType.choices:
        yield f"{TYPE}{code}", str(name)


def sets_of(work: Work) -> list[str]:
    return [*(f"{LANGUAGE}{code}" for code in work.languages), f"{TYPE}{work.type}"]


def within(works: WorkQuerySet, name: str) -> WorkQuerySet:
    """Those in the set called `name`: none where there is no such set."""
    if name.startswith(LANGUAGE):
        return works.read_in(name.removeprefix(LANGUAGE))
    return works.filter(type=name.removeprefix(TYPE)) if name.startswith(TYPE) else works.none()
