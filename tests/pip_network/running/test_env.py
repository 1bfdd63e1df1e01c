"""The environment is read strictly: each nonsense has one sentence that says what to do, and its
sensible twin passes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pip_network.running import env
from tests import stranger
from tests.production.started import Started


@pytest.fixture
def given(monkeypatch):
    def give(value: str | None) -> None:
        monkeypatch.delenv("THING", raising=False)
        if value is not None:
            monkeypatch.setenv("THING", value)

    return give


def refusal(function, *args, **kwargs) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        function(*args, **kwargs)
    return str(caught.value)


@pytest.mark.parametrize(("value", "read"), [("  x ", "x"), (None, "d"), ("", "d"), ("   ", "d")])
def test_text(value, read, given):
    given(value)
    assert env.text("THING", "d") == read


@pytest.mark.parametrize("value", [None, "", "  "])
def test_text_that_must_be_given(value, given):
    given(value)
    assert (
        refusal(env.text, "THING")
        == "The environment variable THING is not set. Set it before starting the portal."
    )


@pytest.mark.parametrize(("value", "read"), [("true", True), ("FALSE", False), (None, True)])
def test_boolean(value, read, given):
    given(value)
    assert env.boolean("THING", True) is read


@pytest.mark.parametrize("value", ["1", "yes", "on", "True!"])
def test_boolean_nonsense(value, given):
    given(value)
    assert refusal(env.boolean, "THING", True) == f"THING is {value.lower()!r}; use true or false."


@pytest.mark.parametrize(("value", "read"), [("1", 1), ("99", 99), (None, 7)])
def test_integer(value, read, given):
    given(value)
    assert env.integer("THING", 7, low=1, high=99) == read


@pytest.mark.parametrize("value", ["0", "100", "-1", "1.0", "seven", "٣", "1e1", "1_0"])
def test_integer_nonsense(value, given):
    given(value)
    assert (
        refusal(env.integer, "THING", 7, low=1, high=99)
        == f"THING is {value!r}; use a whole number from 1 to 99."
    )


def test_choice(given):
    given("b")
    assert env.choice("THING", ("a", "b"), "a") == "b"
    given("c")
    assert refusal(env.choice, "THING", ("a", "b"), "a") == "THING is 'c'; use one of: a, b."


def test_names(given):
    given(" a, b ,,c,")
    assert env.names("THING") == ["a", "b", "c"]


def test_secrets_of(given):
    given(f"{'a' * 32}, {'b' * 40}")
    assert env.secrets_of("THING") == ["a" * 32, "b" * 40]
    given(f"{'a' * 32}, {'b' * 31}")
    assert refusal(env.secrets_of, "THING").startswith("THING: use secrets of at least 32 random")


def test_networks(given):
    given("10.0.0.2, 172.16.0.0/12,::1")
    assert [str(each) for each in env.networks("THING")] == [
        "10.0.0.2/32",
        "172.16.0.0/12",
        "::1/128",
    ]
    given(None)
    assert env.networks("THING") == []


@pytest.mark.parametrize("value", ["proxy", "10.0.0.300", "10.0.0.1/8"])
def test_networks_nonsense(value, given):
    given(value)
    said = refusal(env.networks, "THING")
    assert said.startswith("THING: ")
    assert said.endswith("; list addresses such as 10.0.0.2 or 172.16.0.0/12.")


def test_folder(given, tmp_path):
    given(str(tmp_path))
    assert env.folder("THING", Path("/nowhere")) == tmp_path
    (tmp_path / "file").touch()
    given(str(tmp_path / "file"))
    assert refusal(env.folder, "THING", Path("/nowhere")).endswith(
        "which is a file; name a folder."
    )


def test_postgres_address():
    read = env.database(
        "postgres://ana:a%2Fb@db.example.org:5433/portal?sslmode=require", Path("unused")
    )
    assert {
        name: read[name]
        for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    } == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "ana",
        "PASSWORD": "a/b",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "connect_timeout": "5"},
    }


@pytest.mark.parametrize(
    ("url", "name"),
    [("", "default.sqlite3"), ("sqlite:///tmp/my%20portal.sqlite3", "/tmp/my portal.sqlite3")],
)
def test_sqlite_address(url, name):
    read = env.database(url, Path("default.sqlite3"))
    assert (read["ENGINE"], read["NAME"], read["OPTIONS"]["transaction_mode"]) == (
        "django.db.backends.sqlite3",
        name,
        "IMMEDIATE",
    )


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x/y",
        "postgres://host",
        "postgres://host/",
        "postgres://host:port/x",
        "sqlite://",
        "portal",
        "postgres://[::1/x",
    ],
)
def test_database_nonsense(url):
    assert refusal(env.database, url, Path("x")).startswith(
        "DATABASE_URL must look like postgres://user:password@host:5432/name"
    )


@pytest.mark.parametrize("value", ["http://x", "localhost:6379", "redis://"])
def test_redis_nonsense(value, given):
    given(value)
    assert refusal(env.redis, "THING") == "THING must look like redis://host:6379/0."


@pytest.mark.parametrize("value", [None, "redis://localhost:6379/0", "rediss://:secret@cache:6380"])
def test_redis(value, given):
    given(value)
    assert env.redis("THING") == (value or "")


@pytest.mark.parametrize("value", ["clamd", "clamd:", ":3310", "clamd:port", "run/clamd.ctl"])
def test_socket_nonsense(value, given):
    given(value)
    assert refusal(env.socket, "THING") == (
        "THING must look like /run/clamav/clamd.ctl or host:3310."
    )


@pytest.mark.parametrize("value", [None, "/run/clamav/clamd.ctl", "clamd:3310", "127.0.0.1:3310"])
def test_socket(value, given):
    given(value)
    assert env.socket("THING") == (value or "")


@pytest.mark.parametrize(
    ("host", "hosts"),
    [
        ("127.0.0.1", "localhost,127.0.0.1,[::1],127.0.0.1"),
        ("10.1.2.3", "localhost,127.0.0.1,[::1],10.1.2.3"),
        ("0.0.0.0", "*"),
    ],
)
def test_hosts_answered(host, hosts):
    assert env.hosts_answered(host) == hosts


def test_secret_is_made_once_and_kept_for_the_owner(tmp_path):
    first = env.secret_file(tmp_path / "new" / "secret.txt")
    assert env.secret_file(tmp_path / "new" / "secret.txt") == first
    assert len(first) > 50
    assert (tmp_path / "new" / "secret.txt").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret.txt"]


GOOD = {
    "PIP_MODE": "production",
    "SECRET_KEY": "9vX2k!mQ7z_Lr4Tt8PpW3sYb6NcD1fGhJ5aEoUiRqKxVwZyBnM0-portal",
    "ALLOWED_HOSTS": "portal.example.org",
    "PUBLIC_URL": "https://portal.example.org",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "DEFAULT_FROM_EMAIL": "red-pip@example.org",
}


CHECK = ("check", "--deploy", "--fail-level", "WARNING")
SILENT = (0, "System check identified no issues (0 silenced).")


def given_as(tmp_path, **changes) -> dict[str, str]:
    """A whole environment: the good one with these changes."""
    variables = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return stranger.environment(PIP_DATA=str(tmp_path), **variables)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A portal that has started up with good settings, which each check reads anew."""
    folder = tmp_path_factory.mktemp("started")
    made = Started(stranger.ROOT, folder, given_as(folder))
    yield made
    made.end()


