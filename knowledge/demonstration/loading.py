"""The invented documents, put into the library through the actions that people use."""

import datetime as dt
import hashlib
import shutil
from typing import Any

from knowledge.choices import Access, Translated
from knowledge.models import Work
from knowledge.works import actions, records
from knowledge.works.reference import marked
from pip_network.choices import FileKind, Origin, ScanState
from pip_network.files.stored import keeping
from pip_network.models import Stored, User
from projects.models import Project

from .reading import INVENTED, Document, documents, rows

HIDDEN_UNTIL = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
EMBARGOED, RESTRICTED = "D08", "D06"


def load(*, by: User, at: dt.datetime) -> int:
    """Add and publish those that are missing; says how many. `by` keeps the library."""
    present = set(Work.objects.visible_to(by).values_list("code", flat=True))
    missing = [row for row in rows() if row["code"] not in present]
    for row in missing:
        work = actions.add_record(**values_of(row), by=by, at=at)
        for document in documents():
            if document.row["code"] == row["code"]:
                file = kept(document, by=by, at=at)
                actions.add_file(work=work, language=document.language, file=file, by=by, at=at)
        actions.publish_work(work=work, by=by, at=at)
    return len(missing)


def values_of(row: dict[str, str]) -> dict[str, Any]:
    """The record of one row."""
    values: dict[str, Any] = {
        "code": row["code"],
        "type": row["type"],
        "original": row["original"],
        "origin": Origin.DEMO,
        "extent": "regional",
        "themes": marked(row["themes"]),
        "typologies": marked(row["typologies"]),
        **{f"provenance_{language}": said for language, said in INVENTED.items()},
    }
    for language in records.LANGUAGES:
        title = row[f"title_{language}"]
        translated = title and language != row["original"]
        values |= {
            f"title_{language}": title,
            f"abstract_{language}": row[f"abstract_{language}"],
            f"abstract_by_{language}": "network" if title else "",
            f"translation_status_{language}": Translated.NETWORK if translated else "",
        }
    if row["code"] == EMBARGOED:
        values["embargo_until"] = HIDDEN_UNTIL
    return values | (of_one_project() if row["code"] == RESTRICTED else {})


def of_one_project() -> dict[str, Any]:
    """Open to the first project and to who executes it."""
    project = Project.objects.select_related("executing_institution").order_by("code").first()
    if project is None:
        return {"access": Access.NETWORK}
    return {
        "access": Access.RESTRICTED,
        "open_to_projects": [project],
        "open_to_institutions": [project.executing_institution],
    }


def kept(document: Document, *, by: User, at: dt.datetime) -> Stored:
    """The file in the storage. It is one of ours: nobody has to look at it again."""
    content = document.file.read_bytes()
    path = keeping.new_arrival()
    shutil.copyfile(document.file, path)
    kind = FileKind(document.file.suffix[1:])
    digest = hashlib.sha256(content).hexdigest()
    facts = keeping.Facts(digest, len(content), kind, ScanState.NOT_SCANNED)
    try:
        return keeping.place(path, facts, name=document.file.name, by=by, at=at)
    finally:
        path.unlink(missing_ok=True)
