"""Confirming is all or nothing, once; taking back restores what was there."""

from decimal import Decimal

import pytest

from monitoring.models import EntryChange, WorkbookUpload
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import submit, withdraw
from monitoring.workbook.uploads import sweep
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.factories import moment

from .uploading import AT, JOBS

B_JOBS = "F:FIRMBBBBB|regular|jobs"


def test_nothing_is_stored_before_it_is_confirmed(room):
    before = room.all_held()
    upload = room.upload(room.book(cells={JOBS: 8}))
    assert (room.all_held(), upload.status) == (before, "waiting")

    room.confirm(upload)

    assert (room.held(), upload.status) == (8, "stored")


def test_it_is_all_or_nothing(room):
    upload = room.upload(room.book(cells={JOBS: 8, B_JOBS: "many"}))
    with pytest.raises(Invalid):
        room.confirm(upload)
    assert room.held() is None


def test_confirmed_twice_it_is_stored_once(room):
    upload = room.upload(room.book(cells={JOBS: 8}))
    room.confirm(upload)
    changes = EntryChange.objects.count()
    room.save(JOBS, "9")

    room.confirm(WorkbookUpload.objects.get(pk=upload.pk))

    assert (room.held(), EntryChange.objects.count()) == (9, changes + 1)


def test_its_edits_say_through_which_door_they_came(room):
    room.store(room.book(cells={JOBS: 8}))

    change = EntryChange.objects.order_by("id").last()

    assert (change.door, change.by, change.new_value) == ("workbook", room.by, 8)
    event = AuditEvent.objects.get(verb="workbook.stored")
    assert event.object == "P:PIP-01/2004-S2"


def test_what_changed_since_the_preview_is_looked_at_anew(room):
    upload = room.upload(room.book(cells={JOBS: 8}))
    room.save(JOBS, "9")
    with pytest.raises(Conflict):
        room.confirm(upload)
    assert room.held() == 9


def test_what_else_changed_since_the_preview_is_no_matter(room):
    upload = room.upload(room.book(cells={JOBS: 8}))
    room.save(B_JOBS, "9")
    room.confirm(upload)
    assert (room.held(), room.held(B_JOBS)) == (8, 9)


def test_two_uploads_of_one_cell_are_not_mixed(room):
    first = room.upload(room.book(cells={JOBS: 8}))
    second = room.upload(room.book(cells={JOBS: 7}))
    room.confirm(first)
    with pytest.raises(Conflict):
        room.confirm(second)
    assert room.held() == 8


def test_a_submission_sent_meanwhile_takes_nothing(room):
    factories.fill(room.submission, by=room.by, at=AT)
    upload = room.upload(room.book(cells={JOBS: 7}))
    submit(room.submission.pk, by=room.by, at=AT)
    with pytest.raises(Conflict):
        room.confirm(upload)
    withdraw(room.submission.pk, by=room.by, at=AT)  # its twin

    room.confirm(upload)

    assert room.held() == 7


def test_who_may_not_fill_in_confirms_nothing(room):
    upload = room.upload(room.book(cells={JOBS: 8}))
    with pytest.raises(Forbidden):
        room.confirm(upload, by=room.world.specialist)


# --- taking back


def test_one_click_takes_all_of_it_back(room):
    room.save(JOBS, "5")
    room.save(B_JOBS, None, "refused")
    before = room.all_held()
    upload = room.store(room.book(cells={JOBS: None, B_JOBS: 6, "F:FIRMCCCCC|regular|jobs": 3}))
    assert room.all_held() != before

    room.take_back(upload)

    assert room.all_held() == before
    assert (upload.status, upload.counts["back"], upload.counts["stay"]) == ("taken_back", 3, 0)


def test_an_explanation_that_was_cleared_comes_back(room):
    key = CellKey.parse(JOBS)
    words = CellChange(key, Decimal(5), "", "Se jubilaron tres.")
    save_cells(room.submission.pk, [words], by=room.by, at=AT)
    before = room.all_held()

    room.take_back(room.store(room.book(cells={JOBS: 6})))

    assert room.all_held() == before


def test_what_was_changed_since_stays(room):
    upload = room.store(room.book(cells={JOBS: 8, B_JOBS: 6}))
    room.save(JOBS, "9")

    room.take_back(upload)

    assert (room.held(), room.held(B_JOBS)) == (9, None)
    assert (upload.counts["back"], upload.counts["stay"]) == (1, 1)


def test_taken_back_twice_is_taken_back_once(room):
    upload = room.store(room.book(cells={JOBS: 8}))
    room.take_back(upload)
    room.save(JOBS, "9")
    room.take_back(WorkbookUpload.objects.get(pk=upload.pk))
    assert room.held() == 9


def test_once_it_was_sent_nothing_is_taken_back(room):
    factories.fill(room.submission, by=room.by, at=AT)
    upload = room.store(room.book(cells={JOBS: 7}))
    submit(room.submission.pk, by=room.by, at=moment("2004-12-21"))
    withdraw(room.submission.pk, by=room.by, at=moment("2004-12-21"))
    with pytest.raises(Conflict):
        room.take_back(upload)
    assert room.held() == 7


def test_what_waits_is_not_taken_back(room):
    with pytest.raises(Conflict):
        room.take_back(room.upload(room.book(cells={JOBS: 8})))


def test_what_nobody_confirms_goes_after_a_day(room, waiting):
    room.upload(room.book(cells={JOBS: 8}))
    sweep(at=AT)
    assert len(list(waiting.iterdir())) == 2
    sweep(at=moment("2004-12-22"))
    assert (list(waiting.iterdir()), WorkbookUpload.objects.count()) == ([], 0)
