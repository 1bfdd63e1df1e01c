"""Texts of the narrative: what is saved, and what is not."""

import pytest

from monitoring.models import NarrativeDraft
from monitoring.submission.narratives import LONGEST, save_narrative
from monitoring.submission.opening import submit
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests.factories import moment

AT = moment("2004-06-20")


@pytest.fixture
def opened(world):
    return world.filled("2004-S1")


def save(world, opened, text="Más confianza.", theme="change", language="es", seen=None):
    return save_narrative(opened.pk, theme, text, language, seen, by=world.director, at=AT)


def saved() -> list[tuple[str, str, int]]:
    return list(NarrativeDraft.objects.values_list("theme", "text", "stamp"))


@pytest.mark.parametrize(
    "change",
    [{"theme": "weather"}, {"language": "fr"}, {"text": "x" * (LONGEST + 1)}],
)
def test_a_text_answers_a_question_in_a_language_and_ends_somewhere(world, opened, change):
    with pytest.raises(Invalid) as refusal:
        save(world, opened, **change)
    assert (refusal.value.place, saved()) == (change.get("theme", "change"), [])
    save(world, opened, text="x" * LONGEST)
    assert saved() == [("change", "x" * LONGEST, 1)]


def test_the_same_text_is_saved_once(world, opened):
    for text in ("Más confianza.", "Más confianza.\r\n", "Más\r\nconfianza.", "Más\nconfianza."):
        save(world, opened, text)
    assert saved() == [("change", "Más\nconfianza.", 2)]
    assert AuditEvent.objects.filter(verb="narrative.saved").count() == 2


def test_what_somebody_else_wrote_is_not_overwritten(world, opened):
    for seen, text in ((1, "Uno"), (0, "Dos"), (0, "Tres"), (1, "Cuatro")):
        if text in ("Uno", "Tres"):
            with pytest.raises(Conflict) as refusal:
                save(world, opened, text, seen=seen)
            assert refusal.value.place == "change"
        else:
            save(world, opened, text, seen=seen)
    assert saved() == [("change", "Cuatro", 2)]


def test_only_while_the_submission_is_open_and_by_who_enters_the_project(world, opened):
    with pytest.raises(Forbidden):
        save_narrative(opened.pk, "change", "x", "es", by=world.coordinator, at=AT)
    save(world, opened)
    submit(opened.pk, by=world.director, at=moment("2004-07-10"))
    with pytest.raises(Conflict):
        save(world, opened, "Otra cosa")
    assert saved() == [("change", "Más confianza.", 1)]
