"""Forms of entry and review."""

from .answers import AnswersForm, Threads
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
    "AnswersForm",
    "ApproveForm",
    "NarrativeForm",
    "AmendForm",
    "DiscardForm",
    "RemarkForm",
    "ReturnForm",
    "SubmitForm",
    "Threads",
    "UnitForm",
]
