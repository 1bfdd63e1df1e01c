"""The subject of a row: a firm, a network or a project, by a text key and by a foreign key."""

from django.db.models import F, Q, Value
from django.db.models.functions import Concat


def subject_matches_keys() -> Q:
    """The one text key of a subject agrees with its foreign key, and only one foreign key is set."""
    return (
        Q(
            level="firm",
            subject=Concat(Value("F:"), F("firm_id")),
            firm__isnull=False,
            network__isnull=True,
        )
        | Q(
            level="network",
            subject=Concat(Value("N:"), F("network_id")),
            network__isnull=False,
            firm__isnull=True,
        )
        | Q(
            level="project",
            subject=Concat(Value("P:"), F("project_id")),
            firm__isnull=True,
            network__isnull=True,
        )
    )
