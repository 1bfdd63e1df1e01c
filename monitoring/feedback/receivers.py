"""Who gets a page: the firms and networks of a project, as far as this person works with them."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from pip_network.models import RoleAssignment, User
from pip_network.models.archiving import not_archived
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, require_room
from projects.choices import PROGRAMME
from projects.models import Membership, Network, Project


class Receiver(NamedTuple):
    """A firm or a network, by the name that the registry has for it; `under`: the firm's network."""

    subject: str
    name: str
    under: str = ""
    joined_on: dt.date | None = None

    @property
    def is_firm(self) -> bool:
        return self.subject.startswith("F:")

    @property
    def code(self) -> str:
        return self.subject[2:]


def project_of(user: User, code: str) -> Project:
    """Fetch = authorise: a project of the programme some of whose firms this person knows by name."""
    require_room(user, P.VIEW_FIRM_NAMES)
    project = get_object_or_404(Project.objects.of_programme().current(), code=code)
    if not networks_of(user, project).exists():
        raise Http404
    return project


def networks_of(user: User, project: Project):
    """Those whose firms she knows by name."""
    return (
        Network.objects.standing()
        .where(user, P.VIEW_FIRM_NAMES)
        .filter(project=project)
        .order_by("code")
    )


def receivers_of(user: User, project: Project) -> list[Receiver]:
    """Networks first, then firms by network and name; a firm once. What was anonymised has nobody to
    be sent to. Two queries.
    """
    if project.family_id != PROGRAMME:
        return []
    networks = list(networks_of(user, project))
    names = {network.code: network.name for network in networks}
    stays = (
        Membership.objects.filter(network__in=names, firm__anonymised_at__isnull=True)
        .filter(not_archived("firm__"))
        .order_by("network", "firm__folded", "firm", "joined_on")
    )
    firms: dict[str, Receiver] = {}
    for code, name, network, joined in stays.values_list(
        "firm", "firm__name", "network", "joined_on"
    ):
        receiver = Receiver(f"F:{code}", name or code, names[network], joined)
        firms.setdefault(code, receiver)
    found = [Receiver(f"N:{network.code}", network.name) for network in networks]
    return [*found, *firms.values()]


def to_ask(project: Project, day: dt.date) -> list[str]:
    """The names of the project's directors."""
    rows = RoleAssignment.objects.current(day).filter(
        Q(role=Role.DIRECTOR), scope=f"P:{project.code}", person__is_active=True
    )
    return list(rows.order_by("since", "pk").values_list("person__name", flat=True))
