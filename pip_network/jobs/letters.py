"""Letters of the portal to one person, in her language, through the outbox."""

import datetime as dt
from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from pip_network.choices import MailKind
from pip_network.jobs import outbox
from pip_network.models import Mail


def write(
    template: str,
    /,
    *,
    to: str,
    language: str,
    kind: MailKind,
    at: dt.datetime,
    letter_key: str | None = None,
    **context: Any,
) -> Mail | None:
    """Render `letters/<template>.txt`: its first line is the subject (never a key nor a name), the
    rest the letter. `letter_key` is the `key` of `outbox.send`, which also says when there is none.

    A function in `context` is called here, so that its words are in the language of the letter.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        values = {
            name: value() if isinstance(value, partial) else value
            for name, value in context.items()
        }
        text = render_to_string(
            f"letters/{template}.txt", {"portal": settings.PUBLIC_URL, **values}
        )
    subject, _line, body = text.strip().partition("\n")
    body = f"{body.strip()}\n"
    return outbox.send(to=to, subject=subject, body=body, kind=kind, at=at, key=letter_key)
