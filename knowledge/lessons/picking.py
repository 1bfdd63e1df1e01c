"""Choosing the figure that bears a lesson out: of the project of the lesson or one of its networks,
an indicator, a round; as the record has it now.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.models import Lesson
from knowledge.works.forms.fields import BLANK
from monitoring import portfolio
from monitoring.analysis import Figure, Specification, approved_rounds_from_database, definition
from monitoring.analysis.figures import figure_id
from monitoring.models import FigureDefinition, Indicator, RecordHead
from monitoring.reports.figure_definitions import keep_definitions
from monitoring.reports.figure_trace import may_open
from pip_network.web.signed_in import Reader

from . import figures
from .evidence import words


@dataclass(frozen=True)
class Picked:
    """A figure that was chosen; `figure` is None where the record has none."""

    indicator: Indicator
    defined: dict[str, Any]
    figure: Figure | None

    @property
    def has_value(self) -> bool:
        return self.figure is not None and self.figure.value is not None

    @property
    def words(self) -> str:
        return words(self.figure, self.indicator)

    def kept(self) -> FigureDefinition:
        """With what its id stands for, so that the id opens it from now on."""
        key = figure_id(self.defined)
        keep_definitions({key: self.defined})
        return FigureDefinition.objects.get(pk=key)


class PickForm(forms.Form):
    """What is about the lesson and may be opened; sent by GET, as it changes nothing."""

    about = forms.ChoiceField(label=_("What it is about"))
    indicator = forms.ChoiceField(label=_("Indicator"))
    round = forms.ChoiceField(label=_("Round"))

    def __init__(self, *args: Any, lesson: Lesson, by: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lesson, self.by = lesson, by
        named: dict[str, Any] = self.fields
        named["about"].choices = self.scopes()
        named["indicator"].choices = [
            BLANK,
            *((row.code, row.name) for row in self.indicators.values()),
        ]
        named["round"].choices = [(code, code) for code in self.rounds()]

    def scopes(self) -> list[tuple[str, Any]]:
        """The project and its networks, of which the reader may open figures, by their keys."""
        project = self.lesson.project
        whole = (f"P:{project.pk}", _("The whole project"))
        networks = project.networks.current().order_by("code")
        parts = [(f"N:{row.pk}", row.name) for row in networks]
        return [(key, name) for key, name in (whole, *parts) if self._may_open(key)]

    def rounds(self) -> list[str]:
        """Those of its project that are approved, the newest first."""
        approved = approved_rounds_from_database().first_approval
        own = [code for code, numbers in approved.items() if self.lesson.project_id in numbers]
        return sorted(own, reverse=True)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {row.code: row for row in portfolio.indicators(None).select_related("unit")}

    @cached_property
    def is_offered(self) -> bool:
        """Is there something to choose from?"""
        named: dict[str, Any] = self.fields
        return bool(named["about"].choices and named["round"].choices)

    @cached_property
    def picked(self) -> Picked | None:
        """None before something is chosen."""
        if not self.is_bound or not self.is_valid():
            return None
        said = self.cleaned_data
        defined = self._defined(said["about"], said["indicator"], said["round"])
        figure = figures.figure_at(defined)
        return Picked(self.indicators[said["indicator"]], defined, figure)

    def _may_open(self, key: str) -> bool:
        return may_open(self.by, self._defined(key, "", ""))

    def _defined(self, key: str, indicator: str, code: str) -> dict[str, Any]:
        scope = {"projects": (self.lesson.project_id,)}
        if key.startswith("N:"):
            scope["networks"] = (key[2:],)
        head = RecordHead.objects.first()
        asked = Specification(
            scope=scope,
            group_by=(),
            indicators=(indicator,),
            round=code,
            as_of=head.number if head else 0,
        )
        return definition(asked.question(), indicator, "main", {})
