"""A round from opening to the record, by hand."""

from decimal import Decimal

from monitoring.models import Entry, Measurement, Observation
from monitoring.record.chain import verify


def test_a_round_becomes_record(world):
    approval = world.approved("2004-S1")

    assert approval.number == 1
    assert verify().whole
    assert not Entry.objects.exists()
    jobs = Measurement.objects.get(subject="F:FIRMAAAAA", variable_code="jobs")
    assert (jobs.kind, jobs.period, jobs.value, jobs.missing) == (
        "baseline",
        "2003",
        Decimal(8),
        "",
    )
    assert Observation.objects.filter(kind="baseline").count() == 5
    assert Observation.objects.filter(kind="regular").count() == 6


def test_every_round_of_two_years(world):
    for code in ("2004-S1", "2004-S2", "2005-S1", "2005-S2"):
        world.approved(code)
    assert verify().whole
