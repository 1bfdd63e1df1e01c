"""What the guards stand on: the tables of the record and the rows that may not be walked over."""

from typing import NamedTuple

HEAD = "monitoring_recordhead"
APPROVAL = "monitoring_approval"
LIVE_KEYS: dict[str, tuple[str, ...]] = {
    # Partial conditions stand in the words of the unique indexes, so that SQLite looks them up
    # there.
    "monitoring_measurement": (
        "kind = 'regular' AND project_id = NEW.project_id AND subject = NEW.subject"
        " AND variable_code = NEW.variable_code AND round_id = NEW.round_id",
        "kind = 'baseline' AND project_id = NEW.project_id AND subject = NEW.subject AND "
        "variable_code = NEW.variable_code",
    ),
    "monitoring_observation": (
        "kind = 'regular' AND project_id = NEW.project_id AND subject = NEW.subject AND round_id "
        "= NEW.round_id",
        "kind = 'baseline' AND project_id = NEW.project_id AND subject = NEW.subject",
    ),
    "monitoring_rate": ("currency = NEW.currency AND period = NEW.period",),
    "monitoring_narrative": (
        "project_id = NEW.project_id AND round_id = NEW.round_id AND theme = NEW.theme",
    ),
    "monitoring_explanation": (
        "measurement_id = NEW.measurement_id AND check_code = NEW.check_code",
    ),
}
APPEND_ONLY: dict[str, str] = {
    # Table -> the key that REPLACE could walk over, besides the primary key.
    "monitoring_observationnetwork": "observation_id = NEW.observation_id AND position = "
    "NEW.position",
    "monitoring_entrychange": "",
    "monitoring_submissionevent": "",
    "pip_network_auditevent": "",
}
TABLES = (*LIVE_KEYS, *APPEND_ONLY, APPROVAL, HEAD)


class Guard(NamedTuple):
    """One trigger: its name, the table it stands on, the statement that makes it."""

    name: str
    table: str
    sql: str
