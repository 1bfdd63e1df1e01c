"""Sets of works: one for each language in which a work can be read, one for each type, one for each
collection that is open to everybody.
"""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from knowledge.choices import Language, WorkType
from knowledge.models import List, ListItem, Work
from knowledge.models.work import WorkQuerySet

LANGUAGE, TYPE, COLLECTION = "language-", "type-", "collection-"


def all_sets() -> Iterator[tuple[str, str]]:
    """Each with its name in the language of the moment."""
    for code, name in Language.choices:
        yield f"{LANGUAGE}{code}", str(name)
    for code, name in WorkType.choices:
        yield f"{TYPE}{code}", str(name)
    for collection in List.objects.open_collections().order_by("code"):
        yield f"{COLLECTION}{collection.code}", collection.title


def with_sets(works: WorkQuerySet) -> WorkQuerySet:
    """With what `sets_of` asks, read along."""
    items = _collected().order_by("list__code").select_related("list")
    return works.prefetch_related(Prefetch("in_lists", queryset=items, to_attr="collected"))


def sets_of(work: Work) -> list[str]:
    """Of a work of `with_sets`."""
    collected: list[ListItem] = work.collected  # type: ignore[attr-defined]
    return [
        *(f"{LANGUAGE}{code}" for code in work.languages),
        f"{TYPE}{work.type}",
        *(f"{COLLECTION}{item.list.code}" for item in collected),
    ]


def _collected() -> QuerySet[ListItem]:
    return ListItem.objects.filter(removed_at=None, list__in=List.objects.open_collections())


def within(works: WorkQuerySet, name: str) -> WorkQuerySet:
    """Those in the set called `name`: none where there is no such set."""
    if name.startswith(LANGUAGE):
        return works.read_in(name.removeprefix(LANGUAGE))
    if name.startswith(COLLECTION):
        items = _collected().filter(list__code=name.removeprefix(COLLECTION))
        return works.filter(pk__in=items.order_by().values("work"))
    return works.filter(type=name.removeprefix(TYPE)) if name.startswith(TYPE) else works.none()
