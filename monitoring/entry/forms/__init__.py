"""Forms of entry and review."""

from .unit import UnitForm
from .words import (
    AmendForm,
    ApproveForm,
    DiscardForm,
    NarrativeForm,
    RemarkForm,
    ReturnForm,
    SubmitForm,
)

__all__ = [
    "ApproveForm",
    "NarrativeForm",
    "AmendForm",
    "DiscardForm",
    "RemarkForm",
    "ReturnForm",
    "SubmitForm",
    "UnitForm",
]
