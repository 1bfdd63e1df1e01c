from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()
# What stands beside each other in the head of the library.
ROOMS = (("library", _("Library")), ("lessons", _("Lessons")))


@register.inclusion_tag("knowledge/_nav.html")
def library_nav(here: str) -> dict[str, Any]:
    """The rooms of the library, in the head of each."""
    return {"here": here, "rooms": ROOMS}
