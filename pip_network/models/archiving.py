"""What is archived is in no list, count, choice, search, file or figure of today: every room leaves
it out through `current`, and only here is the column asked.

Other pages than its own tell nothing of it; what the record froze stays as approved.
"""

from typing import Any, ClassVar, Self

from django.db.models import Q


def not_archived(*paths: str) -> Q:
    """Rows of which none of those that `paths` lead to is archived: "" is the row itself,
    "project__" its project.
    """
    return Q(**{f"{path}archived_at__isnull": True for path in paths})


class CurrentRows:
    """Of a queryset: its rows go out of the lists when one of those that `archived_with` leads to
    is archived.
    """

    archived_with: ClassVar[tuple[str, ...]] = ("",)
    filter: Any
    exclude: Any

    def current(self) -> Self:
        """Those that the portal shows."""
        return self.filter(not_archived(*self.archived_with))

    def archived(self) -> Self:
        """The others: for the administration's list of them."""
        return self.exclude(not_archived(*self.archived_with))
