"""Fetch = authorise: what this person may see of a submission, or 404."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404

from monitoring.models import Submission
from monitoring.sheet.units import Unit
from pip_network.models import User
from pip_network.people.access import Permission as P
from pip_network.people.access import can, require_room
from projects.models import Network


class Sight(NamedTuple):
    """A submission as far as one person sees it: the whole project, or the networks that are hers."""

    submission: Submission
    user: User
    whole: bool
    networks: tuple[Network, ...]

    @property
    def network_codes(self) -> frozenset[str]:
        return frozenset(network.code for network in self.networks)

    def network(self, code: str) -> Network:
        for network in self.networks:
            if network.code == code:
                return network
        raise Http404

    def may(self, permission: P) -> bool:
        return can(self.user, permission, self.submission.project.scope_keys)

    def may_enter(self, network: Network | None) -> bool:
        """May this person write cells of `network` (None: of the project) while the submission is
        open?
        """
        if not self.submission.is_open:
            return False
        if network is None:
            return self.may(P.ENTER_PROJECT)
        return can(self.user, P.ENTER_NETWORK, network.scope_keys)

    def may_enter_unit(self, unit: Unit) -> bool:
        """The same of a unit: through one of its networks, or of the project."""
        networks = self.networks_of(unit)
        if not networks:
            return self.may_enter(None)
        return any(self.may_enter(network) for network in networks)

    def unit(self, units: Iterable[Unit], subject: str) -> Unit:
        """The unit named `subject`, if it stands in something this person sees; else 404."""
        for unit in units:
            if unit.subject == subject and self.sees(unit):
                return unit
        raise Http404

    def sees(self, unit: Unit) -> bool:
        return self.whole or bool(self.networks_of(unit))

    def codes_of(self, unit: Unit) -> tuple[str, ...]:
        """The codes of the networks seen here to which `unit` belongs, as it joined them; none for
        the project itself.
        """
        if unit.level == "project":
            return ()
        return tuple(place.code for place in unit.networks if place.code in self.network_codes)

    def networks_of(self, unit: Unit) -> list[Network]:
        """The networks seen here to which `unit` belongs; none for the project itself."""
        codes = {unit.code} if unit.level == "network" else {place.code for place in unit.networks}
        return (
            []
            if unit.level == "project"
            else [network for network in self.networks if network.code in codes]
        )


def fetch_sight(user: User, project: str, round_code: str) -> Sight:
    """Raises 404 for what does not exist and for what this person may not see, alike."""
    require_room(user, P.VIEW_MONITORING)
    submissions = Submission.objects.visible_to(user).select_related(
        "project", "round", "submitted_by", "decided_by", "review_begun_by"
    )
    submission = get_object_or_404(submissions, project_id=project, round_id=round_code)
    whole = can(user, P.VIEW_MONITORING, submission.project.scope_keys)
    networks = Network.objects.standing().filter(project_id=submission.project_id)
    networks = networks if whole else networks.where(user, P.VIEW_MONITORING)
    return Sight(submission, user, whole, tuple(networks.order_by("code")))
