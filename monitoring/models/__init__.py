from .catalogue import CatalogueVersion, Check, Indicator, Unit, Variable
from .narratives import Narrative, NarrativeDraft
from .record import Approval, Measurement, Observation, ObservationNetwork, Rate, RecordHead
from .reports import FigureDefinition, FigureSet, Report
from .rounds import Round
from .submissions import Entry, EntryChange, Remark, Submission, SubmissionEvent

__all__ = [
    "Approval",
    "CatalogueVersion",
    "Check",
    "Entry",
    "EntryChange",
    "FigureDefinition",
    "FigureSet",
    "Indicator",
    "Measurement",
    "Narrative",
    "NarrativeDraft",
    "Observation",
    "ObservationNetwork",
    "Rate",
    "RecordHead",
    "Remark",
    "Report",
    "Round",
    "Submission",
    "SubmissionEvent",
    "Unit",
    "Variable",
]
