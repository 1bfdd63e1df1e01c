"""Lessons and projects for the page of a reader."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from knowledge.models import Application, Lesson, Validation
from pip_network.people.access import Permission, codes_with
from pip_network.web.signed_in import Reader
from projects.models import Project

PARTS: tuple[Any, ...] = (
    "texts",
    "themes",
    "typologies",
    "project__countries",
    "project__networks",
    "evidence__figure",
    Prefetch("validations", Validation.objects.filter(withdrawn_at=None).select_related("project")),
    Prefetch(
        "applications", Application.objects.filter(withdrawn_at=None).select_related("project")
    ),
)
JOINED = (
    "project",
    "workshop",
    "submission",
    "written_by",
    "sent_by",
    "superseded_by",
)


def fetched(reader: Reader, code: str) -> Lesson | None:
    """One lesson with all that its page says: what she may read, and a deleted draft of hers. A code
    is found in capitals, however it was typed.
    """
    for lessons in (Lesson.objects.visible_to(reader), Lesson.objects.deleted_for(reader)):
        rows = lessons.select_related(*JOINED).prefetch_related(*PARTS)
        if found := rows.filter(code=code.upper()).first():
            return found
    return None


def projects_where(reader: Reader, permission: Permission) -> QuerySet[Project]:
    """Projects for which a reader may act: by a role on them, or on one of their networks. Who holds
    it everywhere may act for each.
    """
    codes = codes_with(reader, permission, "P")
    current = Project.objects.current().order_by("code")
    if codes is None:
        return current
    networks = codes_with(reader, permission, "N") or set()
    through = Project.objects.filter(networks__in=networks).order_by().values("pk")
    return current.filter(Q(code__in=codes) | Q(pk__in=through))
