"""Invented lists: two collections and a path, in three languages, of works that are in the library.
They are marked as invented wherever they stand.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from knowledge.choices import ListKind, OpenTo
from knowledge.lists import actions, moves
from knowledge.models import List, ListItem, Module, Question, Work
from pip_network.choices import Origin
from pip_network.models import User
from pip_network.people.access import Permission, require

FILE = Path(__file__).parent / "lists.json"


def read() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def load(*, by: User, at: dt.datetime) -> None:
    """Make those that are missing. Works that are not there are left out. Raises Forbidden."""
    require(by, Permission.CURATE_LIBRARY)
    told = read()
    if List.objects.filter(code=told["path"]["code"]).exists():
        return
    works = Work.objects.visible_to(by).in_bulk()
    for values in told["collections"]:
        _collection(values, works, by, at)
    _path(told["path"], works, at)


def in_columns(name: str, texts: dict[str, str]) -> dict[str, str]:
    """`{"title_es": ...}`"""
    return {f"{name}_{language}": text for language, text in texts.items()}


def _collection(values: dict[str, Any], works: dict[str, Work], by: User, at: dt.datetime) -> None:
    texts = in_columns("title", values["title"]) | in_columns("about", values["about"])
    one = actions.make_collection(open_to=OpenTo.EVERYBODY, by=by, at=at, **texts)
    for code in values["works"]:
        if code in works:
            moves.add_work(work=works[code], one=one, by=by, at=at)
    List.objects.filter(pk=one.pk).update(origin=Origin.DEMO)


def _path(values: dict[str, Any], works: dict[str, Work], at: dt.datetime) -> None:
    path = List.objects.create(
        code=values["code"],
        kind=ListKind.PATH,
        open_to=OpenTo.EVERYBODY,
        origin=Origin.DEMO,
        made_at=at,
        used_at=at,
        **in_columns("title", values["title"]),
        **in_columns("about", values["about"]),
    )
    position = 0
    for number, each in enumerate(values["modules"], 1):
        texts = in_columns("title", each["title"]) | in_columns("text", each["text"])
        module = Module.objects.create(list=path, number=number, **texts)
        for reading in each["readings"]:
            if reading["work"] in works:
                position += 1
                ListItem.objects.create(
                    list=path,
                    module=module,
                    work=works[reading["work"]],
                    position=position,
                    pages=reading.get("pages", ""),
                    added_at=at,
                    **in_columns("note", reading["note"]),
                )
        for place, question in enumerate(each["questions"], 1):
            texts = in_columns("text", question)
            Question.objects.create(module=module, number=place, **texts)
