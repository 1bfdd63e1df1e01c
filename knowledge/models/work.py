"""A work: the thing that is cited, in whatever languages and files it exists."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Access, Extent, State, Translated, WorkType
from knowledge.codes import new_code
from knowledge.reach import NETWORK, keys_of, projects_in
from pip_network.choices import Origin
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField
from pip_network.models import Institution
from pip_network.web.signed_in import Reader
from projects.models import Network, Project
from workshops.models import Workshop

if TYPE_CHECKING:
    from .expression import Expression

PRODUCTS_FIRST = (F("product").asc(nulls_last=True), "code")


class WorkQuerySet(ComputingQuerySet["Work"]):
    def visible_to(self, reader: Reader) -> "WorkQuerySet":
        """What `reader` may read. Every page asks this and nothing else."""
        return self.placed(keys_of(reader))

    def placed(self, keys: frozenset[str]) -> "WorkQuerySet":
        """What stands under one of `keys`."""
        audience = apps.get_model("knowledge", "Audience")
        shared = audience.objects.filter(work=models.OuterRef("pk"), key__in=sorted(keys))
        return self.filter(models.Exists(shared))

    def proposed_by(self, person: Reader) -> "WorkQuerySet":
        """What a person has proposed, in whatever state: her own, which no search finds."""
        return self.filter(proposed_by=person.pk) if person.is_authenticated else self.none()

    def once_public(self) -> "WorkQuerySet":
        """What everybody could read at some time. What is said of it is asked of `visible_to`."""
        return self.filter(first_public_at__isnull=False, changed_at__isnull=False)

    def read_in(self, language: str) -> "WorkQuerySet":
        """What can be read in a language: a title that only the network translated is none."""
        expressions = apps.get_model("knowledge", "Expression").objects
        rows = expressions.filter(work=models.OuterRef("pk"), language=language)
        return self.filter(models.Exists(rows.exclude(translation_status=Translated.TITLE)))

    def gone_for(self, reader: Reader) -> "WorkQuerySet":
        """Withdrawn works that `reader` could read before: their pages say why they have gone."""
        keys = keys_of(reader)
        institutions = [key[2:] for key in keys if key.startswith("i:")]
        named = Q(open_to_projects__in=projects_in(keys)) | Q(open_to_institutions__in=institutions)
        could = Q(access=Access.PUBLIC) | (Q(access=Access.RESTRICTED) & named)
        if NETWORK in keys:
            could |= Q(access=Access.NETWORK)
        shown = Q(embargo_until=None) | Q(embargo_until__lte=F("withdrawn_at"))
        gone = self.filter(state=State.WITHDRAWN, published_at__isnull=False).filter(shown)
        return gone.filter(pk__in=Work.objects.filter(could).order_by().values("pk"))

    def with_parts(self) -> "WorkQuerySet":
        """What the line of a work says, read along."""
        return self.prefetch_related("expressions", "authors", "countries")


class Work(Computing):
    """A document that the network made or uses. What its source does not say stays empty.

    Its code never changes and is never given again; its titles are in its expressions.
    """

    code = models.CharField(
        _("code"),
        max_length=8,
        primary_key=True,
        default=new_code,
        error_messages={"unique": _("Another work has this code already.")},
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    type = models.CharField(_("type"), max_length=12, choices=WorkType, default=WorkType.REPORT)
    type_text = models.CharField(_("type, as the source states it"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    year_text = models.CharField(_("year, as the source states it"), max_length=80, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True)
    extent = models.CharField(_("reach"), max_length=10, choices=Extent, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.PUBLIC)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    product = models.PositiveSmallIntegerField(
        _("product of the programme"),
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": _("Another work is this product of the programme already.")},
    )
    origin = models.CharField(_("origin of these facts"), max_length=20, choices=Origin)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    provenance_es = models.TextField(_("provenance in Spanish"), blank=True)
    provenance_pt = models.TextField(_("provenance in Portuguese"), blank=True)
    provenance_en = models.TextField(_("provenance in English"), blank=True)

    workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("workshop"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="works",
    )
    institutions = models.ManyToManyField(
        Institution, verbose_name=_("institutions"), blank=True, related_name="works"
    )
    projects = models.ManyToManyField(
        Project, verbose_name=_("projects"), blank=True, related_name="works"
    )
    networks = models.ManyToManyField(
        Network, verbose_name=_("networks"), blank=True, related_name="works"
    )
    # Who reads a restricted one.
    open_to_institutions = models.ManyToManyField(
        Institution, verbose_name=_("open to institutions"), blank=True, related_name="+"
    )
    open_to_projects = models.ManyToManyField(
        Project, verbose_name=_("open to projects"), blank=True, related_name="+"
    )

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    first_public_at = models.DateTimeField(_("public since"), null=True, blank=True)
    # When what everybody reads of it last changed, in whole seconds; harvesters ask by it.
    changed_at = models.DateTimeField(_("changed for everybody on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason of the withdrawal"), blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
    )
    searched = FoldedField("publisher", "type_text", "year_text", "year", "code")

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering: ClassVar = PRODUCTS_FIRST
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="work_state_known",
                violation_error_message=_("A work is in one of the known states."),
            ),
            models.CheckConstraint(
                condition=Q(access__in=Access.values),
                name="work_access_known",
                violation_error_message=_("A work has one of the known accesses."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="work_withdrawn_with_reason",
                violation_error_message=_("A work is withdrawn with a reason."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state"], name="work_state"),
            models.Index(fields=["changed_at", "code"], name="work_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("work", args=[self.code])

    @property
    def original(self) -> "Expression | None":
        """The expression that was written first; none where the record has none yet."""
        return next((one for one in self.expressions.all() if one.original), None)

    def expression_in(self, language: str) -> "Expression | None":
        """In `language`, else the original, else what there is."""
        rows = {one.language: one for one in self.expressions.all()}
        return rows.get(language) or self.original or next(iter(rows.values()), None)

    @property
    def shown(self) -> "Expression | None":
        """In the reader's language, where it is in it."""
        return self.expression_in((get_language() or "es")[:2])

    @property
    def languages(self) -> list[str]:
        """In which it can be read: a title that only the network translated is none."""
        return [
            one.language
            for one in self.expressions.all()
            if one.translation_status != Translated.TITLE
        ]

    @property
    def title(self) -> str:
        return self.shown.title if self.shown else self.code

    @property
    def language(self) -> str:
        """Of the title that is shown."""
        return self.shown.language if self.shown else ""

    @property
    def provenance(self) -> str:
        """In the reader's language; else in what there is."""
        texts = {lang: getattr(self, f"provenance_{lang}") for lang in ("es", "pt", "en")}
        return texts.get((get_language() or "es")[:2]) or next(filter(None, texts.values()), "")
