"""What the portal must not start with, as system checks with ids.

Each message is a sentence that says what to do.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.db import connections
from django.http.request import validate_host

from pip_network.running.serve import catalogues

TAG = "pip"


def problem(
    condition: bool, kind: type[Error] | type[Warning], number: str, message: str, hint: str
) -> list[CheckMessage]:
    return [kind(message, hint=hint, id=f"pip.{number}")] if condition else []


@register(TAG)
def check_production(**kwargs: Any) -> list[CheckMessage]:
    """Rules that can be read from the settings."""
    if not settings.PRODUCTION:
        return []
    key, hosts, engine = (
        settings.SECRET_KEY,
        settings.ALLOWED_HOSTS,
        settings.DATABASES["default"]["ENGINE"],
    )
    return [
        *problem(
            len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"),
            Error,
            "E001",
            "SECRET_KEY is too weak.",
            "Set it to at least 50 random characters.",
        ),
        *problem(
            not hosts or "*" in hosts,
            Error,
            "E002",
            "ALLOWED_HOSTS does not say under which names the portal answers.",
            "List them, separated by commas.",
        ),
        *problem(
            settings.DEBUG,
            Error,
            "E003",
            "DEBUG is on.",
            "It shows the inside of the portal to anybody; turn it off.",
        ),
        *problem(
            not settings.REDIS_URL,
            Error,
            "E004",
            "REDIS_URL is not set.",
            "Set it to the Redis server that web, worker and beat share.",
        ),
        *problem(
            bool(settings.METRICS_TOKEN) and len(settings.METRICS_TOKEN) < 32,
            Error,
            "E007",
            "METRICS_TOKEN is too short.",
            "Set it to at least 32 random characters, or leave it empty.",
        ),
        *problem(
            not settings.PUBLIC_URL.startswith("https://"),
            Error,
            "E008",
            "PUBLIC_URL is no https address; links in letters would lead past the encryption.",
            "Set it to where readers find the portal, such as https://portal.example.org.",
        ),
        *problem(
            bool(hosts)
            and "*" not in hosts
            and not validate_host(urlsplit(settings.PUBLIC_URL).hostname or "", hosts),
            Error,
            "E009",
            "PUBLIC_URL names a host that ALLOWED_HOSTS does not.",
            "Add it to ALLOWED_HOSTS.",
        ),
        *problem(
            settings.SECURE_PROXY_SSL_HEADER is not None
            and settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0,
            Error,
            "E010",
            "TRUST_FORWARDED_PROTO says that a proxy stands in front, TRUSTED_PROXIES says none: "
            "all readers"
            " would share one sign-in limit.",
            "Set TRUSTED_PROXIES to the number of proxies.",
        ),
        *problem(
            settings.SECURE_PROXY_SSL_HEADER is None
            and settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
            and settings.SECURE_SSL_REDIRECT,
            Error,
            "E011",
            "Behind a proxy every page would be sent to HTTPS for ever.",
            "Set TRUST_FORWARDED_PROTO=true, and let the proxy set X-Forwarded-Proto itself.",
        ),
        *problem(
            not settings.SECOND_FACTOR_REQUIRED,
            Warning,
            "W003",
            "Specialists and administration may sign in with a password alone.",
            "Leave SECOND_FACTOR_REQUIRED at true.",
        ),
        *problem(
            engine == "django.db.backends.sqlite3",
            Warning,
            "W001",
            "The database is one SQLite file.",
            "Set DATABASE_URL to a PostgreSQL database.",
        ),
        *problem(
            settings.DEFAULT_FROM_EMAIL.endswith("@localhost"),
            Warning,
            "W002",
            "Mail is sent from an address that nobody can answer.",
            "Set DEFAULT_FROM_EMAIL.",
        ),
    ]


@register(TAG)
def check_celery(**kwargs: Any) -> list[CheckMessage]:
    """A report must never be built inside a request."""
    return problem(
        bool(getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)) and not settings.TEST,
        Error,
        "E005",
        "Celery runs its tasks inside the request.",
        "Remove CELERY_TASK_ALWAYS_EAGER.",
    )


@register(TAG)
def check_catalogues(**kwargs: Any) -> list[CheckMessage]:
    """Without the compiled translations every page would be in English; with old ones, in words of
    another day.
    """
    locale = settings.LOCALE_PATHS[0]
    hint = "Run: python manage.py build_messages"
    if catalogues.missing(locale):
        return [Error("The translations have not been compiled.", hint=hint, id="pip.E012")]
    if not catalogues.outdated(locale):
        return []
    message = "The compiled translations are not those of locale/parts."
    if settings.PRODUCTION:
        return [Error(message, hint=hint, id="pip.E013")]
    return [Warning(message, hint=hint, id="pip.W004")]


@register(Tags.database)
def check_demonstration_accounts(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Their password is printed in the README."""
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    from pip_network.models import User  # noqa: PLC0415 -- checks are registered before the models are loaded

    if User._meta.db_table not in connections["default"].introspection.table_names():
        return []  # before the first migration there is nobody
    return problem(
        User.objects.filter(is_demo=True).exists(),
        Error,
        "E006",
        "The database holds demonstration accounts, whose password is public.",
        "Use a database of its own.",
    )


def refuse_unsafe(stop: Callable[[str], Any] = sys.exit) -> None:
    """Called by web server, worker and beat as they start: any error above ends the process, saying
    which.
    """
    messages = run_checks(tags=[TAG])
    if settings.PRODUCTION:
        messages += run_checks(tags=[Tags.database], databases=["default"])
        connections.close_all()  # none may be inherited by the processes that follow
    errors = [message for message in messages if message.level >= Error("").level]
    if errors:
        stop("\n".join(f"{error.id}: {error.msg} {error.hint or ''}".strip() for error in errors))
