"""A submission is due until its day ends where the project is executed, whoever reads and wherever
the portal runs: every page says the same.
"""

import time

import pytest
import time_machine

from monitoring.calendar.lateness import with_progress
from monitoring.models import Round, Submission
from monitoring.portfolio import page as portfolio
from monitoring.submission.opening import open_submission, submit, withdraw
from pip_network.web.errors import Invalid
from projects import actions
from projects.models import Project
from tests.factories import moment

pytestmark = pytest.mark.django_db
# 2004-S1 is due on 30 July 2004; in Guatemala that day ends at 6:00 of the next one in UTC.
LAST_MINUTE, ONE_LATER = moment("2004-07-31 05:59"), moment("2004-07-31 06:00")
GUATEMALA = "America/Guatemala"
# A reader and a server: each elsewhere than the project, and the two of them apart.
ELSEWHERE = [
    ("", "Pacific/Kiritimati"),
    ("America/Los_Angeles", "UTC"),
    ("Asia/Tokyo", "America/Adak"),
]
PAGES = {
    "director": ["/monitoring/", "/monitoring/PIP-01/2004-S1/", "/projects/PIP-01/"],
    "specialist": ["/review/", "/review/PIP-01/2004-S1/", "/portfolio/"],
    "administrator": ["/admin/monitoring/round/2004-S1/change/", "/start/"],
}


@pytest.fixture
def far(world):
    """The project is executed in Guatemala."""
    Project.objects.update(time_zone=GUATEMALA)
    world.project.refresh_from_db()
    return world


@pytest.fixture(params=ELSEWHERE, ids=str)
def elsewhere(request, far, monkeypatch):
    """People read in one zone, and the machine stands in another."""
    reader, server = request.param
    for name in PAGES:
        person = getattr(far, name)
        person.time_zone, person.language = reader, "es"
        person.save(update_fields=["time_zone", "language"])
    monkeypatch.setenv("TZ", server)
    time.tzset()
    yield far
    monkeypatch.undo()
    time.tzset()


def late_on(client, world, at) -> dict[str, bool]:
    """Which page says, at that moment, that the one submission is or was late."""
    said = {}
    for reader, addresses in PAGES.items():
        client.force_login(getattr(world, reader))
        for address in addresses:
            with time_machine.travel(at, tick=False):
                answer = client.get(address)
            assert answer.status_code == 200, address
            text = answer.content.decode()
            said[address] = "st-late" in text or "de atraso" in text
    return said


def everywhere(late: bool, *but: str) -> dict[str, bool]:
    addresses = [address for of_reader in PAGES.values() for address in of_reader]
    return {address: late for address in addresses if address not in but}


def test_every_page_says_the_same_of_what_waits(client, elsewhere):
    elsewhere.filled("2004-S1")
    assert late_on(client, elsewhere, LAST_MINUTE) == everywhere(False)
    late = late_on(client, elsewhere, ONE_LATER)
    assert late == everywhere(True)


@pytest.mark.parametrize(("sent", "late"), [(LAST_MINUTE, False), (ONE_LATER, True)])
def test_every_page_says_the_same_of_what_was_handed_in(client, elsewhere, sent, late):
    filled = elsewhere.filled("2004-S1")
    submit(filled.pk, by=elsewhere.director, at=sent)
    # these tell what is next, and nothing of what was handed in
    silent = ("/monitoring/", "/monitoring/PIP-01/2004-S1/", "/start/")
    said = late_on(client, elsewhere, moment("2004-09-01"))
    assert {address: said[address] for address in everywhere(late, *silent)} == everywhere(
        late, *silent
    )


@pytest.mark.parametrize(("sent", "late"), [(LAST_MINUTE, 0), (ONE_LATER, 1)])
def test_every_count_says_the_same(far, sent, late):
    opened = far.filled("2004-S1")
    row = with_progress(Round.objects.all(), sent).get(code="2004-S1")
    now = portfolio.build(typology="", country="", at=sent)["current"]
    assert (row.late, row.handed_in_late, Submission.objects.late(sent).count()) == (late, 0, late)
    assert (now["due"], now["on_time"], now["delivered"]) == (late, 0, 0)
    submit(opened.pk, by=far.director, at=sent)
    after = moment("2004-09-01")
    row = with_progress(Round.objects.all(), after).get(code="2004-S1")
    now = portfolio.build(typology="", country="", at=after)["current"]
    assert (row.late, row.handed_in_late, Submission.objects.late(after).count()) == (0, late, 0)
    assert (now["due"], now["on_time"], now["delivered"]) == (1, 1 - late, 1)


def test_what_was_measured_stays_when_the_project_gets_another_zone(far):
    handed_in, waits = far.filled("2004-S1"), far.open("2004-S2")
    submit(handed_in.pk, by=far.director, at=ONE_LATER)
    zones = [handed_in, waits]
    for submission in zones:
        submission.refresh_from_db()
    assert [row.time_zone for row in zones] == [GUATEMALA, ""]
    actions.update_project(
        project=far.project, time_zone="America/Tijuana", by=far.administrator, at=ONE_LATER
    )
    zones = list(Submission.objects.order_by("round"))
    assert [row.zone for row in zones] == [GUATEMALA, "America/Tijuana"]
    assert [row.was_late for row in zones] == [True, False]


def test_what_is_withdrawn_was_not_handed_in(far):
    opened = far.filled("2004-S1")
    submit(opened.pk, by=far.director, at=LAST_MINUTE)
    withdraw(opened.pk, by=far.director, at=LAST_MINUTE)
    opened.refresh_from_db()
    assert (opened.first_submitted_at, opened.time_zone, opened.is_late(ONE_LATER)) == (
        None,
        "",
        True,
    )


def test_a_round_opens_with_its_day_where_the_project_is_executed(far):
    row = far.rounds["2004-S2"]  # from 1 July 2004 on
    with pytest.raises(Invalid):
        open_submission(far.project, row, by=far.director, at=moment("2004-07-01 05:59"))
    open_submission(far.project, row, by=far.director, at=moment("2004-07-01 06:00"))


def test_the_start_page_offers_what_can_be_opened(client, far):
    client.force_login(far.director)
    said = {}
    for at in ("2004-07-01 05:59", "2004-07-01 06:00"):
        with time_machine.travel(moment(at), tick=False):
            said[at] = (
                "/monitoring/PIP-01/2004-S2/open/" in client.get("/monitoring/").content.decode()
            )
    assert said == {"2004-07-01 05:59": False, "2004-07-01 06:00": True}
