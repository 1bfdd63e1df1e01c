"""A path as its reader sees it: the readings that she may read, what she has done, what she wrote."""

from dataclasses import dataclass, field

from knowledge.lists.items import Shown, shown_items
from knowledge.models import Answer, List, Module, Progress, Question
from pip_network.web.signed_in import Reader


@dataclass
class Asked:
    question: Question
    answer: Answer | None = None


@dataclass
class Step:
    """A module. `done`: the readings of it that she has done."""

    module: Module
    readings: list[Shown] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    @property
    def parts(self) -> int:
        """Readings and questions."""
        return len(self.readings) + len(self.asked)

    @property
    def parts_done(self) -> int:
        answered = sum(1 for each in self.asked if each.answer and each.answer.text)
        return len(self.done) + answered

    @property
    def is_done(self) -> bool:
        return self.parts_done == self.parts


def steps_of(path: List, reader: Reader) -> list[Step]:
    """All modules, in the same number of questions whatever they hold."""
    steps = {module.pk: Step(module) for module in path.modules.order_by("number", "pk")}
    for shown in shown_items(path, reader):
        if shown.item.module_id in steps:
            steps[shown.item.module_id].readings.append(shown)
    answers, done = _of(path, reader)
    questions = Question.objects.filter(module__list=path)
    for question in questions.order_by("module__number", "number", "pk"):
        asked = Asked(question, answers.get(question.pk))
        steps[question.module_id].asked.append(asked)
    for step in steps.values():
        step.done = {shown.item.pk for shown in step.readings} & done
    return list(steps.values())


def _of(path: List, reader: Reader) -> tuple[dict[int, Answer], set[int]]:
    """Her answers, by question, and the readings that she has done."""
    if not reader.is_authenticated:
        return {}, set()
    answers = Answer.objects.filter(person=reader.pk, question__module__list=path)
    done = Progress.objects.filter(person=reader.pk, item__list=path)
    return {each.question_id: each for each in answers}, set(done.values_list("item", flat=True))


def next_step(steps: list[Step]) -> Step | None:
    """Where she goes on: the first module with something left to do."""
    return next((step for step in steps if not step.is_done), None)
