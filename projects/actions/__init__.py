"""Writes of the registry: keyword-only, with `by=` and `at=`, one transaction each, audit row inside.

Whoever calls asks first whether the person may (`Permission.MANAGE_REGISTRY`): commands have no person.
"""

from .firms import anonymise_firm, close_firm, register_firm, register_firms, update_firm
from .memberships import join_network, join_networks, leave_network
from .networks import create_network, dissolve_network, update_network
from .projects import archive_project, create_project, update_project

__all__ = [
    "anonymise_firm",
    "archive_project",
    "close_firm",
    "create_network",
    "create_project",
    "dissolve_network",
    "join_network",
    "join_networks",
    "leave_network",
    "register_firm",
    "register_firms",
    "update_firm",
    "update_network",
    "update_project",
]
