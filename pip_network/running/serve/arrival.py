"""What a reader sends has arrived before a page is asked for it, or the line is closed.

A sync worker serves one line at a time: a form that stops after its first byte would keep it from
everybody else. A front server buffers bodies and these limits are never met; without one they say
how long a worker waits.
"""

import io
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn import util
from gunicorn.workers.sync import SyncWorker

SECONDS = 10.0  # for head and body together
MOST_BYTES = 26 << 20  # of a body; the front server's limit is the same
PIECE = 1 << 16

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Refused(Exception):
    """Answered with `status` by the server itself; never an OSError, which pages may swallow."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Line(socket.socket):
    """The line of one request: as long as it is `awaited`, what is read must come by then."""

    awaited: float | None = None

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As ever, and Refused when the time is over."""
        if self.awaited is None:
            return super().recv(size, flags)
        try:
            self.settimeout(max(0.001, self.awaited - time.monotonic()))
            return super().recv(size, flags)
        except TimeoutError:
            raise Refused(408) from None
        finally:
            self.settimeout(None)


class Worker(SyncWorker):
    """Waits SECONDS for a whole request, and hands its body on from memory."""

    def load_wsgi(self) -> None:
        super().load_wsgi()
        asked: Application = vars(self)["wsgi"]  # gunicorn's own types do not know of it
        self.wsgi = with_whole_body(asked)

    def handle(self, listener: Any, client: socket.socket, addr: Any) -> None:
        line = Line(fileno=client.detach())
        line.awaited = time.monotonic() + SECONDS
        super().handle(listener, line, addr)

    def handle_error(self, req: Any, client: Line, addr: Any, exc: BaseException) -> None:
        client.awaited = None
        if not isinstance(exc, Refused):
            super().handle_error(req, client, addr, exc)
            return
        self.log.info("a request was refused with %s before any page", exc.status)
        util.write_error(client, exc.status, "", "")


def with_whole_body(application: Application) -> Application:
    """Ask `application` once the body is here; after that the line waits as long as it must."""

    def whole(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["wsgi.input"] = arrived(environ["wsgi.input"], environ.get("CONTENT_LENGTH") or "0")
        environ["gunicorn.socket"].awaited = None
        return application(environ, start_response)

    return whole


def arrived(body: Any, said: str) -> io.BytesIO:
    """All of a body; Refused when it is, or says that it is, longer than anything here is asked."""
    if int(said) > MOST_BYTES:
        raise Refused(413)
    whole = io.BytesIO()
    while piece := body.read(PIECE):
        whole.write(piece)
        if whole.tell() > MOST_BYTES:
            raise Refused(413)
    whole.seek(0)
    return whole
