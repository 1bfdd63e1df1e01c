"""Limits that two web servers keep together: counted in the database, by the address a reader
really has.

Real gunicorn processes in production mode, on SQLite, or on the server that DATABASE_URL names.
Each test comes from an address and uses accounts of its own, because counts go on from one to the
next.
"""

import itertools

import pytest

from tests.production.place import Place
from tests.production.servers import HOST, Reader, Web, in_production, until

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
PEOPLE = """
from pip_network.models import User
for name in ("ana", "eva", "ida", "lea", "mia"):
    User.objects.create_user(f"{name}@example.org", "una-clave-larga-9", name=name.title())
"""
ADDRESSES = itertools.count(1)


@pytest.fixture(scope="module")
def place(tmp_path_factory, static_root):
    place = Place(tmp_path_factory.mktemp("two"))
    in_production(place, STATIC_ROOT=static_root)
    place.begin()
    place.run(PEOPLE)
    yield place
    place.go()


@pytest.fixture(scope="module")
def servers(place):
    """Starts web servers on one database."""
    started = []

    def start(number: int, **variables: str) -> list[Web]:
        new = [Web(place, **variables) for _each in range(number)]
        started.extend(new)
        for each in new:
            until(each.answers)
        return new

    yield start
    for each in started:
        each.end()


@pytest.fixture(scope="module")
def in_the_open(servers):
    """Two servers with no proxy in front."""
    return servers(2, SECURE_SSL_REDIRECT="false")


@pytest.fixture(scope="module")
def behind_a_proxy(servers):
    """Two servers that believe the proxy at 127.0.0.1, and nobody else."""
    return servers(
        2,
        TRUST_FORWARDED_PROTO="true",
        TRUSTED_PROXIES="1",
        PROXY_ADDRESSES="127.0.0.1",
        SECURE_SSL_REDIRECT="false",
    )


@pytest.fixture(scope="module")
def behind_two(servers):
    return servers(1, TRUST_FORWARDED_PROTO="true", TRUSTED_PROXIES="2")[0]


@pytest.fixture(scope="module")
def alone(servers):
    """One server as it is when only what must be told has been told."""
    return servers(1)[0]


def wrong(name: str) -> dict[str, str]:
    return {"login": f"{name}@example.org", "password": "no-es-esta"}


def right(name: str) -> dict[str, str]:
    return {"login": f"{name}@example.org", "password": "una-clave-larga-9"}


def forged() -> dict[str, str]:
    """Another reader each time, if it were believed."""
    return {"X_Forwarded_For": f"198.51.100.{next(ADDRESSES) % 250}"}


def tried(
    reader: Reader,
    webs: list[Web],
    times: int,
    fields: dict[str, str],
    path: str = LOGIN,
    **headers: str,
):
    """What the servers answer in turn."""
    return [
        reader.post(web, path, fields, **(headers or forged()))
        for web, _number in zip(itertools.cycle(webs), range(times), strict=False)
    ]


def statuses(answers) -> list[int]:
    return [answer.status for answer in answers]


def test_one_account_and_one_address_have_limits_that_both_servers_keep(in_the_open):
    """Ten wrong passwords for an account, whatever is written into X-Forwarded-For; then forty
    forms of an address.
    """
    reader = Reader()
    assert statuses(tried(reader, in_the_open, 10, wrong("ana"))) == [200] * 10
    stopped = tried(
        reader, in_the_open, 2, right("ana")
    )  # now the right one opens nothing, on neither
    assert statuses(stopped) == [200, 200]
    assert "sessionid" not in reader.cookies
    assert statuses(tried(reader, in_the_open, 28, wrong("ana"))) == [200] * 28
    late = tried(reader, in_the_open, 2, wrong("ana"))
    assert statuses(late) == [429, 429]
    assert [answer.headers["X-Frame-Options"] for answer in late] == ["DENY", "DENY"]
    # Twins: one thing is different each time, and the way is open.
    elsewhere = Reader("127.0.0.2")
    assert statuses(
        tried(elsewhere, in_the_open, 1, right("eva"), X_Forwarded_For="127.0.0.1")
    ) == [302]
    assert "sessionid" in elsewhere.cookies


def test_nine_wrong_ones_leave_the_account_open(in_the_open):
    reader = Reader("127.0.0.3")
    assert statuses(tried(reader, in_the_open, 9, wrong("ida"))) == [200] * 9
    assert statuses(tried(reader, in_the_open, 1, right("ida"))) == [302]


def test_letters_of_a_forgotten_password_are_limited_together(in_the_open):
    """Twenty a minute for an address, five for one account."""
    reader, own = Reader("127.0.0.4"), {"email": "ida@example.org"}
    assert statuses(tried(reader, in_the_open, 6, own, RESET)) == [302] * 5 + [429]
    strangers = [{"email": f"{number}@example.org"} for number in range(15)]
    found = [
        tried(reader, in_the_open[number % 2 :], 1, each, RESET)[0].status
        for number, each in enumerate(strangers)
    ]
    assert found == [302] * 14 + [429]
    assert statuses(tried(Reader("127.0.0.5"), in_the_open, 1, strangers[-1], RESET)) == [302]


