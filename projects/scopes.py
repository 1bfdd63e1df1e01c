"""What a role can be held on in this room (pip_network/people/scopes.py): a project, a network."""

from projects.models import Network, Project
from projects.models.network import NetworkQuerySet
from projects.models.project import ProjectQuerySet


def projects() -> ProjectQuerySet:
    return Project.objects.order_by("code")


def networks() -> NetworkQuerySet:
    return Network.objects.order_by("code")
