"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from knowledge.models import Concept, List, Work
from pip_network.audit.words import Kind, Words

WORDS = Words(
    groups={
        "work": _("Library"),
        "concept": _("Thesaurus"),
        "list": _("Collections"),
    },
    verbs={
        "work.proposed": _("Work proposed to the library"),
        "concept.added": _("Concept added to the thesaurus"),
        "concept.corrected": _("Concept of the thesaurus corrected"),
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
    },
    kinds={
        "concept": Kind(_("Concept"), Concept),
        "work": Kind(_("Work"), Work, (("work", "code"),)),
        "list": Kind(_("Collection"), List, (("list", "code"),)),
    },
)
