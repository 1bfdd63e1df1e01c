"""Uploads in pieces as tus 1.0.0 says, and what is refused of them."""

import base64
import datetime as dt
import hashlib
import io
import random

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from pip_network.files.stored import limits, opened, uploads
from pip_network.models import Stored, Upload
from tests import factories

from . import GOOD, TEXT, archive, pdf

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def person():
    return factories.user()


@pytest.fixture
def sender(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def begin(client: Client, size: object, name: str = "nota.txt", **headers):
    encoded = base64.b64encode(name.encode()).decode()
    return client.post(
        reverse("uploads"),
        headers={
            **TUS,
            "Upload-Length": str(size),
            "Upload-Metadata": f"filename {encoded},filetype dGV4dA==",
            **headers,
        },
    )


def send(client: Client, address: str, body: bytes, offset: object = 0, *, kind=PIECE, **headers):
    return client.patch(
        address, body, content_type=kind, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def asked(client: Client, address: str):
    return client.head(address, headers=TUS)


def test_a_file_in_two_pieces_is_kept(sender, person, kept):
    begun = begin(sender, len(TEXT), "Nota é.txt")
    address = begun["Location"]
    assert (begun.status_code, begun["Tus-Resumable"], begun["Upload-Offset"]) == (
        201,
        "1.0.0",
        "0",
    )
    first = send(sender, address, TEXT[:20])
    assert (first.status_code, first["Upload-Offset"]) == (204, "20")
    there = asked(sender, address)
    assert (there.status_code, there["Upload-Offset"], there["Upload-Length"]) == (
        200,
        "20",
        str(len(TEXT)),
    )
    assert there["Cache-Control"] == "no-store"
    assert Stored.objects.count() == 0
    assert send(sender, address, TEXT[20:], 20).status_code == 204
    stored = Upload.objects.get().stored
    assert (stored.original_name, stored.uploaded_by) == ("Nota é.txt", person)
    with opened(stored) as file:
        assert file.read() == TEXT
    assert kept() == ([stored.name], [])


class CutLine(io.BytesIO):
    """A body whose line is lost before all of it came."""

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        if not piece:
            raise OSError("the line is lost")
        return piece


def test_twenty_megabytes_cut_ten_times_arrive_byte_for_byte(sender, kept):
    chance = random.Random(1)
    noise = chance.randbytes(20 << 20)
    data = pdf("Gestión", extra=b"<< /Length %d >>\nstream\n%b\nendstream" % (len(noise), noise))
    address = begin(sender, len(data), "informe.pdf")["Location"]
    cuts = 0
    while (offset := int(asked(sender, address)["Upload-Offset"])) < len(data):
        rest = data[offset:]
        if cuts == 10:
            assert send(sender, address, rest, offset).status_code == 204
            break
        cuts += 1
        came = rest[: chance.randrange(1, len(data) // 11)]
        sender.generic(
            "PATCH",
            address,
            b"-",
            content_type=PIECE,
            headers={**TUS, "Upload-Offset": str(offset)},
            **{"wsgi.input": CutLine(came), "CONTENT_LENGTH": str(len(rest))},
        )
        assert int(asked(sender, address)["Upload-Offset"]) == offset + len(came)
    stored = Stored.objects.get()
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    with opened(stored) as file:
        assert file.read() == data


def test_of_two_writers_at_one_offset_one_writes(sender):
    address = begin(sender, len(TEXT))["Location"]
    assert send(sender, address, TEXT[:20]).status_code == 204
    second = send(sender, address, b"x" * 20)
    assert (second.status_code, asked(sender, address)["Upload-Offset"]) == (409, "20")
    assert send(sender, address, TEXT[20:], 20).status_code == 204
    assert Stored.objects.get().sha256 == hashlib.sha256(TEXT).hexdigest()


def test_who_comes_while_another_writes_is_sent_away(sender):
    address = begin(sender, len(TEXT))["Location"]
    with uploads._alone(Upload.objects.get()):
        assert send(sender, address, TEXT).status_code == 409
    assert send(sender, address, TEXT).status_code == 204


def test_a_writer_who_was_overtaken_counts_nothing(sender):
    """It has read the row before the other wrote: the update that counts does not hold."""
    begin(sender, len(TEXT))
    late = Upload.objects.get()

    def pieces():
        Upload.objects.filter(pk=late.pk).update(offset=5)
        yield TEXT[:20]

    with pytest.raises(uploads.Conflict):
        uploads.append(late, pieces(), offset=0, at=NOW)
    assert Upload.objects.get().offset == 5


def test_a_strangers_upload_does_not_exist(sender):
    address = begin(sender, len(TEXT))["Location"]
    other = Client()
    other.force_login(factories.user())
    answers = (
        asked(other, address),
        send(other, address, TEXT),
        other.delete(address, headers=TUS),
    )
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Client().head(address, headers=TUS).status_code == 302
    assert asked(sender, address).status_code == 200


def test_an_upload_expires_two_days_after_its_last_piece(sender, person):
    with time_machine.travel(NOW, tick=False):
        address = begin(sender, len(TEXT))["Location"]
    with time_machine.travel(NOW + limits.KEEP - dt.timedelta(seconds=1), tick=False):
        sender.force_login(person)
        answer = send(sender, address, TEXT[:5])
        assert (answer.status_code, answer["Upload-Expires"]) == (
            204,
            "Fri, 04 Dec 2026 11:59:59 GMT",
        )
    with time_machine.travel(NOW + 2 * limits.KEEP, tick=False):
        sender.force_login(person)
        assert asked(sender, address).status_code == 410
        assert send(sender, address, TEXT[5:], 5).status_code == 410


def test_an_upload_whose_bytes_are_away_is_gone(sender, media):
    """So it is after a backup was restored: what was on its way is in none."""
    address = begin(sender, len(TEXT))["Location"]
    next((media / ".arriving").iterdir()).unlink()
    assert asked(sender, address).status_code == 410


def test_an_upload_is_given_up(sender, kept):
    address = begin(sender, len(TEXT))["Location"]
    assert sender.delete(address, headers=TUS).status_code == 204
    assert asked(sender, address).status_code == 404
    assert (Upload.objects.count(), kept()) == (0, ([], []))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "-3"}, 400),
        ({"Upload-Length": "viele"}, 400),
        ({"Upload-Length": "99999999"}, 413),
        ({"Upload-Length": "9" * 4000}, 400),
        ({"Upload-Defer-Length": "1"}, 400),
        ({"Upload-Metadata": "filename %%%"}, 400),
        ({"Upload-Metadata": "filename /w=="}, 400),
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Metadata": ""}, 201),
    ],
)
def test_what_is_asked_of_a_beginning(sender, headers, status: int):
    assert begin(sender, 10, **headers).status_code == status
    assert Upload.objects.count() == (status == 201)


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"kind": "application/json"}, 415),
        ({"offset": "x"}, 400),
        ({"offset": 7}, 409),
        ({"body": TEXT + b"."}, 413),
        ({"Tus-Resumable": "2.0.0"}, 412),
        ({"Upload-Checksum": "crc32 AAAA"}, 400),
        ({"Upload-Checksum": "sha1 %"}, 400),
        ({"Upload-Checksum": "sha1 " + base64.b64encode(bytes(20)).decode()}, 460),
        ({"Upload-Checksum": "sha256 " + base64.b64encode(bytes(32)).decode()}, 460),
    ],
)
def test_what_is_asked_of_a_piece(sender, extra, status: int):
    address = begin(sender, len(TEXT))["Location"]
    assert send(sender, address, **{"body": TEXT, **extra}).status_code == status
    assert asked(sender, address)["Upload-Offset"] == "0"
    assert send(sender, address, TEXT).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_its_checksum_counts(sender, algorithm: str):
    address = begin(sender, len(TEXT))["Location"]
    digest = base64.b64encode(hashlib.new(algorithm, TEXT).digest()).decode()
    answer = send(sender, address, TEXT, **{"Upload-Checksum": f"{algorithm} {digest}"})
    assert (answer.status_code, Stored.objects.count()) == (204, 1)


