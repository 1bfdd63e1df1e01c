"""Closed lists of monitoring.

Values are the codes of docs/rules.md and stand in the record; labels are lazy.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    FIRM = "firm", _("Firm")
    NETWORK = "network", _("Network")
    PROJECT = "project", _("Project")


class Kind(models.TextChoices):
    REGULAR = "regular", _("Regular")
    BASELINE = "baseline", _("Baseline")


class Missing(models.TextChoices):
    NOT_COLLECTED = "not_collected", _("Not collected")
    REFUSED = "refused", _("Refused to answer")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NO_DATA = "no_data", _("Left blank")


class Source(models.TextChoices):
    ENTERED = "entered", _("Entered")
    CLOSURE = "closure", _("Written by closing the firm")
    PREFILLED = "prefilled", _("Prefilled from the registry")
    SYSTEM = "system", _("Written by the system")


class Door(models.TextChoices):
    """Through which door a cell was changed."""

    WEB = "web", _("Web sheet")
    UNDO = "undo", _("Web sheet, undone or redone")
    WORKBOOK = "workbook", _("Workbook")
    COMMAND = "command", _("Command")
    ADMIN = "admin", _("Administration")
    SYSTEM = "system", _("System")


class UploadStatus(models.TextChoices):
    """Of an uploaded workbook."""

    WAITING = "waiting", _("Waits for your confirmation")
    STORED = "stored", pgettext_lazy("workbook", "Stored")
    TAKEN_BACK = "taken_back", pgettext_lazy("workbook", "Taken back")


class EvidencePlace(models.TextChoices):
    """Beside what a piece of evidence stands."""

    CELL = "cell", _("Value")
    EXPLANATION = "explanation", _("Explanation")
    NARRATIVE = "narrative", _("Narrative")
    REMARK = "remark", _("Remark")


class CellEvent(models.TextChoices):
    """What can happen to a cell."""

    ENTERED = "entered", _("Entered")
    BLANKED = "blanked", _("Blanked")
    EXPLAINED = "explained", _("Explained")
    APPROVED = "approved", pgettext_lazy("value", "Approved")
    SUPERSEDED = "superseded", _("Superseded")
    DISCARDED = "discarded", _("Amendment discarded")
    REMARKED = "remarked", _("Remark")
    ANSWERED = "answered", _("Answer")
    RESOLVED = "resolved", _("Remark resolved")


class Step(models.TextChoices):
    """What can happen to a submission."""

    OPENED = "opened", _("Opened")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    AMENDED = "amended", _("Opened as an amendment")
    DISCARDED = "discarded", _("Amendment discarded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    BEGUN = "begun", _("Review begun")
    EXTENDED = "extended", _("Due day extended")
    REMINDED = "reminded", _("Reminder sent")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class MembershipState(models.TextChoices):
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")
    CLOSED = "closed", _("Closed")


class ApprovalKind(models.TextChoices):
    SUBMISSION = "submission", _("Submission")
    REGISTRY = "registry", _("Correction of the registry")
    RATES = "rates", _("Exchange rates and prices")
    TARGETS = "targets", _("Targets of a project")
    CATALOGUE = "catalogue", _("Definitions of the catalogue")


# They state what defines figures that there are, and change none.
CHANGE_NO_FIGURE = frozenset({ApprovalKind.CATALOGUE})


class TargetState(models.TextChoices):
    """Where a proposed target stands."""

    PROPOSED = "proposed", pgettext_lazy("target", "Proposed")
    RETURNED = "returned", pgettext_lazy("target", "Sent back")
    AGREED = "agreed", pgettext_lazy("target", "Agreed")
    WITHDRAWN = "withdrawn", pgettext_lazy("target", "Proposal withdrawn")

    @classmethod
    def open(cls) -> "tuple[TargetState, ...]":
        """Those in which something is still to be done."""
        return (cls.PROPOSED, cls.RETURNED)


class Frequency(models.TextChoices):
    SEMESTER = "semester", _("Each semester")
    ANNUAL = "annual", _("Each year")
    MILESTONE = "milestone", _("At milestones")


class CatalogueStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class ValueType(models.TextChoices):
    """What a cell of a variable holds."""

    AMOUNT = "amount", _("Amount of money")
    BOOLEAN = "boolean", _("Yes or no")
    COUNT = "count", _("Whole number")
    DECIMAL = "decimal", _("Number with decimals")
    SCORE = "score", _("Score")


class StockOrFlow(models.TextChoices):
    STOCK = "stock", _("Stock: what there is at the close")
    FLOW = "flow", _("Flow: what happened in the period")


class SetBy(models.TextChoices):
    DIRECTOR = "director", _("People enter it")
    SYSTEM = "system", _("The portal writes it")


class Classification(models.TextChoices):
    PROCESS = "process", _("Process")
    OUTCOME = "outcome", _("Outcome")


class Direction(models.TextChoices):
    UP = "up", _("More is better")
    DOWN = "down", _("Less is better")
    NEUTRAL = "neutral", _("Neither is better")


class PriceBasis(models.TextChoices):
    """Prices of an indicator's amounts, where they are not those that the report asks for."""

    CONSTANT = "constant", _("Always constant prices")


class Place(models.TextChoices):
    """Where the leading indicators stand side by side, in the order of the catalogue."""

    PORTFOLIO = "portfolio", _("Tables of the portfolio")
    TRENDS = "trends", _("Trends of the portfolio")
    PROJECTS = "projects", _("Reports, project by project")


class ChartKind(models.TextChoices):
    """How the section of its theme draws an indicator."""

    LINE = "line", _("Line over the rounds")
    DOTS = "dots", _("Value by group")
    CHANGE = "change", _("Change by group")
    PAIRS = "pairs", _("Baseline and now by group")


class Alert(models.TextChoices):
    """What the portfolio points out about a project, and opens with a figure."""

    RECONSTRUCTED = "reconstructed", _("Reconstructed baselines")
    SPENDING = "spending", _("Spending behind time")
    COUNTERPART = "counterpart", _("Counterpart behind spending")


class Severity(models.TextChoices):
    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


class NarrativeTheme(models.TextChoices):
    """The questions of a semester's narrative, in their order."""

    CHANGE = "change", _("What changed")
    FOR_WHOM = "for_whom", _("For whom")
    EXAMPLE = "example", _("An example")
    EVIDENCE = "evidence", _("Evidence")
    LEARNED = "learned", _("What we learned")


class ReturnReason(models.TextChoices):
    INCOMPLETE = "incomplete", _("Information is missing")
    INCONSISTENT = "inconsistent", _("Figures do not agree with each other")
    UNEXPLAINED = "unexplained", _("A change needs explaining")
    EVIDENCE = "evidence", _("Evidence is missing")
    OTHER = "other", _("Other")
