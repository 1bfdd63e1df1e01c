"""The other rooms: library, catalogue, workshops, and the people for who keeps them."""

from collections.abc import Callable

from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from knowledge.models import Work
from monitoring.definitions import words
from monitoring.models import Indicator, Variable
from pip_network.models import User
from pip_network.web import text
from pip_network.web.text import fold
from workshops.models import Workshop

from .addresses import first_address
from .answers import Found, Hit
from .questions import Question
from .ranking import in_every_language, listed, ranked


def works(_user, question: Question, limit: int) -> Found:
    listed_there = text.search(
        Work.objects.all(), question.text, "title", "authors", "publisher", "type"
    )
    rows = Work.objects.filter(
        Q(pk__in=listed_there.values("pk")) | Q(number=question.text.upper())
    )
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


def defined(
    model: type[Indicator] | type[Variable], url_name: str
) -> Callable[[object, Question, int], Found]:
    """Indicators or variables of the catalogue in force, by what they are called in any of the
    three languages.
    """

    def find(_user, question: Question, limit: int) -> Found:
        language = (translation.get_language() or "es")[:2]
        rows = text.search(
            model.objects.filter(catalogue=words.current_version()),
            question.text,
            "code",
            "name_es",
            "name_pt",
            "name_en",
            f"definition_{language}",
        )
        count, kept = ranked(rows, question, code="code", title=f"name_{language}", limit=limit)
        return Found(
            count,
            [
                Hit(one.name, reverse(url_name, args=[one.code]), one.code, one.definition)
                for one in kept
            ],
        )

    return find


def workshops(_user, question: Question, limit: int) -> Found:
    return listed(
        (
            (
                one.slug,
                fold(f"{one.city} {one.year} {one.theme_es} {one.theme_pt} {one.theme_en} ")
                + in_every_language(lambda one=one: one.country_name),
                Hit(
                    f"{one.city}, {one.country_name}, {one.year}",
                    one.get_absolute_url(),
                    "",
                    one.theme,
                    "",
                    one.origin,
                ),
            )
            for one in Workshop.objects.order_by("number")
        ),
        question,
        limit,
    )


def people(_user, question: Question, limit: int) -> Found:
    rows = text.search(User.objects.all(), question.text, "name", "email")
    count, kept = ranked(
        rows.select_related("institution"), question, code="email", title="name", limit=limit
    )
    return Found(
        count,
        [
            Hit(
                str(one),
                first_address(("person", [one.pk]), ("admin:pip_network_user_change", [one.pk]))
                or "",
                one.email,
                one.institution.name if one.institution else "",
            )
            for one in kept
        ],
    )
