"""Members, works and lists, as small as a test needs them."""

from knowledge.lists import actions, moves
from knowledge.models import List, ListItem, Work
from pip_network.models import User
from pip_network.people.access import Role
from tests import factories

AT = factories.moment("2006-07-12")


def member(name: str = "ana", **fields) -> User:
    return factories.user(name, role=Role.EXPERT, **fields)


def curator(name: str = "curadora") -> User:
    return factories.user(name, role=Role.ADMINISTRATION)


def of_institution(name: str = "socia") -> User:
    institution = factories.institution("reservada")
    return factories.user(
        name, role=Role.INSTITUTION, scope=f"I:{institution.pk}", institution=institution
    )


def narrow(code: str, title: str = "Reservada") -> Work:
    """For one institution alone."""
    institution = factories.institution("reservada")
    return factories.work(code, title, access="restricted", open_to_institutions=[institution])


def reading_list(by: User, *works: Work, title: str = "Lecturas") -> List:
    return filled(actions.make_reading_list(title=title, by=by, at=AT), by, *works)


def collection(by: User, *works: Work, open_to: str = "everybody", **values: str) -> List:
    values = {"title_es": "Casos", **values}
    made = actions.make_collection(open_to=open_to, by=by, at=AT, **values)
    return filled(made, by, *works)


def filled(one: List, by: User, *works: Work) -> List:
    for work in works:
        moves.add_work(work=work, one=one, by=by, at=AT)
    return one


def share(one: List, by: User) -> None:
    actions.change_list(one=one, title=one.title, open_to="network", by=by, at=AT)


def item(one: List, code: str) -> ListItem:
    return one.items.get(work=code)
