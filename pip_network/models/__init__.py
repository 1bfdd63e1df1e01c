from .audit import AuditEvent
from .jobs import Job
from .outbox import Mail
from .people import Institution, User
from .roles import RoleAssignment

__all__ = ["AuditEvent", "Institution", "Job", "Mail", "RoleAssignment", "User"]
