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
from projects.duplicates import FirmFacts, Pair
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
    compared = [
        FirmFacts(*row)
        for row in firms.order_by("code").values_list("code", "country_id", "name", "tax_id")
    ]
    codes = {firm.code for firm in compared}
    distinctions = FirmDistinction.objects.order_by("first", "second").values_list(
        "first", "second"
    )
    apart = [pair for pair in distinctions if codes.issuperset(pair)]
    key = "duplicates-" + hashlib.sha256(json.dumps([compared, apart]).encode()).hexdigest()
    pairs = cache.get(key)
    if pairs is None:
        told_apart = set(apart)
        pairs = [
            pair
            for pair in duplicates.pairs(compared)
            if (pair.first, pair.second) not in told_apart
        ]
        cache.set(key, pairs, KEPT_SECONDS)
    return Proposals(pairs, len(compared), apart)
