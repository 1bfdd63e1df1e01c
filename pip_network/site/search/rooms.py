"""The other rooms: library, catalogue, workshops, and the people for who keeps them."""

from django.urls import reverse
from django.utils.translation import get_language

from knowledge.choices import LessonState
from knowledge.labels import authors_label
from knowledge.lessons.filters import with_words
from knowledge.models import Lesson, Work
from knowledge.reach import keys_of
from knowledge.search import answers as library
from knowledge.search.questions import read
from monitoring.definitions import words
from monitoring.models import Indicator, Variable
from pip_network.models import User
from pip_network.people.searching import PEOPLE
from pip_network.web.text import fold
from workshops.models import Workshop

from .addresses import first_address
from .answers import Answer, Find, Hit, Reader
from .questions import Question
from .ranking import Candidate, in_every_language, listed, ranked


def works(reader: Reader, question: Question, limit: int) -> Answer:
    """What the library finds, in its order."""
    found = library.Answer(read(question.text), keys_of(reader))
    language = (get_language() or "es")[:2]
    codes = found.page(0, limit, sort="relevance", language=language).codes
    rows = Work.objects.visible_to(reader).with_parts().in_bulk(codes)
    best = [rows[code] for code in codes if code in rows]
    return Answer(
        found.total,
        [
            Hit(
                work.title,
                work.get_absolute_url(),
                work.code,
                " · ".join(filter(None, (authors_label(work.authors.all()), work.year_text))),
                work.language,
                work.origin,
            )
            for work in best
        ],
    )


def lessons(reader: Reader, question: Question, limit: int) -> Answer:
    """What she may read of what projects learned, by their words in any of the languages."""
    rows = Lesson.objects.visible_to(reader).exclude(state=LessonState.SUPERSEDED)
    found = with_words(rows, question.text).order_by("-written_at", "code")
    best = list(found.select_related("project").prefetch_related("texts")[:limit])
    return Answer(
        len(best) if len(best) < limit else found.count(),
        [
            Hit(
                lesson.title,
                lesson.get_absolute_url(),
                lesson.code,
                f"{lesson.project.name} · {lesson.get_state_display()}",
                lesson.shown.language if lesson.shown else "",
                lesson.origin,
            )
            for lesson in best
        ],
    )


def defined(model: type[Indicator] | type[Variable], url_name: str) -> Find:
    """Indicators or variables of the catalogue in force, by what they are called in any of the
    three languages.
    """

    def find(_reader: Reader, question: Question, limit: int) -> Answer:
        rows = model.objects.filter(catalogue=words.current_version())
        return listed((_defined(row, url_name) for row in rows), question, limit)

    return find


def _defined(row: Indicator | Variable, url_name: str) -> Candidate:
    searched = (row.code, row.name_es, row.name_pt, row.name_en, row.definition)
    hit = Hit(row.name, reverse(url_name, args=[row.code]), row.code, row.definition)
    return row.code, fold(" ".join(searched)), hit


def workshops(_reader: Reader, question: Question, limit: int) -> Answer:
    """Workshops by place, year and theme, in any of the languages."""
    return listed(map(_workshop, Workshop.objects.order_by("number")), question, limit)


def _workshop(workshop: Workshop) -> Candidate:
    themes = f"{workshop.theme_es} {workshop.theme_pt} {workshop.theme_en}"
    searched = fold(f"{workshop.city} {workshop.year} {themes} ")
    hit = Hit(
        f"{workshop.city}, {workshop.country_name}, {workshop.year}",
        workshop.get_absolute_url(),
        note=workshop.theme,
        origin=workshop.origin,
    )
    return workshop.slug, searched + in_every_language(lambda: workshop.country_name), hit


def people(_reader: Reader, question: Question, limit: int) -> Answer:
    """People by name or address; only for who keeps them."""
    rows = PEOPLE.search(User.objects.all(), question.text)
    count, best = ranked(
        rows.select_related("institution"), question, code="email", title="folded", limit=limit
    )
    return Answer(
        count,
        [
            Hit(
                str(person),
                first_address(
                    ("person", [person.pk]), ("admin:pip_network_user_change", [person.pk])
                )
                or "",
                person.email,
                person.institution.name if person.institution else "",
            )
            for person in best
        ],
    )
