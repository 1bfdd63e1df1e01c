"""What a role can be held on, in words: the whole network, a project, a network, an institution.

Projects and networks stand on a floor above, which gives them through OFFERED.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.models import Institution
from pip_network.people.access import EVERYWHERE
from pip_network.running.wired import Place

Offer = Callable[[], Iterable[tuple[str, str]]]


def institutions() -> Iterable[tuple[str, str]]:
    rows = Institution.objects.current().order_by("folded", "pk").values_list("pk", "name")
    return [(str(number), name) for number, name in rows]


# By prefix: (code, name) of everything of this kind that a role may be given on.
OFFERED: Place[dict[str, Offer]] = Place("what a role can be held on")
KINDS = {
    "P": gettext_lazy("Projects"),
    "N": gettext_lazy("Networks"),
    "I": gettext_lazy("Institutions"),
}


def choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a select: grouped by kind, the whole network first."""
    groups = [(str(KINDS[kind]), _offered(kind)) for kind in KINDS]
    return [("", _("Choose")), (EVERYWHERE, _("The whole network")), *groups]


def labels() -> dict[str, str]:
    """Words for every scope: a name, with the code of a project or network before it."""
    return {EVERYWHERE: _("The whole network")} | {
        key: words for kind in OFFERED() for key, words in _offered(kind)
    }


def label(scope: str) -> str:
    return labels().get(scope) or scope[2:]


def _offered(kind: str) -> list[tuple[str, str]]:
    return [
        (f"{kind}:{code}", name if kind == "I" else f"{code} · {name}")
        for code, name in OFFERED()[kind]()
    ]
