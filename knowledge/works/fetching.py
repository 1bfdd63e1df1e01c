"""One work for the page of a reader: what she may read, and what she has proposed herself."""

from knowledge.models import File, Work
from pip_network.web.signed_in import Reader

PARTS = (
    "expressions__files__stored",
    "authors",
    "countries",
    "themes",
    "typologies",
    "institutions",
    "projects",
    "networks",
)


def fetched(reader: Reader, code: str) -> Work | None:
    """With all that its page says. A code is found in capitals, however it was typed."""
    for works in (Work.objects.visible_to(reader), Work.objects.proposed_by(reader)):
        rows = works.select_related("workshop", "proposed_by").prefetch_related(*PARTS)
        if found := rows.filter(code=code.upper()).first():
            return found
    return None


def gone(reader: Reader, code: str) -> Work | None:
    """A work that was withdrawn after this reader could read it."""
    return Work.objects.gone_for(reader).with_parts().filter(code=code.upper()).first()


def file_of(reader: Reader, code: str, language: str, version: int | None = None) -> File | None:
    """The file of a work in one language, of a version or the newest one."""
    work = fetched(reader, code)
    if work is None:
        return None
    files = File.objects.filter(expression__work=work, expression__language=language)
    if version is not None:
        files = files.filter(version=version)
    return files.select_related("expression__work", "stored").order_by("-version").first()
