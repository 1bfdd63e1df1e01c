"""Works in the administration: to look up; they are kept in the library itself."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from knowledge.lessons.searching import with_words
from knowledge.models import Concept, Lesson, Work
from knowledge.works.finding import said_by_parts
from knowledge.works.resources import WorkResource
from pip_network.administration.rooms import Editable, ReadOnly
from pip_network.administration.site import site
from pip_network.files.importing.admin import ImportsAndExports


@admin.register(Work, site=site)
class WorkAdmin(ImportsAndExports, ReadOnly):
    """The table of works."""

    purpose = _("Records of the library: kept there, and brought here as a whole table.")
    resource_classes: ClassVar = [WorkResource]
    list_display = ("code", "title", "state", "type", "year_text", "product")
    list_filter: ClassVar = ["state", "type", "access"]
    search_fields: ClassVar = ["searched"]
    search_meanings = (said_by_parts,)
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("expressions")

    @admin.display(description=_("Title"))
    def title(self, work: Work) -> str:
        return work.title


@admin.register(Lesson, site=site)
class LessonAdmin(ReadOnly):
    """The table of lessons."""

    purpose = _("What projects learned: written, validated and published on the pages of lessons.")
    list_display = ("code", "title", "project", "state", "outcome", "written_at", "published_at")
    list_filter: ClassVar = ["state", "outcome", "confidence", "origin"]
    list_select_related: ClassVar = ["project"]
    search_fields: ClassVar = ["code"]
    exclude: ClassVar = ["stamp"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("texts")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet, bool]:
        """All words in one of its languages, as on the page of lessons."""
        return with_words(queryset, search_term), False

    @admin.display(description=_("Title"))
    def title(self, lesson: Lesson) -> str:
        return lesson.title


@admin.register(Concept, site=site)
class ConceptAdmin(Editable):
    """The words that the search looks for in all three languages."""

    purpose = _(
        "The words of the field: who searches for one also finds the others. As SKOS: "
        "/library/thesaurus.rdf."
    )
    list_display = ("code", "es", "pt", "en", "theme")
    list_filter: ClassVar = ["theme"]
    search_fields: ClassVar = [
        "code",
        "es",
        "pt",
        "en",
        "synonyms_es",
        "synonyms_pt",
        "synonyms_en",
    ]
    few = True

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name.startswith("synonyms_"):
            kwargs["help_text"] = _("What else it is called, between semicolons.")
        return super().formfield_for_dbfield(db_field, request, **kwargs)
