"""A project moves in with what it has: past rounds are opened, filled from their workbooks, approved
in their turn.
"""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from monitoring.models import EntryChange, Observation, Submission
from monitoring.submission.opening import submit
from monitoring.submission.past_rounds import open_past_rounds
from monitoring.submission.review import approve
from pip_network.people.access import Role
from pip_network.web.errors import Forbidden, Invalid
from tests import factories
from tests.factories import moment, plausible

from .books import Edited, downloaded
from .test_views import browser_of

NOW = moment("2007-03-01 09:00")
REASON = "Llevaban sus datos en hojas de cálculo"


@pytest.fixture
def moved(world):
    """Another project, of which the portal knows nothing yet, and who keeps the registry."""
    project = factories.project("PIP-50")
    network = factories.network("N50", project)
    factories.firm("FIRMMMMMM", network)
    factories.user("suya", role=Role.DIRECTOR, scope="P:PIP-50")
    factories.assign(world.specialist, Role.SPECIALIST, "P:PIP-50")
    return project


def opened(world, project, first="2004-S1", last="2005-S1", at=NOW):
    about = {"first": first, "last": last, "reason": REASON}
    return open_past_rounds(project, **about, by=world.administrator, at=at)


def filled(submission) -> bytes:
    """Its workbook with every white cell filled in."""
    book = Edited(downloaded(submission, at=NOW))
    for key in factories.fillable(submission, moment(str(submission.round.due_on))):
        if key.variable.startswith("budget_"):
            continue  # the registry says it
        sheet, row, column = book.place(key)
        sheet.cell(row, column).value = float(plausible(key))
    return book.data


def test_past_rounds_are_opened_with_a_reason_and_never_late(world, moved):
    rows = opened(world, moved)
    assert [row.round_id for row in rows] == ["2004-S1", "2004-S2", "2005-S1"]
    assert {row.moved_in for row in rows} == {REASON}
    assert not any(row.is_late(NOW) for row in rows)
    own = world.project.submissions.get(round="2004-S2")
    assert own.is_late(NOW)  # its twin, opened in time and forgotten


def test_a_round_that_is_not_over_is_not_past(world, moved):
    with pytest.raises(Invalid):
        opened(world, moved, first="2007-S1", last="2007-S2")
    with pytest.raises(Invalid):
        opened(world, moved, first="2005-S1", last="2004-S1")
    assert opened(world, moved, first="2006-S2", last="2007-S2")[0].round_id == "2006-S2"


def test_a_reason_is_asked_and_only_the_administration_may(world, moved):
    for reason, by, refusal in (
        ("", world.administrator, Invalid),
        (REASON, world.director, Forbidden),
        (REASON, world.specialist, Forbidden),
    ):
        with pytest.raises(refusal):
            open_past_rounds(moved, first="2004-S1", last="2004-S2", reason=reason, by=by, at=NOW)
    assert not Submission.objects.filter(project=moved).exists()


def test_a_folder_of_three_rounds_moves_in_round_by_round(world, moved, tmp_path):
    rows = opened(world, moved)
    director = factories.user("suya")
    for number, row in enumerate(rows):
        (tmp_path / "libros").mkdir(exist_ok=True)
        (tmp_path / "libros" / f"{number}.xlsx").write_bytes(filled(row))
        out = io.StringIO()
        call_command("import_workbook", str(tmp_path / "libros"), project="PIP-50", stdout=out)
        assert "rejected: 0" in out.getvalue()
        changed = EntryChange.objects.filter(submission=row, door="command")
        assert {change.at.date() for change in changed} == {row.round.due_on}
        submit(row.pk, by=director, at=NOW)
        approve(row.pk, by=world.specialist, at=NOW + dt.timedelta(hours=number))
        (tmp_path / "libros" / f"{number}.xlsx").unlink()

    assert {row.status for row in Submission.objects.filter(project=moved)} == {"approved"}
    baseline = Observation.objects.live().get(subject="F:FIRMMMMMM", kind="baseline")
    assert (baseline.captured_on, baseline.reconstructed) == (dt.date(2004, 7, 30), False)
    assert not any(row.was_late for row in Submission.objects.filter(project=moved))


def test_a_folder_without_workbooks_is_a_sentence(tmp_path, world):
    with pytest.raises(CommandError):
        call_command("import_workbook", str(tmp_path), project="PIP-01")
    with pytest.raises(CommandError):
        call_command("import_workbook", str(tmp_path / "uno.xlsx"), project="PIP-01")


def test_the_administration_opens_them_on_a_page(world, moved):
    browser = browser_of(world.administrator)
    url = "/monitoring/PIP-50/past-rounds/"
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"first": "2004-S1", "last": "2004-S2"}).status_code == 422
    about = {"first": "2004-S1", "last": "2004-S2", "reason": REASON}
    page = browser.post(url, about, follow=True)
    assert [row.round_id for row in page.context["opened"]] == ["2004-S1", "2004-S2"]
    assert "/monitoring/PIP-50/past-rounds/" in browser.get("/projects/PIP-50/").content.decode()
    reader = browser_of(world.specialist)
    assert "past-rounds" not in reader.get("/projects/PIP-50/").content.decode()
