"""How the library is used in the demonstration, so that no list of who keeps it begins empty: works
that wait, searches and lists of members, what was opened and what was looked for in vain. Invented,
and done through the actions that people use.
"""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest

from knowledge.choices import UseKind
from knowledge.lists import actions as lists
from knowledge.lists import moves
from knowledge.models import Work
from knowledge.saved.actions import save_search
from knowledge.usage import counting, missed
from knowledge.works import actions, proposals
from knowledge.works.records import stated
from pip_network.choices import Origin
from pip_network.models import User
from pip_network.web.days import day_of

from .reading import INVENTED

FILE = Path(__file__).parent / "using.json"
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
USED, DAYS = 40, 28  # works that were used, and over how many days
DAY = dt.timedelta(days=1)

People = Mapping[str, User]  # by their accounts


def read() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def save_searches(*, people: People, at: dt.datetime) -> None:
    """Before the documents come, so that there is something new to each."""
    for account, questions in read()["searches"].items():
        for asked in questions:
            save_search(asked=asked, by=people[account], at=at)


def load(*, people: People, by: User, at: dt.datetime) -> None:
    """All the rest. `by` keeps the library; works that are not there are left out of the lists."""
    told = read()
    for values in told["proposals"]:
        _propose(values, people[values["by"]], by, at - values["days"] * DAY)
    for values in told["lists"]:
        _keep_list(values, people[values["owner"]], at)
    _use(by, at)
    for values in told["missed"]:
        for number in range(values["times"]):
            missed.note(reader(), values["question"], values["language"], at=at - number * DAY)


def _propose(values: Mapping[str, Any], member: User, by: User, at: dt.datetime) -> None:
    language = values["original"]
    work = actions.propose_work(
        code=values["code"],
        type=values["type"],
        original=language,
        themes=stated(values["themes"]),
        by=member,
        at=at,
        **{
            f"title_{language}": values["title"],
            f"abstract_{language}": values["abstract"],
            f"abstract_by_{language}": "source" if values["abstract"] else "",
            f"provenance_{language}": INVENTED[language],
        },
    )
    actions.correct_work(work=work, origin=Origin.DEMO, by=by, at=at)
    if values["step"] == "review":
        actions.review_work(work=work, by=by, at=at + DAY)
    elif values["step"] == "asked":
        proposals.send_back(work=work, remark=values["remark"], by=by, at=at + DAY)


def _keep_list(values: Mapping[str, Any], owner: User, at: dt.datetime) -> None:
    words = {name: values[name] for name in ("title", "about")}
    one = lists.make_reading_list(**words, by=owner, at=at)
    works = Work.objects.visible_to(owner).in_bulk()
    for code, note in values["works"].items():
        if code in works:
            item = moves.add_work(work=works[code], one=one, by=owner, at=at)
            moves.note_item(item=item, note=note, by=owner, at=at)
    lists.change_list(one=one, open_to=values["open_to"], **words, by=owner, at=at)


def _use(by: User, at: dt.datetime) -> None:
    """Some works much, some once, some never; counted up to the day before."""
    works = Work.objects.visible_to(by).order_by("code")[:USED]
    for place, work in enumerate(works):
        for number in range(place * 7 % 11):
            moment = at - (1 + (place + number * 5) % DAYS) * DAY
            kind = UseKind.TAKEN if number % 4 == 3 else UseKind.OPENED
            counting.note(reader(), work, kind, at=moment)
    counting.fold(until=day_of(at) - DAY)


def reader() -> HttpRequest:
    """As the program of a reader asks."""
    request = HttpRequest()
    request.method = "GET"
    request.META["HTTP_USER_AGENT"] = READER
    return request
