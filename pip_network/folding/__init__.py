"""Text as readers compare it: capitals, accents and apostrophes forgiven, in Python and, through
stored columns, in the database.
"""

from .letters import fold, folded_letters, is_unseen

__all__ = ["fold", "folded_letters", "is_unseen"]
