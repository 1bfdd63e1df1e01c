"""What directors are told of the published results of their project."""

import datetime as dt

from django.urls import reverse

from monitoring.models import ProjectPublication
from pip_network.choices import MailKind
from pip_network.jobs import letters
from pip_network.people.access import Role
from pip_network.people.holders import holders_of
from pip_network.web.days import day_of


def published(row: ProjectPublication, *, at: dt.datetime) -> None:
    _send("results_published", row, row.reason, at)


def withdrawn(row: ProjectPublication, *, at: dt.datetime) -> None:
    _send("results_withdrawn", row, row.withdrawn_because, at)


def _send(template: str, row: ProjectPublication, reason: str, at: dt.datetime) -> None:
    """To each who directs the project on that day, once."""
    for person in holders_of({f"P:{row.project_id}"}, Role.DIRECTOR, at=at):
        letters.write(
            template,
            kind=MailKind.PUBLISHED,
            to=person.email,
            language=person.language,
            at=at,
            letter_key=f"{template}:{row.pk}:{person.pk}",
            name=person.name,
            title=row.project.name,
            project=row.project_id,
            round=row.publication.round_id,
            number=row.publication.as_of_id,
            reason=reason,
            day=day_of(at),
            address=reverse("project", args=[row.project_id]),
        )