@pytest.fixture
def deploy_check(started, tmp_path):
    def asked(**changes) -> tuple[int, str]:
        done = started.call(*CHECK, variables=given_as(tmp_path, **changes))
        return done.returncode, done.stdout + done.stderr

    return asked


def test_good_production_settings_are_silent(deploy_check):
    status, said = deploy_check()
    assert (status, said.strip()) == SILENT


@pytest.mark.parametrize(("changes", "expected"), [({}, 0), ({"SECRET_KEY": None}, 1)])
def test_a_program_of_its_own_finds_the_same(changes, expected, deploy_check, tmp_path):
    """What the copies say is what `manage.py` says."""
    done = subprocess.run(
        [sys.executable, "manage.py", *CHECK],
        cwd=stranger.ROOT,
        env=given_as(tmp_path, **changes),
        capture_output=True,
        text=True,
        check=False,
    )
    told = deploy_check(**changes)
    assert (done.returncode, told[0]) == (expected, expected)
    assert (done.stdout + done.stderr).splitlines()[-1] == told[1].splitlines()[-1]


def test_a_proxy_and_metrics_are_silent_too(deploy_check):
    changes = {
        "TRUST_FORWARDED_PROTO": "true",
        "TRUSTED_PROXIES": "1",
        "METRICS_TOKEN": "x" * 32,
        "LOG_FORMAT": "json",
    }
    assert deploy_check(**changes)[0] == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": None}, "The environment variable SECRET_KEY is not set."),
        ({"SECRET_KEY": "short"}, "pip.E001"),
        ({"SECRET_KEY": "a" * 60}, "pip.E001"),
        ({"ALLOWED_HOSTS": None}, "The environment variable ALLOWED_HOSTS is not set."),
        ({"ALLOWED_HOSTS": "*"}, "pip.E002"),
        ({"REDIS_URL": None}, "pip.E004"),
        ({"METRICS_TOKEN": "x" * 31}, "pip.E007"),
        ({"PUBLIC_URL": None}, "pip.E008"),
        ({"PUBLIC_URL": "http://portal.example.org"}, "pip.E008"),
        ({"PUBLIC_URL": "https://other.example.org"}, "pip.E009"),
        ({"TRUST_FORWARDED_PROTO": "true"}, "pip.E010"),
        ({"TRUSTED_PROXIES": "1"}, "pip.E011"),
        ({"SECOND_FACTOR_REQUIRED": "false"}, "pip.W003"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml'; use one of: line, json."),
        ({"DATABASE_URL": None}, "pip.W001"),
        ({"DEFAULT_FROM_EMAIL": None}, "pip.W002"),
        ({"SECURE_HSTS_SECONDS": "soon"}, "SECURE_HSTS_SECONDS is 'soon'; use a whole number"),
        ({"PIP_MODE": "live"}, "PIP_MODE is 'live'; use one of: demo, test, production."),
    ],
)
def test_bad_production_settings_are_refused(changes, says, deploy_check):
    status, said = deploy_check(**changes)
    assert status == 1
    assert says in said


def test_a_server_does_not_start_with_unsafe_settings(tmp_path):
    variables = GOOD | {"ALLOWED_HOSTS": "*", "DATABASE_URL": f"sqlite://{tmp_path}/empty.sqlite3"}
    done = subprocess.run(
        [sys.executable, "-c", "import pip_network.wsgi"],
        cwd=stranger.ROOT,
        env=stranger.environment(PIP_DATA=str(tmp_path), **variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("pip.E002: ALLOWED_HOSTS does not say")


def test_no_mode_turns_debug_on(settings):
    assert settings.DEBUG is False
    assert os.environ["PIP_MODE"] == "test"
    assert settings.PRODUCTION is False
