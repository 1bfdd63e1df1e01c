"""The audit trail: writing it (`record`, `record_many`), reading it (`history_of`) and attempts
that were denied.
"""

from pip_network.audit.history import Change, TrailLine, history_of, lines_of
from pip_network.audit.writing import actor_key, record, record_many

__all__ = ["Change", "TrailLine", "actor_key", "history_of", "record", "record_many", "lines_of"]
