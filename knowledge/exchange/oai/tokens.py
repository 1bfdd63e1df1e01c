"""Where a list goes on: all that it needs to, signed. Nothing of it is kept here, so that a token is
good for ever, after a restart too.
"""

from typing import NamedTuple

from django.core import signing

from .errors import OaiError


class Place(NamedTuple):
    """A list as it was asked, the last record that was given of it, and how many before the next."""

    prefix: str
    set: str
    since: str
    until: str
    stamp: str = ""
    code: str = ""
    cursor: int = 0


def sealed(verb: str, place: Place) -> str:
    return signing.dumps(place, salt=f"oai.{verb}")


def opened(verb: str, token: str) -> Place:
    """Raises OaiError for what `sealed` did not make for this verb."""
    try:
        return Place(*signing.loads(token, salt=f"oai.{verb}"))
    except (signing.BadSignature, TypeError):
        raise OaiError("badResumptionToken", "The token was not given for this list.") from None
