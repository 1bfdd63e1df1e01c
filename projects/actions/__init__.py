"""Writes of the registry: keyword-only, with `by=` and `at=`, one transaction each, audit row
inside.

Each asks for the permission itself: projects, networks and what is for good are kept by the
administration (`MANAGE_REGISTRY`), firms by those who work with their networks (`MANAGE_FIRMS`).
"""

from .corrections import correct_joining, correct_leaving, take_back_joining, take_back_leaving
from .countries import change_currency, correct_country
from .distinctions import take_back_distinction, tell_apart
from .firm_states import anonymise_firm, archive_firm, close_firm, reopen_firm, restore_firm
from .firms import register_firm, register_firms, update_firm, update_firms
from .memberships import join_network, join_networks, leave_network, move_firm
from .merge_plan import plan_merge
from .merging import merge_firms, split_firms
from .networks import (
    archive_network,
    create_network,
    dissolve_network,
    reinstate_network,
    restore_network,
    update_network,
)
from .projects import archive_project, create_project, restore_project, update_project

__all__ = [
    "anonymise_firm",
    "archive_firm",
    "archive_network",
    "archive_project",
    "change_currency",
    "close_firm",
    "correct_country",
    "correct_joining",
    "correct_leaving",
    "create_network",
    "create_project",
    "dissolve_network",
    "join_network",
    "join_networks",
    "leave_network",
    "merge_firms",
    "move_firm",
    "plan_merge",
    "register_firm",
    "register_firms",
    "reinstate_network",
    "reopen_firm",
    "restore_firm",
    "restore_network",
    "restore_project",
    "split_firms",
    "take_back_distinction",
    "take_back_joining",
    "take_back_leaving",
    "tell_apart",
    "update_firm",
    "update_firms",
    "update_network",
    "update_project",
]
