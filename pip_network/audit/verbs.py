"""Every verb of the trail in words. A verb without words fails tests/audit/test_verbs.py."""

from django.utils.translation import gettext_lazy as _

# The noun of a verb (what stands before the point) is its group on the audit page.
GROUPS: dict[str, str] = {
    "access": _("Denied attempts"),
    "signin": _("Sign-in and sign-out"),
    "account": _("Own account"),
    "person": _("People"),
    "invitation": _("Invitations"),
    "role": _("Roles"),
    "institution": _("Institutions"),
    "project": _("Projects"),
    "network": _("Networks"),
    "firm": _("Firms"),
    "import": _("Imports"),
    "submission": _("Submissions"),
    "narrative": _("Narratives"),
    "remark": _("Remarks"),
    "registry": _("Corrections of the record"),
    "rates": _("Exchange rates"),
    "catalogue": _("Catalogue"),
    "report": _("Reports"),
    "job": _("Jobs"),
    "work": _("Library"),
    "workshop": _("Workshops"),
    "reference": _("Reference data"),
    "demo": _("Demonstration data"),
    "maintenance": _("Maintenance"),
}

VERBS: dict[str, str] = {
    "access.denied": _("Attempt denied: not allowed"),
    "access.hidden": _("Page not found or not allowed"),
    "access.forged": _("Form refused: expired or from another site"),
    "access.host_refused": _("Request under a name that is not ours refused"),
    "access.limited": _("Too many attempts: asked to wait"),
    "signin.done": _("Signed in"),
    "signin.ended": _("Signed out"),
    "signin.failed": _("Sign-in failed: wrong e-mail or password"),
    "signin.code_failed": _("Sign-in failed: wrong code of the second step"),
    "signin.locked": _("Sign-in stopped: too many wrong attempts"),
    "signin.link_refused": _("Link refused: used, expired or withdrawn"),
    "firm.registered": _("Firm registered"),
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
    "role.given": _("Role given"),
    "role.ended": _("Role ended"),
    "person.switched_off": _("Account switched off"),
    "person.switched_on": _("Account switched on"),
    "person.sessions_ended": _("Sessions ended"),
    "person.changed": _("Name or institution changed"),
    "person.reset_sent": _("Letter for a new password sent"),
    "invitation.sent": _("Invitation sent"),
    "invitation.sent_again": _("Invitation sent again"),
    "invitation.withdrawn": _("Invitation withdrawn"),
    "invitation.accepted": _("Invitation accepted"),
    "submission.opened": _("Semester opened"),
    "submission.submitted": _("Sent to review"),
    "submission.returned": _("Returned with remarks"),
    "submission.approved": _("Approved"),
    "submission.amended": _("Opened for amendment"),
    "narrative.saved": _("Narrative saved"),
    "remark.made": _("Remark made"),
    "remark.answered": _("Remark answered"),
    "remark.resolved": _("Remark resolved"),
    "registry.corrected": _("Attributes of an approved round corrected"),
    "rates.approved": _("Exchange rates approved"),
    "catalogue.published": _("Catalogue version published"),
    "report.ordered": _("Report ordered"),
    "job.cancelled": _("Job cancelled"),
    "institution.created": _("Institution registered"),
    "institution.updated": _("Institution changed"),
    "institution.archived": _("Institution archived"),
    "institution.restored": _("Institution restored"),
    "institution.added": _("Institution added"),
    "institution.corrected": _("Institution corrected"),
    "work.added": _("Work added to the library"),
    "work.corrected": _("Work of the library corrected"),
    "workshop.added": _("Workshop added"),
    "workshop.corrected": _("Workshop corrected"),
    "reference.loaded": _("Reference data loaded"),
    "demo.seeded": _("Demonstration data loaded"),
    "maintenance.started": _("Maintenance begun"),
    "maintenance.ended": _("Maintenance ended"),
}

# What the audit page calls denied attempts.
DENIED: tuple[str, ...] = (
    "access.denied", "access.hidden", "access.forged", "access.host_refused", "access.limited",
    "signin.failed", "signin.code_failed", "signin.locked", "signin.link_refused",
)  # fmt: skip

# Who acts when no person does.
PROCESSES: dict[str, str] = {
    "system": _("The portal"),
    "visitor": _("A visitor"),
    "seed_demo": _("Demonstration data"),
    "system:reference": _("Reference data"),
    "operator": _("The operator, from the command line"),
}


def words_of(verb: str):
    return VERBS.get(verb, verb)


def verbs_of(group: str) -> list[str]:
    return [verb for verb in VERBS if verb.partition(".")[0] == group]
