"""Firms and their memberships. In the record a firm is only its random code."""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Origin
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField, KeyedField
from pip_network.models.archiving import CurrentRows
from pip_network.people import access
from pip_network.people.access import Permission
from pip_network.web.days import today
from pip_network.web.signed_in import Reader
from projects.choices import ClosingReason, LeavingReason, OwnerSex, Sector
from projects.tax_ids import TaxKeyField

from .country import Country
from .network import Network

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread aloud or on paper


def random_firm_code() -> str:
    """Nine symbols from 32: 2**45 codes, drawn at random so that a code tells nothing."""
    drawn = secrets.randbits(45)  # once: five bits for each symbol
    return "".join(ALPHABET[drawn >> bits & 31] for bits in range(0, 45, 5))


class FirmQuerySet(CurrentRows, ComputingQuerySet["Firm"]):
    def where(self, user: Reader, permission: Permission) -> "FirmQuerySet":
        """Firms on which `user` holds `permission`, through a network they were ever in; firms in
        none: everywhere only.

        What changes a firm (`MANAGE_FIRMS`) is for those whose network it is in now; when it is in
        none, for those whose network it was in.
        """
        if access.scopes_with(user, permission) is None:
            return self
        stays = Membership.objects.filter(firm=OuterRef("pk"))
        own = stays.filter(
            Q(network__project__in=access.codes_with(user, permission, "P"))
            | Q(network__in=access.codes_with(user, permission, "N"))
        )
        if permission == Permission.MANAGE_FIRMS:
            day = today()
            return self.filter(
                Exists(own.lasting(day)) | (Exists(own) & ~Exists(stays.lasting(day)))
            )
        return self.filter(Exists(own))


class Firm(Computing):
    """A participating firm.

    Name, tax id and owner live here alone and can be removed for good; the code stays.
    """

    code = models.CharField(
        _("code"), max_length=12, primary_key=True, default=random_firm_code, editable=False
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    tax_id = models.CharField(_("tax identification"), max_length=40, blank=True)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="firms"
    )
    sector = models.CharField(_("sector"), max_length=8, choices=Sector, default=Sector.UNKNOWN)
    owner_sex = models.CharField(
        _("sex of the owner"), max_length=8, choices=OwnerSex, default=OwnerSex.UNKNOWN
    )
    registered_on = models.DateField(_("registered on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reason = models.CharField(
        _("reason for closing"), max_length=20, choices=ClosingReason, blank=True
    )
    origin = models.CharField(
        _("origin of these facts"), max_length=20, choices=Origin, default=Origin.ENTERED
    )
    anonymised_at = models.DateTimeField(_("anonymised on"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("goes on as"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
    )
    folded, named, tax_key = FoldedField("name"), KeyedField("name"), TaxKeyField("tax_id")

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        ordering: ClassVar = ["folded", "code"]
        indexes: ClassVar = [
            models.Index(fields=["country", "tax_id"]),
            models.Index(fields=["country", "tax_key"], name="firm_by_tax_key"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country", "tax_id"],
                condition=~Q(tax_id=""),
                name="firm_tax_id_once",
                violation_error_message=_(
                    "Another firm of the country has this tax identification."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closing_reason="")),
                name="firm_closing_has_reason",
                violation_error_message=_("The closing of a firm has a day and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=True) | Q(name="", tax_id=""),
                name="firm_anonymised_is_nameless",
                violation_error_message=_(
                    "An anonymised firm has neither name nor tax identification."
                ),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(archived_at__isnull=False) & ~Q(merged_into=F("code"))),
                name="firm_merged_is_archived",
                violation_error_message=_("A merged firm is archived, and goes on as another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def get_absolute_url(self) -> str:
        return reverse("firm", args=[self.code])

    @property
    def scope_keys(self) -> set[str]:
        """Networks it is in, and their projects; of a firm that is in none, all that it was in."""
        return keys_of(self.memberships.select_related("network"))


def keys_of(stays: "Iterable[Membership]") -> set[str]:
    """The scope keys of a firm with these memberships: of those that last today, or where none
    does, of all.
    """
    stays = list(stays)
    now = [stay for stay in stays if not stay.has_left] or stays
    return {key for stay in now for key in stay.network.scope_keys}


class MembershipQuerySet(CurrentRows, models.QuerySet["Membership"]):
    archived_with = ("firm__", "network__", "network__project__")

    def lasting(self, day: dt.date) -> "MembershipQuerySet":
        """Those that have not ended by the close of a day: who leaves on it is still in."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def ever_in(self, project_code: str, day) -> "MembershipQuerySet":
        """Memberships of a project's networks that had begun by `day`."""
        return self.filter(network__project_id=project_code, joined_on__lte=day)


class Membership(models.Model):
    """A firm in a network, from a day on; leaving keeps the row with its date and reason."""

    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="memberships"
    )
    network = models.ForeignKey(
        Network, verbose_name=_("network"), on_delete=models.PROTECT, related_name="memberships"
    )
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leaving_reason = models.CharField(
        _("reason for leaving"), max_length=20, choices=LeavingReason, blank=True
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering: ClassVar = ["network", "joined_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["firm", "network"],
                condition=Q(left_on__isnull=True),
                name="membership_open_once",
                violation_error_message=_("The firm is in this network already."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, leaving_reason="")
                | (Q(left_on__gte=F("joined_on")) & ~Q(leaving_reason="")),
                name="membership_left_has_reason",
                violation_error_message=_(
                    "Leaving has a reason, and a day not before that of joining."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm_id} in {self.network_id} since {self.joined_on}"

    def lasts(self, day: dt.date) -> bool:
        """Is the firm in the network on a day? The one on which it leaves still belongs to it."""
        return self.left_on is None or self.left_on >= day

    @property
    def has_left(self) -> bool:
        return not self.lasts(today())
