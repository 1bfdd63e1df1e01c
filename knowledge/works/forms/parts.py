"""A long form in parts: what nobody must fill in is folded, and opens by itself where something is
wrong.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms import BoundField
from django.utils.translation import ngettext

from pip_network.web.meanwhile import StampedForm


class Part(NamedTuple):
    """Fields that belong together. One without a title stands unfolded."""

    title: Any
    names: tuple[str, ...]
    about: Any = ""
    is_open: bool = False


class Shown(NamedTuple):
    """A part as the page has it."""

    title: Any
    fields: list[BoundField]
    about: Any
    is_open: bool


class FormInParts(StampedForm):
    def parts(self) -> tuple[Part, ...]:
        raise NotImplementedError

    def shown_parts(self) -> Iterator[Shown]:
        for part in self.parts():
            fields = [self[name] for name in part.names]
            wrong = any(field.errors for field in fields)
            yield Shown(part.title, fields, part.about or filled(fields), part.is_open or wrong)


def filled(fields: list[BoundField]) -> str:
    """How many of them say something, for who looks where there is still nothing."""
    count = sum(bool(field.value()) for field in fields)
    said = ngettext("%(count)s field filled in", "%(count)s fields filled in", count)
    return said % {"count": count} if count else ""
