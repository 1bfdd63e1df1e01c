"""The start page of the administration: rounds of which something was never approved."""

from monitoring.submission.amendments import amend
from pip_network.site.home.start import open_rounds
from tests.factories import moment

AT = moment("2005-03-01")


def counts(rounds: list[dict]) -> list[tuple]:
    return [(row["code"], row["approved"], row["all"]) for row in rounds]


def test_an_amendment_alone_opens_no_round(world):
    world.approved("2004-S2")
    submission = world.project.submissions.get()
    amend(submission.pk, "Corrige un dato", by=world.director, at=AT)
    assert counts(open_rounds(AT)) == []


def test_an_open_round_is_named_with_how_many_are_approved(world):
    world.approved("2004-S1")
    world.filled("2004-S2")
    assert counts(open_rounds(AT)) == [("2004-S2", 0, 1)]
