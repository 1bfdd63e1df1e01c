"""What the list of lessons is narrowed by."""

import django_filters as df
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.choices import LessonState, Outcome
from knowledge.models import Lesson, LessonQuerySet
from pip_network.choices import Theme
from pip_network.web.filters import choice, search_field
from projects.choices import Typology
from projects.models.country import country_names

from .searching import found_with


class LessonFilter(df.FilterSet):
    q = search_field("named")
    theme = choice(_("Theme"), Theme.choices, _("Any"), method="of_theme")
    outcome = choice(_("Outcome"), Outcome.choices, _("Any"))
    state = choice(_("State"), LessonState.choices, _("Any"))
    country = choice(_("Country"), country_names, _("Any"), method="of_country")
    typology = choice(_("Typology"), Typology.choices, _("Any"), method="of_typology")

    class Meta:
        model = Lesson
        fields: tuple[str, ...] = ()

    def named(self, lessons: LessonQuerySet, _name: str, text: str) -> LessonQuerySet:
        rows, self.filters["q"].fell_back = found_with(lessons, text)
        return rows

    def of_theme(self, lessons: QuerySet, _name: str, theme: str) -> QuerySet:
        return lessons.filter(themes__theme=theme)

    def of_country(self, lessons: QuerySet, _name: str, country: str) -> QuerySet:
        return lessons.filter(project__countries=country)

    def of_typology(self, lessons: QuerySet, _name: str, typology: str) -> QuerySet:
        return lessons.filter(typologies__typology=typology)
