"""The twenty invented lessons: what they are, and that they are told by the actions of people."""

import json

from knowledge.demonstration.lessons import TEXTS, load
from knowledge.lessons.writing import TEXTS as NAMES
from knowledge.models import Lesson
from tests import factories

AT = factories.moment("2007-02-01")
ROWS = json.loads(TEXTS.read_text("utf-8"))
FAILED = ("did_not", "given_up")


def test_there_are_twenty_in_every_state_and_a_third_did_not_work():
    assert len(ROWS) == len({row["key"] for row in ROWS}) == 20
    assert {row["state"] for row in ROWS} == {
        "draft",
        "sent",
        "validated",
        "confirmed",
        "superseded",
        "public",
    }
    assert 3 * sum(row["outcome"] in FAILED for row in ROWS) >= 20
    pieces = [piece for row in ROWS for piece in row["evidence"]]
    assert {piece["mode"] for piece in pieces if "figure" in piece} == {
        "latest",
        "amended",
        "reversed",
    }
    assert sum(piece["contrary"] for piece in pieces) >= 5
    assert sum(bool(row["applied"]) for row in ROWS) >= 5
    sources = {row["source"].partition(":")[0] for row in ROWS}
    assert sources == {"project", "submission", "workshop"}


def test_what_everybody_reads_is_whole_in_three_languages():
    for row in ROWS:
        whole = [text for text in row["texts"].values() if all(text[name] for name in NAMES)]
        if row["state"] == "public":
            assert sorted(row["texts"]) == ["en", "es", "pt"]
        if row["state"] != "draft":
            assert len(whole) == len(row["texts"]), row["key"]
            assert all((row["voice"], row["outcome"], row["confidence"], row["themes"]))
        assert row["original"] in row["texts"]


def test_they_are_told_of_the_projects_that_are_there(two_rounds):
    admin = two_rounds.administrator
    assert load(by=admin, at=AT) == 1
    lesson = Lesson.objects.visible_to(two_rounds.stranger).get()
    assert (lesson.pk, lesson.project_id, lesson.state) == ("LEC13", "PIP-01", "validated")
    assert lesson.origin == "demo"
    assert lesson.written_by == two_rounds.coordinator
    cited = [row for row in lesson.evidence.all() if row.figure_id]
    assert cited
    assert all(row.cited_value for row in cited)
