"""Forms of the library. What is posted beside their fields is not read."""

from .acts import AnswerForm, FileForm, LinkForm, RemarkForm, WithdrawalForm
from .proposal import ProposalForm
from .record import RecordForm

__all__ = [
    "AnswerForm",
    "FileForm",
    "LinkForm",
    "ProposalForm",
    "RecordForm",
    "RemarkForm",
    "WithdrawalForm",
]
