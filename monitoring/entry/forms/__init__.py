"""Forms of entry and review."""

from .unit import UnitForm
from .words import NarrativeForm, ReasonForm, RemarkForm, ReturnForm, SubmitForm

__all__ = ["NarrativeForm", "ReasonForm", "RemarkForm", "ReturnForm", "SubmitForm", "UnitForm"]
