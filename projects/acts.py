"""What a person may do with a thing of the registry: the buttons of its page, and the question its
views ask.
"""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from pip_network.models import Institution
from pip_network.people.access import Permission as P
from pip_network.people.access import can, can_somewhere
from projects import frozen
from projects.models import Firm, Network, Project


class Act(NamedTuple):
    """A button: `kind` is primary, plain or danger."""

    label: str
    url: str
    kind: str = "plain"

    @property
    def look(self) -> str:
        """The class of its button."""
        return {"primary": "btn-primary", "danger": "btn-outline-danger"}.get(
            self.kind, "btn-outline-secondary"
        )


def may_manage(user, firm: Firm) -> bool:
    """Who keeps the registry keeps every firm; who keeps the firms of a network, those that are in
    it now.
    """
    return can(user, P.MANAGE_REGISTRY) or can(user, P.MANAGE_FIRMS, firm.scope_keys)


def acts_for(user, thing: Project | Network | Institution | Firm) -> list[Act]:
    """The acts that `user` may do with `thing` as it stands, in the order of their use; none for a
    visitor.
    """
    if not user.is_authenticated:
        return []
    if isinstance(thing, Firm):
        return _of_firm(user, thing) if may_manage(user, thing) else []
    if isinstance(thing, Network):
        return _of_network(user, thing)
    if not can(user, P.MANAGE_REGISTRY):
        return []
    return _of_project(thing) if isinstance(thing, Project) else _of_institution(thing)


def _of_project(project: Project) -> list[Act]:
    code = project.code
    if project.archived_at is not None:
        return [Act(_("Restore"), reverse("project-restore", args=[code]), "primary")]
    return [
        Act(_("Edit"), reverse("project-edit", args=[code])),
        Act(_("Add a network"), reverse("network-new", args=[code])),
        Act(_("Archive"), reverse("project-archive", args=[code]), "danger"),
    ]


def _of_network(user, network: Network) -> list[Act]:
    code, registry = network.code, can(user, P.MANAGE_REGISTRY)
    if network.archived_at is not None:
        return (
            [Act(_("Restore"), reverse("network-restore", args=[code]), "primary")]
            if registry
            else []
        )
    if network.dissolved_on is not None:
        if not registry:
            return []
        return [
            Act(_("Take the dissolution back"), reverse("network-reinstate", args=[code])),
            Act(_("Archive"), reverse("network-archive", args=[code]), "danger"),
        ]
    found = []
    if registry or can(user, P.MANAGE_FIRMS, network.scope_keys):
        found.append(Act(_("Register a firm"), reverse("firm-new", args=[code]), "primary"))
    if registry:
        found += [
            Act(_("Edit"), reverse("network-edit", args=[code])),
            Act(_("Dissolve"), reverse("network-dissolve", args=[code])),
            Act(_("Archive"), reverse("network-archive", args=[code]), "danger"),
        ]
    return found


def _of_institution(institution: Institution) -> list[Act]:
    slug = institution.slug
    if institution.archived_at is not None:
        return [Act(_("Restore"), reverse("institution-restore", args=[slug]), "primary")]
    return [
        Act(_("Edit"), reverse("institution-edit", args=[slug])),
        Act(_("Archive"), reverse("institution-archive", args=[slug]), "danger"),
    ]


def _of_firm(user, firm: Firm) -> list[Act]:
    code, registry = firm.code, can(user, P.MANAGE_REGISTRY)
    if firm.archived_at is not None:
        return (
            []
            if firm.merged_into_id
            else [Act(_("Restore"), reverse("firm-restore", args=[code]), "primary")]
        )
    found = []
    if firm.anonymised_at is None:
        found.append(Act(_("Edit"), reverse("firm-edit", args=[code]), "primary"))
    if firm.closed_on is None:
        if firm.anonymised_at is None:
            found.append(Act(_("Join a network"), reverse("firm-join", args=[code])))
        found.append(Act(_("Record its closing"), reverse("firm-close", args=[code])))
    else:
        found.append(Act(_("Take the closing back"), reverse("firm-reopen", args=[code])))
    if not frozen.of_firm(code):  # one that approved rounds know leaves or closes
        found.append(Act(_("Archive"), reverse("firm-archive", args=[code]), "danger"))
    if registry and firm.anonymised_at is None:
        found.append(Act(_("Anonymise"), reverse("firm-anonymise", args=[code]), "danger"))
    return found


def acts_on_lists(user) -> dict[str, Act]:
    """What the lists offer above their rows, by the name of the list."""
    found = {}
    if can_somewhere(user, P.MANAGE_FIRMS):
        found["firms"] = Act(_("Possible duplicates"), reverse("firm-duplicates"))
    if can(user, P.MANAGE_REGISTRY):
        found["projects"] = Act(_("New project"), reverse("project-new"), "primary")
        found["institutions"] = Act(_("New institution"), reverse("institution-new"), "primary")
    return found
