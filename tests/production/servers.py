"""The servers of production as processes of their own: gunicorn, a worker, PostgreSQL, Redis; and
readers who ask them raw.
"""

import contextlib
import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests import stranger
from tests.production.place import Place

HOST = "portal.example.org"
SECRET = "tests-only-NVq3Zb7yXk2LrWc9TfHs4MdPg6JuAe8QoRi5SxCvBn1"
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)


def in_production(place: Place, **variables: str) -> None:
    """From now on all that runs in this place is production.

    Nobody is behind the address of Redis unless one is told.
    """
    place.environment |= {
        "PIP_MODE": "production",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": HOST,
        "PUBLIC_URL": f"https://{HOST}",
        "DEFAULT_FROM_EMAIL": f"portal@{HOST}",
        "REDIS_URL": f"redis://127.0.0.1:{stranger.free_port()}/0",
        "REDIS_PREFIX": f"pip-production-{os.getpid()}",
    } | variables


def until(question, seconds: float = 60):
    """What `question` answers, as soon as it is something."""
    end = time.monotonic() + seconds
    while not (found := question()):
        assert time.monotonic() < end, "it did not come to pass in time"
        time.sleep(0.1)
    return found


class Program:
    """A process in a session of its own; its words go into a file."""

    def __init__(self, place: Place, name: str, *command: str, **variables: str) -> None:
        self.log = place.folder / f"{name}.log"
        with self.log.open("wb") as words:
            self.process = subprocess.Popen(
                command,
                cwd=stranger.ROOT,
                env=place.environment | variables,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def signal(self, number: int) -> None:
        """To it and to all its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def end(self) -> None:
        self.signal(signal.SIGKILL)
        self.process.wait()


class Web(Program):
    """The production server; it may be asked as soon as it `answers`."""

    def __init__(
        self,
        place: Place,
        *,
        workers: int = 1,
        config: str = "pip_network/running/serve/web.py",
        **variables: str,
    ) -> None:
        self.port = stranger.free_port()
        super().__init__(
            place,
            f"web-{self.port}",
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            config,
            "--bind",
            f"127.0.0.1:{self.port}",
            **({"WEB_CONCURRENCY": str(workers)} | variables),
        )

    def answers(self) -> bool:
        assert self.process.poll() is None, self.said()
        with contextlib.suppress(OSError):
            return Reader().get(self, "/healthz").status == 200
        return False

    def raw(self, sent: bytes) -> bytes:
        """All that comes back for these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), 20) as line:
            line.sendall(sent)
            return b"".join(iter(lambda: line.recv(65536), b""))


class Front(Program):
    """Debian's nginx with the file that compose mounts, before `web`; asked like a `Web`."""

    def __init__(self, place: Place, web: Web) -> None:
        self.port, folder = stranger.free_port(), place.folder / "front"
        folder.mkdir()
        given = {"LISTEN": f"127.0.0.1:{self.port}", "PORTAL": f"127.0.0.1:{web.port}"}
        site = (stranger.ROOT / "front" / "portal.conf.template").read_text("utf-8")
        for name, value in given.items():  # as envsubst does it in the image
            site = site.replace(f"${{{name}}}", value)
        (folder / "portal.conf").write_text(site)
        kept = "".join(
            f"{name}_temp_path {folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
            f"events {{}}\nhttp {{ access_log off; {kept} include portal.conf; }}\n"
        )
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        super().__init__(place, "front", nginx, "-p", str(folder), "-c", f"{folder}/nginx.conf")

    answers = Web.answers


def worker(place: Place, *more: str) -> Program:
    return Program(
        place,
        "worker",
        sys.executable,
        "-m",
        "celery",
        "-A",
        "pip_network",
        "worker",
        "-P",
        "prefork",
        "-c",
        "1",
        "-l",
        "INFO",
        "--without-gossip",
        "--without-mingle",
        *more,
    )


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    text: str


class Reader:
    """Asks from one address of this machine, with headers of her own; keeps cookies, and sends
    forms as a page would.
    """

    def __init__(self, peer: str = "127.0.0.1", **headers: str) -> None:
        self.peer, self.cookies = peer, {}
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def get(self, web: Web, path: str, **headers: str) -> Answer:
        return self.ask(web, "GET", path, None, headers)

    def post(self, web: Web, path: str, fields: dict[str, str], **headers: str) -> Answer:
        if "csrftoken" not in self.cookies:
            self.get(web, "/accounts/login/")
        fields = {"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields}
        return self.ask(web, "POST", path, urlencode(fields), headers)

    def ask(
        self, web: Web, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> Answer:
        sent = {
            "Host": HOST,
            **self.headers,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            sent |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"https://{HOST}",
            }
            if "X-Forwarded-Proto" not in sent:
                sent["Origin"] = f"http://{HOST}"
        line = http.client.HTTPConnection(
            "127.0.0.1", web.port, timeout=50, source_address=(self.peer, 0)
        )
        try:
            line.request(method, path, body, sent)
            given = line.getresponse()
            found = Answer(given.status, given.headers, given.read().decode(errors="replace"))
        finally:
            line.close()
        for each in found.headers.get_all("Set-Cookie") or ():
            name, value = re.match(r"([^=]+)=([^;]*)", each).groups()
            self.cookies[name] = value
        return found


class Redis:
    def __init__(self, folder, *options: str) -> None:
        self.folder, self.port, self.process = folder, stranger.free_port(), None
        self.options = options

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                "redis-server",
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                str(self.folder),
                *self.options,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self.answers, 20)

    def answers(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), 1) as line,
        ):
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


class Cluster:
    """A PostgreSQL of the test's own, which may go away; never as root, who may not run one."""

    def __init__(self) -> None:
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="pip-cluster-")), stranger.free_port()
        self.user = next(
            (each for each in ("postgres", "nobody") if os.geteuid() == 0 and _exists(each)), None
        )
        if self.user:
            shutil.chown(self.folder, self.user)
        self.call(
            "initdb",
            "-D",
            self.data,
            "-U",
            "portal",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        with open(self.folder / "data" / "postgresql.conf", "a") as settings:
            settings.write(
                f"listen_addresses='127.0.0.1'\nport={self.port}\nunix_socket_directories='{self.folder}'\nfsync=off\n"
            )
        self.start()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def url(self) -> str:
        return f"postgres://portal@127.0.0.1:{self.port}/postgres"

    def call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(POSTGRES.with_name(program)), *arguments],
            user=self.user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def start(self) -> None:
        self.call("pg_ctl", "start", "-w", "-D", self.data, "-l", str(self.folder / "log"))

    def stop(self) -> None:
        """As when its machine loses power: all connections are cut."""
        self.call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    def remove(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)


def _exists(user: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(user))
    return False


@contextlib.contextmanager
def deaf(port: int):
    """A server that takes connections on this port and never says a word."""
    with socket.create_server(("127.0.0.1", port)):
        yield


class Letterbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps each letter."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        self.letters: list[str] = []
        super().__init__(("127.0.0.1", 0), _Delivery)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Delivery(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 letterbox\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self.wfile.write(
                b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 well\r\n"
            )
