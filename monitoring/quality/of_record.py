"""The parts of approved submissions, as the record has them after an approval."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Max, Q

from monitoring.choices import EvidencePlace, Kind, Missing
from monitoring.definitions.reading import definitions
from monitoring.models import (
    Approval,
    Evidence,
    Judgement,
    Measurement,
    Narrative,
    Observation,
    RecordHead,
    Submission,
)
from monitoring.sheet.checks.kinds import JUDGED

from .parts import Counts, Part, parts_of, texts_shown

Place = tuple[str, str]  # project, round
LAST = 4


def last_places(project: str, as_of: int) -> list[Place]:
    """The project's last approved submissions, the latest first."""
    approvals = Approval.objects.filter(submission__project=project, number__lte=as_of)
    codes = approvals.order_by("-submission__round").values_list("submission__round", flat=True)
    return [(project, code) for code in codes.distinct()[:LAST]]


def head() -> int:
    """The number of the last approval."""
    return RecordHead.objects.values_list("number", flat=True).get(pk=1)


def parts_of_record(places: Collection[Place], as_of: int) -> dict[Place, tuple[Part, ...]]:
    """By project and round; of those without an approval nothing. Seven questions, however many."""
    approved = _submissions(places, as_of)
    if not approved:
        return {}
    catalogues = _catalogues(approved, as_of)
    counts: dict[Place, dict[str, Any]] = {place: {} for place in approved}
    for reader in (_cells, _judgements):
        for place, found in reader(approved, as_of, catalogues).items():
            counts[place] |= found
    for place, found in _baselines(approved, as_of).items():
        counts[place] |= found
    for place, found in _texts(approved, as_of).items():
        counts[place] |= found
    return {
        place: parts_of(Counts(**counts[place], days_late=days_late(submission)))
        for place, submission in approved.items()
    }


def days_late(submission: Submission) -> int | None:
    """Days from the first due day to the first handing in; None where nobody handed it in, or it
    was opened afterwards and nothing was due.
    """
    handed_in = submission.first_submitted_at
    if handed_in is None or submission.moved_in:
        return None
    return max(0, submission.days_late(handed_in))


def _submissions(places: Collection[Place], as_of: int) -> dict[Place, Submission]:
    rows = (
        Submission.objects.filter(
            project__in={project for project, _code in places},
            round__in={code for _project, code in places},
        )
        .annotate(last=Max("approvals__number", filter=Q(approvals__number__lte=as_of)))
        .filter(last__isnull=False)
        .select_related("project")
    )
    wanted = set(places)
    found = {(row.project_id, row.round_id): row for row in rows}
    return {place: row for place, row in sorted(found.items()) if place in wanted}


def _of(places: Iterable[Place], prefix: str = "") -> dict[str, set[str]]:
    """A condition that these places fulfil, and perhaps others: rows are sorted out by place."""
    return {
        f"{prefix}project__in": {project for project, _code in places},
        f"{prefix}round__in": {code for _project, code in places},
    }


def _catalogues(places: Collection[Place], as_of: int) -> dict[Place, int]:
    rows = Observation.objects.as_of(as_of).filter(kind=Kind.REGULAR, **_of(places)).order_by()
    found = rows.values_list("project_id", "round_id").annotate(version=Max("catalogue_id"))
    return {(project, code): version for project, code, version in found}


def _cells(
    places: Collection[Place], as_of: int, catalogues: dict[Place, int]
) -> dict[Place, dict[str, int]]:
    rows = Measurement.objects.as_of(as_of).filter(**_of(places)).order_by()
    columns = ("project_id", "round_id", "variable_code", "missing")
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    for project, code, variable, missing, count in rows.values_list(*columns).annotate(
        count=Count("pk")
    ):
        place = (project, code)
        if place not in places or missing == Missing.NOT_APPLICABLE:
            continue
        known = definitions(catalogues[place]).by_code.get(variable)
        core = count if known is not None and known.core else 0
        filled = 0 if missing else 1
        found[place] += Counter(core=core, core_filled=core * filled, filled=count * filled)
    return {place: dict(numbers) for place, numbers in found.items()}


def _judgements(
    places: Collection[Place], as_of: int, catalogues: dict[Place, int]
) -> dict[Place, dict[str, int]]:
    """Counted by the database, a question for each version of the catalogue: there are many."""
    by_version: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_version[catalogues[place]].append(place)
    found = {}
    for version, some in sorted(by_version.items()):
        codes = {rule.code for rule in definitions(version).rules if rule.kind in JUDGED}
        judged, doubtful = Q(check_code__in=codes), Q(explained__isnull=False)
        rows = Judgement.objects.as_of(as_of).filter(**_of(some, "measurement__")).order_by()
        counted = rows.values_list("measurement__project_id", "measurement__round_id").annotate(
            unexplained=_cells_where(explained=False),
            judged=_cells_where(judged),
            doubtful=_cells_where(judged & doubtful),
        )
        for project, code, *numbers in counted:
            if (project, code) in some:
                names = ("unexplained", "judged", "doubtful")
                found[project, code] = dict(zip(names, numbers, strict=True))
    return found


def _cells_where(*conditions: Q, **more: Any) -> Count:
    """Cells with a judgement like this; each once, however many it has."""
    return Count("measurement", distinct=True, filter=Q(*conditions, **more))


def _baselines(places: Collection[Place], as_of: int) -> dict[Place, dict[str, int]]:
    rows = Observation.objects.as_of(as_of).filter(kind=Kind.BASELINE, **_of(places)).order_by()
    good = Q(captured_on__isnull=False, reconstructed=False)
    found = rows.values_list("project_id", "round_id").annotate(
        due=Count("pk"), good=Count("pk", filter=good)
    )
    return {
        (project, code): {"baselines_due": due, "baselines": captured}
        for project, code, due, captured in found
        if (project, code) in places
    }


def _texts(places: Collection[Place], as_of: int) -> dict[Place, dict[str, int]]:
    written: dict[Place, set[str]] = defaultdict(set)
    rows = Narrative.objects.as_of(as_of).filter(**_of(places)).order_by()
    for project, code, theme in rows.values_list("project_id", "round_id", "theme"):
        written[project, code].add(theme)
    evidenced: dict[Place, set[str]] = defaultdict(set)
    pieces = Evidence.objects.as_of(as_of).filter(place=EvidencePlace.NARRATIVE, **_of(places))
    columns = ("project_id", "round_id", "variable_code")
    for project, code, theme in pieces.order_by().values_list(*columns):
        evidenced[project, code].add(theme)
    found = {}
    for place in places:
        shown, told = texts_shown(written[place], evidenced[place])
        found[place] = {"texts": told, "texts_shown": shown}
    return found
