"""Two invitations, by the clock of the day of seeding: their seven days are real ones, so no seed
can draw them.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction

from pip_network.models import Mail, User
from pip_network.people import invitations
from pip_network.people.access import EVERYWHERE, Role

from .accounts import address

WAITS, EXPIRED = "invitada", "invitado"


@transaction.atomic
def invite(*, at: dt.datetime) -> None:
    """One that waits for its answer (its letter leaves now) and one whose seven days are over."""
    admin = User.objects.get(email=address("admin"))
    given = {
        "role": Role.EXPERT,
        "scope": EVERYWHERE,
        "reason": "Demostración",
        "language": "es",
        "by": admin,
    }
    past = at - dt.timedelta(days=settings.INVITATION_DAYS + 3)
    invitations.invite(email=address(EXPIRED), name="Tomás Supuesto", at=past, **given)
    Mail.objects.filter(to=address(EXPIRED)).update(sent_at=past, attempts=1)
    invitations.invite(email=address(WAITS), name="Teresa Muestra", at=at, **given)
