"""Every address of the portal x every role x GET and POST, against the rule that
tests/access_rules.py declares for it.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from . import access_world
from .access_rules import ADMINISTRATION, ROLES, RULES, parameters
from .completing import complete

ROOMS_OF_A_PROJECT = {
    "amend",
    "approve",
    "begin",
    "cell-history",
    "cell-panel",
    "cell-save",
    "discard",
    "evidence",
    "evidence-attach",
    "evidence-file",
    "evidence-put-back",
    "evidence-take-away",
    "evidence-withdraw",
    "narrative",
    "narrative-save",
    "remark",
    "remark-answer",
    "remark-resolve",
    "return",
    "past-rounds",
    "project-data",
    "review-submission",
    "sheet",
    "sheet-visits",
    "submission",
    "submit",
    "unit-form",
    "withdraw",
    "workbook",
    "workbook-confirm",
    "workbook-file",
    "workbook-marked",
    "workbook-preview",
    "workbook-take-back",
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
# What a form answers to who may, when nothing that it asks is left blank: done, or what a rule of
# the registry says of that row.
DONE, ROW_SAYS_NO = "302", "409"
COMPLETE = {
    "account": DONE,
    "firm-anonymise": DONE,
    "firm-archive": ROW_SAYS_NO,
    "firm-close": DONE,
    "firm-edit": DONE,
    "firm-merge": DONE,
    "firm-new": DONE,
    "institution-archive": ROW_SAYS_NO,
    "institution-edit": DONE,
    "institution-new": DONE,
    "invite": DONE,
    "membership-edit": DONE,
    "membership-leave": DONE,
    "narrative": DONE,
    "network-archive": ROW_SAYS_NO,
    "network-dissolve": DONE,
    "network-edit": DONE,
    "network-new": DONE,
    "project-archive": DONE,
    "project-edit": DONE,
    "project-new": DONE,
    "report-new": DONE,
}

# What no first choice and no text of any kind fits.
FITTING = {
    "firm-anonymise": {"code": parameters("firm-anonymise")["code"]},
    "institution-edit": {"relation": "related"},
    "invite": {"role": "expert", "scope": "*"},
    "network-new": {"code": "N5", "constituted_on": "2005-01-10"},
    "project-new": {"code": "PIP-20", "starts_on": "2004-02-01", "ends_on": "2006-02-01"},
}


def status(client: Client, method: str, url: str, sent: dict[str, Any] | None = None) -> int:
    """What `method` answers; whatever it did is undone."""
    point = transaction.savepoint()
    try:
        return getattr(client, method)(url, sent).status_code
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


def test_a_complete_form_opens_no_door_that_an_empty_one_does_not(places):
    """Filled in by who reads its page, sent by each role: an empty form is often refused for what
    it lacks, and says nothing of who may.
    """
    roles = [role for role in ROLES if role not in ("visitor", "institution")]
    found, declared = {}, {}
    for name, answer in COMPLETE.items():
        url, rule = reverse(name, kwargs=parameters(name)), RULES[name]
        reader = [role for role in roles if answer_of(rule.get, role) == "200"][-1]
        sent = complete(places.client(reader).get(url).context["form"]) | FITTING.get(name, {})
        found[name] = {role: str(status(places.client(role), "post", url, sent)) for role in roles}
        declared[name] = {
            role: answer if empty in ("200", "422") else empty
            for role in roles
            for empty in [answer_of(rule.post, role)]
        }
    assert found == declared


def answer_of(answers: str, role: str) -> str:
    return answers.split()[ROLES.index(role)]


def test_no_page_takes_another_method(places):
    """Of the whole portal, the library's own and the administration's too: each third address, and
    one method after the other.
    """
    client, visitor = places.client(ADMINISTRATION), places.client("visitor")
    methods = itertools.cycle(["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
    names = [name for name in NAMES if not name.endswith(":None")]
    rooms = ["/account/", "/accounts/login/", "/admin/", "/admin/projects/firm/import/"]
    urls = [reverse(name, kwargs=parameters(name)) for name in names[::3]] + rooms
    asked = {url: client.generic(next(methods), url) for url in urls}
    assert {url: answer.status_code for url, answer in asked.items()} == dict.fromkeys(urls, 405)
    assert {answer["Allow"] for answer in asked.values()} == {"GET, HEAD, POST, OPTIONS"}
    assert [visitor.generic(next(methods), room).status_code for room in rooms] == [405] * 4


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
    wrong, refused = [], {"get": (302, 404, 405), "post": (404, 405)}[method]  # led to its page
    for name in sorted(ROOMS_OF_A_PROJECT):
        foreign = reverse(
            name, kwargs=parameters(name, project="PIP-99", network="N9", firm="FIRMZZZZZ")
        )
        absent = reverse(
            name, kwargs=parameters(name, project="PIP-98", network="N8", firm="FIRMYYYYY")
        )
        known, unknown = (getattr(places.client(role), method)(url) for url in (foreign, absent))
        same = access_world.told(known, foreign) == access_world.told(unknown, absent)
        if known.status_code != unknown.status_code or known.status_code not in refused or not same:
            wrong.append((name, known.status_code, unknown.status_code, same))
    assert wrong == []


@pytest.mark.parametrize("name", ["submission", "sheet", "unit-form", "narrative"])
def test_ones_own_project_does_answer(places, name):
    assert places.client("director").get(reverse(name, kwargs=parameters(name))).status_code == 200
