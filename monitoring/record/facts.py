"""What an approval states: who decided, and the rows that it wrote, as the database has them now."""

import datetime as dt
from typing import Any, NamedTuple

from monitoring.models import (
    Approval,
    Explanation,
    Measurement,
    Narrative,
    Observation,
    ObservationNetwork,
    Rate,
)

MEASUREMENT = (
    "id",
    "project_id",
    "subject",
    "round_id",
    "kind",
    "variable_code",
    "period",
    "value",
    "missing",
    "source",
    "currency",
    "catalogue_id",
)
OBSERVATION = (
    "id",
    "project_id",
    "subject",
    "round_id",
    "kind",
    "membership",
    "country",
    "sector",
    "size",
    "owner_sex",
    "currency",
    "constituted_on",
    "joined_on",
    "captured_on",
    "reconstructed",
    "catalogue_id",
)
NETWORK = ("observation_id", "position", "network_id", "typology", "constituted_on", "joined_on")
RATE = ("id", "currency", "period", "usd_rate", "cpi", "source")
NARRATIVE = ("id", "project_id", "round_id", "theme", "language", "text")
EXPLANATION = ("id", "measurement_id", "check_code", "basis", "text")


class Format(NamedTuple):
    """The columns that the text of an approval states of its measurements and observations."""

    measurement: tuple[str, ...]
    observation: tuple[str, ...]


# A text once hashed is never written otherwise: a later format stands beside those before it. What
# format 1 has not (`NEW_IN_2` too) it states only where there is some of it.
FORMATS = {
    1: Format(MEASUREMENT, OBSERVATION),
    2: Format((*MEASUREMENT, "level", "variable_id"), (*OBSERVATION, "level")),
}
FORMAT = 2
NEW_IN_2 = "explanations"
VERSIONED: dict[str, Any] = {
    "explanations": Explanation,
    "measurements": Measurement,
    "narratives": Narrative,
    "observations": Observation,
    "rates": Rate,
}


class Facts(NamedTuple):
    """The rows that one approval wrote, as tuples of the columns of its format, and the ids that it
    superseded.
    """

    measurements: list[tuple]
    observations: list[tuple]
    networks: list[tuple]
    rates: list[tuple]
    narratives: list[tuple]
    explanations: list[tuple]
    superseded: dict[str, list[int]]

    @classmethod
    def read(cls, number: int, format: int) -> "Facts":
        """The rows as they are in the database now, for the text of that format."""
        columns = FORMATS[format]
        return cls(
            list(
                Measurement.objects.filter(approved_in=number)
                .order_by()
                .values_list(*columns.measurement)
            ),
            list(
                Observation.objects.filter(approved_in=number)
                .order_by()
                .values_list(*columns.observation)
            ),
            list(
                ObservationNetwork.objects.filter(observation__approved_in=number)
                .order_by()
                .values_list(*NETWORK)
            ),
            list(Rate.objects.filter(approved_in=number).order_by().values_list(*RATE)),
            list(Narrative.objects.filter(approved_in=number).order_by().values_list(*NARRATIVE)),
            list(
                Explanation.objects.filter(approved_in=number).order_by().values_list(*EXPLANATION)
            ),
            {
                name: sorted(
                    model.objects.filter(superseded_in=number)
                    .order_by()
                    .values_list("pk", flat=True)
                )
                for name, model in VERSIONED.items()
            },
        )


class Decision(NamedTuple):
    """Who approved what, when and why: codes only."""

    number: int
    kind: str
    project: str
    round: str
    revision: int
    at: dt.datetime
    author: int | None
    approver: int
    reason: str
    format: int


def decision_of(approval: Approval) -> Decision:
    """The decision of an approval that has been written."""
    submission = approval.submission
    return Decision(
        approval.number,
        approval.kind,
        submission.project_id if submission else "",
        submission.round_id if submission else "",
        approval.revision or 0,
        approval.at,
        approval.author_id,
        approval.approver_id,
        approval.reason,
        approval.format,
    )
