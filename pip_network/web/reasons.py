"""A reason says why: one rule, wherever one is asked in words."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pip_network.web.errors import Invalid
from pip_network.web.text import fold, require_no_null

LETTERS = 10  # at least
DIFFERENT = 3  # of them: one letter held down says nothing


def says_why(reason: str) -> bool:
    """Are there letters enough, and not one of them repeated? Blanks, marks and digits say nothing."""
    letters = [letter for letter in fold(unicodedata.normalize("NFKC", reason)) if letter.isalpha()]
    return len(letters) >= LETTERS and len(set(letters)) >= DIFFERENT


def _refusal() -> str:
    return _("Say why, in at least %(count)s letters: who reads it later will want to know.") % {
        "count": LETTERS
    }


def require_reason(reason: str, *, most: int = 0, place: str = "reason") -> str:
    """A reason, without the blanks around it. Raises Invalid when it says nothing, or more than
    `most` characters (0: as many as one likes).
    """
    reason = reason.strip()
    if not says_why(reason):
        raise Invalid(_refusal(), place=place)
    require_no_null(reason, place)
    if most and len(reason) > most:
        raise Invalid(_("At most %(count)s characters.") % {"count": most}, place=place)
    return reason


def validate_reason(reason: str) -> None:
    """The same, for the field of a form whose action takes a reason that may be left out."""
    if not says_why(reason):
        raise ValidationError(_refusal())
