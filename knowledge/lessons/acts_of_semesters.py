"""What can be done with what a semester says that was learned."""

from django.utils.translation import gettext_lazy as _

from knowledge.models import scopes_of
from monitoring.models import Submission
from pip_network.people.access import Permission
from pip_network.web.acts import Act

from . import semesters


def of_its_people(submission: Submission) -> set[str]:
    return scopes_of(submission.project)


MAKE = Act(
    name="lesson-from-semester",
    label=_("Make a lesson of it"),
    kind="primary",
    at_once=True,
    permission=Permission.WRITE_LESSON,
    over=of_its_people,
    action=semesters.draft_from_semester,
    message=_("The draft is kept: complete it when you can."),
)
