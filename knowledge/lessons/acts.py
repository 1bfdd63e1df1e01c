"""What can be done with a lesson, from its page."""

from django.utils.translation import gettext_lazy as _

from knowledge.choices import LessonState
from knowledge.models import Lesson
from pip_network.people.access import Permission
from pip_network.web.acts import Act

from . import drafting, forms, publishing, validating

WRITE, ANSWER = Permission.WRITE_LESSON, Permission.VALIDATE_LESSON


def of_its_people(lesson: Lesson | None) -> set[str]:
    return lesson.scope_keys if lesson else set()


def of_its_project(lesson: Lesson | None) -> set[str]:
    return lesson.project.scope_keys if lesson else set()


def is_draft(lesson: Lesson) -> bool:
    return lesson.state == LessonState.DRAFT and lesson.deleted_at is None


def is_whole(lesson: Lesson) -> bool:
    return is_draft(lesson) and not validating.missing(lesson)


def holds(lesson: Lesson) -> bool:
    return lesson.state in publishing.HOLDS


def takes_evidence(lesson: Lesson) -> bool:
    return lesson.state != LessonState.SUPERSEDED and lesson.deleted_at is None


WRITE_ONE = Act(
    name="lesson-new",
    once=True,
    label=_("Write a lesson"),
    kind="primary",
    permission=WRITE,
    form=forms.LessonForm,
    action=drafting.draft_lesson,
    message=_("The draft is kept: complete it when you can."),
    title=_("Write a lesson"),
    button=_("Keep the draft"),
    lede=_("Only the people of your project and who curates see a draft."),
)
CORRECT = Act(
    name="lesson-correct",
    label=_("Complete or correct"),
    permission=WRITE,
    over=of_its_people,
    when=is_draft,
    form=forms.CorrectionForm,
    action=drafting.correct_lesson,
    message=_("The draft is saved."),
    title=_("Complete or correct the draft"),
    button=_("Save"),
)
TRANSLATE = Act(
    name="lesson-translate",
    permission=None,
    form=forms.TranslationForm,
    action=drafting.translate_lesson,
    message=_("The translation is saved."),
    title=_("Translate the lesson"),
    button=_("Save the translation"),
    lede=_("Under each field stands what the original says."),
)
SEND = Act(
    name="lesson-send",
    label=_("Send for validation"),
    kind="primary",
    at_once=True,
    permission=WRITE,
    over=of_its_people,
    when=lambda lesson: is_whole(lesson) and lesson.sent_at is None,
    action=validating.send_lesson,
    message=_("The director of the project has a letter: the lesson waits for validation."),
)
VALIDATE = Act(
    name="lesson-validate",
    label=_("Validate"),
    kind="primary",
    at_once=True,
    permission=ANSWER,
    over=of_its_project,
    when=is_whole,
    action=validating.validate_lesson,
    message=_("The lesson is validated: the members of the network read it now."),
)
UNVALIDATE = Act(
    name="lesson-unvalidate",
    label=_("Make it a draft again"),
    permission=ANSWER,
    over=of_its_project,
    when=lambda lesson: lesson.state == LessonState.VALIDATED,
    action=validating.unvalidate_lesson,
    message=_("The lesson is a draft again."),
    title=_("Make it a draft again"),
    button=_("Make it a draft again"),
    will=(
        _("Only the people of the project and who curates see it, until it is validated again."),
        _("If everybody could read it, that ends too."),
    ),
)
AGREE = Act(
    name="lesson-agree",
    label=_("Agree that everybody reads it"),
    at_once=True,
    permission=ANSWER,
    over=of_its_project,
    when=lambda lesson: holds(lesson) and lesson.agreed_at is None,
    action=publishing.agree_to_publication,
    message=_("The project agrees: who curates can publish it now."),
)
DISAGREE = Act(
    name="lesson-disagree",
    label=_("Withdraw the agreement"),
    at_once=True,
    permission=ANSWER,
    over=of_its_project,
    when=lambda lesson: lesson.agreed_at is not None,
    action=publishing.withdraw_agreement,
    message=_("The agreement is withdrawn: the public does not read it."),
)
PUBLISH = Act(
    name="lesson-publish",
    label=_("Publish for everybody"),
    kind="primary",
    at_once=True,
    permission=Permission.CURATE_LIBRARY,
    when=lambda lesson: (
        holds(lesson) and lesson.agreed_at is not None and lesson.published_at is None
    ),
    action=publishing.publish_lesson,
    message=_("Everybody reads the lesson now."),
)
UNPUBLISH = Act(
    name="lesson-unpublish",
    label=_("Withdraw from the public"),
    at_once=True,
    permission=Permission.CURATE_LIBRARY,
    when=lambda lesson: lesson.published_at is not None,
    action=publishing.unpublish_lesson,
    message=_("Only members of the network read the lesson now."),
)
SUPERSEDE = Act(
    name="lesson-supersede",
    label=_("Another one supersedes it"),
    permission=ANSWER,
    over=of_its_project,
    when=holds,
    form=forms.SupersedingForm,
    action=publishing.supersede_lesson,
    message=_("The lesson leads to the one in its place."),
    title=_("Another lesson supersedes it"),
    button=_("Supersede"),
    will=(
        _("Its page stays for those who read it now, and leads to the other."),
        _("You can undo it at any time."),
    ),
)
REINSTATE = Act(
    name="lesson-reinstate",
    label=_("It is not superseded"),
    at_once=True,
    permission=ANSWER,
    over=of_its_project,
    when=lambda lesson: lesson.state == LessonState.SUPERSEDED,
    action=publishing.reinstate_lesson,
    message=_("The lesson stands where it stood before."),
)
DELETE = Act(
    name="lesson-delete",
    label=_("Delete the draft"),
    kind="danger",
    at_once=True,
    permission=WRITE,
    over=of_its_people,
    when=is_draft,
    action=drafting.delete_draft,
    message=_("The draft is deleted: you can undo it here."),
)
RESTORE = Act(
    name="lesson-restore",
    label=_("Undo the deletion"),
    kind="primary",
    at_once=True,
    permission=WRITE,
    over=of_its_people,
    when=lambda lesson: lesson.deleted_at is not None,
    action=drafting.restore_draft,
    message=_("The draft is there again."),
)
OF_LESSON: tuple[Act, ...] = (
    RESTORE,
    VALIDATE,
    SEND,
    PUBLISH,
    CORRECT,
    AGREE,
    REINSTATE,
    SUPERSEDE,
    UNVALIDATE,
    DISAGREE,
    UNPUBLISH,
    DELETE,
)
