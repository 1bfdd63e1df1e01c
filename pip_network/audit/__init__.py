"""The audit trail: writing it (`record`, `record_many`), telling it (`history_of`) and attempts
that were denied.
"""

from pip_network.audit.history import Change, Told, history_of, tell
from pip_network.audit.writing import actor_key, record, record_many

__all__ = ["Change", "Told", "actor_key", "history_of", "record", "record_many", "tell"]
