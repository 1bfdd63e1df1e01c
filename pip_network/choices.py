"""Closed lists of floor 0. Labels are lazy: the reader's language decides."""

from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Origin(models.TextChoices):
    """Where a fact comes from; shown beside it wherever it stands.

    A project that is DEMO marks the whole database: every page then says that it is invented.
    """

    STATED = "stated", _("Published by a source")
    INFERRED = "inferred", _("Inferred from a source")
    RECONSTRUCTED = "reconstructed", _("Reconstructed, with its reason")
    DEMO = "demo", _("Demonstration, invented")
    ENTERED = "entered", _("Entered by its owner")


class Relation(models.TextChoices):
    MEMBER = "member", _("Member of the learning network")
    FUNDER = "funder", _("Funder")
    RELATED = "related", _("Related institution")


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class FileKind(models.TextChoices):
    """What a kept file may be: told by its content, never by its name."""

    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document (DOCX)")
    XLSX = "xlsx", _("Excel workbook (XLSX)")
    PPTX = "pptx", _("PowerPoint slides (PPTX)")
    ODT = "odt", _("OpenDocument text (ODT)")
    ODS = "ods", _("OpenDocument sheets (ODS)")
    ODP = "odp", _("OpenDocument slides (ODP)")
    CSV = "csv", _("Comma-separated text (CSV)")
    TXT = "txt", _("Plain text")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")


class ScanState(models.TextChoices):
    """What a scanner said of a kept file. Without a scanner nothing is said: never "clean"."""

    NOT_SCANNED = "not_scanned", _("Not scanned")
    WAITING = "waiting", _("Waits for the scanner")
    CLEAN = "clean", _("Scanned, nothing found")
    INFECTED = "infected", _("Refused by the scanner, its bytes were deleted")


class Theme(models.TextChoices):
    """What networks work on: variables and indicators belong to one, and so does what is written of
    them.
    """

    COVERAGE = "coverage", _("Coverage")
    ASSOCIATION = "association", _("Association")
    INNOVATION = "innovation", _("Innovation")
    MARKETS = "markets", _("Markets")
    CREDIT = "credit", _("Credit")
    SALES = "sales", _("Sales")
    EMPLOYMENT = "employment", _("Employment")
    PRODUCTIVITY = "productivity", _("Productivity")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    INSTITUTIONS = "institutions", _("Institutions")


class MailKind(models.TextChoices):
    """What a letter is about. A letter that begins a new kind takes a line here and one below."""

    INVITATION = "invitation", _("Invitation")
    ACCOUNT = "account", _("Password and sign-in")
    CLOSING = "closing", _("Closing of the account")
    ROLE = "role", _("Roles")
    DUE = "due", _("Due days")
    SUBMITTED = "submitted", _("Round submitted for review")
    RETURNED = "returned", _("Round returned with remarks")
    APPROVED = "approved", _("Round approved")
    PUBLISHED = "published", _("Results published")
    TARGETS = "targets", _("Targets of a project")
    PROPOSAL = "proposal", _("Proposals to the library")
    SEARCH = "search", _("New works of saved searches")
    LESSON = "lesson", _("Lessons of the projects")


class LettersOf(NamedTuple):
    """Letters of one kind: what they say and to whom, and why nobody stops them, if so."""

    about: "StrOrPromise"
    always: "StrOrPromise" = ""


LETTERS: dict[MailKind, LettersOf] = {
    MailKind.INVITATION: LettersOf(
        _("The address that opens an account, to those whom the administration invites."),
        _("Without it there is no account."),
    ),
    MailKind.ACCOUNT: LettersOf(
        _("A new password, a changed second step, a sign-in from a new device, ended sessions."),
        _("They warn you of somebody else who enters under your name."),
    ),
    MailKind.CLOSING: LettersOf(
        _("The administration has closed your account."),
        _("It is the last one that you get."),
    ),
    MailKind.ROLE: LettersOf(
        _("A role of yours begins or ends, and from which day on."),
        _("They say what you answer for."),
    ),
    MailKind.DUE: LettersOf(
        _(
            "To directors and coordinators: a round is due soon, or is late; its due day was "
            "extended."
        )
    ),
    MailKind.SUBMITTED: LettersOf(
        _("To specialists: a project has submitted a round, and it waits for your review.")
    ),
    MailKind.RETURNED: LettersOf(
        _("To directors and coordinators: a round comes back, with the remarks to answer.")
    ),
    MailKind.APPROVED: LettersOf(
        _("To directors and specialists: a round is approved, with its number and its hash.")
    ),
    MailKind.PUBLISHED: LettersOf(
        _("To directors: the administration publishes a project's results, or withdraws them.")
    ),
    MailKind.TARGETS: LettersOf(
        _("Targets are proposed, to specialists; they are agreed or sent back, to directors.")
    ),
    MailKind.PROPOSAL: LettersOf(
        _(
            "To who proposed a work to the library: what is asked of it; it is published, or declined."
        )
    ),
    MailKind.SEARCH: LettersOf(
        _("Once a week at most: works new in the library that answer a search you have saved.")
    ),
    MailKind.LESSON: LettersOf(
        _("Of your project's lessons: one waits for you, holds elsewhere too, or was applied.")
    ),
}
STOPPABLE = tuple(kind for kind in MailKind if not LETTERS[kind].always)
