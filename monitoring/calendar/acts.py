"""What is done with the network's calendar."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.calendar.actions import open_rounds, reschedule_round
from monitoring.calendar.forms import DaysForm, RoundsForm
from monitoring.models import Round
from pip_network.people.access import Permission
from pip_network.web.acts import Act


def _created(rounds: list[Round]) -> str:
    sentence = ngettext(
        "One round is created: %(codes)s.", "%(count)s rounds are created: %(codes)s.", len(rounds)
    )
    return sentence % {"count": len(rounds), "codes": ", ".join(row.code for row in rounds)}


def _moved(count: int) -> str:
    if not count:
        return _("The days are set.")
    sentence = ngettext(
        "The days are set. One submission has a new due day.",
        "The days are set. %(count)s submissions have a new due day.",
        count,
    )
    return sentence % {"count": count}


CREATE = Act(
    name="admin:monitoring_round_open",
    permission=Permission.MANAGE_CALENDAR,
    form=RoundsForm,
    action=open_rounds,
    message=_created,
)
SET_DAYS = Act(
    name="admin:monitoring_round_days",
    permission=Permission.MANAGE_CALENDAR,
    form=DaysForm,
    action=reschedule_round,
    message=_moved,
)
