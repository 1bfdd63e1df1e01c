"""What approving a sheet changes in the record: its differences against what is live."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import ngettext

from monitoring.choices import Kind, Missing, Source
from monitoring.models import Measurement, Narrative, Submission
from monitoring.record.draft import MEASUREMENT_COLUMNS, Draft
from monitoring.record.evidence import attach
from monitoring.record.explanations import explain
from monitoring.record.judgements import judge
from monitoring.record.observations import attributes, live_observations, observation_of
from monitoring.sheet.cells import Asked, CellKey
from monitoring.sheet.checks import Past
from monitoring.sheet.sheet import Sheet
from pip_network.web.errors import Conflict

NO_DATA = (None, Missing.NO_DATA.value, Source.SYSTEM.value)


def draft_of(sheet: Sheet) -> Draft:
    """What approving this sheet changes in the record.

    Raises Conflict when a core cell has become blank meanwhile.
    """
    draft = Draft()
    if sheet.blank_core:
        raise Conflict(
            ngettext(
                "The registry has changed since this was submitted: %(count)s core cell is "
                "blank now. Return it.",
                "The registry has changed since this was submitted: %(count)s core cells are "
                "blank now. Return it.",
                len(sheet.blank_core),
            )
            % {"count": len(sheet.blank_core)}
        )
    standing = _measure(draft, sheet)
    explain(draft, sheet, standing)
    judge(draft, sheet, standing)
    _observe(draft, sheet)
    _narrate(draft, sheet.submission)
    attach(draft, sheet)
    return draft


class Replaced(NamedTuple):
    """What approving a sheet would write over: of each cell that it would write what stands there
    now (None: nothing), and the texts that differ.
    """

    cells: dict[CellKey, Past | None]
    themes: list[str]


def replaced_by(sheet: Sheet) -> Replaced:
    """What an amendment changes of what is approved, before it is approved."""
    draft = Draft()
    _measure(draft, sheet)
    _narrate(draft, sheet.submission)
    place = {name: MEASUREMENT_COLUMNS.index(name) for name in ("subject", "kind", "variable_code")}
    cells: dict[CellKey, Past | None] = {
        CellKey(*(row[column] for column in place.values())): None for row in draft.measurements
    }
    standing = Measurement.objects.filter(pk__in=draft.superseded["measurements"])
    for *key, value, missing, period, currency in standing.values_list(
        *place, "value", "missing", "period", "currency"
    ):
        if CellKey(*key) in cells:
            cells[CellKey(*key)] = Past(value, missing, period, currency)
    ended = Narrative.objects.filter(pk__in=draft.superseded["narratives"])
    themes = {text.theme for text in draft.narratives} | set(ended.values_list("theme", flat=True))
    return Replaced(cells, sorted(themes))


def _measure(draft: Draft, sheet: Sheet) -> dict[CellKey, int]:
    """The measurements that stay as they are, by cell."""
    submission, by_subject = sheet.submission, sheet.roster.by_subject
    fields = (
        "subject",
        "kind",
        "variable_code",
        "id",
        "value",
        "missing",
        "source",
        "period",
        "currency",
    )
    live = {
        row[:3]: row[3:]
        for row in Measurement.objects.live()
        .filter(project_id=submission.project_id, round_id=submission.round_id)
        .order_by()
        .values_list(*fields)
    }
    standing: dict[CellKey, int] = {}
    for key, asked in sheet.asked.items():
        value, missing, source = asked.written or sheet.contents.get(key, NO_DATA)[:3]
        unit = by_subject[key.subject]
        currency = unit.currency_of(asked.period) if asked.variable.is_money else ""
        live_row = live.pop(key, None)
        if live_row is not None:
            if live_row[1:] == (value, missing, source, asked.period, currency):
                standing[key] = live_row[0]
                continue
            draft.superseded["measurements"].append(live_row[0])
        draft.measurements.append(
            _measurement(submission, key, asked, value, missing, source, currency)
        )
    draft.superseded["measurements"] += [row[0] for row in live.values()]  # no longer asked
    return standing


def _measurement(
    submission: Submission,
    key: CellKey,
    asked: Asked,
    value: Decimal | None,
    missing: str,
    source: str,
    currency: str,
) -> tuple:
    """Its catalogue is the version in which its variable's definition began: two ends of a panel
    are compared by it.
    """
    variable, (subject, kind, variable_code) = asked.variable, key
    level, code = subject[0], subject[2:]
    return (
        submission.project_id,
        variable.level,
        subject,
        code if level == "F" else None,
        code if level == "N" else None,
        kind,
        submission.round_id,
        variable.defined_in,
        variable.pk,
        variable_code,
        asked.period,
        value,
        missing,
        source,
        currency,
    )


def _observe(draft: Draft, sheet: Sheet) -> None:
    live = live_observations(sheet.submission.project_id, sheet.submission.round_id)
    for unit in sheet.roster.units:
        for kind in (Kind.BASELINE, Kind.REGULAR) if unit.needs_baseline else (Kind.REGULAR,):
            row = observation_of(sheet, unit, kind)
            live_row = live.pop((unit.subject, kind.value), None)
            if live_row is not None:
                if live_row[1:] == (attributes(row), unit.networks):
                    continue
                draft.superseded["observations"].append(live_row[0].pk)
            draft.observe(row, unit.networks)
    draft.superseded["observations"] += [live_row[0].pk for live_row in live.values()]


def _narrate(draft: Draft, submission: Submission) -> None:
    """Texts that differ from the approved ones; an emptied text takes the approved one away."""
    live = {
        n.theme: n
        for n in Narrative.objects.live().filter(
            project_id=submission.project_id, round_id=submission.round_id
        )
    }
    for text in submission.narrative_drafts.order_by("theme"):
        approved = live.get(text.theme)
        if (
            (approved.text, approved.language) == (text.text, text.language)
            if approved
            else not text.text.strip()
        ):
            continue
        if approved is not None:
            draft.superseded["narratives"].append(approved.pk)
        if text.text.strip():
            draft.narratives.append(
                Narrative(
                    project_id=submission.project_id,
                    round_id=submission.round_id,
                    theme=text.theme,
                    text=text.text,
                    language=text.language,
                )
            )
