"""What the ids of figures stand for, remembered when they are computed, so that an id alone opens
its trace.
"""

from collections.abc import Mapping

from monitoring.models import FigureDefinition

BATCH = 1000


def keep_definitions(definitions: Mapping[str, dict]) -> None:
    """The same id always has the same definition: the first one stays."""
    rows = [
        FigureDefinition(id=key, definition=value) for key, value in sorted(definitions.items())
    ]
    FigureDefinition.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
