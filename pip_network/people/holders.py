"""Who holds a role: the readers of a letter."""

import datetime as dt
from collections.abc import Iterable

from pip_network.models import RoleAssignment, User
from pip_network.people.access import Role
from pip_network.web.days import day_of


def holders_of(scopes: Iterable[str], *roles: Role, at: dt.datetime) -> list[User]:
    """People who hold one of the roles on one of the scopes on that day and may sign in, each
    once.
    """
    held = RoleAssignment.objects.current(day_of(at)).filter(
        scope__in=list(scopes), role__in=[role.value for role in roles]
    )
    return list(User.objects.active().filter(pk__in=held.values("person_id")).order_by("pk"))
