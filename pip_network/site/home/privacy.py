"""How long things are kept, as the code has it: the privacy page states no period that is not one
of these.
"""

import datetime as dt
import re

from allauth.account import app_settings
from django.conf import settings

from knowledge.lists import sweeping
from monitoring.submission import visits
from pip_network.files.importing import previews
from pip_network.people import devices
from pip_network.web import drafts, language

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
BACKUP_DAYS = 21  # what docs/operating.md proposes; the portal itself deletes no backup


def periods() -> dict[str, int]:
    """Days, or hours or minutes where the name says so."""
    return {
        "session_hours": settings.SESSION_COOKIE_AGE // HOUR,
        "idle_minutes": settings.SESSION_IDLE_SECONDS // MINUTE,
        "invitation": settings.INVITATION_DAYS,
        "reset_minutes": settings.PASSWORD_RESET_TIMEOUT // MINUTE,
        "counted_minutes": counted_minutes(),
        "import_minutes": previews.KEEP // dt.timedelta(minutes=1),
        "visit_minutes": visits.KEEP // dt.timedelta(minutes=1),
        "draft": drafts.KEPT_DAYS,
        "removed": sweeping.KEEP // dt.timedelta(days=1),
        "backup": BACKUP_DAYS,
        "csrf": settings.CSRF_COOKIE_AGE // DAY,
        "device": devices.YEAR // DAY,
        "language": language.YEAR // DAY,
    }


def counted_minutes() -> int:
    """The longest time for which attempts are counted by network address, in whole minutes."""
    rates = ",".join(filter(None, app_settings.RATE_LIMITS.values()))
    lengths = re.findall(r"/(\d*)([smhd])/ip", rates)
    seconds = {"s": 1, "m": 60, "h": 3600, "d": DAY}
    return -(-max(int(number or 1) * seconds[unit] for number, unit in lengths) // 60)
