"""The texts of the documents, read into pages."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TEXTS, FILES = HERE / "texts", HERE / "files"
INVENTED = {
    "es": "Documento inventado para la demostración del portal: ninguna red, empresa o cifra es real.",
    "pt": "Documento inventado para a demonstração do portal: nenhuma rede, empresa ou número é real.",
    "en": "Invented for the demonstration of the portal: no network, firm or figure is real.",
}
LANGUAGES = tuple(INVENTED)
CASE = (
    "{red} trabaja en {lugar}, en el rubro de {rubro}.",
    "El problema: {problema}.",
    "Lo que hizo el grupo: {hizo}.",
    "Cómo salió: {resultado}.",
    "Lo que enseña: {leccion}.",
    "La ficha la escribió quien coordina la red, con sus socios, al cierre de un semestre.",
)


class Page(NamedTuple):
    """A heading; below it paragraphs, points (`- `) and rows of a table (`| `)."""

    title: str
    lines: list[str]


class Document(NamedTuple):
    """One row of `documents.csv`, in one of its languages."""

    row: dict[str, str]
    language: str

    @property
    def title(self) -> str:
        return self.row[f"title_{self.language}"]

    @property
    def file(self) -> Path:
        ending = self.row["format"].replace("scan", "pdf")
        return FILES / f"{self.row['key']}.{self.language}.{ending}"

    def pages(self) -> list[Page]:
        """The first one says that the document is invented."""
        text = TEXTS / f"{self.row['key']}.{self.language}.txt"
        first, *rest = list(pages_of(text)) if text.exists() else list(cases())
        return [Page(first.title, [INVENTED[self.language], *first.lines]), *rest]


def rows() -> list[dict[str, str]]:
    with (HERE / "documents.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documents() -> Iterator[Document]:
    for row in rows():
        for language in LANGUAGES:
            if row[f"title_{language}"]:
                yield Document(row, language)


def pages_of(text: Path) -> Iterator[Page]:
    for part in text.read_text(encoding="utf-8").split("# ")[1:]:
        title, *lines = part.strip().split("\n")
        yield Page(title, lines)


def cases() -> Iterator[Page]:
    """One page for each invented network."""
    with (TEXTS / "casos.es.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            lines = [sentence.format(**row) for sentence in CASE]
            yield Page(f"Ficha {number}. {row['red']}", lines)
