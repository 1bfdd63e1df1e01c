"""What a specification may name: the codes, rounds and approvals that are known when a report is
ordered.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .approved_rounds import ApprovedRounds

SCOPE_KEYS = ("projects", "countries", "typologies", "networks")


class Place(NamedTuple):
    """Where something is observed: scope and currency are judged by these."""

    project: str
    country: str
    typology: str
    network: str
    currency: str

    def of(self, key: str) -> str:
        """The code under a key of a scope."""
        return self[SCOPE_KEYS.index(key)]


class Published(NamedTuple):
    """What the public sees of a round: as of which approval, and the projects whose results it
    sees too.
    """

    as_of: int
    projects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Universe:
    """What a specification may name: places as of now, rounds with the number of their first
    approval, the head.

    `codes` adds codes that exist without a place (a project not yet observed), under the scope's
    keys; `published` has the rounds that the public sees.
    """

    places: frozenset[Place] = frozenset()
    rounds: Mapping[str, int] = field(default_factory=dict)
    head: int = 0
    codes: Mapping[str, Collection[str]] = field(default_factory=dict)
    approved_rounds: ApprovedRounds = field(default_factory=ApprovedRounds)
    published: Mapping[str, Published] = field(default_factory=dict)

    def codes_of(self, key: str) -> set[str]:
        """All codes of one scope key."""
        codes = {place.of(key) for place in self.places} - {""}
        return codes | set(self.codes.get(key, ()))

    def currencies(self, scope: Mapping[str, Collection[str]]) -> set[str]:
        """Currencies of the places in a scope."""
        return {place.currency for place in self.places if place.currency and _holds(place, scope)}

    def has_one_currency(self, scope: Mapping[str, Collection[str]]) -> bool:
        """Whether the amounts in a scope are in one currency, or in those that one country had."""
        places = [place for place in self.places if place.currency and _holds(place, scope)]
        currencies = {place.currency for place in places}
        return len(currencies) == 1 or len({place.country for place in places}) == 1

    def newest_round(self, as_of: int, scope: Mapping[str, Collection[str]]) -> str | None:
        """The round that a question about a scope means when it names none: see `ApprovedRounds`.

        A scope in which nothing is approved is asked about the round of the whole.
        """
        rounds = self.approved_rounds
        inside = rounds.newest(as_of, self.projects_in(scope)) if scope else None
        approved = [code for code, first in self.rounds.items() if first <= as_of]
        return inside or rounds.newest(as_of) or max(approved, default=None)

    def projects_in(self, scope: Mapping[str, Collection[str]]) -> set[str]:
        """Projects with a place in a scope, and those that it names though nothing of them is
        observed yet.
        """
        named = scope.get("projects", ()) if set(scope) == {"projects"} else ()
        return {place.project for place in self.places if _holds(place, scope)}.union(named)


def _holds(place: Place, scope: Mapping[str, Collection[str]]) -> bool:
    return all(place.of(key) in named for key, named in scope.items())
