"""What a correction would change, before it is approved."""

from collections.abc import Sequence
from typing import Any

from monitoring.models import Measurement, Report
from monitoring.reports import stale
from monitoring.submission.correcting import OvertakenObservation
from monitoring.submission.corrections import words
from monitoring.submission.corrections.versions import NextVersion
from pip_network.models import User

ROWS_SHOWN, REPORTS_SHOWN = 50, 30


def preview(versions: Sequence[NextVersion], attribute: str, *, reader: User) -> dict[str, Any]:
    """Rows with old and new value, the rounds and values concerned, and the reports that would
    become stale.
    """
    rows = [version.before.row for version in versions]
    replaced = [(row.project_id, row.approved_in_id) for row in rows]
    finished = Report.objects.visible_to(reader).finished()
    reports = stale.would_become(replaced, finished) if rows else []
    return {
        "changes": [line(version) for version in versions[:ROWS_SHOWN]],
        "count": len(rows),
        "rounds": sorted({row.round_id for row in rows}),
        "values": values_of(versions),
        "concerned": words.CONCERNED[attribute],
        "stale": reports[:REPORTS_SHOWN],
        "stale_count": len(reports),
        "seen": "-".join(str(row.pk) for row in rows),
    }


def line(version: NextVersion) -> dict[str, Any]:
    """One observation that the correction would replace."""
    row = version.before.row
    return {
        "unit": words.unit_words(row),
        "round": row.round_id,
        "kind": row.get_kind_display(),
        "differences": words.differences(version.before, version.after),
    }


def values_of(versions: Sequence[NextVersion]) -> int:
    """How many approved values these units have in these rounds."""
    rows = [version.before.row for version in versions]
    live = Measurement.objects.live().filter(value__isnull=False)
    return live.filter(
        project__in={row.project_id for row in rows},
        subject__in={row.subject for row in rows},
        round__in={row.round_id for row in rows},
    ).count()


def overtaken_row(observation: OvertakenObservation) -> dict[str, Any]:
    """An observation that somebody else changed: what was seen and what is in force."""
    return {
        "unit": words.unit_words(observation.row),
        "round": observation.row.round_id,
        "kind": observation.row.get_kind_display(),
        "differences": words.differences(observation.seen, observation.in_force)
        if observation.seen and observation.in_force
        else [],
        "state": "gone"
        if observation.in_force is None
        else "new"
        if observation.seen is None
        else "",
    }
