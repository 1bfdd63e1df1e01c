"""Which middles may stand on paper that goes to firms (rules.md, Who sees what), and why no two pages,
nor all pages of a project, tell what another firm gave.

Who reads. A firm knows its own values. Two firms may lay their pages side by side, and know two. The
people of a project know all that its firms gave. Besides, everybody has the public figures, and the
pages of earlier years and of earlier publications of the same year. So a middle is shown when

- **enough** stand behind it: n less any two firms is 10 or more (`few_units` of a median, after its
  readers have taken themselves out), and so is n less the firms of any one project, unless all are of
  that project (whose people have the values anyhow, and whose firms are readers two by two);
- it is **apart** from every other middle of the same variable and year: the firms by which two groups
  differ (in one and not in the other, or in both with another value) are none, or still five when any
  two, or those of any one project, are taken out. A network within a sector within a size, a sector
  that is nearly a country, a group as it was published before an amendment: of two middles that are
  nearly of the same firms, the reader would learn where the few between them stand. Of two such
  groups the smaller is hidden; beside a middle that the public has, or had, the one on paper is.

Only middles are shown, never sums: sums subtract, and what a page shows would have to be proved against
every public table at once; a middle says of a single firm nothing but, at most, its side.

The groups are those of the publication in force of the year. They change when the administration
publishes again, never at an approval, so that two pages of one firm made before and after an approval
differ in her own values alone.

What this cannot do: ten firms of twelve that lay their pages together know ten; what they make of the
middle of the last two is theirs.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import chain
from typing import NamedTuple, TypeVar

from monitoring.analysis.sides import FEWEST, FEWEST_RANKED

Key = TypeVar("Key", bound=Hashable)
READERS = 2  # pages that are laid side by side


class Given(NamedTuple):
    """What one firm gave, as it was approved, and the projects whose people know it."""

    value: Hashable
    projects: frozenset[str]


Group = Mapping[str, Given]  # by firm


def shown(candidates: Mapping[Key, Group], known: Iterable[Group]) -> set[Key]:
    """Those of the groups whose middle may be shown beside each other and beside what is known."""
    different = {frozenset(group.items()): group for group in known}
    beside = [group for group in different.values() if len(group) >= FEWEST_RANKED]
    kept: set[Key] = set()
    largest_first = sorted(candidates, key=lambda key: (-len(candidates[key]), str(key)))
    for key in largest_first:
        group = candidates[key]
        if is_enough(group) and all(are_apart(group, other) for other in beside):
            kept.add(key)
            beside.append(group)
    return kept


def is_enough(group: Group) -> bool:
    """Whether nobody's readers are left with fewer than ten others."""
    return len(group) - READERS >= FEWEST_RANKED and all(
        left >= FEWEST_RANKED for left in _without_a_project(group.values())
    )


def are_apart(one: Group, two: Group) -> bool:
    """Whether two groups are the same, or differ by more firms than a reader could tell apart."""
    between = [firm for firm in sorted({*one, *two}) if one.get(firm) != two.get(firm)]
    if not between:
        return True
    rows = [one[firm] if firm in one else two[firm] for firm in between]
    return len(rows) - READERS >= FEWEST and all(
        left >= FEWEST for left in _without_a_project(rows)
    )


def _without_a_project(given: Iterable[Given]) -> list[int]:
    """How many are left without the firms of each project; where none is left nobody is told."""
    rows = list(given)
    of_project = Counter(chain.from_iterable(row.projects for row in rows))
    return [len(rows) - count for count in of_project.values() if count < len(rows)]
