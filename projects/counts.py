"""Counts that lists and pages show: one correlated query each, so that a page of rows asks only for its own."""

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from projects.models import Membership, Network, Project

# A firm takes part while one of its memberships is open and it has not closed.
TAKES_PART = Q(left_on__isnull=True, firm__closed_on__isnull=True)


def counted(rows: QuerySet, what: str, **where) -> Coalesce:
    """Number of different `what` in `rows` that match `where` on the outer row; 0 when there are none."""
    return Coalesce(
        Subquery(
            rows.filter(**where).order_by().values(*where).annotate(n=Count(what, distinct=True)).values("n"),
            output_field=IntegerField(),
        ),
        0,
    )


def active_memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(TAKES_PART, network__archived_at__isnull=True)


def current_networks() -> QuerySet[Network]:
    return Network.objects.filter(archived_at__isnull=True)


def projects_with_counts() -> QuerySet[Project]:
    return Project.objects.current().annotate(
        network_count=counted(current_networks(), "pk", project=OuterRef("pk")),
        firm_count=counted(active_memberships(), "firm", network__project=OuterRef("pk")),
    )


def networks_with_counts() -> QuerySet[Network]:
    return current_networks().annotate(firm_count=counted(active_memberships(), "firm", network=OuterRef("pk")))
