"""The records of the library as a file, and from one."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.choices import AbstractBy, Access, Extent, Language, Translated, WorkType
from knowledge.models import Work
from knowledge.reach import STAFF
from pip_network.choices import Origin, Theme
from pip_network.files.importing import (
    Address,
    Choice,
    Code,
    Codes,
    Day,
    PlannedRow,
    TableResource,
    Text,
    Whole,
    refuse_twins,
)
from pip_network.folding import fold
from pip_network.models import Institution, User
from pip_network.people.access import Permission
from pip_network.web.days import day_of
from projects.choices import Typology
from projects.models import Network, Project
from workshops.models import Workshop

from . import actions
from .columns import (
    Authors,
    ChoiceInLanguage,
    Countries,
    InLanguage,
    Marked,
    Moment,
    Original,
    Truth,
)

IN_LANGUAGES = tuple(
    column
    for language in Language.values
    for column in (
        InLanguage(f"title_{language}"),
        ChoiceInLanguage(f"translation_status_{language}", Translated),
        InLanguage(f"abstract_{language}"),
        ChoiceInLanguage(f"abstract_by_{language}", AbstractBy),
    )
)


class WorkResource(TableResource):
    """Works, found by their codes; a new one waits in review."""

    model = Work
    key = ("code",)
    permission = Permission.CURATE_LIBRARY
    columns = (
        Text("code", fixed=True, help=gettext_lazy("Blank for a new work: it gets a code")),
        Original("original", Language, required=True),
        *IN_LANGUAGES,
        Authors("authors"),
        Choice("type", WorkType, required=True),
        Text("type_text"),
        Whole("year"),
        Text("year_text"),
        Text("publisher"),
        Text("licence"),
        Text("doi"),
        Choice("extent", Extent),
        Countries("countries"),
        Marked("themes", Theme, gettext_lazy("Themes")),
        Marked("typologies", Typology, gettext_lazy("Typologies")),
        Codes("institutions", Institution.objects.all, key="slug"),
        Codes("projects", Project.objects.all),
        Codes("networks", Network.objects.all),
        Code("workshop", Workshop.objects.all, key="slug"),
        Choice("access", Access, default=Access.PUBLIC),
        Codes("open_to_institutions", Institution.objects.all, key="slug"),
        Codes("open_to_projects", Project.objects.all),
        Moment("embargo_until"),
        Whole("product"),
        Choice("origin", Origin, required=True),
        Address("source_url"),
        Day("link_checked_on"),
        Truth("link_answers"),
        *(Text(f"provenance_{language}") for language in Language.values),
    )
    explanation = gettext_lazy(
        "A work is known by its code; a row without one brings a new work, which waits in review."
    )

    def get_queryset(self) -> QuerySet:
        return Work.objects.placed(ALL)

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("workshop").prefetch_related(*RELATED)

    def check(self, rows: Sequence[PlannedRow], *, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None and row.values.get("code"):
                row.refuse(_("No work has this code: leave it blank to bring a new one."))
            checked = row.values.get("link_checked_on")
            if checked and checked > day_of(at + dt.timedelta(hours=14)):
                row.refuse(_("This day has not come yet."))
        refuse_twins(
            [row for row in rows if row.instance is None and not row.reasons],
            title_of,
            _("Row %(row)s of the file is a work of this title already."),
        )

    def save(self, rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> None:
        for row in rows:
            if row.instance is None:
                values = {name: value for name, value in row.values.items() if name != "code"}
                actions.add_record(**values, by=by, at=at)
            else:
                changes = {name: new for name, (_old, new) in row.changes.items()}
                actions.correct_work(work=row.instance, **changes, by=by, at=at)


ALL = frozenset({STAFF})  # who imports curates, and sees all
RELATED = (
    "expressions",
    "authors",
    "countries",
    "themes",
    "typologies",
    "institutions",
    "projects",
    "networks",
    "open_to_institutions",
    "open_to_projects",
)


def title_of(row: PlannedRow) -> str | None:
    """The title in the language of the original, folded."""
    return fold(str(row.values.get(f"title_{row.values.get('original', '')}", ""))) or None
