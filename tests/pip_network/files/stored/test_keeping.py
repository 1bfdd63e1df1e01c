"""One row and one file for what is kept, neither for what is refused; what the scanner says is
asked where there is one.
"""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile

from pip_network.choices import ScanState
from pip_network.files.stored import Refused, keep, opened
from pip_network.files.stored.names import cleaned, download_name
from pip_network.files.stored.sweeping import scan_waiting
from pip_network.models import Stored
from tests import factories

from . import CSV, GOOD, TEXT, archive
from .clamd import EICAR, scanner

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
UNREACHABLE = "127.0.0.1:9"  # nothing of the portal or of a test listens there


def kept_file(data: bytes, name: str = "informe.pdf", by=None) -> Stored:
    return keep(ContentFile(data), name=name, by=by, at=NOW)


def test_a_kept_file_is_there_byte_for_byte_under_a_random_name(kept):
    person = factories.user()
    data = GOOD["pdf"]()
    one, two = kept_file(data, by=person), kept_file(data, by=person)
    assert (one.kind, one.size, one.sha256) == (
        "pdf",
        len(data),
        hashlib.sha256(data).hexdigest(),
    )
    assert (one.original_name, one.uploaded_by, one.uploaded_at, one.scan) == (
        "informe.pdf",
        person,
        NOW,
        ScanState.NOT_SCANNED,
    )
    assert one.name != two.name
    assert kept() == (sorted([one.name, two.name]), [])
    with opened(one) as file:
        assert file.read() == data


def test_nothing_of_a_refused_file_stays(kept):
    with pytest.raises(Refused):
        kept_file(archive({"a.txt": "x"}))
    assert (Stored.objects.count(), kept()) == (0, ([], []))


def test_a_file_may_be_as_large_as_is_said_and_no_larger(settings, kept):
    settings.UPLOAD_MOST_BYTES = len(TEXT)
    assert kept_file(TEXT).size == len(TEXT)
    with pytest.raises(Refused) as refused:
        kept_file(TEXT + b".")
    assert refused.value.key == "size"
    assert len(kept()[0]) == 1


@pytest.mark.parametrize("by_path", [True, False])
def test_the_scanner_refuses_and_lets_pass(settings, kept, tmp_path, by_path: bool):
    with scanner(str(tmp_path / "clamd.ctl") if by_path else "") as address:
        settings.CLAMD_SOCKET = address
        with pytest.raises(Refused) as refused:
            kept_file(EICAR, "virus.txt")
        assert refused.value.key == "virus"
        assert (Stored.objects.count(), kept()) == (0, ([], []))
        assert kept_file(TEXT, "nota.txt").scan == ScanState.CLEAN


def test_without_a_scanner_nothing_is_said():
    stored = kept_file(EICAR, "virus.txt")
    assert stored.scan == ScanState.NOT_SCANNED
    assert stored.is_readable


def test_a_scanner_that_is_away_makes_files_wait_until_it_is_back(settings, kept):
    settings.CLAMD_SOCKET = UNREACHABLE
    virus, good = kept_file(EICAR, "virus.txt"), kept_file(TEXT, "nota.txt")
    assert {virus.scan, good.scan} == {ScanState.WAITING}
    assert not good.is_readable
    scan_waiting()
    good.refresh_from_db()
    assert good.scan == ScanState.WAITING
    with scanner() as address:
        settings.CLAMD_SOCKET = address
        scan_waiting()
    virus.refresh_from_db()
    good.refresh_from_db()
    assert (virus.scan, good.scan) == (ScanState.INFECTED, ScanState.CLEAN)
    assert (virus.is_readable, good.is_readable) == (False, True)
    assert kept()[0] == [good.name]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("informe.pdf", "informe.pdf"),
        ("C:\\Usuarios\\Ana\\informe final.pdf", "informe final.pdf"),
        ("../../etc/passwd", "passwd"),
        ("gestio\u0301n.pdf", "gestión.pdf"),
        ("in\u202eforme\u200b.pdf", "informe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ('"<b>".pdf', "b.pdf"),
        ("网络 📎.pdf", "网络 📎.pdf"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 111 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_cleaned(given: str, name: str):
    assert cleaned(given) == name
    assert len(name.encode()) < 255


@pytest.mark.parametrize(
    ("original", "kind", "name"),
    [
        ("informe.pdf", "pdf", "informe.pdf"),
        ("informe.pdf", "xlsx", "informe.xlsx"),
        ("foto.JPEG", "jpeg", "foto.jpg"),
        ("virus.exe", "txt", "virus.exe.txt"),
        ("informe 1.2", "pdf", "informe 1.2.pdf"),
        ("informe", "pdf", "informe.pdf"),
    ],
)
def test_it_is_handed_out_with_the_ending_of_what_it_is(original: str, kind: str, name: str):
    assert download_name(original, kind) == name


def test_a_table_with_a_foreign_name_is_kept_as_what_it_is():
    assert kept_file(CSV, "ventas.exe").kind == "csv"
