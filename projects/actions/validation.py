"""What the registry's actions share: codes, dates, reasons, and who keeps a firm."""

import datetime as dt
import re
from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pip_network.models import User
from pip_network.people.access import Permission, Process, require
from pip_network.web.days import day_of
from pip_network.web.errors import Invalid
from projects.models import Firm

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")  # stands in addresses and in the keys of the record


def require_code(code: str) -> None:
    if not CODE.fullmatch(code):
        raise Invalid(
            _("The code %(code)s is not valid: use capital letters, digits and single hyphens.")
            % {"code": code or "?"},
            place="code",
        )


def require_past(day: dt.date, *, at: dt.datetime, place: str) -> None:
    """An act is recorded on its day or later: a day after `at` (UTC) is a slip of the hand."""
    if day > day_of(at):
        raise Invalid(
            _("The day %(day)s is in the future.") % {"day": date_format(day)}, place=place
        )


def require_keeper(by: User | Process, *firms: Firm) -> None:
    """Raises Forbidden for who keeps none of the networks that each of the firms is in."""
    for firm in firms:
        require(by, Permission.MANAGE_FIRMS, firm.scope_keys)


def require_reason(reason: str, reasons: Collection[str]) -> None:
    if reason not in reasons:
        raise Invalid(_("Say why."), place="reason")
