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
    "monitoring_target": (
        "project_id = NEW.project_id AND indicator = NEW.indicator AND round = NEW.round",
    ),
    "monitoring_narrative": (
        "project_id = NEW.project_id AND round_id = NEW.round_id AND theme = NEW.theme",
    ),
    "monitoring_explanation": (
        "measurement_id = NEW.measurement_id AND check_code = NEW.check_code",
    ),
    "monitoring_judgement": (
        "measurement_id = NEW.measurement_id AND check_code = NEW.check_code",
    ),
    "monitoring_evidence": (
        "remark_id IS NULL AND NEW.remark_id IS NULL AND project_id = NEW.project_id AND round_id ="
        " NEW.round_id AND place = NEW.place AND subject = NEW.subject AND kind = NEW.kind AND"
        " variable_code = NEW.variable_code AND sha256 = NEW.sha256",
        "remark_id = NEW.remark_id AND sha256 = NEW.sha256",
    ),
}
# Beside superseding, what an update may do once: the file of a piece of evidence is taken away, and
# the row says when, by whom and why.
EVIDENCE = "monitoring_evidence"
TAKEN_AWAY = (
    "OLD.stored_id IS NOT NULL AND NEW.stored_id IS NULL AND OLD.taken_away_at IS NULL AND "
    "NEW.taken_away_at IS NOT NULL AND NEW.taken_away_by_id IS NOT NULL AND "
    "length(NEW.taken_away_for) >= 10"
)
TAKING_AWAY = ("stored_id", "taken_away_at", "taken_away_by_id", "taken_away_for")
APPEND_ONLY: dict[str, str] = {
    # Table -> the key that REPLACE could walk over, besides the primary key.
    "monitoring_observationnetwork": "observation_id = NEW.observation_id AND position = "
    "NEW.position",
    "monitoring_entrychange": "",
    "monitoring_submissionevent": "",
    "pip_network_auditevent": "",
    "monitoring_cataloguedigest": "catalogue_id = NEW.catalogue_id",
}
TABLES = (*LIVE_KEYS, *APPEND_ONLY, APPROVAL, HEAD)


class Defining(NamedTuple):
    """A table whose rows define figures: when a row is locked (`{row}`), in which columns, and what
    besides its key names it once (`{row}` against NEW).

    No columns: in all, and no row may join the locked ones.
    """

    key: str
    locked: str
    columns: tuple[str, ...] = ()
    named: str = "0 = 1"
    bolt: str = ""


VERSION = "monitoring_catalogueversion"
PUBLISHED = f"SELECT 1 FROM {VERSION} version WHERE version.status <> 'draft'"  # noqa: S608
OF_PUBLISHED = Defining("id", f"EXISTS ({PUBLISHED} AND version.number = {{row}}.catalogue_id)")
# They stand in databases that know digests of the catalogue; its approvals state what they lock.
DIGESTS = "monitoring_cataloguedigest"
DEFINING: dict[str, Defining] = {
    VERSION: Defining(
        "number",
        "{row}.status <> 'draft'",
        ("number", "published_on"),
        bolt="NEW.status = 'draft'",
    ),
    "monitoring_variable": OF_PUBLISHED,
    "monitoring_indicator": OF_PUBLISHED,
    "monitoring_check": OF_PUBLISHED,
    "monitoring_unit": Defining("code", f"EXISTS ({PUBLISHED})", ("code", "es", "en", "pt")),
    "monitoring_round": Defining(
        "code",
        "EXISTS (SELECT 1 FROM monitoring_observation seen WHERE seen.round_id = {row}.code)",
        ("code", "year", "half", "starts_on", "ends_on"),
        named="{row}.year = NEW.year AND {row}.half = NEW.half",
    ),
}
