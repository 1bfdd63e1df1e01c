"""What a role can be held on, in words: the whole network, a project, a network, an institution.

Projects and networks stand on a floor above, which gives them through OFFERED.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pip_network.models import Institution
from pip_network.models.people import InstitutionQuerySet
from pip_network.people.access import EVERYWHERE
from pip_network.running.wired import Place

Offer = Callable[[], Any]


def institutions() -> InstitutionQuerySet:
    return Institution.objects.order_by("folded", "pk")


# By prefix: all rows of this kind, in order. A role may be given on those that are not archived.
OFFERED: Place[dict[str, Offer]] = Place("what a role can be held on")
KINDS = {
    "P": gettext_lazy("Projects"),
    "N": gettext_lazy("Networks"),
    "I": gettext_lazy("Institutions"),
}


def choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a select: grouped by kind, the whole network first."""
    offered = OFFERED()
    groups = [
        (str(label), _named(kind, offered[kind]().current())) for kind, label in KINDS.items()
    ]
    return [("", _("Choose")), (EVERYWHERE, _("The whole network")), *groups]


def by_code() -> list[tuple[str, str]]:
    """What people call a scope (a code; an institution by its identifier), and the scope. Archived
    ones are none.
    """
    return [
        (str(code), f"{kind}:{pk}")
        for kind, offer in OFFERED().items()
        for code, pk in offer().current().values_list("slug" if kind == "I" else "pk", "pk")
    ]


def labels() -> dict[str, str]:
    """Words for every scope: a name, with the code of a project or network before it."""
    return {EVERYWHERE: _("The whole network")} | {
        key: words for kind, rows in OFFERED().items() for key, words in _named(kind, rows())
    }


def label(scope: str) -> str:
    return labels().get(scope) or scope[2:]


def _named(kind: str, rows: Any) -> list[tuple[str, str]]:
    return [
        (f"{kind}:{code}", name if kind == "I" else f"{code} · {name}")
        for code, name in rows.values_list("pk", "name")
    ]
