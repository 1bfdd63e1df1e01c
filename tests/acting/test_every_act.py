"""Every act, from its row: without the permission no button, and its POST refuses; with it the
button stands and the POST works; when it is impossible the button is gone, and the POST says what
the action says.
"""

import datetime as dt
import html
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from monitoring.definitions import reading
from pip_network.web.acts import Act
from pip_network.web.errors import DomainError

from . import evidence, lessons, library, people, record, registry
from .stage import build, person
from .walking import Walk
from .walks_of_lessons import OF_LESSONS
from .walks_of_library import OF_LIBRARY
from .walks_of_people import OF_PEOPLE, OF_SUBMISSIONS, OF_TARGETS
from .walks_of_registry import OF_REGISTRY

ROOT = Path(__file__).resolve().parents[2]
WALKS = {
    **OF_REGISTRY,
    **OF_PEOPLE,
    **OF_SUBMISSIONS,
    **OF_TARGETS,
    **OF_LIBRARY,
    **OF_LESSONS,
    **evidence.WALKS,
}
ACTIONS = {
    **registry.ACTS,
    **people.ACTS,
    **record.ACTS,
    **library.ACTS,
    **lessons.ACTS,
    **evidence.ACTS,
}

# Rows whose pages have tests of their own, and no button that comes from the row.
ELSEWHERE = {
    "account",  # one's own
    "account-calendar-close",  # one's own: tests/pip_network/site/test_personal_calendar.py
    "account-calendar-open",
    "account-letters",
    "admin:monitoring_catalogueversion_discard",  # tests/administration
    "admin:monitoring_catalogueversion_publish",
    "admin:monitoring_observation_correct",
    "admin:monitoring_projectpublication_publish",
    "admin:monitoring_projectpublication_withdraw",
    "admin:monitoring_publication_prepare",
    "admin:monitoring_publication_publish",
    "admin:monitoring_publication_withdraw",
    "admin:monitoring_rate_approve",
    "admin:monitoring_round_days",
    "admin:monitoring_round_open",
    "admin:pip_network_mail_retry",
    "collection-new",  # lists, and what is in them: tests/knowledge/lists
    "evidence-attach",  # with a file: tests/monitoring/evidence
    "evidence-put-back",
    "evidence-withdraw",
    "import",
    "institution-describe",  # its own people: tests/projects/test_institutions.py
    "item-lower",
    "item-note",
    "item-raise",
    "item-remove",
    "item-restore",
    "list-change",
    "list-new",
    "list-remove",
    "list-restore",
    "lesson-new",  # tests/knowledge/lessons/test_pages.py, and these:
    "lesson-translate",  # one button for each language
    "lesson-unapply",
    "lesson-uncite",
    "lesson-unconfirm",
    "membership-edit",  # what is frozen of it is not asked: tests/projects/views
    "narrative",  # in parts: tests/monitoring/entry
    "module-change",  # tests/knowledge/path
    "module-new",
    "module-remove",
    "path-answer",
    "path-change",
    "feedback",  # tests/monitoring/feedback
    "portfolio-refresh",
    "reading-finish",
    "reading-reopen",
    "remark",
    "remark-answer",
    "remark-resolve",
    "report-cancel",
    "report-new",
    "report-rebuild",
    "search-remove",  # one's own: tests/knowledge/saved
    "search-rename",
    "search-restore",
    "search-resume",
    "search-save",
    "search-stop",
    "lesson-from-semester",  # tests/knowledge/lessons/test_semesters.py
    "submission-open",
    "unit-form",
    "workbook",  # with a file: tests/monitoring/workbook
    "workbook-confirm",
    "workbook-take-back",
    "past-rounds",
    "work-decline",  # withdrawing, of a proposal alone: tests/knowledge/works
    "work-propose",  # every member's: tests/knowledge/works
    "work-list",
    "work-file-new",  # with a file: tests/knowledge/works
}


def rows() -> Iterator[Act]:
    """Every act that stands in a module of the portal."""
    for room in ("pip_network", "projects", "monitoring", "knowledge"):
        for file in sorted((ROOT / room).rglob("*.py")):
            if "web.acts import" in file.read_text(encoding="utf-8"):
                path = file.relative_to(ROOT).with_suffix("")
                module = importlib.import_module(".".join(path.parts).removesuffix(".__init__"))
                yield from (each for each in vars(module).values() if isinstance(each, Act))


def test_every_act_is_walked_here():
    assert {act.name for act in rows()} == {act.name for act in WALKS} | ELSEWHERE
    assert not {act.name for act in WALKS} & ELSEWHERE


@pytest.fixture
def stage(db):
    build()


def test_an_act_is_what_its_row_says(stage):
    found, declared = {}, {}
    for act, walk in WALKS.items():
        point = transaction.savepoint()
        walk.prepare()
        does, refused, answer = walk.who
        found[act.name] = {
            "without": (_offers(act, walk, refused), _post(act, walk, refused, {})[0]),
            "with": (_offers(act, walk, does), _done(act, walk, does)),
        }
        declared[act.name] = {"without": (False, answer), "with": (True, 302)}
        if walk.spoil is not None:
            data = _filled(act, walk, does)
            walk.spoil()
            status, page = _post(act, walk, does, data)
            told = html.escape(_refusal(act, walk, does)) in page
            found[act.name]["impossible"] = (_offers(act, walk, does), status, told)
            declared[act.name]["impossible"] = (False, walk.refusal, True)
        transaction.savepoint_rollback(point)
        reading.forget()
    assert found == {name: _without_button(name, answers) for name, answers in declared.items()}


def _without_button(name: str, answers: dict[str, tuple]) -> dict[str, tuple]:
    """Where the row has no button of its own, None stands for it."""
    alone = any(act.name == name and walk.page is None for act, walk in WALKS.items())
    return {
        key: (None, *rest) if alone else (first, *rest) for key, (first, *rest) in answers.items()
    }


def _browser(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


def _address(act: Act, walk: Walk) -> str:
    return reverse(act.name, args=walk.address())


def _offers(act: Act, walk: Walk, name: str) -> bool | None:
    if walk.page is None:
        return None
    page = _browser(name).get(walk.page())
    return page.status_code == 200 and f'"{_address(act, walk)}"' in page.content.decode()


def _filled(act: Act, walk: Walk, name: str) -> dict[str, Any]:
    """The form as it is opened, with what it still needs."""
    data = walk.data() if callable(walk.data) else walk.data
    opened = {} if act.at_once else _browser(name).get(_address(act, walk))
    form = (getattr(opened, "context", None) or {}).get("form")
    first = {field.html_name: _typed(field.value()) for field in form} if form else {}
    return {**{key: value for key, value in first.items() if value is not None}, **data}


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [getattr(each, "pk", each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _post(act: Act, walk: Walk, name: str, data: dict[str, Any]) -> tuple[int, str]:
    """(status, what is read there or where it leads)."""
    answer = _browser(name).post(_address(act, walk), data, follow=True)
    status = answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code
    return status, answer.content.decode()


def _done(act: Act, walk: Walk, name: str) -> int:
    """What is answered when it is done, and undone again."""
    point = transaction.savepoint()
    status, page = _post(act, walk, name, _filled(act, walk, name))
    transaction.savepoint_rollback(point)
    reading.forget()
    return status if status == 302 else page


def _refusal(act: Act, walk: Walk, name: str) -> str:
    """What the action itself says."""
    call, by = walk.call or ACTIONS[act.action].call, person(name)
    with translation.override(by.language or "es"), pytest.raises(DomainError) as refused:
        call(by)
    return str(refused.value.message)
