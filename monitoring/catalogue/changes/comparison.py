"""What a version of the catalogue changes against the one published before it, and what follows
from that.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from monitoring.catalogue.contents import (
    Contents,
)
from monitoring.catalogue.rules import Fault, faults
from monitoring.choices import CatalogueStatus
from monitoring.models import CatalogueVersion

from .breaks import Break, breaks
from .differences import TableChange, differences
from .untranslated import Untranslated, untranslated


@dataclass
class Comparison:
    """All that a version changes, against the one published before (None: it is the first).

    `faults` stand against publishing it; only a draft has any.
    """

    version: CatalogueVersion
    before: CatalogueVersion | None
    tables: list[TableChange]
    breaks: list[Break]
    untranslated: list[Untranslated]
    faults: list[Fault]

    @property
    def differs(self) -> bool:
        return any(table.differs for table in self.tables)


def compare(version: CatalogueVersion) -> Comparison:
    """A version against the one published before it; nine queries, whatever its size.

    Faults only of a draft.
    """
    before = (
        CatalogueVersion.objects.filter(status=CatalogueStatus.PUBLISHED, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    now = Contents.of(version.number)
    then = Contents.of(before.number) if before else Contents([], [], [])
    tables = differences(now, then)
    return Comparison(
        version,
        before,
        tables,
        breaks(now, then),
        untranslated(now, tables),
        faults(now, then if before else None) if version.is_draft else [],
    )


def consequences(comparison: Comparison) -> list[str]:
    """What publishing does, in plain words."""
    number = comparison.version.number
    sentences = [
        _("Submissions opened from now on ask and compute as version %(number)s says.")
        % {"number": number},
        _(
            "Those that are open keep the version they were opened with, also when they are "
            "returned or amended."
        ),
        _(
            "Nothing approved changes: a report as of an earlier approval stays the same to the "
            "last digit."
        ),
        _(
            "A published version is never changed and never taken back: what is wrong in it is "
            "mended in the next one."
        ),
    ]
    if comparison.breaks:
        codes = ", ".join(series.variable.code for series in comparison.breaks)
        sentences.insert(
            3, _("The panels of %(codes)s will not cross this version.") % {"codes": codes}
        )
    return sentences
