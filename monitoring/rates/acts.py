"""What is done with exchange rates and price indices."""

from django.utils.translation import ngettext

from monitoring.models import Approval
from monitoring.rates.waiting import approve_waiting
from pip_network.people.access import Permission
from pip_network.web.acts import Act


def _approved(result: tuple[Approval, int]) -> str:
    approval, count = result
    return ngettext(
        "Approved with N=%(number)s: %(count)s rate is new or corrected.",
        "Approved with N=%(number)s: %(count)s rates are new or corrected.",
        count,
    ) % {
        "number": approval.number,
        "count": count,
    }


APPROVE = Act(
    name="admin:monitoring_rate_approve",
    permission=Permission.MANAGE_RATES,
    action=approve_waiting,
    message=_approved,
)
