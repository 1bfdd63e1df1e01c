"""Who wrote a work: people, and bodies under their whole name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.choices import AuthorRole
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField

from .work import Work


class Author(Computing):
    """One author or editor, in the order of the title page: family and given name, or a body."""

    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="authors"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=8, choices=AuthorRole, default=AuthorRole.AUTHOR)
    family = models.CharField(_("family name"), max_length=120, blank=True)
    given = models.CharField(_("given name"), max_length=120, blank=True)
    literal = models.CharField(_("body"), max_length=200, blank=True)
    searched = FoldedField("family", "given", "literal")

    objects = ComputingQuerySet["Author"].as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "position"],
                name="author_position_once",
                violation_error_message=_("Another author stands at this place."),
            ),
            models.CheckConstraint(
                condition=(Q(literal="") & ~Q(family=""))
                | (~Q(literal="") & Q(family="", given="")),
                name="author_person_or_body",
                violation_error_message=_("An author is a person or a body, not both."),
            ),
        ]

    def __str__(self) -> str:
        """As a list of authors writes it: `Dini, M.`"""
        return self.literal or ", ".join(filter(None, (self.family, self.given)))
