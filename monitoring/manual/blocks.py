"""What a chapter of the Manual is made of. Page and paper write the same blocks, so nothing stands
in one of them alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.translation import gettext as _

from pip_network.choices import Origin

WIDE = 5  # columns that fit beside each other


@dataclass(frozen=True, slots=True)
class Mark:
    """How a statement is known; `sources`: codes of the list of sources, such as `S1 S2`."""

    origin: Origin
    sources: str = ""

    @property
    def words(self) -> str:
        names = {
            Origin.STATED: _("Stated"),
            Origin.INFERRED: _("Inferred"),
            Origin.RECONSTRUCTED: _("Reconstructed"),
            Origin.DEMO: _("Invented"),
        }
        return f"{names[self.origin]} {self.sources}".rstrip()

    @property
    def tone(self) -> str:
        """Of the sign before the words, as in the rest of the portal."""
        return {Origin.STATED: "pub", Origin.DEMO: "demo"}.get(self.origin, "rec")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Anything in a chapter; each kind has a template of its own."""

    kind: ClassVar[str]

    @property
    def template(self) -> str:
        return f"monitoring/manual/blocks/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """`depth` 1: a section, with its line in the contents; 2: a part of it. `small`: codes."""

    kind: ClassVar[str] = "heading"
    text: str
    anchor: str
    depth: int = 1
    small: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    kind: ClassVar[str] = "paragraph"
    runs: Sequence[Run]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Points(Block):
    """A list; numbered where the order matters."""

    kind: ClassVar[str] = "points"
    items: Sequence[Paragraph]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """Pairs of a name and what it says."""

    kind: ClassVar[str] = "facts"
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table(Block):
    """The first cell of a row is its heading. `blank`: a form that is filled in by hand."""

    kind: ClassVar[str] = "table"
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    mark: Mark | None = None
    blank: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether it may need more than the width of a page."""
        return len(self.columns) > WIDE

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, Column]]]]:
        """The heading of each row, and its cells with their columns."""
        rest = self.columns[1:]
        return [(row[0], list(zip(row[1:], rest, strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Note(Block):
    """Set apart. `tone`: plain, rec, demo, warn."""

    kind: ClassVar[str] = "note"
    title: str
    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Formula(Block):
    """Lines of a formula or of a calculation."""

    kind: ClassVar[str] = "formula"
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Content:
    """A chapter as it is read."""

    title: str
    lede: str
    blocks: Sequence[Block] = field(default_factory=tuple)

    @property
    def sections(self) -> list[Heading]:
        return [one for one in self.blocks if isinstance(one, Heading) and one.depth == 1]


def plain(text: str, mark: Mark | None = None) -> Paragraph:
    """A paragraph without anything strong."""
    return Paragraph((Run(text),), mark)


def table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int] = ()
) -> Table:
    """A table from its heads; `numeric`: the places of columns of numbers."""
    columns = tuple(Column(head, at in numeric) for at, head in enumerate(heads))
    return Table(title, columns, tuple(tuple(row) for row in rows))