def test_what_is_not_kept_is_said_with_the_last_piece(sender, kept):
    data = archive({"a.txt": "x"})
    address = begin(sender, len(data), "informe.docx")["Location"]
    answer = send(sender, address, data)
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert "PDF" in answer.content.decode()
    assert (Upload.objects.count(), Stored.objects.count(), kept()) == (0, 0, ([], []))


def test_one_person_has_so_many_files_on_their_way_and_no_more(sender, settings, monkeypatch):
    monkeypatch.setattr(limits, "OPEN_UPLOADS", 2)
    assert [begin(sender, 5).status_code for _ in range(3)] == [201, 201, 403]
    monkeypatch.setattr(limits, "OPEN_UPLOADS", 9)
    settings.UPLOAD_MOST_BYTES = 5
    monkeypatch.setattr(limits, "OPEN_FILES", 3)
    assert [begin(sender, 5).status_code for _ in range(2)] == [201, 403]


def test_what_tus_offers_is_told(sender):
    answer = sender.options(reverse("uploads"))
    assert answer.status_code == 204
    assert {name: answer[name] for name in answer.headers if name.startswith("Tus-")} == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": str(25 << 20),
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }


def test_a_length_that_is_none_is_read_as_none(sender):
    address = begin(sender, len(TEXT))["Location"]
    answer = sender.generic(
        "PATCH",
        address,
        TEXT,
        content_type=PIECE,
        headers={**TUS, "Upload-Offset": "0"},
        CONTENT_LENGTH="viele",
    )
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "0")


def test_a_piece_without_the_key_of_the_page_is_forged(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert begin(client, 10).status_code == 403


def test_other_addresses_take_no_piece(sender):
    assert sender.patch("/library/", b"").status_code == 405
    assert sender.patch(reverse("uploads"), b"").status_code == 405


def test_a_finish_that_was_cut_is_done_when_it_is_asked_for(sender, person):
    """All bytes counted, and the process died before it looked at them."""
    data = GOOD["pdf"]()
    begin(sender, len(data))
    upload = uploads.append(Upload.objects.get(), [data], offset=0, at=NOW)
    assert (upload.is_whole, upload.stored) == (True, None)
    stored = uploads.finished(str(upload.pk), by=person, at=NOW).stored
    assert uploads.finished(str(upload.pk), by=person, at=NOW).stored == stored
    assert Stored.objects.count() == 1
