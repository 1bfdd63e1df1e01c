"""The other rooms: library, catalogue, workshops, and the people for who keeps them."""

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import get_language

from knowledge.choices import LessonState
from knowledge.labels import authors_label
from knowledge.lessons.searching import TEXTS, in_one_text, telling
from knowledge.models import Lesson, LessonText, Work
from knowledge.reach import keys_of
from knowledge.search import answers as library
from knowledge.search.questions import read
from monitoring.definitions import words
from monitoring.models import Indicator, Variable
from pip_network.models import User
from pip_network.people.searching import PEOPLE, in_every_language
from workshops.models import Workshop

from .addresses import first_address
from .answers import Answer, Find, Hit, Reader
from .questions import Question
from .ranking import Candidate, listed, ranked, wider


def works(reader: Reader, question: Question, limit: int) -> Answer:
    """What the library finds, in its order."""
    asked = read(question.of_library)
    found = library.Answer(asked, keys_of(reader), expand=question.expand)
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
    """What she may read of what projects learned, by their words in any of the languages: those that
    other terms find after the others, the newest first.
    """
    coded, literal = Q(code=question.text.upper()), telling(question.words, question.how)
    place = Case(When(coded, then=0), When(literal, then=1), default=2)
    found = (
        Lesson.objects.visible_to(reader)
        .exclude(state=LessonState.SUPERSEDED)
        .filter(coded | literal | in_one_text(wider(LessonText, question, TEXTS)))
        .order_by(place, "-written_at", "code")
    )
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
    return Candidate(row.code, " . ".join(searched), hit)


def workshops(_reader: Reader, question: Question, limit: int) -> Answer:
    """Workshops by place, year and theme, in any of the languages."""
    return listed(map(_workshop, Workshop.objects.order_by("number")), question, limit)


def _workshop(workshop: Workshop) -> Candidate:
    themes = f"{workshop.theme_es} . {workshop.theme_pt} . {workshop.theme_en}"
    country = in_every_language(lambda: workshop.country_name)
    hit = Hit(
        f"{workshop.city}, {workshop.country_name}, {workshop.year}",
        workshop.get_absolute_url(),
        note=workshop.theme,
        origin=workshop.origin,
    )
    searched = f"{workshop.city} . {workshop.year} . {themes} . {country}"
    return Candidate(workshop.slug, searched, hit)


def people(_reader: Reader, question: Question, limit: int) -> Answer:
    """People by name or address; only for who keeps them."""
    rows = User.objects.select_related("institution")
    return ranked(rows, question, PEOPLE, _person, code="email", limit=limit)


def _person(person: User) -> Hit:
    address = first_address(("person", [person.pk]), ("admin:pip_network_user_change", [person.pk]))
    institution = person.institution.name if person.institution else ""
    return Hit(str(person), address or "", person.email, institution)
