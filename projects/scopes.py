"""What a role can be held on in this room (pip_network/people/scopes.py): a project, a network."""

from collections.abc import Iterable

from projects.models import Network, Project


def projects() -> Iterable[tuple[str, str]]:
    return Project.objects.order_by("code").values_list("code", "name")


def networks() -> Iterable[tuple[str, str]]:
    return Network.objects.order_by("code").values_list("code", "name")
