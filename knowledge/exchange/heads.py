"""What the head of a work's page says to machines: Dublin Core, the names of Highwire Press that
scholars' search engines read, and schema.org. All of it is made from the one description.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from knowledge.models import Work

from .csl import Item, cited_in, plain
from .ris import written

Pairs = Iterator[tuple[str, str]]

SCHEMA_TYPES = {
    "book": "Book",
    "article-journal": "ScholarlyArticle",
    "report": "Report",
    "paper-conference": "ScholarlyArticle",
}
DC_FIELDS = (
    ("title", "title"),
    ("publisher", "publisher"),
    ("source", "container-title"),
    ("language", "language"),
    ("description", "abstract"),
    ("identifier", "URL"),
)
HIGHWIRE_FIELDS = (
    ("title", "title"),
    ("journal_title", "container-title"),
    ("publisher", "publisher"),
    ("language", "language"),
    ("doi", "DOI"),
    ("abstract_html_url", "URL"),
)
# A block of data ends with its element, whatever stands in a text.
NO_MARKUP = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def dublin_core(item: Item) -> Pairs:
    for name in item.get("author", ()):
        yield "DC.creator", written(name)
    for name in item.get("editor", ()):
        yield "DC.contributor", written(name)
    if "issued" in item:
        yield "DC.date", year(item)
    for name, field in DC_FIELDS:
        if field in item:
            yield f"DC.{name}", item[field]


def highwire(item: Item) -> Pairs:
    for role in ("author", "editor"):
        for name in item.get(role, ()):
            yield f"citation_{role}", written(name)
    if "issued" in item:
        yield "citation_publication_date", year(item)
    for name, field in HIGHWIRE_FIELDS:
        if field in item:
            yield f"citation_{name}", item[field]


def year(item: Item) -> str:
    return str(item["issued"]["date-parts"][0][0])


def schema_org(work: Work, item: Item) -> SafeString:
    """JSON for a block of data."""
    kind = SCHEMA_TYPES[item["type"]]
    said = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": item["URL"],
        "url": item["URL"],
        "identifier": [item["id"], *([f"doi:{item['DOI']}"] if "DOI" in item else [])],
        "name": item["title"],
        "author": [someone(name) for name in item.get("author", ())],
        "editor": [someone(name) for name in item.get("editor", ())],
        "datePublished": year(item) if "issued" in item else None,
        "publisher": body(item["publisher"]) if "publisher" in item else None,
        "isPartOf": {"@type": "Periodical", "name": item["container-title"]}
        if "container-title" in item
        else None,
        "inLanguage": item.get("language"),
        "abstract": item.get("abstract"),
        **translations(work, item, kind),
    }
    kept = {name: value for name, value in said.items() if value}
    text = json.dumps(kept, ensure_ascii=False).translate(NO_MARKUP)
    return mark_safe(text)  # noqa: S308 - without markup


def translations(work: Work, item: Item, kind: str) -> dict[str, Any]:
    """The other languages in which it can be read: those made from it, or what it was made from."""
    cited = cited_in(work, item.get("language", ""))
    others = [one for one in work.expressions.all() if one.is_read and one != cited]
    told = [(one, part(one.title, one.language, kind)) for one in others]
    if cited is None or cited.original:
        return {"workTranslation": [about for _one, about in told]}
    return {"translationOfWork": next((about for one, about in told if one.original), None)}


def part(title: str, language: str, kind: str) -> dict[str, str]:
    return {"@type": kind, "name": plain(title), "inLanguage": language}


def someone(name: dict[str, str]) -> dict[str, str]:
    if "literal" in name:
        return body(name["literal"])
    parts = {"familyName": name.get("family"), "givenName": name.get("given")}
    whole = " ".join(filter(None, (name.get("given"), name.get("family"))))
    return {"@type": "Person", "name": whole, **{key: text for key, text in parts.items() if text}}


def body(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}
