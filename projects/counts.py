"""Counts that lists and pages show: one correlated query each, so that a page of rows asks only for
its own.

Totals (of countries, typologies, the map, the home) count the programme's family alone:
`current_networks`, `programme_projects`. Rows of a list and pages tell what each project has, of
whatever family it is.
"""

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pip_network.web.days import today
from projects.models import Country, Membership, Network, Project
from projects.models.project import ProjectQuerySet

# What a project says of itself, whether or not it is archived.
STANDING = Prefetch("networks", Network.objects.standing(), to_attr="standing_networks")


def counted(rows: QuerySet, column: str, **where) -> Coalesce:
    """Number of different `column` in `rows` that match `where` on the outer row; 0 when there are
    none.
    """
    return Coalesce(
        Subquery(
            rows.filter(**where)
            .order_by()
            .values(*where)
            .annotate(n=Count(column, distinct=True))
            .values("n"),
            output_field=IntegerField(),
        ),
        0,
    )


def active_memberships() -> QuerySet[Membership]:
    """A firm takes part while one of its memberships lasts and it has not closed."""
    return Membership.objects.current().lasting(today()).filter(firm__closed_on__isnull=True)


def programme_projects() -> ProjectQuerySet:
    return Project.objects.current().of_programme()


def current_networks() -> QuerySet[Network]:
    """Networks of the programme: the 71 that the totals count."""
    return Network.objects.current().of_programme()


def with_counts(projects: ProjectQuerySet) -> ProjectQuerySet:
    return projects.annotate(
        network_count=counted(Network.objects.current(), "pk", project=OuterRef("pk")),
        firm_count=counted(active_memberships(), "firm", network__project=OuterRef("pk")),
    )


def projects_with_counts() -> ProjectQuerySet:
    """Current projects of every family."""
    return with_counts(Project.objects.current())


def networks_with_counts() -> QuerySet[Network]:
    """Current networks of every family."""
    return Network.objects.current().annotate(
        firm_count=counted(active_memberships(), "firm", network=OuterRef("pk"))
    )


def countries_with_counts() -> QuerySet[Country]:
    """What the programme has in each country."""
    return Country.objects.annotate(
        project_count=counted(programme_projects(), "pk", countries=OuterRef("pk")),
        network_count=counted(current_networks(), "pk", country=OuterRef("pk")),
        firm_count=counted(
            active_memberships().filter(network__in=current_networks()),
            "firm",
            network__country=OuterRef("pk"),
        ),
    )
