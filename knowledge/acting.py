"""The page of an act's form, one for all of the room."""

from collections.abc import Callable
from typing import Any

from pip_network.web.acts import Act

TEMPLATE = "knowledge/act.html"


def around(
    act: Act, back: str, *, room: str = "", thing: Any = None, lede: str = ""
) -> Callable[[Any], dict[str, Any]]:
    """What its template is told. `back`: where one goes without changing anything; `room` and
    `thing`: the way there, below the library.
    """
    danger = act.kind == "danger"
    page = {
        "title": act.title or act.label,
        "lede": lede or act.lede,
        "button": act.button or act.label,
        "will": act.will,
        "danger": danger,
        "tone": "warn" if danger else "",
        "once": act.once,
        "back": back,
        "room": room,
        "thing": thing,
    }
    return lambda _form: {"page": page}
