"""What the page of publishing shows before it is done."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from monitoring.models import Indicator, Publication, Round
from monitoring.reports import text

from .actions import check_number, last_of
from .figures import totals
from .moved import Moved, few, moved


class Hidden(NamedTuple):
    """A figure that the public does not see, and why; `panel`: of its comparison alone."""

    indicator: str
    name: str
    panel: bool
    reason: str


def preview(round: Round, as_of: int) -> dict[str, Any]:
    """The figures that would be hidden, and the groups that few units would move.

    Raises Invalid where the record as of this number has nothing of the round.
    """
    check_number(round.code, as_of)
    found = totals(round.code, as_of)
    rows = Indicator.objects.filter(catalogue=found.catalogue)
    names = {row.code: row.name for row in rows}
    last = last_of(round.code)
    return {
        "last": last,
        "shown": sum(1 for figure in found.figures if figure.value is not None),
        "hidden": [
            Hidden(f.indicator, names.get(f.indicator, ""), panel, text.reason(reason))
            for f in found.figures
            for panel, reason in _reasons(f)
        ],
        **_movements(round, as_of, last),
    }


def _reasons(figure: Any) -> list[tuple[bool, str]]:
    if figure.suppressed:
        return [(False, figure.reason)]
    block = figure.panel
    return [(True, block.reason)] if block is not None and block.reason in text.PROTECTING else []


def _movements(round: Round, as_of: int, last: Publication | None) -> dict[str, Any]:
    rows = moved(round.code, last.as_of_id, as_of) if last is not None else []
    return {"few": few(rows), "changed": max((row.units for row in rows), default=0)}


def title(round: Round) -> str:
    return _("Publish round %(code)s") % {"code": round.code}


__all__ = ["Hidden", "Moved", "preview", "title"]
