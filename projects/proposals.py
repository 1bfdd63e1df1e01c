"""Pairs of firms that the portal proposes as one, without those that somebody told apart.

Comparing is kept in the cache that all processes share, under what it depends on: the names, tax
identifications and countries of the firms asked about, and what was said of them. Whatever changes
one of these asks anew.
"""

import hashlib
import json
from typing import NamedTuple

from django.core.cache import cache

from projects import duplicates
from projects.duplicates import Known, Pair
from projects.models import FirmDistinction
from projects.models.firm import FirmQuerySet

KEPT_SECONDS = 7 * 24 * 3600


class Proposals(NamedTuple):
    """Most alike first; `of`: how many firms were compared; `apart`: the pairs that were told
    apart, by code.
    """

    pairs: list[Pair]
    of: int
    apart: list[tuple[str, str]]


def proposals(firms: FirmQuerySet) -> Proposals:
    """What is proposed among `firms`: two queries, and one of the cache while nothing has changed."""
    known = [
        Known(*row)
        for row in firms.order_by("code").values_list("code", "country_id", "name", "tax_id")
    ]
    codes = {one.code for one in known}
    said = FirmDistinction.objects.order_by("first", "second").values_list("first", "second")
    apart = [pair for pair in said if codes.issuperset(pair)]
    key = "duplicates-" + hashlib.sha256(json.dumps([known, apart]).encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        told = set(apart)
        found = [pair for pair in duplicates.pairs(known) if (pair.first, pair.second) not in told]
        cache.set(key, found, KEPT_SECONDS)
    return Proposals(found, len(known), apart)
