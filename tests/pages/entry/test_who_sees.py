"""Each page of entry and review, asked by each kind of person: what is hers works, what is not hers does not exist."""

import pytest

from .conftest import ADDRESS

REVIEW = "/review/PIP-01/2004-S2/"
CELL = ADDRESS + "cells/F:FIRMAAAAA/regular/jobs/"
# address: (director, coordinator of N1, specialist, administration, director of another project, partner)
PAGES = {
    "/monitoring/": (200, 200, 200, 200, 200, 404),
    ADDRESS: (200, 200, 200, 200, 404, 404),
    ADDRESS + "networks/N1/": (200, 200, 200, 200, 404, 404),
    ADDRESS + "networks/N2/": (200, 404, 200, 200, 404, 404),
    ADDRESS + "units/P:PIP-01/": (200, 404, 200, 200, 404, 404),
    ADDRESS + "units/N:N1/": (200, 200, 200, 200, 404, 404),
    ADDRESS + "units/N:N2/": (200, 404, 200, 200, 404, 404),
    ADDRESS + "units/F:FIRMAAAAA/": (200, 200, 200, 200, 404, 404),
    ADDRESS + "units/F:FIRMBBBBB/": (200, 200, 200, 200, 404, 404),
    ADDRESS + "units/F:FIRMCCCCC/": (200, 404, 200, 200, 404, 404),
    ADDRESS + "narrative/": (200, 404, 200, 200, 404, 404),
    CELL: (200, 200, 200, 200, 404, 404),
    CELL + "history/": (200, 200, 200, 200, 404, 404),
    ADDRESS + "cells/F:FIRMCCCCC/regular/jobs/": (200, 404, 200, 200, 404, 404),
    ADDRESS + "cells/F:FIRMCCCCC/regular/jobs/history/": (200, 404, 200, 200, 404, 404),
    "/review/": (404, 404, 200, 200, 404, 404),
    REVIEW: (404, 404, 200, 200, 404, 404),
    "/monitoring/PIP-01/2005-S2/": (404, 404, 404, 404, 404, 404),
    "/monitoring/NO-SUCH/2004-S2/": (404, 404, 404, 404, 404, 404),
    ADDRESS + "networks/NO-SUCH/": (404, 404, 404, 404, 404, 404),
    ADDRESS + "units/F:NO-SUCH/": (404, 404, 404, 404, 404, 404),
    ADDRESS + "units/nonsense/": (404, 404, 404, 404, 404, 404),
    ADDRESS + "cells/F:FIRMAAAAA/regular/nonsense/": (404, 404, 404, 404, 404, 404),
    ADDRESS + "cells/F:FIRMAAAAA/sometimes/jobs/": (404, 404, 404, 404, 404, 404),
    ADDRESS + "cells/F:FIRMAAAAA/sometimes/jobs/history/": (404, 404, 404, 404, 404, 404),
}


@pytest.mark.parametrize("address", PAGES)
def test_pages_by_person(opened, director, coordinator, specialist, world, stranger, partner, address):
    from .conftest import client_of  # noqa: PLC0415 -- a helper beside the fixtures

    people = (director, coordinator, specialist, client_of(world.administrator), stranger, partner)

    assert tuple(person.get(address).status_code for person in people) == PAGES[address]


@pytest.mark.parametrize("address", [address for address, codes in PAGES.items() if codes[0] == 200])
def test_visitors_are_asked_to_sign_in(opened, visitor, address):
    answer = visitor.get(address)

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


POSTS = [
    ADDRESS + "submit/", ADDRESS + "open/", ADDRESS + "remarks/", ADDRESS + "remarks/1/answer/", ADDRESS + "remarks/1/resolve/",
    ADDRESS + "cells/", REVIEW + "return/", REVIEW + "approve/",
]  # fmt: skip
READS = [ADDRESS, ADDRESS + "networks/N1/", CELL, CELL + "history/", "/review/", REVIEW, "/monitoring/"]


@pytest.mark.parametrize("address", POSTS)
def test_writes_refuse_reading(opened, director, address):
    assert director.get(address).status_code == 405


@pytest.mark.parametrize("address", READS)
def test_reads_refuse_writing(opened, specialist, address):
    assert specialist.post(address).status_code == 405


@pytest.mark.parametrize("address", POSTS)
def test_writes_of_a_stranger_find_nothing(opened, stranger, address):
    assert stranger.post(address).status_code == 404
