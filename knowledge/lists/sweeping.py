"""What was removed and nobody put back goes for good."""

import datetime as dt

from knowledge.models import List, ListItem, SavedSearch

KEEP = dt.timedelta(days=30)


def sweep(*, at: dt.datetime) -> None:
    for model in (ListItem, List, SavedSearch):
        model._default_manager.filter(removed_at__lt=at - KEEP).delete()
