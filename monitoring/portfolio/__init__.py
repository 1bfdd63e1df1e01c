"""The portfolio: figures kept for one approval, what needs attention, how the projects stand.

`refresh` computes the figures of the record as it stands and keeps them; pages only read what is
kept.
"""

from .kept_figures import Kept, indicators, latest
from .panels import panel_for_network, panel_for_project
from .refreshing import refresh, request_refresh, work
from .registry_panels import featured, state_of_network, state_of_project

__all__ = [
    "Kept",
    "featured",
    "indicators",
    "latest",
    "panel_for_network",
    "panel_for_project",
    "refresh",
    "request_refresh",
    "state_of_network",
    "state_of_project",
    "work",
]
