"""What is looked for in vain is counted: the words, by day and language, never who asked."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings

from knowledge.models import Missed
from knowledge.usage import missed
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12 10:00")
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0"


def ask(client, question: str, agent: str = READER, **more):
    with time_machine.travel(AT, tick=False):
        return client.get("/library/", {"q": question, **more}, headers={"user-agent": agent})


def rows() -> list[tuple]:
    return list(Missed.objects.values_list("day", "question", "language", "count"))


def test_a_question_without_an_answer_is_counted_folded(client):
    factories.work("K1", "Redes")
    ask(client, "Redes")
    assert rows() == []
    ask(client, "  Turbinas EÓLICAS ")
    ask(client, "turbinas eolicas")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pt"
    ask(client, "turbinas eolicas")
    day = AT.date()
    assert rows() == [(day, "turbinas eolicas", "es", 2), (day, "turbinas eolicas", "pt", 1)]


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("x", False),
        ("xy", True),
        ("\u200b\u2060zz", True),
        ("maria@example.org", False),
        ("RUC 80012345-6", False),
        ("tel. 595 21 123456", False),
        ("zafra 2005", True),
        ("<script>alert(1)</script>", True),
        ("' OR 1=1 --", True),
    ],
)
def test_what_may_name_a_person_is_not_kept(client, question, kept):
    ask(client, question)
    assert Missed.objects.exists() is kept


def test_a_long_question_is_cut(client):
    ask(client, "zafra " * 60)
    assert len(Missed.objects.get().question) <= 80


def test_what_is_narrowed_or_asked_by_a_robot_is_not_counted(client):
    ask(client, "turbinas", country="AR")
    ask(client, "turbinas", agent="GPTBot/1.0")
    client.head("/library/", {"q": "turbinas"}, headers={"user-agent": READER})
    assert rows() == []
    ask(client, "turbinas")
    assert len(rows()) == 1


def test_a_flood_adds_no_more_rows_than_a_day_may_have(client, monkeypatch):
    monkeypatch.setattr(missed, "NEW_A_DAY", 3)
    for number in range(6):
        ask(client, f"turbinas {number}{number}")
    ask(client, "turbinas 00")
    assert [(question, count) for _day, question, _language, count in rows()] == [
        ("turbinas 00", 2),
        ("turbinas 11", 1),
        ("turbinas 22", 1),
    ]


def test_after_a_year_it_is_forgotten(client):
    ask(client, "turbinas")
    missed.sweep(at=AT + dt.timedelta(days=365))
    assert len(rows()) == 1
    missed.sweep(at=AT + dt.timedelta(days=366))
    assert rows() == []
