"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from knowledge import audit_columns
from knowledge.models import Concept, Evidence, Lesson, List, Work
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "work": _("Library"),
        "concept": _("Thesaurus"),
        "list": _("Collections"),
        "lesson": _("Lessons"),
    },
    verbs={
        "work.proposed": _("Work proposed to the library"),
        "concept.added": _("Concept added to the thesaurus"),
        "concept.corrected": _("Concept of the thesaurus corrected"),
        "lesson.drafted": _("Draft of a lesson written"),
        "lesson.corrected": _("Lesson corrected"),
        "lesson.translated": _("Lesson translated"),
        "lesson.sent": _("Lesson sent for validation"),
        "lesson.validated": _("Lesson validated by its project"),
        "lesson.unvalidated": _("Validation of a lesson taken back"),
        "lesson.confirmed": _("Lesson confirmed by another project"),
        "lesson.unconfirmed": _("Confirmation of a lesson taken back"),
        "lesson.agreed": _("Project agreed to publish a lesson"),
        "lesson.disagreed": _("Agreement to publish a lesson withdrawn"),
        "lesson.published": _("Lesson published"),
        "lesson.unpublished": _("Lesson withdrawn from the public"),
        "lesson.superseded": _("Lesson superseded by another"),
        "lesson.reinstated": _("Superseded lesson reinstated"),
        "lesson.applied": _("Lesson applied by another project"),
        "lesson.application_withdrawn": _("Application of a lesson taken back"),
        "lesson.evidence_added": _("Evidence of a lesson added"),
        "lesson.evidence_removed": _("Evidence of a lesson taken away"),
        "lesson.deleted": _("Draft of a lesson deleted"),
        "lesson.restored": _("Deletion of a draft undone"),
        "work.added": _("Work added to the library"),
        "work.corrected": _("Work of the library corrected"),
        "work.file_added": _("File added to a work of the library"),
        "work.reviewed": _("Work of the library taken for review"),
        "work.sent_back": _("Proposal sent back with a remark"),
        "work.sent_again": _("Proposal sent again"),
        "work.published": _("Work of the library published"),
        "work.link_checked": _("Address of a work checked"),
        "work.withdrawn": _("Work of the library withdrawn"),
        "work.restored": _("Withdrawal of a work undone"),
        "list.made": _("Collection made"),
        "list.changed": _("Collection changed"),
        "list.removed": _("Collection removed"),
        "list.restored": _("Removal of a collection undone"),
        "list.work_added": _("Work added to a collection"),
        "list.work_noted": _("Note to a work of a collection"),
        "list.work_moved": _("Work of a collection moved"),
        "list.work_removed": _("Work taken out of a collection"),
        "list.module_added": _("Module added to a path"),
        "list.module_changed": _("Module of a path changed"),
        "list.module_removed": _("Module of a path removed"),
    },
    kinds={
        "concept": Kind(_("Concept"), Concept),
        "evidence": Kind(_("Evidence of a lesson"), Evidence),
        "lesson": Kind(_("Lesson"), Lesson, (("lesson", "code"),), audit_columns.of_lesson),
        "work": Kind(_("Work"), Work, (("work", "code"),), audit_columns.of_work),
        "list": Kind(_("Collection"), List, (("list", "code"),)),
    },
)
