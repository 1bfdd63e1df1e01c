"""A question to the library that somebody wants to be told of, by a letter a week at most."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pip_network.web.signed_in import Reader


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, person: Reader) -> "SavedSearchQuerySet":
        """Her own; nobody reads another's."""
        return self.filter(person=person.pk) if person.is_authenticated else self.none()

    def present(self) -> "SavedSearchQuerySet":
        return self.filter(removed_at=None)

    def due(self, at: dt.datetime) -> "SavedSearchQuerySet":
        return self.present().filter(stopped_at=None, next_at__lte=at)


class SavedSearch(models.Model):
    """`keys` and `seen`: with which keys its owner read, and up to which opening, when it was last
    looked at (knowledge/saved/news.py says what is new by them). It goes with her account.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    name = models.CharField(_("name"), max_length=120)
    asked = models.CharField(_("question, as in its address"), max_length=2000, blank=True)
    saved_at = models.DateTimeField(_("saved on"))
    seen = models.BigIntegerField(_("openings seen up to this one"))
    keys = models.JSONField(_("read with these keys"), default=list)
    written_at = models.DateTimeField(_("last letter"), null=True, blank=True)
    next_at = models.DateTimeField(_("next looked at on"))
    stopped_at = models.DateTimeField(_("stopped on"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed on"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering: ClassVar = ["-saved_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "asked"],
                name="saved_search_once",
                violation_error_message=_("This search is saved already."),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"],
                name="saved_search_next",
                condition=Q(stopped_at=None, removed_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is asked now."""
        return reverse("library") + (f"?{self.asked}" if self.asked else "")
