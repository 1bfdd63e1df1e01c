"""A full disk under the embedded database: everybody goes on reading, and what would write says
what happened. A disk of the test's own, in memory.
"""

import os
import subprocess

import pytest

from tests import prepared
from tests.production.place import Place
from tests.production.servers import HOST, Reader, Web, until

ANA = {"login": "ana@example.org", "password": "una-clave-larga-9"}
ANA_IS_KNOWN = """
from pip_network.models import User
User.objects.create_user("ana@example.org", "una-clave-larga-9", name="Ana", language="en")
"""
READ = ("/", "/projects/", "/figures/", "/library/", "/search/?q=red", "/accounts/password/reset/")


@pytest.fixture
def disk(tmp_path):
    """A folder of 40 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a tmpfs")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def web(disk):
    place = Place(disk / "portal", server="")
    place.environment |= {"PIP_MODE": "test", "ALLOWED_HOSTS": HOST}
    place.environment |= {"PUBLIC_URL": f"http://{HOST}"}
    prepared.copy("tiny", place.folder / "portal.sqlite3")
    place.run(ANA_IS_KNOWN)
    web = Web(place)
    until(web.answers)
    yield web
    web.end()
    place.go()


def test_reading_goes_on_and_writing_says_what_happened(web, disk):
    ana, visitor = Reader(), Reader()
    assert ana.post(web, "/accounts/login/", ANA).status == 302
    visitor.get(web, "/accounts/login/")
    filler = fill(disk)

    assert {path: ana.get(web, path).status for path in READ} == dict.fromkeys(READ, 200)
    assert {path: visitor.get(web, path).status for path in READ} == dict.fromkeys(READ, 200)
    refused = visitor.post(web, "/accounts/login/", ANA)
    assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
    assert "El disco del portal está lleno" in refused.text
    part = ana.post(web, "/language/", {"language": "pt"}, HX_Request="true")
    assert part.status == 503
    assert "The disk of the portal is full" in part.text
    assert "<html" not in part.text

    filler.unlink()
    assert visitor.post(web, "/accounts/login/", ANA).status == 302


def fill(disk):
    """The file that takes all the room there is."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space left"):
        while True:
            out.write(b"x" * 65536)
    return filler
