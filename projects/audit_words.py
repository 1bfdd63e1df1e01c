"""The words of this room in the audit trail."""

from django.utils.translation import gettext_lazy as _

from pip_network.audit.words import Kind, Words
from projects.choices import AnonymisingReason, ArchivingReason, ClosingReason, LeavingReason
from projects.models import Firm, Network, Project

WORDS = Words(
    groups={
        "project": _("Projects"),
        "network": _("Networks"),
        "firm": _("Firms"),
        "country": _("Countries"),
        "projectfamily": _("Families of projects"),
    },
    verbs={
        "firm.registered": _("Firm registered"),
        "firm.tax_id_asked": _("Told that another project has a firm of that tax identification"),
        "firm.updated": _("Firm changed"),
        "firm.closed": _("Firm closed"),
        "firm.anonymised": _("Firm anonymised"),
        "firm.joined": _("Firm joined a network"),
        "firm.left": _("Firm left a network"),
        "firm.reopened": _("Closing of a firm taken back"),
        "firm.archived": _("Firm archived"),
        "firm.restored": _("Firm restored"),
        "firm.joining_corrected": _("Day of joining a network corrected"),
        "firm.leaving_corrected": _("Leaving of a network corrected"),
        "firm.leaving_taken_back": _("Leaving of a network taken back"),
        "firm.joining_taken_back": _("Joining of a network taken back"),
        "firm.merged": _("Firms merged"),
        "firm.split": _("Merge of firms taken back"),
        "firm.told_apart": _("Said not to be the same firm"),
        "firm.not_told_apart": _("Proposed again as the same firm"),
        "network.created": _("Network created"),
        "network.updated": _("Network changed"),
        "network.dissolved": _("Network dissolved"),
        "network.reinstated": _("Dissolution of a network taken back"),
        "network.archived": _("Network archived"),
        "network.restored": _("Network restored"),
        "project.created": _("Project created"),
        "project.updated": _("Project changed"),
        "project.archived": _("Project archived"),
        "project.restored": _("Project restored"),
        "country.added": _("Country added"),
        "country.corrected": _("Country corrected"),
        "country.currency_changed": _("Currency of a country changed"),
        "projectfamily.added": _("Family of projects added"),
        "projectfamily.corrected": _("Family of projects corrected"),
    },
    kinds={
        "P": Kind(_("Project"), Project, (("project", "code"),)),
        "N": Kind(_("Network"), Network, (("network", "code"),)),
        "F": Kind(_("Firm"), Firm, (("firm", "code"),)),
    },
    reasons={
        "firm.closed": ClosingReason,
        "firm.left": LeavingReason,
        "firm.archived": ArchivingReason,
        "firm.anonymised": AnonymisingReason,
    },
)
