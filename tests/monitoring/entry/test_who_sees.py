"""Each page of entry and review, asked by each kind of person: what is hers works, what is not hers
does not exist.
"""

from tests.monitoring.entry.conftest import ADDRESS, client_of

REVIEW = "/review/PIP-01/2004-S2/"
CELL = ADDRESS + "cells/F:FIRMAAAAA/regular/jobs/"
# address: (director, coordinator of N1, specialist, administration, director of another project,
# partner)
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


def test_pages_by_person(opened, director, coordinator, specialist, world, stranger, partner):
    people = (director, coordinator, specialist, client_of(world.administrator), stranger, partner)

    found = {
        address: tuple(person.get(address).status_code for person in people) for address in PAGES
    }

    assert found == PAGES


def test_visitors_are_asked_to_sign_in(opened, visitor):
    addresses = [address for address, codes in PAGES.items() if 200 in codes]

    answers = {address: visitor.get(address) for address in addresses}

    assert {
        a: (r.status_code, r.headers["Location"].split("?")[0]) for a, r in answers.items()
    } == {address: (302, "/accounts/login/") for address in addresses}


POSTS = [
    ADDRESS + "submit/",
    ADDRESS + "open/",
    ADDRESS + "remarks/",
    ADDRESS + "remarks/1/answer/",
    ADDRESS + "remarks/1/resolve/",
    ADDRESS + "cells/",
    REVIEW + "return/",
    REVIEW + "approve/",
]
READS = [
    ADDRESS,
    ADDRESS + "networks/N1/",
    CELL,
    CELL + "history/",
    "/review/",
    REVIEW,
    "/monitoring/",
]


def test_writes_refuse_reading(opened, director):
    """Those that show the page of their form when they are refused lead to it."""
    led = [address for address in POSTS if address.endswith(("submit/", "return/", "approve/"))]
    assert {address: director.get(address).status_code for address in POSTS} == {
        **dict.fromkeys(POSTS, 405),
        **dict.fromkeys(led, 302),
    }
    assert len(led) == 3


def test_reads_refuse_writing(opened, specialist):
    assert {address: specialist.post(address).status_code for address in READS} == dict.fromkeys(
        READS, 405
    )


def test_writes_of_a_stranger_find_nothing(opened, stranger):
    assert {address: stranger.post(address).status_code for address in POSTS} == dict.fromkeys(
        POSTS, 404
    )
