"""What a work must satisfy, whoever writes it."""

from typing import Any

from django.utils.translation import gettext as _

from knowledge.choices import Access, State
from knowledge.models import File, Work
from pip_network.folding import is_unseen
from pip_network.web.errors import Conflict, Invalid
from pip_network.web.text import require_seen, unseen

from .authors import Named
from .records import LANGUAGES, is_moved

OPEN = (State.PROPOSED, State.REVIEW)
TEXTS = tuple(f"{name}_{language}" for name in ("title", "abstract") for language in LANGUAGES)


def require_whole(values: dict[str, Any]) -> None:
    """What no record is without. Raises Invalid (place: the field)."""
    original = values.get("original", "")
    if not original or not values.get(f"title_{original}"):
        place = f"title_{original}" if original else "original"
        raise Invalid(_("Give the title in the language of the original."), place=place)
    for name in TEXTS:
        require_seen(values.get(name, ""), name)
    if any(map(is_unnamed, values.get("authors", ()))):
        raise Invalid(unseen(), place="authors")
    if (values.get("link_answers") is None) != (values.get("link_checked_on") is None):
        raise Invalid(
            _("Say both: the day of the check, and whether the address answers."),
            place="link_checked_on",
        )
    named = values.get("open_to_institutions") or values.get("open_to_projects")
    if values.get("access") == Access.RESTRICTED and not named:
        raise Invalid(
            _("Name at least one institution or project that may read it."),
            place="open_to_institutions",
        )


def is_unnamed(author: Named) -> bool:
    """Is a part of the name written so that nobody sees it?"""
    return any(map(is_unseen, (author.family, author.given, author.literal)))


def require_titles_of_files(work: Work, before: dict[str, Any], after: dict[str, Any]) -> None:
    """A language without a title is none, and its files would go with it. Raises Invalid."""
    if is_moved(before, after):
        return
    files = File.objects.filter(expression__work=work).order_by()
    for language in files.values_list("expression__language", flat=True).distinct():
        if not after[f"title_{language}"]:
            raise Invalid(
                _("The work has a file in this language: it keeps its title."),
                place=f"title_{language}",
            )


def require_state(work: Work, *states: str) -> None:
    """Raises Conflict when somebody has moved it meanwhile."""
    if work.state not in states:
        raise Conflict(
            _("Meanwhile the work is “%(state)s”: nothing has been changed.")
            % {"state": work.get_state_display()}
        )
