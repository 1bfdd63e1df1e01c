"""What the pages of publishing show before it is done: what would be hidden and why, and which
groups few units would move, by indicator.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from monitoring.models import Indicator, ProjectPublication, Publication, PublicTables, Round
from monitoring.reports import text
from monitoring.reports.record import catalogue_of

from . import tables
from .actions import check_number, last_of, results_in_force, why_same
from .moved import Moved, few_by_indicator, moved, name_of
from .results import check_approved


class Hidden(NamedTuple):
    """A figure that the public does not see: which group, what of it, and why."""

    group: str
    what: str
    reason: str


class OfIndicator(NamedTuple):
    """What is told of one indicator: hidden figures, or groups that few units would move."""

    indicator: str
    name: str
    rows: list[Any]


def preview(round: Round, as_of: int) -> dict[str, Any]:
    """What publishing a round as of an approval means.

    Raises Invalid where the record as of this number has nothing of the round, or of a project whose
    results would go along.
    """
    check_number(round.code, as_of)
    last = last_of(round.code)
    results = [row.project_id for row in results_in_force(round.code)]
    check_approved(round.code, as_of, results, place="as_of")
    before = last.as_of_id if last is not None else as_of
    rows = moved(round.code, before, as_of) if last is not None else []
    return {
        "last": last,
        "same": why_same(last, as_of),
        "results": results,
        "changed": max((row.units for row in rows), default=0),
        "few": _few(round.code, before, as_of, results) if before != as_of else [],
        **_kept(tables.of(round.code, as_of), results),
    }


def preview_results(publication: Publication) -> dict[str, Any]:
    """What publishing the results of projects with a round means, for each that may be."""
    earlier = ProjectPublication.objects.filter(publication__round=publication.round_id)
    seen = {row.project_id: row.publication.as_of_id for row in _with_rounds(earlier)}
    moving = {code: before for code, before in seen.items() if before != publication.as_of_id}
    few = [
        _few(publication.round_id, before, publication.as_of_id, [code], only=True)
        for code, before in sorted(moving.items())
    ]
    kept = tables.of(publication.round_id, publication.as_of_id)
    return {"few": _merged(few), "seen_before": bool(moving), **_kept(kept, None)}


def _with_rounds(rows: Any) -> Iterable[ProjectPublication]:
    return (
        rows.select_related("publication").defer("figures", "publication__figures").order_by("pk")
    )


def _kept(kept: PublicTables | None, projects: Collection[str] | None) -> dict[str, Any]:
    """What was worked out; of projects those named (None: nothing but projects)."""
    if kept is None or kept.finished_at is None:
        return {"tables": kept, "hidden": None, "hidden_count": 0}
    rows = [row for row in kept.hidden if _is_told(row, projects)]
    known = _indicators(kept.catalogue)
    by_indicator: dict[str, list[Hidden]] = {}
    for grouping, group, code, what, reason in rows:
        rule = known[code].rule if code in known else ""
        why = text.reason(reason, rule, what)
        told = Hidden(name_of(grouping, group), what_of(what), why)
        by_indicator.setdefault(code, []).append(told)
    return {
        "tables": kept,
        "hidden": [
            OfIndicator(code, _name(known, code), by_indicator[code])
            for code in sorted(by_indicator)
        ],
        "hidden_count": len(rows),
    }


def _is_told(row: tables.Row, projects: Collection[str] | None) -> bool:
    grouping, group = row[0], row[1]
    if projects is None:
        return grouping == tables.PROJECT
    return grouping != tables.PROJECT or group in projects


def what_of(what: str) -> str:
    """A part of a figure, in words."""
    if what == "main":
        return _("the whole figure")
    if what == tables.PANEL:
        return _("the comparison with the baseline")
    return text.measure(what)


def _few(
    round_code: str, before: int, after: int, projects: Collection[str], only: bool = False
) -> list[OfIndicator]:
    catalogue = catalogue_of(after)
    found = few_by_indicator(catalogue, round_code, before, after, projects)
    known = _indicators(catalogue.version)
    told = []
    for code, rows in found.items():
        kept = [row for row in rows if not only or row.grouping == tables.PROJECT]
        if kept:
            told.append(OfIndicator(code, _name(known, code), kept))
    return told


def _merged(lists: Iterable[list[OfIndicator]]) -> list[OfIndicator]:
    found: dict[str, OfIndicator] = {}
    for one in (one for each in lists for one in each):
        same = found.setdefault(one.indicator, OfIndicator(one.indicator, one.name, []))
        same.rows.extend(one.rows)
    return [found[code] for code in sorted(found)]


def _indicators(version: int) -> dict[str, Indicator]:
    return {row.code: row for row in Indicator.objects.filter(catalogue=version)}


def _name(known: dict[str, Indicator], code: str) -> str:
    return known[code].name if code in known else ""


def title(round: Round) -> str:
    return _("Publish round %(code)s") % {"code": round.code}


__all__ = ["Hidden", "Moved", "OfIndicator", "preview", "preview_results", "title"]
