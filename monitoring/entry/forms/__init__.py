"""Forms of entry and review."""

from .unit import UnitForm
from .words import AmendForm, ApproveForm, NarrativeForm, RemarkForm, ReturnForm, SubmitForm

__all__ = [
    "ApproveForm",
    "NarrativeForm",
    "AmendForm",
    "RemarkForm",
    "ReturnForm",
    "SubmitForm",
    "UnitForm",
]
