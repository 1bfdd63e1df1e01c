"""The table of memberships as a file."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.files.importing import Choice, Code, Day, PlannedRow, TableResource
from pip_network.models import User
from projects import actions
from projects.actions.memberships import Joining
from projects.choices import LeavingReason
from projects.models import Firm, Membership, Network
from projects.resources.changes import refuse_change


class MembershipResource(TableResource):
    model = Membership
    key = ("firm", "network", "joined_on")
    columns = (
        Code("firm", Firm.objects.all, required=True, fixed=True),
        Code("network", Network.objects.all, required=True, fixed=True),
        Day("joined_on", required=True, fixed=True),
        Day("left_on"),
        Choice("leaving_reason", LeavingReason),
    )
    explanation = gettext_lazy(
        "A firm, a network and the day of joining name a membership; one that the registry does "
        "not know is a joining. "
        "A day of leaving with its reason ends it."
    )

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("firm", "network")

    def find(self, rows: Sequence[PlannedRow[Membership]]) -> None:
        networks = {row.values["network"] for row in rows}
        memberships = self.with_related(Membership.objects.filter(network__in=networks))
        by_key = {
            (membership.firm_id, membership.network_id, membership.joined_on): membership
            for membership in memberships
        }
        for row in rows:
            firm, network, joined_on = (row.values[name] for name in self.key)
            row.instance = by_key.get((firm.pk, network.pk, joined_on))

    def check(self, rows: Sequence[PlannedRow[Membership]], *, at: dt.datetime) -> None:
        for row in rows:
            refuse_change(
                row,
                "left_on",
                _(
                    "A leaving that is registered does not change by import: correct it on the "
                    "firm's page."
                ),
            )
            if (
                bool(row.values.get("left_on")) != bool(row.values.get("leaving_reason"))
                and row.changes
            ):
                row.refuse(_("A leaving needs its day and its reason."))

    def save(self, rows: Sequence[PlannedRow[Membership]], *, by: User, at: dt.datetime) -> None:
        """In the order of days, so that who left may join again in the same file."""
        joinings = [row for row in rows if row.instance is None and not row.values.get("left_on")]
        with_leaving = sorted(
            (row for row in rows if row not in joinings), key=lambda row: row.values["joined_on"]
        )
        for row in with_leaving:
            firm, network, joined_on = (row.values[name] for name in self.key)
            if row.instance is None:
                actions.join_network(firm=firm, network=network, joined_on=joined_on, by=by, at=at)
            left_on, reason = row.values["left_on"], row.values["leaving_reason"]
            actions.leave_network(
                firm=firm, network=network, left_on=left_on, reason=reason, by=by, at=at
            )
        if joinings:
            actions.join_networks(
                joinings=[
                    Joining(**{name: row.values[name] for name in self.key}) for row in joinings
                ],
                by=by,
                at=at,
            )
