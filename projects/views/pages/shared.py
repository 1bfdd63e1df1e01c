"""What several pages of the registry ask."""

from pip_network.models import RoleAssignment
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, can_somewhere
from pip_network.web.days import today
from pip_network.web.signed_in import Reader

SHOWN = 50  # rows of a list inside a page; the list itself has them all


def people(user: Reader, scopes: set[str]) -> list[tuple[str, str]] | None:
    """(role, name) of those who hold a role on `scopes` today; None for readers outside the
    learning network.
    """
    if not can_somewhere(user, P.VIEW_INTERNAL):
        return None
    assignments = (
        RoleAssignment.objects.current(today()).filter(scope__in=scopes).select_related("person")
    )
    order = list(Role)
    rows = {
        (
            order.index(Role(assignment.role)),
            assignment.person.folded,
            assignment.person_id,
            assignment.person.name,
        )
        for assignment in assignments
    }
    return [(str(order[place].label), name) for place, _folded, _id, name in sorted(rows)]
