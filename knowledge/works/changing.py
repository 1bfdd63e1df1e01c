"""What the actions on works end in, when they have asked: writing, placing, telling the trail."""

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from knowledge import text
from knowledge.models import Expression, File, Work
from pip_network import audit
from pip_network.models import Stored, User
from pip_network.people.access import Process, person_of
from pip_network.web.errors import Conflict, Invalid

from . import records, rules
from .placing import place


def correct(work: Work, stamp: str, changes: dict[str, Any], by: User, at: dt.datetime) -> Work:
    """Write what differs; `stamp` empty: do not compare. Raises Invalid (place: the field), Conflict
    when the record changed since the form was opened.
    """
    before = records.read(work)
    if stamp and stamp != records.stamp(before):
        raise Conflict(_("Somebody else changed it meanwhile: compare both before you save."))
    if changes.get("source_url", before["source_url"]) != before["source_url"]:
        changes = {"link_checked_on": None, "link_answers": None} | changes  # of another address
    changed = {name: value for name, value in changes.items() if before[name] != value}
    rules.require_whole({**before, **changed})
    rules.require_titles_of_files(work, before, {**before, **changed})
    if changed:
        records.write(work, changed)
        place(work, at=at)
        told = {
            name: [records.told(before[name]), records.told(new)] for name, new in changed.items()
        }
        audit.record(verb="work.corrected", changes=told, **told_on(work, by, at))
    return work


def add_version(work: Work, language: str, stored: Stored, by: User, at: dt.datetime) -> int:
    """The file in its place, and its text asked for; returns its number. Raises Invalid."""
    expression = Expression.objects.filter(work=work, language=language).first()
    if expression is None:
        raise Invalid(_("Give the work a title in this language first."), place="language")
    last = File.objects.filter(expression=expression).aggregate(last=Max("version"))["last"] or 0
    file = File.objects.create(expression=expression, version=last + 1, stored=stored)
    text.order(file, by=person_of(by), at=at)
    return last + 1


def move(work: Work, verb: str, by: User, at: dt.datetime, **told: Any) -> Work:
    """Store where it stands now."""
    work.save()
    place(work, at=at)
    audit.record(verb=verb, **told, **told_on(work, by, at))
    return work


def told_on(work: Work, by: User | Process, at: dt.datetime) -> dict[str, Any]:
    """The part of a line of the trail that is the same for every verb."""
    return {"on": f"work:{work.pk}", "by": by, "at": at}
