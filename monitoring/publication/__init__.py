"""What the public sees: the figures of the rounds that the administration published, and nothing
newer. Pages read it by `shown`.
"""

from .shown import Shown, shown

__all__ = ["Shown", "shown"]
