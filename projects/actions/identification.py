"""One firm for one tax identification in a country, whoever's firm it is: firms are to be recognised
across projects. So who registers a firm learns that another project has it. That much is said, and
it is counted, and limited: nobody goes through a list of numbers.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from pip_network import audit
from pip_network.models import AuditEvent, User
from pip_network.people.access import Permission, Process, can
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.locks import lock_all
from projects.fetching import managed_firms
from projects.models import Country, Firm
from projects.models.firm import FirmQuerySet

ASKED = "firm.tax_id_asked"
EACH_DAY = 10  # more than slips make, and few of a list
DAY = dt.timedelta(days=1)


def check_tax_ids(firms: Sequence[Firm], *, by: User | Process, at: dt.datetime) -> None:
    """No two firms of one country share a tax id, however it is written: neither in the list nor
    with those already known. The countries are held, so that nobody registers it meanwhile.

    Raises Invalid; Conflict, whether it is known or not, for who has been told too often today.
    """
    identified = {(firm.country_id, firm.tax_key): firm for firm in firms if firm.tax_key}
    if not identified:
        return
    _require_questions_left(by, at)
    lock_all(Country.objects.filter(pk__in={country for country, _key in identified}))
    counts = Counter((firm.country_id, firm.tax_key) for firm in firms if firm.tax_key)
    others = Firm.objects.filter(tax_key__in={key for _country, key in identified}).exclude(
        code__in=[firm.code for firm in firms]
    )
    used_twice = {pair for pair, count in counts.items() if count > 1} | (
        set(others.values_list("country_id", "tax_key")) & set(counts)
    )
    if used_twice:
        country, key = min(used_twice)
        raise Invalid(
            _("A firm with tax identification %(tax_id)s is already registered in %(country)s.")
            % {"tax_id": identified[country, key].tax_id, "country": country},
            place="tax_id",
            afterwards=partial(_count, Firm.objects.filter(country=country, tax_key=key), by, at),
        )


def _require_questions_left(by: User | Process, at: dt.datetime) -> None:
    if not _is_counted(by):
        return
    told = AuditEvent.objects.filter(verb=ASKED, actor=audit.actor_key(by), at__gt=at - DAY).count()
    if told >= EACH_DAY:
        raise Conflict(
            _(
                "Today the portal has told you %(count)s times that another project has a firm: no "
                "further tax identification is looked up for a day. Register the firm without it, "
                "or ask the administration."
            )
            % {"count": told},
            place="tax_id",
        )


@transaction.atomic
def _count(known: FirmQuerySet, by: User | Process, at: dt.datetime) -> None:
    """When the refusal has taken back what it refuses."""
    firm = known.first()
    if firm is None or not isinstance(by, User) or not _is_counted(by):
        return
    if not managed_firms(by).filter(pk=firm.pk).exists():
        audit.record(verb=ASKED, on=f"U:{by.pk}", by=by, at=at, country=firm.country_id)


def _is_counted(by: User | Process) -> bool:
    """Who keeps the whole registry sees every firm anyway."""
    return not (can(by, Permission.MANAGE_FIRMS) or can(by, Permission.MANAGE_REGISTRY))
