"""People who sign in, and the institutions they belong to."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pip_network.choices import Origin, Relation
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField, KeyedField
from pip_network.people.access import Role

from .archiving import CurrentRows


class InstitutionQuerySet(CurrentRows, ComputingQuerySet["Institution"]):
    """Institutions, current or archived."""


class Institution(Computing):
    """An executing agency, a member of the learning network, a funder or a related body."""

    slug = models.SlugField(
        _("identifier"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("Another institution has this identifier already.")},
    )
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    country = models.CharField(
        _("country or reach, as the source states it"), max_length=200, blank=True
    )
    iso2 = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        db_index=True,
        help_text=_("Empty when it works in several countries."),
    )
    kind = models.CharField(_("kind"), max_length=120, blank=True)
    relation = models.CharField(_("relation to the network"), max_length=20, choices=Relation)
    origin = models.CharField(_("origin of these facts"), max_length=20, choices=Origin)
    source = models.TextField(_("source"), blank=True)
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True, editable=False)
    folded, folded_acronym = FoldedField("name"), FoldedField("acronym")
    named, searched = KeyedField("name"), KeyedField("name", "acronym", "country", "kind")

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering: ClassVar = ["folded", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("institution", args=[self.slug])

    @property
    def scope_keys(self) -> set[str]:
        return {f"I:{self.pk}"}


class UserQuerySet(ComputingQuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def of_institution(self, institution: Institution) -> "UserQuerySet":
        """Who belongs to it and may sign in.

        Names are shown to members of the network only (VIEW_INTERNAL).
        """
        return self.active().filter(institution=institution)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=username.lower())


class User(Computing, AbstractBaseUser, PermissionsMixin):
    """A person. What she may do is in RoleAssignment and people/access/, not here."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("An account has this e-mail address already.")},
    )
    name = models.CharField(_("name"), max_length=150)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    off_since = models.DateTimeField(_("switched off on"), null=True, blank=True)
    off_reason = models.CharField(_("reason"), max_length=300, blank=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_demo = models.BooleanField(_("demonstration account"), default=False)
    date_joined = models.DateTimeField(_("joined on"), default=timezone.now)
    folded, named = FoldedField("name"), KeyedField("name")

    objects = UserManager()

    # What she holds, read once for each request (`access.assignments`).
    _assignments: list[tuple[Role, str]]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["folded", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("An account has this e-mail address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("person", kwargs={"pk": self.pk})

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email
