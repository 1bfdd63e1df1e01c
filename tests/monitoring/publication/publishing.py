"""Publishing in the world of tests."""

from typing import Any

from monitoring.models import (
    ProjectPublication,
    Publication,
    PublicTables,
    RecordHead,
    Round,
)
from monitoring.publication import tables
from monitoring.publication.actions import publish_round
from monitoring.publication.results import publish_results
from tests.factories import moment

AT = moment("2007-03-01")


def publish_project(world: Any, code: str = "2004-S2", **given: Any) -> ProjectPublication:
    """Its administrator publishes the results of its project with a round."""
    if "publication" not in given:
        given["publication"] = Publication.objects.in_force().get(round=code)
    asked = {
        "projects": [world.project],
        "reason": "Lo pidió el consejo",
        "by": world.administrator,
        "at": AT,
        **given,
    }
    return publish_results(**asked)[0]


def work_out(kept: PublicTables) -> None:
    """What its job does."""
    tables.work(kept.job, lambda **_told: None)()


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
