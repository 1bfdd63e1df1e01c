"""Authors as one line of text, for forms and files: `Dini, M.; CEPAL; Ceglie, G. (ed.)`.

A person is `family, given`; a body has no comma, or stands in «».
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from knowledge.choices import AuthorRole
from knowledge.models import Author
from pip_network.web.text import is_unseen, unseen

BODY = re.compile(r"«(?P<name>[^«»]+)»$")
EDITED = re.compile(r"\s*\((?:ed|eds|coord|org)\.\)$")
NAME = re.compile(r"\s*(?:;|\n)\s*(?![^«]*»)")  # not between «»


class Named(NamedTuple):
    """One author or editor, as a row has it."""

    role: str
    family: str = ""
    given: str = ""
    literal: str = ""


def read(text: str) -> tuple[Named, ...]:
    """The authors of a line or of several. Raises ValueError with the rule as a sentence."""
    names = filter(None, map(str.strip, NAME.split(text)))
    return tuple(named(name) for name in names)


def named(text: str) -> Named:
    """One author. Raises ValueError when a person has no family name, or a name is too long."""
    role = AuthorRole.EDITOR if EDITED.search(text) else AuthorRole.AUTHOR
    name = EDITED.sub("", text).strip()
    body = BODY.match(name)
    if body or "," not in name:
        return Named(role, literal=fitting(body["name"].strip() if body else name, 200))
    family, _comma, given = (part.strip() for part in name.partition(","))
    if not family:
        raise ValueError(_("Write people as “family name, given name”."))
    return Named(role, fitting(family, 120), fitting(given, 120))


def fitting(text: str, most: int) -> str:
    if is_unseen(text):
        raise ValueError(unseen())
    if len(text) > most:
        raise ValueError(_("A name is longer than %(most)s characters.") % {"most": most})
    return text


def written(authors: Iterable[Named | Author], between: str = "; ") -> str:
    """What `read` reads."""
    return between.join(map(_written, authors))


def _written(author: Named | Author) -> str:
    body = author.literal
    name = f"«{body}»" if "," in body or ";" in body else body
    name = name or f"{author.family}, {author.given}".rstrip()
    return f"{name} (ed.)" if author.role == AuthorRole.EDITOR else name
