"""The text of the files of works, read page by page in a job: what the search finds, and what a
reader on a slow line reads instead of the file.
"""

from .extraction import order
from .reasons import said_of

__all__ = ["order", "said_of"]
