"""The people of the demonstration: six accounts that sign in, and others who only stand in the
record.
"""

import datetime as dt
import random
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from pip_network.models import Institution, User
from pip_network.people.access import EVERYWHERE, Role
from pip_network.people.processes import SEED_DEMO
from pip_network.people.roles import give_roles

from . import words
from .population import OWN_PROJECT
from .world import PlannedNetwork, PlannedProject, World

PASSWORD = "demo-PIP-2006"  # noqa: S105 -- printed at start; production refuses to start with these accounts
ACCOUNTS = {
    "directora": "Ana Ejemplo",
    "coordinadora": "Clara Muestra",
    "especialista": "Elena Supuesto",
    "institucion": "Inés Ficticio",
    "experta": "Marta Imaginado",
    "admin": "Alba Ensayo",
}
# Projects (by number within each nineteen) that the demonstration's specialist reviews; two
# colleagues have the others.
OWN_REVIEWS = (1, 3, 5, OWN_PROJECT, 9, 10, 13)


@dataclass
class People:
    """Who does what: directors by project, coordinators by network, reviewers by project."""

    admin: User
    directors: dict[str, User] = field(default_factory=dict)
    coordinators: dict[str, User] = field(default_factory=dict)
    reviewers: dict[str, User] = field(default_factory=dict)


def address(account: str) -> str:
    return f"{account}@demo.pip"


def create_people(
    world: World, executors: list[Institution], member: Institution, at: dt.datetime
) -> People:
    """Create everybody and give the roles.

    One hash serves all six accounts: hashing is slow on purpose.
    """
    rng = random.Random(f"{world.seed}:people")
    hashed = make_password(PASSWORD)
    users = {key: _user(address(key), name, at, password=hashed) for key, name in ACCOUNTS.items()}
    users["admin"].is_staff = True
    users["institucion"].institution = member
    own = own_project(world)
    extras: dict[str, User] = {}
    for project in world.projects:
        if project is not own:
            extras[f"D:{project.code}"] = _invented(
                rng, f"direccion.{project.code}", at, executors[project.executor]
            )
        for network in project.networks:
            if network.has_coordinator and network is not own.networks[0]:
                extras[f"C:{network.code}"] = _invented(
                    rng, f"red.{network.code}", at, executors[project.executor]
                )
    users["directora"].institution = users["coordinadora"].institution = executors[own.executor]
    for number in (2, 3):
        extras[f"S:{number}"] = _invented(rng, f"especialista.{number}", at, None)
    User.objects.bulk_create([*users.values(), *extras.values()])
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in users.values()
    )
    people = _cast(world, own, users, extras)
    _give(people, users, own, at)
    return people


def own_project(world: World) -> PlannedProject:
    return next((p for p in world.projects if p.number == OWN_PROJECT), world.projects[0])


def _user(email: str, name: str, at: dt.datetime, *, password: str) -> User:
    return User(
        email=email, name=name, password=password, is_demo=True, date_joined=at, language="es"
    )


def _invented(
    rng: random.Random, account: str, at: dt.datetime, institution: Institution | None
) -> User:
    name = f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.SURNAMES)}"
    user = _user(address(account.lower()), name, at, password="!")  # noqa: S106 -- an unusable password: nobody signs in
    user.institution = institution
    return user


def _cast(
    world: World, own: PlannedProject, users: dict[str, User], extras: dict[str, User]
) -> People:
    people = People(admin=users["admin"])
    for project in world.projects:
        role = (project.number - 1) % 19 + 1
        people.directors[project.code] = (
            users["directora"] if project is own else extras[f"D:{project.code}"]
        )
        others = extras["S:2"] if role % 2 == 0 else extras["S:3"]
        mine = role in OWN_REVIEWS or project is own
        people.reviewers[project.code] = users["especialista"] if mine else others
        for network in project.networks:
            if network.has_coordinator:
                people.coordinators[network.code] = _coordinator(network, own, users, extras)
    return people


def _coordinator(
    network: PlannedNetwork, own: PlannedProject, users: dict[str, User], extras: dict[str, User]
) -> User:
    return users["coordinadora"] if network is own.networks[0] else extras[f"C:{network.code}"]


def _give(people: People, users: dict[str, User], own: PlannedProject, at: dt.datetime) -> None:
    """The first person of the administration has nobody who could give her the role: the program
    does.
    """
    first, reason = (people.admin, Role.ADMINISTRATION, EVERYWHERE), "Demostración"
    give_roles(holdings=[first], reason=reason, by=SEED_DEMO, at=at)
    given = [(users["experta"], Role.EXPERT, EVERYWHERE)]
    given.append(
        (users["institucion"], Role.INSTITUTION, f"I:{users['institucion'].institution_id}")
    )
    given += [(person, Role.DIRECTOR, f"P:{code}") for code, person in people.directors.items()]
    given += [(person, Role.SPECIALIST, f"P:{code}") for code, person in people.reviewers.items()]
    given += [
        (person, Role.COORDINATOR, f"N:{code}") for code, person in people.coordinators.items()
    ]
    give_roles(holdings=given, reason=reason, by=people.admin, at=at)
