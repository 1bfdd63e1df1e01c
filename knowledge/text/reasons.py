"""Why the text of a file is not there, or not whole: kept as a key with numbers, said in the
reader's language.
"""

from django.utils.translation import gettext as _

from knowledge.choices import TextState
from knowledge.models import File
from pip_network.files.stored import sentence_of

UNREAD, CUT = "unread", "cut"


def unread(parts: list[int]) -> str:
    """The key for parts that could not be read, beside those that could."""
    return " ".join([UNREAD, *map(str, parts)])


def cut(reached: int) -> str:
    """The key for what follows a part and was not read."""
    return f"{CUT} {reached}"


def said_of(file: File) -> str:
    """One sentence; empty when there is nothing to say."""
    key, *numbers = file.reason.split()[:40] or [""]
    if file.text_state == TextState.NO_TEXT:
        return _("The file holds pictures only, such as a scanned document: no text to search.")
    if key == UNREAD:
        return _("These pages could not be read: %(numbers)s.") % {"numbers": ", ".join(numbers)}
    if key == CUT:
        return _("What follows page %(number)s was not read: the file is too large.") % {
            "number": numbers[0]
        }
    return sentence_of(key) if key else ""
