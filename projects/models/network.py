from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Origin
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField, KeyedField
from pip_network.models.archiving import CurrentRows, not_archived
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.signed_in import Reader
from projects.choices import PROGRAMME, Sector, Typology

from .country import Country
from .project import Project


class NetworkQuerySet(CurrentRows, ComputingQuerySet["Network"]):
    archived_with = ("", "project__")

    def standing(self) -> "NetworkQuerySet":
        """Not archived themselves: for what a project says of itself, which stays when it is
        archived with all its networks.
        """
        return self.filter(not_archived(""))

    def of_programme(self) -> "NetworkQuerySet":
        """Networks of the productive integration projects: what every total counts."""
        return self.filter(project__family=PROGRAMME)

    def where(self, user: Reader, permission: Permission) -> "NetworkQuerySet":
        """Networks on which `user` holds `permission`, through the network or its project."""
        if access.scopes_with(user, permission) is None:
            return self
        projects = access.codes_with(user, permission, "P")
        networks = access.codes_with(user, permission, "N")
        return self.filter(Q(project_id__in=projects) | Q(code__in=networks))

    def held_by(self, user: Reader) -> "NetworkQuerySet":
        """Networks on which, or on whose project, `user` holds a role today."""
        scopes = [scope for _role, scope in access.assignments(user)]
        return self.filter(
            Q(project_id__in=[scope[2:] for scope in scopes if scope.startswith("P:")])
            | Q(code__in=[scope[2:] for scope in scopes if scope.startswith("N:")])
        )


class Network(Computing):
    """A business network, cluster, territorial system or supplier chain of one project."""

    code = models.CharField(
        _("code"),
        max_length=24,
        primary_key=True,
        error_messages={"unique": _("Another network has this code already.")},
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="networks"
    )
    name = models.CharField(_("name"), max_length=160)
    typology = models.CharField(_("typology"), max_length=24, choices=Typology)
    sector = models.CharField(_("sector"), max_length=8, choices=Sector)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="networks"
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    constituted_on = models.DateField(_("constituted on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    registered_on = models.DateField(_("registered on"))
    origin = models.CharField(
        _("origin of these facts"), max_length=20, choices=Origin, default=Origin.ENTERED
    )
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True)
    folded, named, searched = FoldedField("name"), KeyedField("name"), KeyedField("name", "place")

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("constituted_on")),
                name="network_dissolved_after",
                violation_error_message=_("A network is not dissolved before it was constituted."),
            ),
            models.CheckConstraint(
                condition=Q(typology__in=Typology.values),
                name="network_typology_known",
                violation_error_message=_("A network has one of the known typologies."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("network", args=[self.code])

    @property
    def scope_keys(self) -> set[str]:
        return {f"N:{self.code}", f"P:{self.project_id}"}
