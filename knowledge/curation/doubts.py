"""The checks of a record (knowledge/works/checks.py) as conditions, for the list of all records: one
name, one meaning.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from knowledge.choices import State, TextState
from knowledge.models import Author, Expression, WorkQuerySet, WorkTheme
from knowledge.works.checks import ALREADY_THERE, CHECKS, DOUBTFUL

from .rows import same_doi, same_title, with_file

MANY = "doubtful"  # what the list shows unless asked for one check


def conditions(works: WorkQuerySet) -> dict[str, Q]:
    """By the name of the check. `works`: those among which doubles are looked for."""
    themes = WorkTheme.objects.filter(work=OuterRef("pk"))
    abstracts = Expression.objects.filter(work=OuterRef("pk")).exclude(abstract="")
    unsourced = Q(provenance_es="", provenance_pt="", provenance_en="")
    return {
        "no-authors": ~Q(Exists(Author.objects.filter(work=OuterRef("pk")))),
        "no-year": Q(year=None),
        "no-abstract": ~Q(Exists(abstracts)),
        "no-theme": ~Q(Exists(themes)),
        "no-text": Q(source_url="") & ~Q(with_file()),
        "no-source": unsourced & Q(source_url=""),
        "odd-year": Q(year__lt=1900) | Q(year__gt=timezone.now().year),
        "inferred-themes": Q(Exists(themes.filter(inferred=True))),
        "scanned": Q(with_file(text_state=TextState.NO_TEXT)),
        ALREADY_THERE.name: same_title(works) | same_doi(works),
    }


def found(works: WorkQuerySet, name: str = "") -> WorkQuerySet:
    """Records that are not withdrawn in which the check called `name` finds something; without a
    name: what is doubtful or doubled.
    """
    there = works.exclude(state=State.WITHDRAWN)
    holds = conditions(there)
    if name in holds:
        return there.filter(holds[name])
    doubtful = [check.name for check in CHECKS if check.kind == DOUBTFUL]
    either = Q()
    for one in (*doubtful, ALREADY_THERE.name):
        either |= holds[one]
    return there.filter(either)
