"""One question over everything that a person may see: a literal table of sources, each answered by one query.

A source that is not shown to somebody is not asked for her at all, so that nothing of it is counted or hinted at.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, TextField, Value, When, Window
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from knowledge.models import Work
from monitoring import catalogue
from monitoring.models import Indicator, Variable
from pip_network import text
from pip_network.access import Permission as P
from pip_network.access import can_somewhere
from pip_network.models import Institution, User
from pip_network.text import Folded, fold
from projects import documented
from projects.choices import Typology
from projects.filters import InstitutionFilter, NetworkFilter, ProjectFilter
from projects.models import Country, Firm, Membership, Network, Project
from workshops.models import Workshop

LENGTH = 100  # of a question; what stands after is not searched, and the page says so
SHOWN, SHOWN_OF_ONE = 10, 100
NOT_WORDS = "\"'`«»“”‘’()[]{}<>*%+|&!?¿¡,;:=~^\\"
EXACT, BEGINS, IN_NAME, ELSEWHERE = range(4)


class Question(NamedTuple):
    text: str  # as it is searched: without operators, at most LENGTH long
    words: tuple[str, ...]
    shortened: bool

    @property
    def folded(self) -> str:
        return fold(self.text)


class Hit(NamedTuple):
    title: str
    url: str
    code: str = ""
    note: str = ""
    language: str = ""  # of the title, where it is not the reader's
    origin: str = ""


class Found(NamedTuple):
    count: int
    hits: list[Hit]


class Source(NamedTuple):
    kind: str
    label: str
    shown: Callable[[object], bool]
    find: Callable[[object, Question, int], Found]
    list_url: str = ""  # url name of a list that answers the same question with `?q=`


class Group(NamedTuple):
    kind: str
    label: str
    count: int
    hits: list[Hit]
    more: str


def read(asked: str) -> Question:
    """What was typed as words: quotes, signs and operators are no words and are left out."""
    cut = asked[:LENGTH].replace("\0", " ")
    words = [word.strip(NOT_WORDS + "-._") for word in cut.split()]
    words = [word for word in words if word]
    return Question(" ".join(words), tuple(words), len(asked.strip()) > LENGTH)


def ranked(rows: QuerySet, question: Question, *, code: str, title: str, limit: int) -> tuple[int, list]:
    """The best `limit` of `rows` and how many there are, in one query.

    Best is: the exact code, a name that begins so, a name with every word, anything else; then by name.
    """
    folded_code, folded_title = Folded(Cast(code, TextField())), Folded(title)
    in_title = Q()
    for word in question.words:
        in_title &= Q(search_title__contains=fold(word))
    found = rows.order_by().annotate(search_code=folded_code, search_title=folded_title)
    found = found.annotate(
        search_rank=Case(
            When(search_code=question.folded, then=Value(EXACT)),
            When(search_title__startswith=question.folded, then=Value(BEGINS)),
            When(in_title, then=Value(IN_NAME)),
            default=Value(ELSEWHERE),
            output_field=IntegerField(),
        ),
        search_count=Window(Count(F("pk"))),
    )
    kept = list(found.order_by("search_rank", "search_title", "search_code", "pk")[:limit])
    return (kept[0].search_count if kept else 0), kept


def projects(_user, question: Question, limit: int) -> Found:
    rows = ProjectFilter({"q": question.text}, queryset=Project.objects.current()).qs.distinct()
    count, kept = ranked(rows.select_related("executing_institution"), question, code="code", title="name", limit=limit)
    return Found(
        count,
        [
            Hit(one.name, one.get_absolute_url(), one.code, one.executing_institution.name, origin=one.origin)
            for one in kept
        ],
    )


def networks(_user, question: Question, limit: int) -> Found:
    rows = NetworkFilter({"q": question.text}, queryset=Network.objects.filter(archived_at__isnull=True)).qs
    count, kept = ranked(rows.select_related("country"), question, code="code", title="name", limit=limit)
    return Found(
        count,
        [
            Hit(
                one.name,
                one.get_absolute_url(),
                one.code,
                f"{one.get_typology_display()} · {one.country.name}",
                origin=one.origin,
            )
            for one in kept
        ],
    )


def institutions(_user, question: Question, limit: int) -> Found:
    rows = InstitutionFilter({"q": question.text}, queryset=Institution.objects.all()).qs
    count, kept = ranked(rows, question, code="acronym", title="name", limit=limit)
    return Found(
        count,
        [
            Hit(
                one.name,
                reverse("institution", args=[one.slug]),
                note=f"{one.get_relation_display()} · {one.country}" if one.country else one.get_relation_display(),
                origin=one.origin,
            )
            for one in kept
        ],
    )


def works(_user, question: Question, limit: int) -> Found:
    listed_there = text.search(Work.objects.all(), question.text, "title", "authors", "publisher", "type")
    rows = Work.objects.filter(Q(pk__in=listed_there.values("pk")) | Q(number=question.text.upper()))
    count, kept = ranked(rows, question, code="number", title="title", limit=limit)
    return Found(
        count,
        [
            Hit(
                one.title,
                one.get_absolute_url(),
                one.number,
                " · ".join(filter(None, (one.authors, one.year_text))),
                one.language,
                one.origin,
            )
            for one in kept
        ],
    )


def defined(model: type[Indicator] | type[Variable], url_name: str) -> Callable[[object, Question, int], Found]:
    """Indicators or variables of the catalogue in force, by what they are called in any of the three languages."""

    def find(_user, question: Question, limit: int) -> Found:
        language = (translation.get_language() or "es")[:2]
        rows = text.search(
            model.objects.filter(catalogue=catalogue.current_version()),
            question.text,
            "code", "name_es", "name_pt", "name_en", f"definition_{language}",
        )  # fmt: skip
        count, kept = ranked(rows, question, code="code", title=f"name_{language}", limit=limit)
        return Found(
            count, [Hit(one.name, reverse(url_name, args=[one.code]), one.code, one.definition) for one in kept]
        )

    return find


def in_every_language(words_of: Callable[[], str]) -> str:
    """A text as each of our three languages has it: for names that are not in the database."""
    said = []
    for language in ("es", "pt", "en"):
        with translation.override(language):
            said.append(words_of())
    return fold(" ".join(said))


def listed(candidates: Iterable[tuple[str, str, Hit]], question: Question, limit: int) -> Found:
    """As `ranked`, for a few candidates at hand: (code, text searched, hit)."""
    words, folded = [fold(word) for word in question.words], question.folded
    found = []
    for code, searched, hit in candidates:
        if all(word in searched for word in words):
            title = fold(hit.title)
            place = EXACT if fold(code) == folded else BEGINS if title.startswith(folded) else IN_NAME
            found.append((place, title, code, hit))
    found.sort(key=lambda one: one[:3])
    return Found(len(found), [one[3] for one in found[:limit]])


def typologies(_user, question: Question, limit: int) -> Found:
    return listed(
        (
            (
                one.value,
                in_every_language(lambda one=one: str(one.label)),
                Hit(str(one.label), first_address(("typology", [one.value]), ("networks", [])) or ""),
            )
            for one in Typology
        ),
        question,
        limit,
    )


def countries(_user, question: Question, limit: int) -> Found:
    return listed(
        (
            (
                one.iso2,
                in_every_language(lambda one=one: one.name) + " " + fold(one.iso2),
                Hit(one.name, one.get_absolute_url(), origin=one.origin),
            )
            for one in Country.objects.order_by("iso2")
        ),
        question,
        limit,
    )


def workshops(_user, question: Question, limit: int) -> Found:
    return listed(
        (
            (
                one.slug,
                fold(f"{one.city} {one.year} {one.theme_es} {one.theme_pt} {one.theme_en} ")
                + in_every_language(lambda one=one: one.country_name),
                Hit(
                    f"{one.city}, {one.country_name}, {one.year}", one.get_absolute_url(), "", one.theme, "", one.origin
                ),
            )
            for one in Workshop.objects.order_by("number")
        ),
        question,
        limit,
    )


def documented_projects(_user, question: Question, limit: int) -> Found:
    """Real projects that sources document: a page of their own, apart from the registry."""
    address = reverse("documented-projects")
    return listed(
        (
            (
                one.number or one.key,
                fold(" ".join((one.name, one.place, one.executor, one.number, *one.texts.values())))
                + in_every_language(lambda one=one: " ".join(name for _iso2, name in one.country_names)),
                Hit(one.name or one.place or one.key, f"{address}#{one.key}", one.number, one.facts, one.name_lang),
            )
            for one in documented.documented()
        ),
        question,
        limit,
    )


def firms(user, question: Question, limit: int) -> Found:
    """Firms of the networks whose firms she may see by name."""
    mine = Membership.objects.filter(network__in=Network.objects.where(user, P.VIEW_FIRM_NAMES))
    seen = Firm.objects.filter(pk__in=mine.values("firm"), archived_at__isnull=True)
    rows = text.search(seen, question.text, "name", "code", "tax_id")
    count, kept = ranked(rows.select_related("country"), question, code="code", title="name", limit=limit)
    return Found(
        count,
        [
            Hit(
                str(one), first_address(("firm", [one.code])) or "", one.code,
                f"{one.get_sector_display()} · {one.country.name}", origin=one.origin,
            )
            for one in kept
        ],
    )  # fmt: skip


def people(_user, question: Question, limit: int) -> Found:
    rows = text.search(User.objects.all(), question.text, "name", "email")
    count, kept = ranked(rows.select_related("institution"), question, code="email", title="name", limit=limit)
    return Found(
        count,
        [
            Hit(
                str(one),
                first_address(("person", [one.pk]), ("admin:pip_network_user_change", [one.pk])) or "",
                one.email,
                one.institution.name if one.institution else "",
            )
            for one in kept
        ],
    )


def first_address(*candidates: tuple[str, list]) -> str | None:
    for name, arguments in candidates:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return None


def everyone(_user) -> bool:
    return True


def holds(permission: P) -> Callable[[object], bool]:
    return lambda user: can_somewhere(user, permission)


SOURCES: tuple[Source, ...] = (
    Source("projects", _("Projects"), everyone, projects, "projects"),
    Source("networks", _("Networks"), everyone, networks, "networks"),
    Source("works", _("Documents of the library"), everyone, works, "library"),
    Source("indicators", _("Indicators"), everyone, defined(Indicator, "indicator")),
    Source("variables", _("Variables"), everyone, defined(Variable, "variable")),
    Source("typologies", _("Typologies"), everyone, typologies),
    Source("countries", _("Countries"), everyone, countries),
    Source("institutions", _("Institutions"), everyone, institutions, "institutions"),
    Source("workshops", _("Workshops"), everyone, workshops),
    Source("documented", _("Documented projects"), everyone, documented_projects),
    Source("firms", _("Firms"), holds(P.VIEW_FIRM_NAMES), firms, "firms"),
    Source("people", _("People"), holds(P.MANAGE_PEOPLE), people, "people"),
)


def find(user, question: Question, kind: str = "") -> list[Group]:
    """What `user` may see of what she asked for, by kind; only `kind` when it is one that she may ask."""
    if not question.words:
        return []
    shown = [one for one in SOURCES if one.shown(user)]
    chosen = [one for one in shown if one.kind == kind]
    groups = []
    for source in chosen or shown:
        found = source.find(user, question, SHOWN_OF_ONE if chosen else SHOWN)
        if found.count:
            more = "" if chosen else more_url(source, question)
            groups.append(Group(source.kind, str(source.label), found.count, found.hits, more))
    return groups


def more_url(source: Source, question: Question) -> str:
    """Where all hits of a source are: its own list with the same question, or this page with that source alone."""
    address = first_address((source.list_url, [])) if source.list_url else None
    asked = urlencode({"q": question.text})
    return f"{address}?{asked}" if address else f"{reverse('search')}?{asked}&in={source.kind}"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")
    question = read(asked)
    groups = find(request.user, question, request.GET.get("in", ""))
    return render(
        request,
        "public/search.html",
        {
            "asked": asked[:LENGTH].strip(),
            "question": question,
            "groups": groups,
            "total": sum(group.count for group in groups),
            "length": LENGTH,
            "alone": groups[0] if len(groups) == 1 and request.GET.get("in") == groups[0].kind else None,
            "shown_of_one": SHOWN_OF_ONE,
        },
    )
