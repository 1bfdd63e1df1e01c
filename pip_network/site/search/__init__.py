"""One question over everything that a person may see: a literal table of sources, each answered by
one query.

A source that is not shown to somebody is not asked for her at all, so that nothing of it is counted
or hinted at.
"""

from .page import find, search
from .questions import LENGTH, read
from .sources import SOURCES

__all__ = ["LENGTH", "SOURCES", "find", "read", "search"]
