"""A work in BibTeX. Its key is the code of the work."""

import re
from collections.abc import Iterator

from .csl import Item

TYPES = {
    "book": "book",
    "article-journal": "article",
    "report": "techreport",
    "paper-conference": "misc",  # a paper in proceedings would need the name of these
}
PUBLISHERS = {"book": "publisher", "techreport": "institution", "misc": "howpublished"}

# What TeX takes for itself. Braces get commands: BibTeX counts them even behind a backslash.
ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        **{letter: f"\\{letter}" for letter in "%&$#_"},
    }
)
VERBATIM = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})  # addresses: TeX reads them raw
PARTED = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)  # by these BibTeX parts names


def bibtex(item: Item) -> str:
    kind = TYPES[item["type"]]
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in values(item, kind))
    return f"@{kind}{{{item['id']},\n{fields}}}\n"


def values(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor"):
        if role in item:
            yield role, " and ".join(map(written, item[role]))
    yield "title", f"{{{escaped(item['title'])}}}"  # inner braces: capitals stay
    if "container-title" in item:
        yield "journal", escaped(item["container-title"])
    if "publisher" in item:
        yield PUBLISHERS[kind], escaped(item["publisher"])
    if "issued" in item:
        yield "year", str(item["issued"]["date-parts"][0][0])
    for name, field in (("language", "language"), ("abstract", "abstract")):
        if field in item:
            yield name, escaped(item[field])
    for name, field in (("doi", "DOI"), ("url", "URL")):
        if field in item:
            yield name, item[field].translate(VERBATIM)


def written(name: dict[str, str]) -> str:
    """A body in braces, so that nobody looks for its given name."""
    if "literal" in name:
        return f"{{{escaped(name['literal'])}}}"
    if "given" not in name:
        return f"{{{escaped(name['family'])}}}"
    return ", ".join(part(name[which]) for which in ("family", "given"))


def part(text: str) -> str:
    return f"{{{escaped(text)}}}" if PARTED.search(text) else escaped(text)


def escaped(text: str) -> str:
    return text.translate(ESCAPED)
