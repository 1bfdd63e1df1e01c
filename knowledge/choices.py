"""Closed lists of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a work stands between who proposes it and who reads it."""

    PROPOSED = "proposed", _("Proposed")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WorkType(models.TextChoices):
    """At most eight: what a source calls it otherwise stands beside it (`type_text`)."""

    BOOK = "book", _("Book or chapter")
    ARTICLE = "article", _("Article")
    PAPER = "paper", _("Working or technical paper")
    REPORT = "report", _("Report")
    EVALUATION = "evaluation", _("Evaluation")
    CASE_STUDY = "case_study", _("Case study")
    GUIDE = "guide", _("Guide, manual or standard")
    PRESENTATION = "presentation", _("Conference paper or presentation")


class Extent(models.TextChoices):
    """What a work is about, when it is not of single countries."""

    REGIONAL = "regional", _("Regional")
    GLOBAL = "global", _("Global")


class Access(models.TextChoices):
    """Who may read a published work."""

    PUBLIC = "public", _("Everybody")
    NETWORK = "network", _("Members of the network")
    RESTRICTED = "restricted", _("Named institutions and projects")


class Language(models.TextChoices):
    """In the language of the reader: the lists of the portal show them so."""

    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    EN = "en", _("English")


class Translated(models.TextChoices):
    """Who gave an expression that is not the original."""

    SOURCE = "source", _("Published by its source")
    TITLE = "title", _("Title translated by the network")
    NETWORK = "network", _("Translated by the network")


class AbstractBy(models.TextChoices):
    SOURCE = "source", _("Abstract of the source")
    NETWORK = "network", _("Description of the network")


class AuthorRole(models.TextChoices):
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")


class TextState(models.TextChoices):
    """What reading the text of a file came to."""

    WAITING = "waiting", _("Its text is being read")
    TEXT = "text", _("Its text is searched")
    NO_TEXT = "no_text", _("No text to search")
    REFUSED = "refused", _("Its text could not be read")
    ENCRYPTED = "encrypted", _("Locked with a password")


class LessonState(models.TextChoices):
    """How far a lesson has come: its own project says that it holds, then another one does."""

    DRAFT = "draft", _("Draft")
    VALIDATED = "validated", _("Validated by its project")
    CONFIRMED = "confirmed", _("Confirmed by another project")
    SUPERSEDED = "superseded", _("Superseded by another lesson")


class Outcome(models.TextChoices):
    """What came of what was done."""

    WORKED = "worked", _("It worked")
    IN_PART = "in_part", _("It worked in part")
    DID_NOT = "did_not", _("It did not work")
    GIVEN_UP = "given_up", _("It was given up")


class Confidence(models.TextChoices):
    """How sure its project is of a lesson."""

    LOW = "low", _("Low: seen once")
    MEDIUM = "medium", _("Medium: seen several times")
    HIGH = "high", _("High: seen several times, and measured")


class Result(models.TextChoices):
    """How it went for a project that applied what another one had learned."""

    HELPED = "helped", _("It helped")
    LITTLE = "little", _("It helped little")
    NO = "no", _("It made no difference")
    HARMED = "harmed", _("It did harm")
    TOO_EARLY = "too_early", _("Too early to say")
