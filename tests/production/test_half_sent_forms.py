"""Forms that stop after their first byte: behind the front server of docker-compose.yml fifty of
them leave the portal answering; without one each ends with 408.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time

import pytest

from pip_network.running.serve import arrival
from tests import stranger
from tests.production.place import Place
from tests.production.servers import HOST, Front, Reader, Web, in_production, until

COMPOSE = (stranger.ROOT / "docker-compose.yml").read_text("utf-8")
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
HEAD = f"POST /accounts/login/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
UPLOAD = (
    f"POST /admin/projects/firm/import/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
    "Content-Type: multipart/form-data; boundary=b\r\n"
)
HALF_SENT = {
    "form": f"{HEAD}Content-Length: 1000\r\n\r\na",
    "chunks": f"{HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    "upload": f'{UPLOAD}Content-Length: 1000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1',
    "head": HEAD,
    "nothing": "",
}
WHOLE = {
    "form": f"{HEAD}Content-Length: 1\r\n\r\na",
    "chunks": f"{HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "asked first": f"{HEAD}Expect: 100-continue\r\nContent-Length: 1\r\n\r\na",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory, static_root):
    place = Place(tmp_path_factory.mktemp("half"))
    in_production(place, STATIC_ROOT=static_root, TRUST_FORWARDED_PROTO="true", TRUSTED_PROXIES="1")
    place.begin()
    yield place
    place.go()


@pytest.fixture(scope="module")
def impatient(place):
    web = Web(place, workers=len(HALF_SENT), config="tests/production/impatient.py")
    until(web.answers)
    yield web
    web.end()


@contextlib.contextmanager
def lines(port: int, sent: list[str]):
    """Lines on which this was sent and nothing more comes."""
    with contextlib.ExitStack() as stack:
        opened = []
        for each in sent:
            line = stack.enter_context(socket.create_connection(("127.0.0.1", port), 20))
            line.sendall(each.encode())
            opened.append(line)
        yield opened


def status(line: socket.socket) -> str:
    return line.makefile("rb").readline().decode().partition(" ")[2].strip()


def test_what_does_not_arrive_ends_with_408(impatient):
    assert arrival.SECONDS == 10.0
    began = time.monotonic()
    with lines(impatient.port, list(HALF_SENT.values())) as opened:
        found = dict(zip(HALF_SENT, map(status, opened), strict=True))
    assert found == dict.fromkeys(HALF_SENT, "408 Request Timeout")
    assert time.monotonic() - began < 5
    assert "408 before any page" in impatient.said()


@pytest.mark.parametrize("name", WHOLE)
def test_what_arrives_in_two_pieces_is_answered_by_the_portal(impatient, name):
    """No token of the page: the portal itself refuses it."""
    with lines(impatient.port, [WHOLE[name][:-1]]) as (line,):
        time.sleep(0.3)
        line.sendall(WHOLE[name][-1:].encode())
        answer = line.makefile("rb").read()
    assert re.search(rb"^HTTP/1.1 403 ", answer, re.M)


def test_a_reader_who_trickles_is_not_waited_for_longer(impatient):
    with lines(impatient.port, [HALF_SENT["form"]]) as (line,):
        for _each in range(4):
            time.sleep(0.4)
            with contextlib.suppress(OSError):
                line.sendall(b"a")
        assert status(line) == "408 Request Timeout"


@pytest.mark.parametrize(("length", "answer"), [(26 << 20, "403"), ((26 << 20) + 1, "413")])
def test_nothing_here_asks_for_more_than_26_mb(impatient, length, answer):
    with lines(impatient.port, [f"{HEAD}Content-Length: {length}\r\n\r\n"]) as (line,):
        with contextlib.suppress(OSError):  # refused before it was sent
            line.sendall(b"a" * length)
        assert status(line)[:3] == answer


@pytest.mark.skipif(not NGINX, reason="needs the program nginx")
def test_behind_the_front_server_fifty_leave_the_portal_answering(place):
    web = Web(place, workers=1)
    front = Front(place, web)
    reader = Reader(X_Forwarded_Proto="https")
    try:
        until(web.answers)
        until(front.answers)
        with lines(front.port, [HALF_SENT["form"]] * 50):
            began = time.monotonic()
            answers = [reader.get(front, "/accounts/login/") for _each in range(3)]
            assert time.monotonic() - began < 4
            forged = reader.post(front, "/accounts/login/", {"login": "a@example.org"})
        assert [answer.status for answer in answers] == [200] * 3
        assert "Strict-Transport-Security" in answers[0].headers  # what was said of HTTPS got there
        assert forged.status == 200  # a whole form: back with what it lacks
    finally:
        front.end()
        web.end()


def test_without_it_one_keeps_the_portal_from_everybody(place):
    """The twin of the one above, with nothing between: why there is a front server."""
    web = Web(place, workers=1)
    try:
        until(web.answers)
        with (
            lines(web.port, [HALF_SENT["form"]]),
            lines(web.port, [f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\n\r\n"]) as (line,),
        ):
            line.settimeout(2)
            with pytest.raises(TimeoutError):
                line.recv(1)
    finally:
        web.end()


def test_compose_mounts_this_file_and_publishes_the_front_alone():
    front, web = service("front"), service("web")
    assert "image: nginx:" in front
    assert "./front/portal.conf.template:/etc/nginx/templates/default.conf.template:ro" in front
    assert "PORTAL: web:8000" in front
    assert "ports:" in front
    assert "ports:" not in web
    template = (stranger.ROOT / "front" / "portal.conf.template").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)\}", template)) == set(
        re.findall(r"^      ([A-Z]+): ", front.partition("environment:")[2], re.M)
    )
    assert f"client_max_body_size {arrival.MOST_BYTES >> 20}m;" in template


def service(name: str) -> str:
    return re.search(rf"^  {name}:.*?(?=^  \w+:|^\w)", COMPOSE, re.M | re.S).group()


def has_compose() -> bool:
    program = shutil.which("docker")
    return (
        bool(program)
        and not subprocess.run(
            [program, "compose", "version"], capture_output=True, check=False
        ).returncode
    )


@pytest.mark.skipif(not has_compose(), reason="needs docker with its part compose")
def test_docker_reads_the_compose_file():
    needed = ("SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "POSTGRES_PASSWORD")
    given = dict.fromkeys((*needed, "DEFAULT_FROM_EMAIL", "EMAIL_HOST"), "x")
    read = subprocess.run(
        ["docker", "compose", "--file", "docker-compose.yml", "config"],
        cwd=stranger.ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (read.returncode, read.stderr) == (0, "")
    assert "target: /etc/nginx/templates/default.conf.template" in read.stdout
