from .audit import AuditEvent
from .calendar_keys import CalendarKey
from .invitations import Invitation
from .jobs import Job
from .outbox import Mail, MailChoice
from .people import Institution, User
from .roles import RoleAssignment
from .sent_forms import SentForm
from .stored import Stored, Upload

__all__ = [
    "AuditEvent",
    "CalendarKey",
    "Institution",
    "Invitation",
    "Job",
    "Mail",
    "MailChoice",
    "RoleAssignment",
    "SentForm",
    "Stored",
    "Upload",
    "User",
]
