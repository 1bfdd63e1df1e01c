"""Works put together: by who curates (a collection), by a member for herself (a reading list), as a
way to learn (a path, with its modules: models/path.py).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.choices import ListKind, OpenTo
from knowledge.codes import new_code
from pip_network.choices import Origin
from pip_network.people.access import Permission, can, can_somewhere
from pip_network.web.signed_in import Reader

from .worded import Worded
from .work import Work


class ListQuerySet(models.QuerySet["List"]):
    def present(self) -> "ListQuerySet":
        return self.filter(removed_at=None)

    def of(self, person: Reader) -> "ListQuerySet":
        """Her own reading lists."""
        return self.filter(owner=person.pk) if person.is_authenticated else self.none()

    def kept(self) -> "ListQuerySet":
        """Collections and paths."""
        return self.filter(owner=None)

    def open_collections(self) -> "ListQuerySet":
        """What everybody reads and sees in lists: sets for harvesters."""
        return self.filter(kind=ListKind.COLLECTION, open_to=OpenTo.EVERYBODY).present()

    def visible_to(self, reader: Reader) -> "ListQuerySet":
        """Whose page `reader` may open, removed ones among her own: they can be put back. A shared
        reading list is found by its address alone: `named_to` is what pages list.
        """
        return self.filter(self._open_to(reader) | self._kept_by(reader))

    def named_to(self, reader: Reader) -> "ListQuerySet":
        """Collections and paths that are open to her, for lists of them."""
        return self.kept().filter(self._open_to(reader) | self._kept_by(reader)).present()

    @staticmethod
    def _open_to(reader: Reader) -> Q:
        member = can_somewhere(reader, Permission.VIEW_INTERNAL)
        open_to = [OpenTo.EVERYBODY, *([OpenTo.NETWORK] if member else [])]
        return Q(open_to__in=open_to, removed_at=None)

    @staticmethod
    def _kept_by(reader: Reader) -> Q:
        mine = Q(owner=reader.pk) if reader.is_authenticated else Q(pk__in=())
        return mine | Q(owner=None) if can(reader, Permission.CURATE_LIBRARY) else mine


class List(Worded):
    """Its code is drawn at random: who has the address of a shared reading list has been given it.

    What was removed stays for a while, so that it can be put back.
    """

    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ListKind)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="lists",
    )
    open_to = models.CharField(_("open to"), max_length=10, choices=OpenTo, default=OpenTo.KEEPER)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    title_pt = models.CharField(_("title in Portuguese"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    about_es = models.TextField(_("description in Spanish"), blank=True)
    about_pt = models.TextField(_("description in Portuguese"), blank=True)
    about_en = models.TextField(_("description in English"), blank=True)
    origin = models.CharField(
        _("origin of these facts"), max_length=20, choices=Origin, default=Origin.ENTERED
    )
    made_at = models.DateTimeField(_("made on"))
    used_at = models.DateTimeField(_("last used on"))
    removed_at = models.DateTimeField(_("removed on"), null=True, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of works")
        verbose_name_plural = _("lists of works")
        ordering: ClassVar = ["-used_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=ListKind.READING, owner__isnull=False)
                | Q(kind__in=(ListKind.COLLECTION, ListKind.PATH), owner__isnull=True),
                name="list_owner_by_kind",
                violation_error_message=_("A reading list is somebody's; no other list is."),
            ),
            models.CheckConstraint(
                condition=Q(open_to__in=OpenTo.values)
                & ~Q(kind=ListKind.READING, open_to=OpenTo.EVERYBODY),
                name="list_open_to_known",
                violation_error_message=_("A reading list is shared with members at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("path" if self.kind == ListKind.PATH else "list", args=[self.code])

    @property
    def title(self) -> str:
        return self.said("title") or self.code

    @property
    def language(self) -> str:
        return self.language_of("title")

    @property
    def about(self) -> str:
        return self.said("about")

    @property
    def is_open(self) -> bool:
        """As `open_collections`."""
        return (
            self.kind == ListKind.COLLECTION
            and self.open_to == OpenTo.EVERYBODY
            and self.removed_at is None
        )

    def is_kept_by(self, person: Reader) -> bool:
        """Who changes it: its owner; those of nobody, who curates."""
        if self.owner_id is None:
            return can(person, Permission.CURATE_LIBRARY)
        return person.pk == self.owner_id and can_somewhere(person, Permission.VIEW_INTERNAL)


class ListItem(Worded):
    """A work at its place. Which of the things that can be in a list it is, and who may see it, is
    asked in one place: knowledge/lists/items.py.

    Places are unique once they are written, and mean nothing to readers, who count what they see.
    """

    list = models.ForeignKey(
        List, verbose_name=_("list"), on_delete=models.CASCADE, related_name="items"
    )
    work = models.ForeignKey(
        Work, verbose_name=_("work"), on_delete=models.CASCADE, related_name="in_lists"
    )
    module = models.ForeignKey(
        "knowledge.Module",
        verbose_name=_("module"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="items",
    )
    position = models.PositiveIntegerField(_("position"))
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    note_es = models.TextField(_("note in Spanish"), blank=True)
    note_pt = models.TextField(_("note in Portuguese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    added_at = models.DateTimeField(_("added on"))
    removed_at = models.DateTimeField(_("removed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of a list")
        verbose_name_plural = _("items of lists")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list", "work"],
                condition=Q(module=None),
                name="list_item_once",
                violation_error_message=_("The work is in this list already."),
            ),
            models.UniqueConstraint(  # a module may send back to what another one has shown
                fields=["module", "work"],
                name="reading_once",
                violation_error_message=_("The work is in this module already."),
            ),
        ]

    def __str__(self) -> str:
        return self.work_id

    @property
    def note(self) -> str:
        return self.said("note")

    @property
    def note_language(self) -> str:
        return self.language_of("note")
