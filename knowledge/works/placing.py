"""Where a work stands for its readers: written here and nowhere else."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from knowledge import reach
from knowledge.choices import Access, State
from knowledge.models import Audience, Opening, Work
from knowledge.search.index import index_work, locked_head


@transaction.atomic
def place(work: Work, *, at: dt.datetime) -> None:
    """Write the audience of `work` as its state, its access and its embargo have it at a moment."""
    wanted = audience_of(work, at)
    rows = Audience.objects.filter(work=work)
    held = set(rows.values_list("key", flat=True))
    rows.exclude(key__in=wanted).delete()
    Audience.objects.bulk_create(Audience(work=work, key=key) for key in sorted(wanted - held))
    if reach.PUBLIC in wanted and work.first_public_at is None:
        work.first_public_at = at
        work.save(update_fields=["first_public_at"])
    index_work(work)
    if reach.PUBLIC in wanted | held:
        _stamp(work)
    if wanted - held:
        _open(work, wanted)


def _open(work: Work, keys: set[str]) -> None:
    """Under which of `keys` it stands for the first time; numbered under the lock of the index."""
    known = set(Opening.objects.filter(work=work).values_list("key", flat=True))
    Opening.objects.bulk_create(Opening(work=work, key=key) for key in sorted(keys - known))


@transaction.atomic
def touch(work: Work) -> None:
    """Something that everybody reads beside the work has changed: a set that it is in."""
    if work.first_public_at is not None:
        locked_head()
        _stamp(work)


def _stamp(work: Work) -> None:
    """What everybody reads of it changed now. The lock of the index is held from before the stamp
    until its commit, so that `settled` waits for all stamps before its own moment.
    """
    work.changed_at = timezone.now().replace(microsecond=0)
    work.save(update_fields=["changed_at"])


def audience_of(work: Work, at: dt.datetime) -> set[str]:
    """Only who curates reads what is not published, or not yet."""
    hidden = work.embargo_until is not None and work.embargo_until > at
    if work.state != State.PUBLISHED or hidden:
        return {reach.STAFF}
    return {reach.STAFF, *readers_of(work)}


def readers_of(work: Work) -> set[str]:
    """Whom its access names, whatever its state."""
    if work.access == Access.PUBLIC:
        return {reach.PUBLIC}
    if work.access == Access.NETWORK:
        return {reach.NETWORK}
    institutions = work.open_to_institutions.order_by().values_list("pk", flat=True)
    projects = work.open_to_projects.order_by().values_list("pk", flat=True)
    return {
        *map(reach.of_institution, institutions),
        *map(reach.of_project, projects),
    }
