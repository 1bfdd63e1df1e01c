"""A kept file goes out as an attachment, as what it is, and acts on no page of the portal."""

import datetime as dt
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from pip_network.choices import FileKind, ScanState
from pip_network.files.stored import answer, keep
from pip_network.files.stored.serving import TYPES, Withheld
from pip_network.models import Stored

from . import GOOD, TEXT

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def kept_file(data: bytes = TEXT, name: str = "nota.txt") -> Stored:
    return keep(ContentFile(data), name=name, by=None, at=NOW)


@pytest.mark.parametrize("kind", FileKind.values)
def test_each_kind_goes_out_as_what_it_is(kind: str):
    data = GOOD[kind]()
    stored = kept_file(data, "página.html")
    with closing(answer(stored)) as response:
        assert b"".join(response.streaming_content) == data
    assert response["Content-Type"] == TYPES[FileKind(kind)]
    assert response["Content-Length"] == str(len(data))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    ending = "jpg" if kind == "jpeg" else kind
    assert response["Content-Disposition"] == (
        f"attachment; filename*=utf-8''p%C3%A1gina.html.{ending}"
    )
    assert stored.name not in str(response.headers)


def test_who_hands_it_out_may_give_it_a_name():
    with closing(answer(kept_file(), name="L01 - Manual")) as response:
        assert response["Content-Disposition"] == 'attachment; filename="L01 - Manual.txt"'


@pytest.mark.parametrize(("scan", "status"), [(ScanState.WAITING, 503), (ScanState.INFECTED, 410)])
def test_what_the_scanner_has_not_let_pass_stays_here(scan: ScanState, status: int):
    stored = kept_file()
    answer(stored).close()
    stored.scan = scan
    with pytest.raises(Withheld) as withheld:
        answer(stored)
    assert withheld.value.status == status


def test_bytes_that_are_away_are_no_page_of_ours(media):
    stored = kept_file()
    next(path for path in media.rglob("*") if path.name == stored.name).unlink()
    with pytest.raises(Http404):
        answer(stored)
