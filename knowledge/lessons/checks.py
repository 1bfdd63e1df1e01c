"""What is missing, doubtful or doubled in a lesson."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from knowledge.checks import DOUBLED, DOUBTFUL, LOOKED_AT, MISSING, Check, Finding, findings, same
from knowledge.choices import Confidence, Outcome
from knowledge.models import PARAGRAPHS, Lesson, LessonText
from pip_network.folding import fold
from pip_network.web.signed_in import Reader

SHORT = 40  # letters of a paragraph


def lacks(name: str):
    """Does its original leave a paragraph empty?"""
    return lambda lesson: not getattr(lesson.original, name, "")


def is_sure_without_figure(lesson: Lesson) -> bool:
    measured = any(row.figure_id and not row.contrary for row in lesson.evidence.all())
    return lesson.confidence == Confidence.HIGH and not measured


def is_short(lesson: Lesson) -> bool:
    said = [getattr(lesson.original, name, "") for name in PARAGRAPHS]
    return any(0 < len(text) < SHORT for text in said)


def says_impact(lesson: Lesson) -> bool:
    """Words of cause, which need an evaluation that was designed for it."""
    text = lesson.original
    if text is None:
        return False
    said = " ".join([text.title, *(getattr(text, name) for name in PARAGRAPHS)])
    return "impact" in fold(said)  # in all three languages


def has_older_translation(lesson: Lesson) -> bool:
    original = lesson.original
    rows = [one for one in lesson.texts.all() if not one.original]
    return original is not None and any(one.changed_at < original.changed_at for one in rows)


CHECKS = (
    Check("no-context", MISSING, _("It does not say in which context."), lacks("context")),
    Check("no-problem", MISSING, _("It does not say which problem there was."), lacks("problem")),
    Check("nothing-done", MISSING, _("It does not say what was done."), lacks("done")),
    Check("nothing-happened", MISSING, _("It does not say what happened."), lacks("happened")),
    Check("no-why", MISSING, _("It does not say why."), lacks("why")),
    Check("no-limit", MISSING, _("It does not say when it does not apply."), lacks("not_when")),
    Check(
        "no-outcome", MISSING, _("It does not say what came of it."), lambda row: not row.outcome
    ),
    Check(
        "no-confidence",
        MISSING,
        _("It does not say how sure one is of it."),
        lambda row: not row.confidence,
    ),
    Check("no-theme", MISSING, _("It stands under no theme."), lambda row: not row.themes.all()),
    Check(
        "no-evidence",
        MISSING,
        _("It names no evidence: a figure, a work or an address."),
        lambda row: not row.evidence.all(),
    ),
    Check(
        "sure-without-figure",
        DOUBTFUL,
        _("Its confidence is high, and no figure bears it out."),
        is_sure_without_figure,
    ),
    Check(
        "worked-without-doubt",
        DOUBTFUL,
        _("It worked, and nothing speaks against it: look once more for what does."),
        lambda row: (
            row.outcome == Outcome.WORKED
            and row.evidence.all()
            and not any(one.contrary for one in row.evidence.all())
        ),
    ),
    Check("short", DOUBTFUL, _("One of its paragraphs is very short."), is_short),
    Check(
        "causal",
        DOUBTFUL,
        _("It speaks of impact: say what was observed, unless an evaluation was designed."),
        says_impact,
    ),
    Check(
        "old-translation",
        DOUBTFUL,
        _("A translation is older than the text: look at it again."),
        has_older_translation,
    ),
)
ALREADY_THERE = Check("doubled", DOUBLED, _("There may be such a lesson already:"))


def of(lesson: Lesson, reader: Reader) -> list[Finding]:
    """What the checks find in a lesson; those alike are of what `reader` may read."""
    return findings(lesson, CHECKS, Finding(ALREADY_THERE, alike(lesson, reader)))


def alike(lesson: Lesson, reader: Reader) -> list[Lesson]:
    """Lessons with a title like one of its own."""
    titles = [one.folded for one in lesson.texts.all()]
    keys = {row.lesson_id for title in titles for row in near(title) if same(title, row.folded)}
    others = Lesson.objects.visible_to(reader).exclude(pk=lesson.pk).with_parts()
    return list(others.filter(pk__in=keys).order_by("code"))


def near(title: str) -> Iterable[LessonText]:
    """Titles that hold its longest word."""
    word = max(title.split(), key=len, default="")
    rows = LessonText.objects.filter(folded__contains=word).order_by("pk")
    return rows[:LOOKED_AT] if len(word) > 3 else ()
