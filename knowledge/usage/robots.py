"""Programs that are no readers, by the name that they give themselves: the list of COUNTER, which
libraries count by, and a wider one that knows the newer crawlers.
"""

from functools import lru_cache

from counter_robots import is_robot_or_machine
from crawleruseragents import is_crawler

OURS = ("sickle/", "oaipmh", "scythe")  # harvesters that neither list names


@lru_cache(maxsize=2048)
def is_robot(agent: str) -> bool:
    """What gives itself no name is taken for a program."""
    named = agent.strip()
    if not named or any(name in named.lower() for name in OURS):
        return True
    return is_robot_or_machine(named) or is_crawler(named)
