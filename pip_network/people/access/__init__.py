"""Who may do what: permissions as an enum, roles as data, one question (`can`); actions ask it by
`require`.

Scopes are text keys: `*`, `P:<project>`, `N:<network>`, `I:<institution>`. An object offers the
keys it stands under (a network: its own and its project's); a role assigned to any of them, or to
`*`, counts.
"""

from .permissions import REFUSALS, Permission
from .questions import (
    Process,
    assignments,
    can,
    can_somewhere,
    codes_with,
    person_of,
    require,
    require_room,
    require_somewhere,
    scopes_with,
)
from .roles import EVERYWHERE, READS_EVERYWHERE, ROLE_LABELS, ROLES, SCOPES, Role

__all__ = [
    "EVERYWHERE",
    "READS_EVERYWHERE",
    "REFUSALS",
    "ROLES",
    "ROLE_LABELS",
    "SCOPES",
    "Permission",
    "Process",
    "Role",
    "assignments",
    "can",
    "can_somewhere",
    "codes_with",
    "person_of",
    "require",
    "require_room",
    "require_somewhere",
    "scopes_with",
]
