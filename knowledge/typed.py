"""Texts that members write for themselves: titles, notes, names."""

from django.utils.translation import gettext as _

from pip_network.web.errors import Invalid
from pip_network.web.text import fold, require_no_null, require_seen


def line(text: str, *, most: int, place: str) -> str:
    """A title or a name, in one line. Raises Invalid where nothing of it can be read."""
    text = " ".join(text.split())
    require_no_null(text, place)
    require_seen(text, place)
    if not any(letter.isalnum() for letter in fold(text)):
        raise Invalid(_("Write at least one letter or digit."), place=place)
    return _short(text, most, place)


def text(written: str, *, most: int, place: str) -> str:
    """A longer text, which may be empty. Raises Invalid where something was written of which nothing
    is seen.
    """
    written = written.replace("\r\n", "\n").strip()
    require_no_null(written, place)
    require_seen(written, place)
    return _short(written, most, place)


def _short(written: str, most: int, place: str) -> str:
    if len(written) > most:
        said = _("It is longer than %(most)s characters.") % {"most": most}
        raise Invalid(said, place=place)
    return written
