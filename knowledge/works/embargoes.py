"""Works that appear at a moment: the timetable places them once it has come. Late is hidden."""

import datetime as dt

from django.db import transaction

from knowledge import reach
from knowledge.choices import State
from knowledge.models import Audience, Work
from pip_network.web.locks import for_update

from .placing import place


def sweep(*, at: dt.datetime) -> int:
    """Place what has an embargo that is over and still stands with who curates only."""
    shown = Audience.objects.exclude(key=reach.STAFF).values("work")
    over = Work.objects.filter(state=State.PUBLISHED, embargo_until__lte=at).exclude(pk__in=shown)
    codes = list(over.order_by("embargo_until", "code").values_list("code", flat=True))
    for code in codes:
        with transaction.atomic():
            place(for_update(Work.objects.filter(pk=code)).get(), at=at)
    return len(codes)
