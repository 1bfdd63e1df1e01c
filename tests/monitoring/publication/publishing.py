"""Publishing in the world of tests."""

from typing import Any

from monitoring.models import Publication, RecordHead, Round
from monitoring.publication.actions import publish_round
from tests.factories import moment

AT = moment("2007-03-01")


def publish(world: Any, code: str = "2004-S2", **given: Any) -> Publication:
    """Its administrator publishes a round as of the last approval."""
    asked = {
        "as_of": RecordHead.objects.get().number,
        "reason": "Cierre del semestre",
        "at": AT,
        **given,
    }
    asked.setdefault("by", getattr(world, "administrator", None))
    return publish_round(round=Round.objects.get(code=code), **asked)
