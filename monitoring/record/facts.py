"""What an approval states: who decided, and the rows that it wrote, as the database has them now."""

import datetime as dt
from typing import Any, NamedTuple

from django.apps import apps

from monitoring.models import Approval
from monitoring.record.defining import digest_of, digest_of_rows, rounds_of

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
TARGET = ("id", "project_id", "indicator", "round", "value", "proposed_by", "note")
NARRATIVE = ("id", "project_id", "round_id", "theme", "language", "text")
EVIDENCE = (
    "id",
    "project_id",
    "round_id",
    "place",
    "subject",
    "kind",
    "variable_code",
    "remark_id",
    "sha256",
    "format",
    "size",
    "address",
    "added_by",
)
STATED = ("catalogue_id", "columns", "digest")
EXPLANATION = ("id", "measurement_id", "check_code", "basis", "text")
JUDGEMENT = ("id", "measurement_id", "check_code", "explained")


class Format(NamedTuple):
    """What the text of an approval states of its measurements and observations, and by which list
    of columns (`defining.py`) of what defines them; none: it does not.
    """

    measurement: tuple[str, ...]
    observation: tuple[str, ...]
    definitions: int | None


# A text once hashed is never written otherwise: a later format stands beside those before it. What
# an earlier one has not, it states only where there is some of it.
FORMATS = {
    1: Format(MEASUREMENT, OBSERVATION, None),
    2: Format((*MEASUREMENT, "level", "variable_id"), (*OBSERVATION, "level"), 1),
    3: Format((*MEASUREMENT, "level", "variable_id"), (*OBSERVATION, "level"), 1),
    4: Format((*MEASUREMENT, "level", "variable_id"), (*OBSERVATION, "level"), 1),
    5: Format((*MEASUREMENT, "level", "variable_id"), (*OBSERVATION, "level"), 1),
}
FORMAT = 3
WITH_EVIDENCE = 4  # of an approval that writes or supersedes some; all others keep theirs
JUDGED = 5  # of an approval that states what the checks found
# What format 1 left out of the rows that it stated.
LEFT_OUT = {
    1: {"Measurement": ("id", "level", "variable_id"), "Observation": ("id", "level")},
}
VERSIONED = {
    "evidence": "Evidence",
    "explanations": "Explanation",
    "judgements": "Judgement",
    "measurements": "Measurement",
    "narratives": "Narrative",
    "observations": "Observation",
    "rates": "Rate",
    "targets": "Target",
}


class Facts(NamedTuple):
    """The rows that one approval wrote, as tuples of the columns of its format, the ids that it
    superseded, and what defines its figures: versions of the catalogue with their digests, rounds
    with their days.

    `stated`: digests that it wrote itself; `left_out`: what it adds to approvals of an earlier
    format.
    """

    measurements: list[tuple]
    observations: list[tuple]
    networks: list[tuple]
    rates: list[tuple]
    targets: list[tuple]
    narratives: list[tuple]
    explanations: list[tuple]
    evidence: list[tuple]
    judgements: list[tuple]
    superseded: dict[str, list[int]]
    stated: list[tuple] = []
    definitions: list[tuple] = []
    rounds: list[tuple] = []
    left_out: dict[str, str] = {}


class Reader:
    """Reads what approvals wrote, as it is in the database now; each version's digest once.

    `models`: where the tables are found by name; a migration has those of its time.
    """

    def __init__(self, models: Any = apps) -> None:
        self.models = models
        self._digests: dict[tuple[int, int], str] = {}

    def facts(self, decision: "Decision") -> Facts:
        number, columns = decision.number, FORMATS[decision.format]
        facts = Facts(
            self._written("Measurement", number, columns.measurement),
            self._written("Observation", number, columns.observation),
            self._rows("ObservationNetwork", NETWORK, observation__approved_in=number),
            self._written("Rate", number, RATE),
            self._written("Target", number, TARGET),
            self._written("Narrative", number, NARRATIVE),
            self._written("Explanation", number, EXPLANATION),
            self._written("Evidence", number, EVIDENCE),
            self._written("Judgement", number, JUDGEMENT),
            {
                name: sorted(pk for (pk,) in self._rows(model, ("id",), superseded_in=number))
                for name, model in VERSIONED.items()
            },
        )
        return self._defined(decision, facts, columns.definitions) if columns.definitions else facts

    def _rows(self, model: str, columns: tuple[str, ...], **where: Any) -> list[tuple]:
        try:
            rows = self.models.get_model("monitoring", model).objects.filter(**where)
        except LookupError:  # a table that came later
            return []
        return list(rows.order_by().values_list(*columns))

    def _written(self, model: str, number: int, columns: tuple[str, ...]) -> list[tuple]:
        return self._rows(model, columns, approved_in=number)

    def _defined(self, decision: "Decision", facts: Facts, columns: int) -> Facts:
        """With what defines the rows: those of this approval, or of all that it completes."""
        stated = self._written("CatalogueDigest", decision.number, STATED)
        named = self._named_by(decision, facts)
        versions = {version for version, _round in named} | {row[0] for row in stated}
        return facts._replace(
            stated=stated,
            definitions=[(v, columns, self.digest(v, columns)) for v in sorted(versions)],
            rounds=rounds_of((code for _version, code in named), self.models),
            left_out=self._left_out(decision.completes),
        )

    def _named_by(self, decision: "Decision", facts: Facts) -> set[tuple[int, str]]:
        """Versions and rounds of the rows."""
        if decision.completes:
            return {
                (version, round_code)
                for model in ("Measurement", "Observation")
                for version, round_code in self._rows(
                    model, ("catalogue_id", "round_id"), approved_in__format=decision.completes
                )
            }
        columns = FORMATS[decision.format]
        tables = (
            (columns.measurement, facts.measurements),
            (columns.observation, facts.observations),
        )
        return {
            (row[names.index("catalogue_id")], row[names.index("round_id")])
            for names, rows in tables
            for row in rows
        }

    def digest(self, version: int, columns: int) -> str:
        """Of a version of the catalogue, as its rows are now."""
        key = (version, columns)
        if key not in self._digests:
            self._digests[key] = digest_of(version, columns, self.models)
        return self._digests[key]

    def _left_out(self, format: int | None) -> dict[str, str]:
        """Digests of the columns that an earlier format had not, over all its rows."""
        return {
            model.lower(): digest_of_rows(
                sorted(self._rows(model, columns, approved_in__format=format))
            )
            for model, columns in LEFT_OUT.get(format or 0, {}).items()
        }


class Decision(NamedTuple):
    """Who approved what, when and why: codes only. `process`: who did, where no person is named."""

    number: int
    kind: str
    project: str
    round: str
    revision: int
    at: dt.datetime
    author: int | None
    approver: int | None
    reason: str
    format: int
    process: str = ""
    completes: int | None = None


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
        approval.process,
        approval.completes,
    )
