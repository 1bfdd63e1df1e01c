"""Closed lists of floor 0. Labels are lazy: the reader's language decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
