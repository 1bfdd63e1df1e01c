"""What the checks find: told to who writes and to who keeps, and to nobody else."""

import pytest

from knowledge.lessons import checks
from knowledge.models import Lesson, LessonText
from pip_network.people.access import Role
from tests import factories

AT = factories.moment("2006-03-01")
WHOLE = "Una frase que dice lo suficiente para entenderse sin más."


@pytest.fixture
def lesson(db):
    row = factories.lesson(factories.project("PIP-90"), "Primero los compradores")
    LessonText.objects.update(
        **dict.fromkeys(("context", "problem", "done", "happened", "why", "not_when"), WHOLE)
    )
    row.evidence.create(address="https://example.org/", added_at=AT)
    row.evidence.create(address="https://example.org/2", contrary=True, added_at=AT)
    return row


def found(reader=factories.PROCESS) -> list[str]:
    lesson = Lesson.objects.get(texts__title="Primero los compradores")
    reader = reader if reader is not factories.PROCESS else factories.user("curadora")
    return [finding.check.name for finding in checks.of(lesson, reader)]


@pytest.mark.parametrize(
    ("columns", "text", "names"),
    [
        ({}, {}, []),
        ({"outcome": ""}, {}, ["no-outcome"]),
        ({"confidence": ""}, {}, ["no-confidence"]),
        ({"confidence": "high"}, {}, ["sure-without-figure"]),
        ({}, {"why": ""}, ["no-why"]),
        ({}, {"not_when": "Nunca."}, ["short"]),
        ({}, {"happened": f"{WHOLE} El impacto fue grande."}, ["causal"]),
    ],
)
@pytest.mark.usefixtures("lesson")
def test_what_is_missing_or_doubtful(columns, text, names):
    if columns:
        Lesson.objects.update(**columns)
    if text:
        LessonText.objects.update(**text)
    assert found() == names


def test_without_evidence_or_without_anything_against_it(lesson):
    lesson.evidence.filter(contrary=True).delete()
    assert found() == ["worked-without-doubt"]
    lesson.evidence.all().delete()
    assert found() == ["no-evidence"]


def test_a_translation_that_is_older_than_the_text(lesson):
    row = LessonText.objects.create(
        lesson=lesson,
        language="en",
        title="Buyers first",
        changed_at=factories.moment("2004-01-01"),
    )
    assert found() == ["old-translation"]
    LessonText.objects.filter(pk=row.pk).update(changed_at=AT)
    assert found() == []


def test_one_like_it_is_named_to_who_may_read_it(lesson):
    other = factories.project("PIP-91")
    factories.lesson(other, "Primero, los compradores")
    curator = factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-90")
    member = factories.user("experta", role=Role.EXPERT)
    assert (found(curator), found(member)) == (["doubled"], [])


def test_writer_and_curator_read_the_same_words_and_others_none(client, lesson):
    Lesson.objects.update(state="validated", confidence="high")
    people = {
        factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-90"): True,
        factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-91"): True,
        factories.user("experta", role=Role.EXPERT): False,
    }
    for person, told in people.items():
        client.force_login(person)
        page = client.get(lesson.get_absolute_url()).content.decode()
        assert ("Su confianza es alta y ninguna cifra la respalda." in page) is told
