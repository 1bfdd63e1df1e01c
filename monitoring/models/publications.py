"""Publications: which figures of a round the public sees, and since when."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models import Project

from .approvals import Approval
from .rounds import Round


class FiguresOf(models.Func):
    """Those figures of a stored list that are of one indicator: the database reads the others, and
    hands over these.
    """

    output_field = models.JSONField()

    def __init__(self, column: str, indicator: str) -> None:
        super().__init__(F(column), Value(indicator))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "(SELECT json_group_array(json(value)) FROM json_each(%(expressions)s) "
            "WHERE json_extract(value, '$.indicator') = %(indicator)s)"
        )
        return self._of(compiler, template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "jsonb_path_query_array(%(expressions)s, '$[*] ? (@.indicator == $code)', "
            "jsonb_build_object('code', %(indicator)s::text))"
        )
        return self._of(compiler, template, **context)

    def _of(self, compiler: Any, template: str, **_context: Any) -> Any:
        column, indicator = map(compiler.compile, self.get_source_expressions())
        sql = template % {"expressions": column[0], "indicator": indicator[0]}
        return sql, (*column[1], *indicator[1])


class Published(models.Model):
    """Figures that the public sees from a day on, until they are replaced or withdrawn. They stay as
    they were computed: a later approval, version of the catalogue or of the portal changes none.
    """

    figures = models.JSONField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("published on"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_in_force(self) -> bool:
        """Does the public see them now?"""
        return type(self).objects.in_force().filter(pk=self.pk).exists()  # type: ignore[attr-defined]


def withdrawn_whole(name: str) -> models.CheckConstraint:
    """A withdrawal is whole, or there is none."""
    none = Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
    whole = Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")
    return models.CheckConstraint(
        condition=none | whole,
        name=name,
        violation_error_message=_("A withdrawal says when, by whom and why."),
    )


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications, by whether the public sees them."""

    def newest(self) -> "PublicationQuerySet":
        """The last one of each round, withdrawn or not."""
        same = Publication.objects.filter(round=OuterRef("round")).order_by("-pk")
        return self.filter(pk=Subquery(same.values("pk")[:1]))

    def in_force(self) -> "PublicationQuerySet":
        """What the public sees: a round whose last publication was withdrawn is not shown, whatever
        was published before.
        """
        return self.newest().filter(withdrawn_at__isnull=True).order_by("-round_id")


class Publication(Published):
    """The public figures of a round, as of an approval."""

    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="publications"
    )
    as_of = models.ForeignKey(
        Approval, verbose_name=_("as of approval"), on_delete=models.PROTECT, related_name="+"
    )
    catalogue = models.PositiveIntegerField(_("version of the catalogue"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [withdrawn_whole("publication_withdrawn_whole")]

    def __str__(self) -> str:
        return f"{self.round_id} (N={self.as_of_id})"

    def get_absolute_url(self) -> str:
        return reverse("admin:monitoring_publication_change", args=[self.pk])


class ProjectPublicationQuerySet(models.QuerySet["ProjectPublication"]):
    """Published results of projects, by whether the public sees them."""

    def in_force(self) -> "ProjectPublicationQuerySet":
        """What the public sees: not withdrawn, of a round as it is published now."""
        rounds = Publication.objects.in_force().order_by()
        return self.filter(withdrawn_at__isnull=True, publication__in=rounds.values("pk"))

    def with_figures_of(self, indicator: str) -> "ProjectPublicationQuerySet":
        """Each with `of_indicator`, and without all its other figures."""
        return self.defer("figures").annotate(of_indicator=FiguresOf("figures", indicator))


class ProjectPublication(Published):
    """The public figures of one project in a round that is published, as of the same approval: it
    lies beneath its country, and both are one partition.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="publications"
    )
    publication = models.ForeignKey(
        Publication,
        verbose_name=_("publication of the round"),
        on_delete=models.PROTECT,
        related_name="projects",
    )

    of_indicator: list[dict]  # `with_figures_of`

    objects = ProjectPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("published results of a project")
        verbose_name_plural = _("published results of projects")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "publication"],
                condition=Q(withdrawn_at__isnull=True),
                name="project_published_once",
                violation_error_message=_("The project's results are published already."),
            ),
            withdrawn_whole("project_publication_withdrawn_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}, {self.publication}"

    def get_absolute_url(self) -> str:
        return reverse("admin:monitoring_projectpublication_change", args=[self.pk])


class PublicTables(models.Model):
    """What the public would see of a round as of an approval, in every table that it may have:
    worked out by a job, and kept so that the administration can look before it publishes.
    """

    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="+"
    )
    as_of = models.ForeignKey(
        Approval, verbose_name=_("as of approval"), on_delete=models.CASCADE, related_name="+"
    )
    version = models.CharField(_("version of the portal"), max_length=40)
    job = models.ForeignKey(
        "pip_network.Job", verbose_name=_("job"), on_delete=models.CASCADE, related_name="+"
    )
    finished_at = models.DateTimeField(_("finished on"), null=True, blank=True)
    catalogue = models.PositiveIntegerField(_("version of the catalogue"), default=0)
    hidden = models.JSONField(default=list)  # [grouping, group, indicator, what, reason]
    projects = models.JSONField(default=dict)  # main figures by project

    class Meta:
        verbose_name = _("tables of the public")
        verbose_name_plural = _("tables of the public")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "as_of", "version"],
                name="public_tables_once",
                violation_error_message=_("These tables are being worked out already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} (N={self.as_of_id})"
