"""A client of tus that is not ours, over a line that is cut ten times."""

import hashlib
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from pip_network.models import Stored
from tests import factories

from . import pdf

PIECE = 1 << 14
CUTS = 10


class CutLines:
    """Stands between client and server; the first ten lines that send much are cut in the middle."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.cuts, self.chance = target, 0, random.Random(7)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                line, _peer = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(line,), daemon=True).start()

    def carry(self, line: socket.socket) -> None:
        limit = self.chance.randrange(PIECE * 4, 2 << 20)
        with line, socket.create_connection(self.target) as server:
            back = threading.Thread(target=_pass_on, args=(server, line), daemon=True)
            back.start()
            sent = 0
            while piece := _received(line):
                sent += len(piece)
                if sent > limit and self.cuts < CUTS:
                    self.cuts += 1
                    line.close()
                    break
                server.sendall(piece)
            server.shutdown(socket.SHUT_WR)
            back.join()


def _received(line: socket.socket) -> bytes:
    try:
        return line.recv(PIECE)
    except OSError:
        return b""


def _pass_on(server: socket.socket, line: socket.socket) -> None:
    try:
        while piece := server.recv(PIECE):
            line.sendall(piece)
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


@contextmanager
def cut_lines(url: str) -> Iterator[CutLines]:
    parts = urlsplit(url)
    lines = CutLines((parts.hostname, parts.port))
    threading.Thread(target=lines.run, daemon=True).start()
    yield lines
    lines.listening.close()


def headers_of(person) -> dict[str, str]:
    """Her session, and the key that pages carry."""
    client = Client()
    client.force_login(person)
    key = "a" * 32
    session = client.cookies["sessionid"].value
    return {"Cookie": f"sessionid={session}; csrftoken={key}", "X-CSRFToken": key}


@pytest.mark.django_db(transaction=True)
def test_tuspy_completes_what_was_cut_ten_times(live_server, tmp_path):
    noise = random.Random(3).randbytes(20 << 20)
    data = pdf("Gestión", extra=b"<< /Length %d >>\nstream\n%b\nendstream" % (len(noise), noise))
    path = tmp_path / "informe.pdf"
    path.write_bytes(data)
    headers = headers_of(factories.user())
    with cut_lines(live_server.url) as lines, path.open("rb") as file:
        client = TusClient(f"{lines.address}/uploads/", headers=headers)
        address = None
        for _time in range(20 * CUTS):  # who is back before the server has noticed is sent away
            sending = client.uploader(
                file_stream=file, chunk_size=4 << 20, url=address, metadata={"filename": path.name}
            )
            address = address or sending.create_url()
            sending.set_url(address)
            try:
                sending.upload()
            except TusCommunicationError:
                continue
            break
        assert lines.cuts == CUTS
    stored = Stored.objects.get()
    assert (stored.sha256, stored.original_name) == (hashlib.sha256(data).hexdigest(), path.name)


@pytest.mark.django_db(transaction=True)
def test_tuspy_checks_its_pieces(live_server, tmp_path):
    path = tmp_path / "nota.txt"
    path.write_bytes(b"Lo que aprendimos.\n" * 40)
    client = TusClient(f"{live_server.url}/uploads/", headers=headers_of(factories.user()))
    with path.open("rb") as file:
        client.uploader(file_stream=file, chunk_size=300, upload_checksum=True).upload()
    assert Stored.objects.get().sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
