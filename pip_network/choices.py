"""Closed lists of floor 0. Labels are lazy: the reader's language decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a fact comes from; shown beside it wherever it stands."""

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
