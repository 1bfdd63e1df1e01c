"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from knowledge.models import Concept, Lesson, Work
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "work": _("Library"),
        "concept": _("Thesaurus"),
        "lesson": _("Lessons"),
    },
    verbs={
        "work.proposed": _("Work proposed to the library"),
        "concept.added": _("Concept added to the thesaurus"),
        "concept.corrected": _("Concept of the thesaurus corrected"),
        "lesson.drafted": _("Draft of a lesson written"),
        "lesson.corrected": _("Lesson corrected"),
        "lesson.translated": _("Lesson translated"),
        "lesson.deleted": _("Draft of a lesson deleted"),
        "lesson.restored": _("Deletion of a draft undone"),
        "work.added": _("Work added to the library"),
        "work.corrected": _("Work of the library corrected"),
        "work.file_added": _("File added to a work of the library"),
        "work.reviewed": _("Work of the library taken for review"),
        "work.published": _("Work of the library published"),
        "work.withdrawn": _("Work of the library withdrawn"),
        "work.restored": _("Withdrawal of a work undone"),
    },
    kinds={
        "concept": Kind(_("Concept"), Concept),
        "lesson": Kind(_("Lesson"), Lesson, (("lesson", "code"),)),
        "work": Kind(_("Work"), Work, (("work", "code"),)),
    },
)
