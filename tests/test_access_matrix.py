"""Every address of the portal x every role x GET and POST, against the rule that
tests/access_rules.py declares for it.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from . import access_world
from .access_rules import ADMINISTRATION, ROLES, RULES, parameters

ROOMS_OF_A_PROJECT = {
    "amend",
    "approve",
    "begin",
    "cell-history",
    "cell-panel",
    "cell-save",
    "discard",
    "narrative",
    "remark",
    "remark-answer",
    "remark-resolve",
    "return",
    "review-submission",
    "sheet",
    "submission",
    "submit",
    "unit-form",
    "withdraw",
}


def addresses(resolver=None, namespace: str = "") -> Iterator[str]:
    """The name of every address, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        else:
            yield f"{namespace}{pattern.name}"


NAMES = sorted(set(addresses()))


def status(client: Client, method: str, url: str) -> int:
    """What `method` answers; whatever it did is undone."""
    point = transaction.savepoint()
    try:
        return getattr(client, method)(url).status_code
    finally:
        transaction.savepoint_rollback(point)


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert {name for name in NAMES if not name.startswith("admin:")} == set(RULES)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_a_role_as_declared(places, role):
    found, declared = {}, {}
    for name in sorted(RULES):
        url = reverse(name, kwargs=parameters(name))
        found[name] = " ".join(
            str(status(places.client(role), method, url)) for method in ("get", "post")
        )
        declared[name] = " ".join(answers.split()[ROLES.index(role)] for answers in RULES[name])
    assert found == declared


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("role", "answer"), [("visitor", 302), ("director", 404)])
def test_administration_does_not_exist_for_others(places, role, answer, method):
    """Every address of it; the other roles are tried at its door, below."""
    names = [name for name in NAMES if name.startswith("admin:") and name != "admin:None"]
    client = places.client(role)
    found = {name: status(client, method, reverse(name, kwargs=parameters(name))) for name in names}
    assert found == dict.fromkeys(names, answer)


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in ("visitor", ADMINISTRATION)]
)
def test_no_other_role_opens_the_administration(places, role):
    assert places.client(role).get("/admin/").status_code == 404


@pytest.mark.parametrize(
    "room",
    [
        "/admin/",
        "/admin/pip_network/auditevent/",
        "/admin/workshops/workshop/",
        "/admin/knowledge/work/K1/change/",
        "/admin/monitoring/round/",
        "/admin/monitoring/round/open/",
        "/admin/monitoring/round/2005-S1/change/",
        "/admin/monitoring/round/2005-S1/days/",
        "/admin/monitoring/rate/",
        "/admin/monitoring/rate/approve/",
        "/admin/monitoring/observation/",
        "/admin/monitoring/catalogueversion/",
        "/admin/monitoring/catalogueversion/1/change/",
        "/admin/monitoring/variable/",
    ],
)
def test_administration_opens_its_rooms(places, room):
    assert places.client(ADMINISTRATION).get(room).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["director", "coordinator"])
def test_another_project_answers_like_one_that_does_not_exist(places, role, method):
    wrong = []
    for name in sorted(ROOMS_OF_A_PROJECT):
        foreign = reverse(
            name, kwargs=parameters(name, project="PIP-99", network="N9", firm="FIRMZZZZZ")
        )
        absent = reverse(
            name, kwargs=parameters(name, project="PIP-98", network="N8", firm="FIRMYYYYY")
        )
        known, unknown = (getattr(places.client(role), method)(url) for url in (foreign, absent))
        same = access_world.told(known, foreign) == access_world.told(unknown, absent)
        if (
            known.status_code != unknown.status_code
            or known.status_code not in (404, 405)
            or not same
        ):
            wrong.append((name, known.status_code, unknown.status_code, same))
    assert wrong == []


@pytest.mark.parametrize("name", ["submission", "sheet", "unit-form", "narrative"])
def test_ones_own_project_does_answer(places, name):
    assert places.client("director").get(reverse(name, kwargs=parameters(name))).status_code == 200
