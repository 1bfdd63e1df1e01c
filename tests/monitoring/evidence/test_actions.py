"""Attaching, withdrawing and putting back: who may, when, what is taken, and once only."""

import pytest

from monitoring.evidence import limits
from monitoring.evidence.actions import attach, put_back, withdraw
from monitoring.evidence.places import Spot
from monitoring.models import EvidenceDraft, Remark
from monitoring.sheet.cells import CellKey
from monitoring.submission.opening import submit
from pip_network.choices import FileKind
from pip_network.models import AuditEvent, Stored
from pip_network.web.errors import Conflict, Forbidden, Invalid

from .conftest import AT, CELL, CHANGE, OF_C, OF_PROJECT, PAGE, SALES, kept


def verbs() -> list[str]:
    rows = AuditEvent.objects.filter(verb__startswith="evidence.").order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_a_file_is_kept_with_what_was_found_in_it(put, world):
    row = put()
    stored = Stored.objects.get()
    assert (row.stored, row.sha256, row.size, row.format) == (
        stored,
        stored.sha256,
        stored.size,
        "pdf",
    )
    assert (row.place, row.subject, row.kind, row.variable_code) == ("cell", *SALES)
    assert (row.added_by, row.added_at, row.name) == (world.director, AT, "acta.pdf")
    assert verbs() == ["evidence.attached"]


def test_an_address_has_a_hash_of_its_letters(put):
    row = put(CHANGE, address=f" {PAGE} ")
    assert (row.address, row.stored, row.format, row.theme) == (PAGE, None, "", "change")
    assert len(row.sha256) == 64


def test_the_same_twice_at_one_place_is_one_piece(put):
    first = put()
    assert put() == first
    assert put(CHANGE) != first
    assert put(CHANGE, address=PAGE) == put(CHANGE, address=PAGE)
    assert EvidenceDraft.objects.count() == 3
    assert verbs() == ["evidence.attached"] * 3


def test_what_was_removed_is_put_back(put, world):
    row = put()
    withdraw(row.pk, by=world.director, at=AT)
    assert not EvidenceDraft.objects.standing().exists()
    with pytest.raises(Conflict, match="already"):
        withdraw(row.pk, by=world.director, at=AT)
    put_back(row.pk, by=world.director, at=AT)
    assert EvidenceDraft.objects.standing().get() == row
    with pytest.raises(Conflict, match="already"):
        put_back(row.pk, by=world.director, at=AT)
    assert verbs() == ["evidence.attached", "evidence.withdrawn", "evidence.put_back"]


def test_what_was_removed_and_comes_again_is_back(put, world):
    row = put()
    withdraw(row.pk, by=world.director, at=AT)
    assert put() == row
    assert EvidenceDraft.objects.standing().get() == row


@pytest.mark.parametrize("who", ["coordinator", "director"])
def test_who_enters_the_cell_attaches(put, world, who):
    assert put(by=getattr(world, who)).added_by == getattr(world, who)


@pytest.mark.parametrize("who", ["specialist", "administrator", "stranger"])
def test_nobody_else_does(put, world, who):
    other = getattr(world, who)
    with pytest.raises(Forbidden):
        put(by=other)
    row = put()
    with pytest.raises(Forbidden):
        withdraw(row.pk, by=other, at=AT)
    assert not EvidenceDraft.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize("spot", [Spot("cell", OF_C), Spot("cell", OF_PROJECT), CHANGE])
def test_a_coordinator_attaches_in_her_own_network_alone(put, world, spot):
    with pytest.raises(Forbidden):
        put(spot, by=world.coordinator)
    assert put(spot).added_by == world.director


def test_a_remark_takes_some_as_its_cell_does(put, opened, world):
    remark = Remark.objects.create(
        submission=opened,
        revision=1,
        subject=OF_C.subject,
        kind=OF_C.kind,
        variable_code=OF_C.variable,
        text="¿?",
        at=AT,
        by=world.specialist,
    )
    spot = Spot("remark", OF_C, remark=remark.pk)
    with pytest.raises(Forbidden):
        put(spot, by=world.coordinator)
    row = put(spot)
    assert (row.remark, row.subject) == (remark, OF_C.subject)
    assert put(spot) == row


def test_nothing_is_attached_to_a_cell_that_is_not_asked(put):
    with pytest.raises(Invalid, match="does not ask"):
        put(Spot("cell", CellKey("F:FIRMAAAAA", "regular", "nothing")))
    with pytest.raises(Invalid, match="does not ask"):
        put(Spot("cell", CellKey("F:NOBODY", "regular", "sales")))


def test_once_it_is_handed_in_nothing_changes(put, opened, world):
    row = put()
    removed = put(CHANGE)
    withdraw(removed.pk, by=world.director, at=AT)
    submit(opened.pk, by=world.director, at=AT)
    for act in (
        lambda: put(text="Otra"),
        lambda: withdraw(row.pk, by=world.director, at=AT),
        lambda: put_back(removed.pk, by=world.director, at=AT),
    ):
        with pytest.raises(Conflict, match="nothing has been changed"):
            act()
    assert list(EvidenceDraft.objects.standing()) == [row]


def test_one_thing_at_a_time(put, world):
    with pytest.raises(Invalid, match="Choose a file"):
        put(address=" ")
    with pytest.raises(Invalid, match="one thing at a time"):
        put(file=kept(by=world.director), address=PAGE)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://example.org",
        "data:text/html,x",
        "ftp://example.org/x",
        "//example.org/x",
        "example.org",
        "https://",
        "https://ana:secreto@example.org/",
        "https://example.org/a b",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\nx",
        "https://example.org/\x00",
        "https://example.org/" + "a" * 481,
    ],
)
def test_only_the_address_of_a_page_is_taken(put, address):
    with pytest.raises(Invalid) as refused:
        put(address=address)
    assert refused.value.place == "address"
    assert not EvidenceDraft.objects.exists()


def test_the_longest_address(put):
    address = "https://example.org/" + "a" * 480
    assert put(address=address).address == address


def test_other_files_are_not_evidence(put, world):
    stored = kept(by=world.director)
    Stored.objects.update(kind=FileKind.DOCX)
    stored.refresh_from_db()
    with pytest.raises(Invalid, match="must be one of"):
        put(file=stored)
    Stored.objects.update(kind=FileKind.PDF, size=limits.MOST_BYTES + 1)
    stored.refresh_from_db()
    with pytest.raises(Invalid, match="20"):
        put(file=stored)
    Stored.objects.update(size=limits.MOST_BYTES)
    stored.refresh_from_db()
    assert put(file=stored).size == limits.MOST_BYTES


def test_at_one_place_there_is_room_for_ten(put, world):
    rows = [put(address=f"https://example.org/{number}") for number in range(10)]
    with pytest.raises(Invalid, match="10"):
        put(address=PAGE)
    assert put(CHANGE, address=PAGE)
    withdraw(rows[0].pk, by=world.director, at=AT)
    assert put(address=PAGE)
    with pytest.raises(Invalid, match="10"):
        put_back(rows[0].pk, by=world.director, at=AT)


def test_a_piece_that_has_gone(put, opened, world):
    row = put()
    row.delete()
    with pytest.raises(Conflict, match="not exist"):
        withdraw(row.pk, by=world.director, at=AT)


def test_the_action_wants_the_submission(world, opened):
    with pytest.raises(type(opened).DoesNotExist):
        attach(opened.pk + 1000, CELL, address=PAGE, by=world.director, at=AT)
