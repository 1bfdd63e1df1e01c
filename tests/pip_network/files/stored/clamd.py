"""A scanner for tests: speaks as much of clamd as INSTREAM, and knows one virus."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# In two halves, so that no scanner of a developer's machine finds this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            data += self.rfile.read(length)
        found = EICAR in data
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")


@contextmanager
def scanner(path: str = "") -> Iterator[str]:
    """Its address, while it listens: a path of this machine, or a port."""
    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    with kind(path or ("127.0.0.1", 0), Talk) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield path or f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
