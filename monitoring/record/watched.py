"""What those who watch over the portal learn of the record: do its guards stand, how long is it?"""

from collections.abc import Iterator

from monitoring.models import RecordHead
from monitoring.record import catalogues, guards
from pip_network.running.metrics.gauges import Gauge


def guards_stand() -> str:
    """For `/readyz`: which guards do not stand, which published definitions have changed, or
    nothing.
    """
    faults = [f"missing: {name}" for name in guards.missing()]
    faults += [f"changed: version {number} of the catalogue" for number in catalogues.changed()]
    return ", ".join(faults)


def head() -> Iterator[Gauge]:
    """For `/metrics`: how long the record is."""
    number = RecordHead.objects.get(pk=1).number
    yield Gauge("pip_record_number", "Number of the last approval.", number)
