"""A work in RIS, the format of reference managers: one value a line, two letters before it."""

from collections.abc import Iterator

from .csl import Item

TYPES = {
    "book": "BOOK",
    "article-journal": "JOUR",
    "report": "RPRT",
    "paper-conference": "CPAPER",
}
FIELDS = (
    ("TI", "title"),
    ("T2", "container-title"),
    ("PB", "publisher"),
    ("LA", "language"),
    ("AB", "abstract"),
    ("DO", "DOI"),
    ("UR", "URL"),
)


def ris(item: Item) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines(item))


def lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES[item["type"]]
    yield "ID", item["id"]
    for tag, role in (("AU", "author"), ("ED", "editor")):
        for name in item.get(role, ()):
            yield tag, written(name)
    if "issued" in item:
        yield "PY", str(item["issued"]["date-parts"][0][0])
    for tag, field in FIELDS:
        if field in item:
            yield tag, item[field]
    yield "ER", ""


def written(name: dict[str, str]) -> str:
    return name.get("literal") or ", ".join(
        name[part] for part in ("family", "given") if part in name
    )
