"""All pages that one person may have of a project: what they share is read and computed once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitoring.models import Approval
from monitoring.reports.gathering import unit_names
from monitoring.reports.record import catalogue_of
from pip_network.choices import Origin
from pip_network.web import formats
from projects.models import Project

from . import chosen, middles
from .own import Own
from .pages import Page, Writer
from .receivers import Receiver, to_ask


@dataclass(frozen=True)
class Cover:
    """What stands on every page of a project."""

    project: str
    language: str
    lead: str
    ask: str
    record: str
    mark: str
    demo: str


def writer_of(project: Project, as_of: int, language: str) -> Writer:
    """Reads the record of a project as of an approval, and the middles of its year."""
    catalogue = catalogue_of(as_of)
    of_firms, of_networks = chosen.of_firms(catalogue), chosen.of_networks(catalogue)
    own = Own(project.code, catalogue, [*of_firms, *of_networks], as_of)
    found = middles.of_year(own.round) if own.round else middles.Middles()
    return Writer(own, found, of_firms, of_networks, language, unit_names(language))


def pages_of(writer: Writer, receivers: Sequence[Receiver]) -> Iterator[Page]:
    for receiver in receivers:
        yield writer.page(receiver)


def cover_of(project: Project, as_of: int, day: dt.date) -> Cover:
    """In the active language."""
    approval = Approval.objects.get(number=as_of)
    directors = ", ".join(to_ask(project, day)) or _("the people of the project")
    demo = project.origin == Origin.DEMO
    return Cover(
        project=project.name,
        language=(get_language() or "es")[:2],
        lead=_(
            "What was told to the project, given back: how each figure changed, and the middle of "
            "those around it. It ranks nobody."
        ),
        ask=_("Questions: %(who)s, project %(project)s, %(institution)s.")
        % {
            "who": directors,
            "project": project.name,
            "institution": project.executing_institution.name,
        },
        record=_("Approved figures alone, as of approval no. %(number)s (%(day)s) · %(hash)s")
        % {
            "number": formats.number(as_of),
            "day": formats.long_date(approval.at),
            "hash": approval.hash[:16],
        },
        mark=_("Use: of the firm"),
        demo=_("Demonstration data: no figure is of a real firm.") if demo else "",
    )
