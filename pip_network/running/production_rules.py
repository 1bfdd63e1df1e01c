"""What the settings of production may not say, rule by rule. Each message says what to do."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning
from django.http.request import validate_host


class Rule(NamedTuple):
    """`number` is the id of its message, after `pip.`; `broken` is asked when the portal starts."""

    kind: type[Error] | type[Warning]
    number: str
    broken: Callable[[], bool]
    message: str
    hint: str


def weak_key() -> bool:
    key = settings.SECRET_KEY
    return len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-")


def no_hosts() -> bool:
    hosts = settings.ALLOWED_HOSTS
    return not hosts or "*" in hosts


def debugging() -> bool:
    return bool(settings.DEBUG)


def no_redis() -> bool:
    return not settings.REDIS_URL


def short_token() -> bool:
    return bool(settings.METRICS_TOKEN) and len(settings.METRICS_TOKEN) < 32


def plain_address() -> bool:
    return not settings.PUBLIC_URL.startswith("https://")


def foreign_address() -> bool:
    hosts = settings.ALLOWED_HOSTS
    return (
        bool(hosts)
        and "*" not in hosts
        and not validate_host(urlsplit(settings.PUBLIC_URL).hostname or "", hosts)
    )


def uncounted_proxy() -> bool:
    return (
        settings.SECURE_PROXY_SSL_HEADER is not None and settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    )


def endless_redirect() -> bool:
    return (
        settings.SECURE_PROXY_SSL_HEADER is None
        and settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
        and settings.SECURE_SSL_REDIRECT
    )


def password_alone() -> bool:
    return not settings.SECOND_FACTOR_REQUIRED


def embedded_database() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def mail_without_sender() -> bool:
    return settings.DEFAULT_FROM_EMAIL.endswith("@localhost")


RULES: tuple[Rule, ...] = (
    Rule(
        Error,
        "E001",
        weak_key,
        "SECRET_KEY is too weak.",
        "Set it to at least 50 random characters.",
    ),
    Rule(
        Error,
        "E002",
        no_hosts,
        "ALLOWED_HOSTS does not say under which names the portal answers.",
        "List them, separated by commas.",
    ),
    Rule(
        Error,
        "E003",
        debugging,
        "DEBUG is on.",
        "It shows the inside of the portal to anybody; turn it off.",
    ),
    Rule(
        Error,
        "E004",
        no_redis,
        "REDIS_URL is not set.",
        "Set it to the Redis server that web, worker and beat share.",
    ),
    Rule(
        Error,
        "E007",
        short_token,
        "METRICS_TOKEN is too short.",
        "Set it to at least 32 random characters, or leave it empty.",
    ),
    Rule(
        Error,
        "E008",
        plain_address,
        "PUBLIC_URL is no https address; links in letters would lead past the encryption.",
        "Set it to where readers find the portal, such as https://portal.example.org.",
    ),
    Rule(
        Error,
        "E009",
        foreign_address,
        "PUBLIC_URL names a host that ALLOWED_HOSTS does not.",
        "Add it to ALLOWED_HOSTS.",
    ),
    Rule(
        Error,
        "E010",
        uncounted_proxy,
        "TRUST_FORWARDED_PROTO says that a proxy stands in front, TRUSTED_PROXIES says none: "
        "all readers"
        " would share one sign-in limit.",
        "Set TRUSTED_PROXIES to the number of proxies.",
    ),
    Rule(
        Error,
        "E011",
        endless_redirect,
        "Behind a proxy every page would be sent to HTTPS for ever.",
        "Set TRUST_FORWARDED_PROTO=true, and let the proxy set X-Forwarded-Proto itself.",
    ),
    Rule(
        Warning,
        "W003",
        password_alone,
        "Specialists and administration may sign in with a password alone.",
        "Leave SECOND_FACTOR_REQUIRED at true.",
    ),
    Rule(
        Warning,
        "W001",
        embedded_database,
        "The database is one SQLite file.",
        "Set DATABASE_URL to a PostgreSQL database.",
    ),
    Rule(
        Warning,
        "W002",
        mail_without_sender,
        "Mail is sent from an address that nobody can answer.",
        "Set DEFAULT_FROM_EMAIL.",
    ),
)
