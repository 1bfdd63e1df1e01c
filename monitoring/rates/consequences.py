"""What follows when rates are approved, as the page says it before: amounts, stale reports, and what
somebody else has approved meanwhile.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from monitoring.analysis.catalogue_rows import MONEY
from monitoring.models import Measurement, Report
from monitoring.rates.actions import OvertakenRate, Values
from monitoring.rates.resources import key_of, rate_text
from monitoring.reports import stale
from pip_network.files.importing import Plan, PlannedRow, Status
from pip_network.models import User

REPORTS_SHOWN = 30


def consequences(plan: Plan, reader: User) -> dict[str, Any]:
    """Of the rows of a plan; of reports only those that the reader may see."""
    changed = [row for row in plan.rows if row.status == Status.CHANGED]
    finished = Report.objects.visible_to(reader).finished()
    replaced = [("", row.instance.approved_in_id) for row in changed]  # type: ignore[union-attr]
    reports = stale.would_become(replaced, finished) if changed else []
    return {
        "stale": reports[:REPORTS_SHOWN],
        "stale_count": len(reports),
        "uses": uses(plan.to_store),
        "replaces": len(changed),
    }


def uses(rows: Iterable[PlannedRow]) -> dict[str, Any]:
    """How many approved amounts are told in these currencies and periods, and of which rounds."""
    keys = {key_of(row) for row in rows}
    amounts = (
        Measurement.objects.live()
        .filter(variable__unit=MONEY, value__isnull=False)
        .filter(currency__in={key[0] for key in keys}, period__in={key[1] for key in keys})
        .order_by()
        .values_list("currency", "period", "round")
        .distinct()
    )
    touched = {
        (currency, period, code) for currency, period, code in amounts if (currency, period) in keys
    }
    return {
        "pairs": len({(currency, period) for currency, period, _code in touched}),
        "rounds": sorted({code for _currency, _period, code in touched}),
    }


def overtaken_row(rate: OvertakenRate) -> dict[str, str]:
    """A rate that somebody else changed: what was seen, what is in force, what these rows say."""
    return {
        "key": " ".join(rate.key),
        "then": _values_text(rate.seen),
        "now": _values_text(rate.in_force),
        "given": _values_text(rate.proposed),
    }


def _values_text(values: Values | None) -> str:
    if values is None:
        return _("none")
    rate, index, source = values
    text = _("rate %(rate)s, index %(index)s") % {
        "rate": rate_text(rate),
        "index": rate_text(index),
    }
    return f"{text} ({source})" if source else text
