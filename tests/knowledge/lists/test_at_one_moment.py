"""Processes of their own that press the same button at one moment, each committing for real."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from knowledge.lists import moves
from knowledge.models import List, ListItem, SavedSearch
from tests import factories

from .making import AT, item, member, reading_list

ROOT = Path(__file__).resolve().parents[3]
START = """
import os, sys
import django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = os.environ["NAME_OF_TEST"]
from knowledge.lists import moves
from knowledge.models import List, Work
from knowledge.saved import actions
from pip_network.models import User
from tests.factories import moment
ana, work, AT = User.objects.get(email="ana@example.org"), Work.objects.get(pk="K1"), moment("2006-07-12")
one = List.objects.first()
print("ready", flush=True); sys.stdin.readline()
{act}
print("done")
"""


def at_once(act: str, many: int = 3) -> None:
    environment = {
        **os.environ,
        "NAME_OF_TEST": str(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "pip_network.settings",
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-W", "ignore", "-c", START.replace("{act}", act)]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)
        for _number in range(many)
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60) for process in running]
    assert [out for out, _errors in answers] == ["done\n"] * many, answers


@pytest.fixture
def ana(committed):
    factories.work("K1")
    return member()


def test_one_work_added_by_several_is_one_row(ana):
    reading_list(ana)
    at_once("moves.add_work(work=work, one=one, by=ana, at=AT)")
    assert ListItem.objects.count() == 1


def test_the_first_list_is_made_once(ana):
    at_once("moves.add_work(work=work, by=ana, at=AT)")
    assert (List.objects.count(), ListItem.objects.count()) == (1, 1)


def test_moves_at_once_leave_one_order(ana):
    one = reading_list(ana, *(factories.work(code) for code in ("K2", "K3", "K4")))
    moves.raise_item(item=item(one, "K4"), by=ana, at=AT)
    at_once("moves.lower_item(item=one.items.get(work='K2'), by=ana, at=AT)", many=2)
    places = list(one.items.order_by("position").values_list("work", "position"))
    assert places == [("K4", 1), ("K3", 2), ("K2", 3)]


def test_one_search_saved_by_several_is_one_row(ana):
    at_once('actions.save_search(asked="q=redes", by=ana, at=AT)')
    assert SavedSearch.objects.count() == 1