def through_the_proxy(address: str) -> dict[str, str]:
    """What the proxy sends on: her own invention, and after it the address she has."""
    return {
        "X_Forwarded_Proto": "https",
        "X_Forwarded_For": f"198.51.100.{next(ADDRESSES) % 250}, {address}",
    }


def test_behind_a_proxy_each_reader_is_counted_apart(behind_a_proxy):
    ana, eva = Reader(X_Forwarded_Proto="https"), Reader(X_Forwarded_Proto="https")
    asked = [
        ana.post(behind_a_proxy[n % 2], LOGIN, wrong("lea"), **through_the_proxy("203.0.113.7"))
        for n in range(41)
    ]
    assert statuses(asked) == [200] * 40 + [429]
    inside = eva.post(behind_a_proxy[0], LOGIN, right("eva"), **through_the_proxy("203.0.113.8"))
    assert inside.status == 302
    cookies = {
        each.partition("=")[0]: each.lower() for each in inside.headers.get_all("Set-Cookie")
    }
    assert sorted(cookies) == ["csrftoken", "pip_device", "sessionid"]
    assert [name for name, flags in cookies.items() if "; secure" not in flags] == []
    # The sheet's script reads the one that forms carry; it opens nothing by itself.
    assert [name for name, flags in cookies.items() if "; httponly" not in flags] == ["csrftoken"]


def test_who_is_no_proxy_says_nothing_about_her_address(behind_a_proxy):
    reader = Reader("127.0.0.6")
    asked = tried(reader, behind_a_proxy, 41, wrong("nobody"))
    assert statuses(asked) == [200] * 40 + [429]
    # Nor is a plain line called HTTPS by who sends it.
    assert (
        "Strict-Transport-Security"
        not in reader.get(behind_a_proxy[0], "/healthz", X_Forwarded_Proto="https").headers
    )
    by_the_proxy = Reader().get(behind_a_proxy[0], "/healthz", X_Forwarded_Proto="https")
    assert "Strict-Transport-Security" in by_the_proxy.headers


@pytest.mark.parametrize(
    "sent", [{}, {"X_Forwarded_For": "203.0.113.9"}, {"X_Forwarded_For": "203.0.113.9, 10.0.0.1"}]
)
def test_fewer_addresses_than_proxies_is_no_failure(behind_two, sent):
    """Two proxies, and a request that came past one of them: the line itself says where it came
    from.
    """
    reader = Reader("127.0.0.7", X_Forwarded_Proto="https")
    assert reader.post(behind_two, LOGIN, right("mia"), **sent).status == 302


@pytest.mark.parametrize("asked", ["foreign host", "no host", "plain line"])
def test_what_is_turned_away_first_has_the_headers_too(alone, asked):
    """Refused before any page is looked for: still with all that keeps a browser safe."""
    host = {"foreign host": "evil.example", "no host": None, "plain line": HOST}[asked]
    lines = ["GET / HTTP/1.0", *([f"Host: {host}"] if host else []), "", ""]
    status, headers = _head(alone.raw("\r\n".join(lines).encode()))
    assert status == (301 if asked == "plain line" else 400)
    for name in (
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "x-frame-options",
        "permissions-policy",
        "cross-origin-opener-policy",
        "x-request-id",
    ):
        assert name in headers, name
    assert headers["server"] == "gunicorn"


REFUSED_RAW = {
    "no request": (b"GET <script>alert(1)</script>\r\n\r\n", 400),
    "no method": (b"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "no version": (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
    "line too long": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "header too long": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"b" * 9000 + b"\r\n\r\n", 431),
    "too many headers": (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 150 + b"\r\n", 431),
    "no header": (b"GET / HTTP/1.1\r\nHost: x\r\nX <b>: y\r\n\r\n", 400),
    "unknown coding": (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: tea\r\n\r\n", 501),
    "two lengths": (
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        400,
    ),
}


def test_what_the_server_itself_refuses_says_nothing_of_it(alone):
    """Never a version, a trace, or what was sent; and a browser that shows it does nothing with it."""
    found = {}
    for name, (sent, _status) in REFUSED_RAW.items():
        answer = alone.raw(sent)
        status, headers = _head(answer)
        found[name] = status
        assert set(headers) == {
            "connection",
            "content-length",
            "content-type",
            "content-security-policy",
            "x-content-type-options",
        }, name
        body = answer.partition(b"\r\n\r\n")[2]
        assert len(body) == int(headers["content-length"])
        for word in (b"gunicorn", b"script", b"Traceback", b"File ", b"tea", b"8192", b"<b>"):
            assert word not in answer, (name, word)
    assert found == {name: status for name, (_sent, status) in REFUSED_RAW.items()}


def _head(answer: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return int(first.split()[1]), {
        line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines
    }
