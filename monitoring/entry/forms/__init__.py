"""Forms of entry and review."""

from .answers import AnswersForm, Threads
from .due import ExtendForm, RemindForm
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
    "ExtendForm",
    "RemarkForm",
    "RemindForm",
    "ReturnForm",
    "SubmitForm",
    "Threads",
    "UnitForm",
]
