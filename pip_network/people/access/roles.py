"""What each role may, and where it can be held."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .permissions import Permission

EVERYWHERE = "*"


class Role(StrEnum):
    DIRECTOR = "director"
    COORDINATOR = "coordinator"
    SPECIALIST = "specialist"
    INSTITUTION = "institution"
    EXPERT = "expert"
    ADMINISTRATION = "administration"

    @property
    def label(self) -> Promise:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.DIRECTOR: _("Project director"),
    Role.COORDINATOR: _("Network coordinator"),
    Role.SPECIALIST: _("MIF specialist"),
    Role.INSTITUTION: _("Partner institution"),
    Role.EXPERT: _("Expert"),
    Role.ADMINISTRATION: _("Network administration"),
}

# Where each role can be held: everywhere, or the kind of thing its scope names (P project, N
# network, I institution).
SCOPES: dict[Role, tuple[str, ...]] = {
    Role.DIRECTOR: ("P",),
    Role.COORDINATOR: ("N",),
    Role.SPECIALIST: ("P", EVERYWHERE),
    Role.INSTITUTION: ("I",),
    Role.EXPERT: (EVERYWHERE,),
    Role.ADMINISTRATION: (EVERYWHERE,),
}

P = Permission
ROLES: dict[Role, frozenset[Permission]] = {
    Role.DIRECTOR: frozenset(
        {
            P.VIEW_MONITORING,
            P.ENTER_NETWORK,
            P.ENTER_PROJECT,
            P.SUBMIT,
            P.AMEND,
            P.TAKE_AWAY_EVIDENCE,
            P.PROPOSE_TARGETS,
            P.VIEW_FIRM_NAMES,
            P.MANAGE_FIRMS,
            P.ORDER_OWN_REPORT,
            P.PROPOSE_WORK,
            P.WRITE_LESSON,
            P.VALIDATE_LESSON,
            P.CONFIRM_LESSON,
            P.VIEW_INTERNAL,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            P.VIEW_MONITORING,
            P.ENTER_NETWORK,
            P.VIEW_FIRM_NAMES,
            P.MANAGE_FIRMS,
            P.PROPOSE_WORK,
            P.WRITE_LESSON,
            P.VIEW_INTERNAL,
        }
    ),
    # Reviews where it is assigned; with any project of its own it reads all the others too (see
    # READS_EVERYWHERE below).
    Role.SPECIALIST: frozenset(
        {
            P.VIEW_MONITORING,
            P.VIEW_FIRM_NAMES,
            P.REVIEW,
            P.AGREE_TARGETS,
            P.VIEW_REVIEW_QUEUE,
            P.VIEW_PORTFOLIO,
            P.ORDER_REPORT,
            P.AMEND,
            P.TAKE_AWAY_EVIDENCE,
            P.CURATE_LIBRARY,
            P.PROPOSE_WORK,
            P.WRITE_LESSON,
            P.VIEW_INTERNAL,
        }
    ),
    Role.INSTITUTION: frozenset({P.PROPOSE_WORK, P.DESCRIBE_INSTITUTION, P.VIEW_INTERNAL}),
    Role.EXPERT: frozenset({P.PROPOSE_WORK, P.VIEW_INTERNAL}),
    Role.ADMINISTRATION: frozenset(
        {
            P.VIEW_MONITORING,
            P.VIEW_FIRM_NAMES,
            P.VIEW_REVIEW_QUEUE,
            P.VIEW_PORTFOLIO,
            P.ORDER_REPORT,
            P.TAKE_AWAY_EVIDENCE,
            P.MANAGE_REGISTRY,
            P.MANAGE_FIRMS,
            P.MANAGE_RATES,
            P.PUBLISH_ROUNDS,
            P.MANAGE_CALENDAR,
            P.MANAGE_CATALOGUE,
            P.MANAGE_PEOPLE,
            P.VIEW_AUDIT,
            P.CURATE_LIBRARY,
            P.PROPOSE_WORK,
            P.VIEW_INTERNAL,
        }
    ),
}

# What a role holds everywhere, wherever it is assigned: any specialist may read the whole
# portfolio.
READS_EVERYWHERE: dict[Role, frozenset[Permission]] = {
    Role.SPECIALIST: frozenset(
        {
            P.VIEW_MONITORING,
            P.VIEW_FIRM_NAMES,
            P.VIEW_REVIEW_QUEUE,
            P.VIEW_PORTFOLIO,
            P.ORDER_REPORT,
            P.CURATE_LIBRARY,
            P.VIEW_INTERNAL,
        }
    )
}
