"""What members write of lessons, lists and searches: where something was written of which nothing is
seen, it is refused at its field.
"""

import pytest

from knowledge.lessons import applying, citing, drafting, validating
from knowledge.lists import actions, moves
from knowledge.saved import actions as saved
from knowledge.works import proposals
from pip_network.web.errors import Invalid
from tests import factories

from .lists.making import AT, collection, curator, item, member, reading_list

pytestmark = pytest.mark.django_db
DOING = {"by": factories.PROCESS, "at": AT}
UNSEEN = ["\u200b\u2060", "\u2800\u3164", "\u0301", "\u202e"]


def lists(text: str) -> dict:
    """Each door of lists and searches, by the field at which it refuses."""
    ana, who = member(), curator()
    work = factories.work("K1")
    mine, theirs = reading_list(ana, work), collection(who, work)
    search = saved.save_search(asked="q=redes", by=ana, at=AT)
    mine_now, now = {"by": ana, "at": AT}, {"by": who, "at": AT}
    return {
        "title": lambda: actions.make_reading_list(title=text, **mine_now),
        "about": lambda: actions.change_list(one=mine, title="Una", about=text, **mine_now),
        "note": lambda: moves.note_item(item=item(mine, "K1"), note=text, **mine_now),
        "name": lambda: saved.rename_search(search=search, name=text, **mine_now),
        "title_pt": lambda: actions.make_collection(title_es="Una", title_pt=text, **now),
        "about_en": lambda: actions.change_list(one=theirs, about_en=text, **now),
    }


def lessons(text: str) -> dict:
    """Each door of lessons and proposals."""
    project, other = factories.project("PIP-90"), factories.project("PIP-91")
    draft = factories.lesson(project)
    valid = factories.lesson(project, state="validated")
    asked = factories.work("K2", state="proposed", proposed_by=member("eva"))
    proposals.send_back(work=asked, remark="Falta el año de la edición", **DOING)
    eva = {"by": asked.proposed_by, "at": AT}
    page = "https://example.org/"
    return {
        "voice": lambda: drafting.draft_lesson(source=project, voice=text, language="es", **DOING),
        "title": lambda: drafting.correct_lesson(lesson=draft, title=text, **DOING),
        "why": lambda: drafting.correct_lesson(lesson=draft, why=text, **DOING),
        "context": lambda: drafting.translate_lesson(
            lesson=draft, language="pt", title="Redes", context=text, **DOING
        ),
        "note": lambda: citing.cite_address(lesson=draft, address=page, note=text, **DOING),
        "note ": lambda: validating.confirm_lesson(lesson=valid, project=other, note=text, **DOING),
        "text": lambda: applying.apply_lesson(
            lesson=valid, project=other, text=text, result="helped", **DOING
        ),
        "remark": lambda: proposals.send_back(work=asked, remark=text, **DOING),
        "answer": lambda: proposals.send_again(work=asked, answer=text, **eva),
    }


@pytest.mark.parametrize("doors", [lists, lessons])
@pytest.mark.parametrize("text", UNSEEN)
def test_it_is_refused_at_its_field(doors, text):
    for place, write in doors(text).items():
        with pytest.raises(Invalid) as refused:
            write()
        assert refused.value.place == place.strip()


@pytest.mark.parametrize("doors", [lists, lessons])
def test_what_is_seen_is_taken_whatever_stands_around_it(doors):
    for write in doors("\u200bLo que aprendimos\u2060").values():
        assert write()


def test_a_lesson_is_called_by_the_first_line_that_one_sees():
    voice = "\u200b\nPrimero los compradores"
    told = {"source": factories.project("PIP-90"), "voice": voice, "language": "es"}
    assert drafting.draft_lesson(**told, **DOING).title == "Primero los compradores"
