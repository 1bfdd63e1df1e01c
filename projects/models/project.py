import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Origin
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField, KeyedField
from pip_network.models import Institution
from pip_network.models.archiving import CurrentRows
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.days import day_in
from pip_network.web.signed_in import Reader
from projects.choices import PROGRAMME
from projects.zones import UTC

from .country import Country

NOT_NEGATIVE = MinValueValidator(0, _("An amount cannot be below zero."))


class ProjectFamily(models.Model):
    """A family of projects: `pip` now; its successors of local competitiveness later."""

    code = models.SlugField(
        _("code"),
        max_length=30,
        primary_key=True,
        error_messages={"unique": _("Another family has this code already.")},
    )
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_pt = models.CharField(_("name in Portuguese"), max_length=120)

    class Meta:
        verbose_name = _("project family")
        verbose_name_plural = _("project families")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name_es

    @property
    def name(self) -> str:
        """In the reader's language."""
        return getattr(self, f"name_{(get_language() or 'es')[:2]}", "") or self.name_es


class ProjectQuerySet(CurrentRows, ComputingQuerySet["Project"]):
    def of_family(self, code: str) -> "ProjectQuerySet":
        return self.filter(family_id=code)

    def of_programme(self) -> "ProjectQuerySet":
        """The productive integration projects: what every total counts and what the common system
        monitors.
        """
        return self.of_family(PROGRAMME)

    def by_day(self, at: dt.datetime, where: Callable[[dt.date], Q]) -> "ProjectQuerySet":
        """Those of which `where` holds on the day of a moment, each by its own calendar."""
        zones: dict[dt.date, list[str]] = defaultdict(list)
        for zone in Project.objects.order_by().values_list("time_zone", flat=True).distinct():
            zones[day_in(zone, at)].append(zone)
        held = Q(pk__in=())
        for day, names in zones.items():
            held |= Q(time_zone__in=names) & where(day)
        return self.filter(held)

    def where(self, user: Reader, permission: Permission) -> "ProjectQuerySet":
        """Projects on which `user` holds `permission` through a role on the project itself."""
        codes = access.codes_with(user, permission, "P")
        return self if codes is None else self.filter(code__in=codes)

    def with_monitoring(self, user: Reader) -> "ProjectQuerySet":
        """Projects whose monitoring `user` may see, wholly or through one of its networks."""
        if access.scopes_with(user, Permission.VIEW_MONITORING) is None:
            return self.of_programme()
        projects = access.codes_with(user, Permission.VIEW_MONITORING, "P")
        networks = access.codes_with(user, Permission.VIEW_MONITORING, "N")
        return (
            self.of_programme()
            .filter(Q(code__in=projects) | Q(networks__code__in=networks))
            .distinct()
        )

    def held_by(self, user: Reader) -> "ProjectQuerySet":
        """Projects on which `user` holds a role today, or on one of whose networks she does."""
        scopes = [scope for _role, scope in access.assignments(user)]
        projects = [scope[2:] for scope in scopes if scope.startswith("P:")]
        networks = [scope[2:] for scope in scopes if scope.startswith("N:")]
        through = self.model.objects.filter(networks__in=networks).values("pk")
        return self.filter(Q(code__in=projects) | Q(pk__in=through))


class Project(Computing):
    """One approved operation: who executes it, where, since when, with how much."""

    code = models.CharField(
        _("code"),
        max_length=20,
        primary_key=True,
        error_messages={"unique": _("Another project has this code already.")},
    )
    family = models.ForeignKey(
        ProjectFamily, verbose_name=_("family"), on_delete=models.PROTECT, related_name="projects"
    )
    name = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("summary"), blank=True)
    executing_institution = models.ForeignKey(
        Institution,
        verbose_name=_("executing institution"),
        on_delete=models.PROTECT,
        related_name="projects",
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), related_name="projects"
    )
    typology_label = models.CharField(
        _("typology, as the project names it"), max_length=120, blank=True
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    amount_fomin = models.DecimalField(
        _("approved by MIF (US$)"), max_digits=15, decimal_places=2, validators=[NOT_NEGATIVE]
    )
    amount_local = models.DecimalField(
        _("approved counterpart (US$)"), max_digits=15, decimal_places=2, validators=[NOT_NEGATIVE]
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default=UTC)
    origin = models.CharField(
        _("origin of these facts"), max_length=20, choices=Origin, default=Origin.ENTERED
    )
    # Those whose work it carries on: the local competitiveness projects follow the productive
    # integration ones.
    predecessors = models.ManyToManyField(
        "self",
        verbose_name=_("continues the work of"),
        symmetrical=False,
        related_name="successors",
        blank=True,
    )
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True)
    folded, named = FoldedField("name"), KeyedField("name")
    searched = KeyedField("name", "summary", "typology_label")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="project_ends_after_start",
                violation_error_message=_("A project ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(amount_fomin__gte=0, amount_local__gte=0),
                name="project_amounts_not_negative",
                violation_error_message=_("An amount cannot be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.code])

    @property
    def scope_keys(self) -> set[str]:
        return {f"P:{self.code}"}

    def day(self, at: dt.datetime) -> dt.date:
        """The day of a moment where the project is executed."""
        return day_in(self.time_zone, at)
