"""The literal table of sources: what is searched, who may ask it, what answers."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from monitoring.models import Indicator, Variable
from pip_network.people.access import Permission as P
from pip_network.people.access import can_somewhere
from projects.filters.registry import ALL

from .answers import Reader, Source
from .registry import (
    countries,
    documented_projects,
    firms,
    institutions,
    networks,
    projects,
    typologies,
)
from .rooms import defined, lessons, people, works, workshops


def everyone(_reader: Reader) -> bool:
    return True


def holds(permission: P) -> Callable[[Reader], bool]:
    """Shown to who holds the permission on at least one thing."""
    return lambda reader: can_somewhere(reader, permission)


# Those lists show the programme's own family unless asked otherwise.
EVERY_FAMILY = (("family", ALL),)
SOURCES: tuple[Source, ...] = (
    Source("projects", _("Projects"), everyone, projects, "projects", EVERY_FAMILY),
    Source("networks", _("Networks"), everyone, networks, "networks", EVERY_FAMILY),
    Source("works", _("Documents of the library"), everyone, works, "library", of_library=True),
    Source("lessons", _("Lessons"), everyone, lessons, "lessons"),
    Source("indicators", _("Indicators"), everyone, defined(Indicator, "indicator")),
    Source("variables", _("Variables"), everyone, defined(Variable, "variable")),
    Source("typologies", _("Typologies"), everyone, typologies),
    Source("countries", _("Countries"), everyone, countries),
    Source("institutions", _("Institutions"), everyone, institutions, "institutions"),
    Source("workshops", _("Workshops"), everyone, workshops),
    Source("documented", _("Documented projects"), everyone, documented_projects),
    Source("firms", _("Firms"), holds(P.VIEW_FIRM_NAMES), firms, "firms"),
    Source("people", _("People"), holds(P.MANAGE_PEOPLE), people, "people"),
)
