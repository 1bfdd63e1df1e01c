from .approvals import Approval, RecordHead
from .catalogue import CatalogueVersion, Unit, Variable
from .checks import Check
from .digests import CatalogueDigest
from .entries import Entry, EntryChange
from .evidence import Evidence, EvidenceDraft
from .explanations import Explanation
from .indicators import Indicator
from .judgements import Judgement
from .narratives import Narrative, NarrativeDraft
from .publications import ProjectPublication, Publication, PublicTables
from .rates import Rate
from .record import Measurement, Observation, ObservationNetwork
from .remarks import Remark
from .reminders import Reminder
from .reports import FigureDefinition, FigureSet, Report
from .rounds import Round
from .submissions import Submission, SubmissionEvent, SubmissionQuerySet
from .targets import Target, TargetProposal
from .visits import SheetVisit
from .workbooks import WorkbookUpload

__all__ = [
    "Approval",
    "CatalogueDigest",
    "CatalogueVersion",
    "Check",
    "Entry",
    "EntryChange",
    "Evidence",
    "EvidenceDraft",
    "Explanation",
    "FigureDefinition",
    "FigureSet",
    "Indicator",
    "Judgement",
    "Measurement",
    "Narrative",
    "NarrativeDraft",
    "Observation",
    "ObservationNetwork",
    "ProjectPublication",
    "PublicTables",
    "Publication",
    "Rate",
    "RecordHead",
    "Remark",
    "Reminder",
    "Report",
    "Round",
    "SheetVisit",
    "Submission",
    "SubmissionEvent",
    "SubmissionQuerySet",
    "Target",
    "TargetProposal",
    "Unit",
    "Variable",
    "WorkbookUpload",
]
