"""The target of a figure in words, beside its value."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import Figure
from monitoring.analysis.targets import progress
from pip_network.web import formats

from . import text
from .text import Computed


def target(figure: Figure, indicator: Computed, currency: str = "US$") -> str:
    """The target with its unit; empty where there is none."""
    return text.target(figure.target, figure.unit, text.signed(indicator), currency)


def beside(figure: Figure, indicator: Computed) -> str:
    """How far the value has come, or of how many projects there is a target where the whole has
    none.
    """
    if figure.target is not None:
        return way(progress(figure, indicator.rule))
    named, projects = figure.aimed
    if not named:
        return ""
    words = ngettext(
        "target of {named} of {projects} project",
        "target of {named} of {projects} projects",
        projects,
    )
    return words.format(named=text.count(named), projects=text.count(projects))


def way(percent: Decimal | None) -> str:
    """`62 % of the way`; nothing where it is not defined."""
    if percent is None:
        return ""
    return _("{percent} of the way").format(percent=formats.percent(percent))


def has_words(figure: Figure) -> bool:
    """Is there something to say of its target?"""
    return figure.target is not None or bool(figure.aimed[0])
