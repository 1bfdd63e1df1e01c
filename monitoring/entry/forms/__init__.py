"""Forms of entry and review."""

from .unit import UnitForm
from .words import ApproveForm, NarrativeForm, ReasonForm, RemarkForm, ReturnForm, SubmitForm

__all__ = [
    "ApproveForm",
    "NarrativeForm",
    "ReasonForm",
    "RemarkForm",
    "ReturnForm",
    "SubmitForm",
    "UnitForm",
]
