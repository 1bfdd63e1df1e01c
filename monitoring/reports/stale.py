"""Stale reports: a row in their scope, or a text that they print, was superseded after the approval
they read.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, F

from monitoring.models import (
    Approval,
    Measurement,
    Narrative,
    Observation,
    Rate,
    RecordHead,
    Report,
    Target,
)


@dataclass(frozen=True)
class Superseded:
    """Rows of one project that approval `old` wrote and approval `new` replaced.

    Rates have no project. Texts of a narrative name their round in `texts_of`: only reports about
    it print them.
    """

    project: str
    old: int
    new: int
    rows: int
    texts_of: str = ""

    def touches(self, report: Report) -> bool:
        """Whether the report read, or prints, what was replaced."""
        if not self.old <= report.as_of_id < self.new:
            return False
        if self.project and self.project not in report.scope_projects:
            return False
        return not self.texts_of or prints_texts_of(report, self.texts_of)


def superseded() -> list[Superseded]:
    """Every replacement in the record, grouped: five queries, whatever the number of reports."""
    replacements = _texts()
    for model in (Measurement, Observation, Target):
        rows = (
            model.objects.filter(superseded_in__isnull=False)
            .values("project_id", old=F("approved_in"), new=F("superseded_in"))
            .annotate(rows=Count("id"))
        )
        replacements += [
            Superseded(row["project_id"], row["old"], row["new"], row["rows"])
            for row in rows.order_by("project_id", "old", "new")
        ]
    rates = (
        Rate.objects.filter(superseded_in__isnull=False)
        .values(old=F("approved_in"), new=F("superseded_in"))
        .annotate(rows=Count("id"))
    )
    return replacements + [
        Superseded("", row["old"], row["new"], row["rows"]) for row in rates.order_by("old", "new")
    ]


def changes(report: Report, everything: Iterable[Superseded]) -> list[Superseded]:
    """What was replaced in a report's scope after its N. Rates count for every report."""
    return [replacement for replacement in everything if replacement.touches(report)]


def prints_texts_of(report: Report, round_code: str) -> bool:
    """Whether the narratives of a round stand in the report."""
    asked = report.specification
    return (
        asked["audience"] == "staff"
        and asked["round"] == round_code
        and "narratives" in asked["sections"]
    )


def _texts() -> list[Superseded]:
    """Narratives that were replaced; an empty one was nowhere printed."""
    rows = (
        Narrative.objects.filter(superseded_in__isnull=False)
        .exclude(text="")
        .values("project_id", "round_id", old=F("approved_in"), new=F("superseded_in"))
        .annotate(rows=Count("id"))
    )
    return [
        Superseded(row["project_id"], row["old"], row["new"], row["rows"], row["round_id"])
        for row in rows.order_by("project_id", "round_id", "old", "new")
    ]


def would_become(replaced: Collection[tuple[str, int]], reports: Iterable[Report]) -> list[Report]:
    """Those of `reports` that are not stale and would be if the next approval replaced rows of
    these projects and approvals (no project: rates).
    """
    everything = superseded()
    number = RecordHead.objects.get().number + 1
    coming = [Superseded(project, old, number, 1) for project, old in sorted(set(replaced))]
    return [
        report for report in reports if changes(report, coming) and not changes(report, everything)
    ]


def listed(replacements: Iterable[Superseded]) -> list[dict]:
    """The approvals that replaced rows or texts, with their reason and how many of which projects;
    oldest first.
    """
    by_number: dict[int, dict] = {}
    for replacement in replacements:
        entry = by_number.setdefault(replacement.new, {"rows": 0, "texts": 0, "projects": set()})
        entry["texts" if replacement.texts_of else "rows"] += replacement.rows
        entry["projects"] |= {replacement.project} - {""}
    approvals = Approval.objects.select_related("submission").in_bulk(by_number)
    return [
        {
            "approval": approvals[number],
            "rows": entry["rows"],
            "texts": entry["texts"],
            "projects": sorted(entry["projects"]),
        }
        for number, entry in sorted(by_number.items())
    ]
