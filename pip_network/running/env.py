"""Strict reading of environment variables: nonsense fails with a sentence that says what to do."""

import ipaddress
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 32


def text(name: str, default: str | None = None) -> str:
    """Value of `name`; raises ImproperlyConfigured when it is empty and has no default."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. Set it before starting the portal."
        )
    return default


def choice(name: str, allowed: Sequence[str], default: str) -> str:
    """One of `allowed`; raises ImproperlyConfigured."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; use one of: {', '.join(allowed)}.")
    return value


def boolean(name: str, default: bool) -> bool:
    """`true` or `false`; raises ImproperlyConfigured."""
    value = text(name, "true" if default else "false").lower()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} is {value!r}; use true or false.")
    return value == "true"


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number within its bounds; raises ImproperlyConfigured."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number from {low} to {high}.")
    return int(value)


def names(name: str, default: str | None = "") -> list[str]:
    """A comma-separated list without empty parts; raises as `text` does when there is no default."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secrets_of(name: str) -> list[str]:
    """Secrets, separated by commas; raises ImproperlyConfigured for one that could be guessed."""
    found = names(name)
    if any(len(secret) < SHORTEST_SECRET for secret in found):
        raise ImproperlyConfigured(
            f"{name}: use secrets of at least {SHORTEST_SECRET} random characters, separated by commas."
        )
    return found


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Addresses (`10.0.0.2`) and ranges of them (`172.16.0.0/12`), separated by commas."""
    try:
        return [ipaddress.ip_network(part) for part in names(name)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}; list addresses such as 10.0.0.2 or 172.16.0.0/12."
        ) from error


def folder(name: str, default: Path) -> Path:
    """A folder, which need not be there yet; raises ImproperlyConfigured for a file."""
    path = Path(text(name, str(default))).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}, which is a file; name a folder.")
    return path


def hosts_answered(host: str) -> str:
    """The names under which a portal bound to `host` answers when ALLOWED_HOSTS does not say:
    itself, or all if open to all.
    """
    return "*" if host in ("0.0.0.0", "::") else f"localhost,127.0.0.1,[::1],{host}"  # noqa: S104 -- only compared


def secret_file(path: Path) -> str:
    """A secret made on first use and kept in `path`, readable by its owner only; the first of two
    writers wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(aside, path)  # never over an existing one, never half written
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text()


def redis(name: str) -> str:
    """Address of the Redis server, or "" for the embedded queue and cache."""
    value = text(name, "")
    if value and (
        urlsplit(value).scheme not in ("redis", "rediss") or not urlsplit(value).hostname
    ):
        raise ImproperlyConfigured(f"{name} must look like redis://host:6379/0.")
    return value


def socket(name: str) -> str:
    """A path of this machine, or host:port; "" where there is none. Raises ImproperlyConfigured."""
    value = text(name, "")
    host, colon, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and colon and port.isdigit()):
        raise ImproperlyConfigured(f"{name} must look like /run/clamav/clamd.ctl or host:3310.")
    return value


def database(url: str, sqlite_default: Path) -> dict[str, Any]:
    """Django's DATABASES entry for `url`, or for the embedded SQLite file when it is empty."""
    if not url:
        return sqlite(sqlite_default)
    advice = "DATABASE_URL must look like postgres://user:password@host:5432/name or sqlite:///folder/file.sqlite3."
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as error:
        raise ImproperlyConfigured(advice) from error
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(advice)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A server that says nothing must not hold a page until gunicorn ends its process.
        "OPTIONS": {"connect_timeout": "5", **dict(parse_qsl(parts.query))},
    }


def sqlite(path: Path) -> dict[str, Any]:
    """WAL for readers beside one writer, FULL sync so that what was answered as saved survives a
    power cut, IMMEDIATE so that a write transaction takes its lock before it reads.

    A connection stays open, because the first one writes files beside the database: on a full disk
    there would be no first one, and nobody could read. What a query sorts stays in memory up to the
    size of the cache, likewise. What undoes a part of a transaction does not: in memory it is walked
    from its beginning at each statement, so that loading many rows took ten times as long.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
            "foreign_keys=ON; PRAGMA busy_timeout=20000; PRAGMA temp_store=FILE; "
            "PRAGMA cache_size=-16384;",
        },
        "TEST": {"NAME": str(path.with_name("test-" + path.name))},
    }
