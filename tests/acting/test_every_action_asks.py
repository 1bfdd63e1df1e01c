"""Every action of the portal asks for the permission itself, and refuses before it writes.

An action is a function that is told who acts (`by`, by its name). All of them are found in the
source: one that is new and stands in none of the tables here fails.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from django.db import connection, reset_queries, transaction
from django.test.utils import CaptureQueriesContext

from knowledge.demonstration import lessons as invented
from knowledge.demonstration import loading, using
from knowledge.text import extraction
from monitoring.definitions import reading
from monitoring.rates.waiting import approve_waiting
from monitoring.submission import moves
from pip_network import audit
from pip_network.administration import archiving
from pip_network.audit import denied
from pip_network.files.importing import confirmation, open_headings, previews
from pip_network.files.stored import keep, keeping, uploads
from pip_network.jobs.stopping import choose
from pip_network.people import calendar_keys
from pip_network.people.access import ROLES, Permission, Process
from pip_network.people.actions import change_account
from pip_network.people.processes import PROCESSES
from pip_network.web.errors import Forbidden
from projects.actions.identification import check_tax_ids

from . import evidence, lessons, library, people, record, registry
from .stage import Act, build, person, process

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
ACTS = {
    **registry.ACTS,
    **people.ACTS,
    **record.ACTS,
    **library.ACTS,
    **lessons.ACTS,
    **evidence.ACTS,
}
WRITING = re.compile(r"(\d+ times: )?(INSERT|UPDATE|DELETE|REPLACE)")

# Told who acts, and asking nothing.
NOT_ASKING = {
    calendar_keys.open_calendar,  # one's own
    calendar_keys.close_calendar,
    audit.record,  # the trail: tells of an act that has asked
    audit.record_many,
    denied.record_denied,
    moves.move,  # the door that the steps go through when they have asked
    moves.append_event,
    previews.keep,  # rows that wait for who sent them, and for nobody else
    previews.look,
    previews.take,
    open_headings.keep,
    confirmation.confirm,  # by the plan of the table, which asks: tests/administration
    approve_waiting,  # by the action that it ends in
    archiving.archive,  # what the acts of four rooms share when they have asked
    archiving.restore,
    check_tax_ids,  # what the actions that register and change a firm share
    change_account,  # one's own account: `by` is whose it is
    choose,  # one's own letters
    keep,  # files, kept by the action that asks; pieces of one's own uploads
    keeping.place,
    uploads.begin,
    uploads.receive,
    uploads.finished,
    invented.load,
    loading.load,  # invented documents, by the actions that ask
    loading.kept,
    using.load,
    extraction.order,  # what the action that adds a file ends in
}


def told_who_acts() -> Iterator[object]:
    """Every public function of every room that takes `by` by its name."""
    for file in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        found = [
            node.name
            for node in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and "by" in {argument.arg for argument in node.args.kwonlyargs}
        ]
        if found:
            module = importlib.import_module(
                ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            )
            yield from (getattr(module, name) for name in found)


def test_every_action_is_tried_here():
    found = set(told_who_acts())
    assert {_name(each) for each in found} == {_name(each) for each in {*ACTS, *NOT_ASKING}}
    assert not set(ACTS) & NOT_ASKING


def _name(action) -> str:
    return f"{action.__module__}.{action.__qualname__}"


def _tried(act: Act, by) -> tuple[str, bool]:
    """(`done` or `refused`, did it write); whatever it did is undone."""
    reset_queries()  # the log has an end
    with CaptureQueriesContext(connection) as queries:
        point = transaction.savepoint()
        try:
            act.call(by)
            answer = "done"
        except Forbidden:
            answer = "refused"
        finally:
            transaction.savepoint_rollback(point)
            reading.forget()
    return answer, any(WRITING.match(query["sql"]) for query in queries)


def _each() -> Iterator[tuple[str, object, Act]]:
    """Each action on a stage that is prepared for it."""
    for action, act in ACTS.items():
        point = transaction.savepoint()
        act.prepare()
        yield _name(action), action, act
        transaction.savepoint_rollback(point)
        reading.forget()


@pytest.fixture
def stage(db):
    build()


def test_who_may_not_is_refused_and_nothing_is_written(stage):
    found, declared = {}, {}
    for name, _action, act in _each():
        for who in (*act.refused.split(), "visitante", "apagada"):
            found[name, who] = _tried(act, person(who))
            declared[name, who] = ("refused", False)
        found[name, act.does] = _tried(act, person(act.does))
        declared[name, act.does] = ("done", True)
    assert found == declared


def test_a_program_is_asked_like_a_person(stage):
    """With all other permissions it is refused; with the one that the action asks, it acts."""
    found, declared = {}, {}
    for name, action, act in _each():
        if Process not in get_args(inspect.signature(action).parameters["by"].annotation):
            continue  # what it writes names a person
        others = [each for each in Permission if each not in act.permissions]
        found[name, "others"] = _tried(act, process(*others))
        declared[name, "others"] = ("refused", False)
        for permission in act.permissions:
            found[name, permission] = _tried(act, process(permission))
            declared[name, permission] = ("done", True)
    assert found == declared


def test_programs_hold_what_they_are_known_to_do():
    held = {each.name: {permission.value for permission in each.permissions} for each in PROCESSES}
    assert held == {
        "seed_demo": {"manage_people"},
        "load_reference": {"manage_catalogue"},
        "first_administrator": {"manage_people"},
        "import_workbook": {"enter_network", "enter_project"},
        "system:invitation": set(),
        "operator": set(),
        "restore": set(),
        "visitor": set(),
        "letter": set(),
    }


def test_who_keeps_the_registry_keeps_every_firm():
    """The pages ask for either; the acts ask for the firms."""
    keepers = {role for role, held in ROLES.items() if Permission.MANAGE_REGISTRY in held}
    assert keepers == {role for role in keepers if Permission.MANAGE_FIRMS in ROLES[role]}
