"""What the portal must not start with, as system checks with ids.

Each message is a sentence that says what to do.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.db import connections

from pip_network.running.production_rules import RULES
from pip_network.running.serve import catalogues

TAG = "pip"


def problem(
    condition: bool, kind: type[Error] | type[Warning], number: str, message: str, hint: str
) -> list[CheckMessage]:
    """One message when `condition` holds, else none."""
    return [kind(message, hint=hint, id=f"pip.{number}")] if condition else []


@register(TAG)
def check_production(**kwargs: Any) -> list[CheckMessage]:
    """Rules that can be read from the settings."""
    if not settings.PRODUCTION:
        return []
    return [
        message
        for rule in RULES
        for message in problem(rule.broken(), rule.kind, rule.number, rule.message, rule.hint)
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
