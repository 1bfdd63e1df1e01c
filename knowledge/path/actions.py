"""What a person notes of a path for herself. The trail tells nothing of it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge import typed
from knowledge.models import Answer, ListItem, Progress, Question
from pip_network.models import User
from pip_network.people.access import Permission, require_somewhere
from pip_network.web.errors import Conflict
from pip_network.web.locks import for_update

LONGEST_ANSWER = 10_000


@transaction.atomic
def finish_reading(*, item: ListItem, by: User, at: dt.datetime) -> ListItem:
    """Raises Forbidden."""
    require_somewhere(by, Permission.VIEW_INTERNAL)
    Progress.objects.get_or_create(person=by, item=item, defaults={"at": at})
    return item


@transaction.atomic
def reopen_reading(*, item: ListItem, by: User, at: dt.datetime) -> ListItem:
    """Raises Forbidden."""
    del at
    require_somewhere(by, Permission.VIEW_INTERNAL)
    Progress.objects.filter(person=by, item=item).delete()
    return item


@transaction.atomic
def answer_question(
    *, question: Question, text: str, stamp: str = "", by: User, at: dt.datetime
) -> Answer:
    """Keep what she wrote. `stamp`: of the answer that she had before her, so that what she wrote
    meanwhile on another device is not lost. Raises Invalid, Conflict, Forbidden.
    """
    require_somewhere(by, Permission.VIEW_INTERNAL)
    text = typed.text(text, most=LONGEST_ANSWER, place="text")
    for_update(User.objects.filter(pk=by.pk)).get()  # two at once: one after the other
    answer = Answer.objects.filter(person=by, question=question).first()
    answer = answer or Answer(person=by, question=question)
    if answer.text != text:
        if stamp != stamp_of(answer):
            said = _("You have saved another text meanwhile: it stands above. Put both together.")
            raise Conflict(said, place="text")
        answer.text, answer.at = text, at
        answer.save()
    return answer


def stamp_of(answer: Answer | None) -> str:
    """Which text it is, in short; nothing for none."""
    return answer.at.isoformat() if answer is not None and answer.pk else ""
