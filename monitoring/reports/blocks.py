"""What a report is made of: blocks of text, tables and charts, without any format.

A section builds blocks; page, PDF and workbook each write the same blocks in their own way. A
number that comes from a figure carries the figure's id, which opens its trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from monitoring.analysis import Figure


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence. `figure`: the id of the figure that the words show."""

    text: str
    figure: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words for readers, `number` (plain decimal text) for the workbook, small
    print below.
    """

    text: str
    number: str | None = None
    figure: str = ""
    small: str = ""
    kind: str = "value"  # value, none (the reason why there is no number), hidden ("n < 5")


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column; numbers stand at the right."""

    label: str
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell is the row's heading."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(slots=True)
class Block:
    """Anything that a section is made of; each kind has a template of its own."""

    kind: ClassVar[str]

    @property
    def template(self) -> str:
        return f"monitoring/reports/blocks/{self.kind}.html"


@dataclass(slots=True)
class Paragraph(Block):
    """Sentences, some of them linked to figures."""

    kind: ClassVar[str] = "paragraph"
    runs: Sequence[Run]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Table(Block):
    """`folded`: the page shows it behind its title; paper always shows it.

    `figures`: what the workbook writes in full.
    """

    kind: ClassVar[str] = "table"
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    folded: bool = False
    figures: Sequence[tuple[str, Figure]] = ()
    number: str = ""

    @property
    def has_total(self) -> bool:
        return any(row.total for row in self.rows)


@dataclass(slots=True)
class Chart(Block):
    """`title` states the finding; `label` is the sentence for who does not see the drawing."""

    kind: ClassVar[str] = "chart"
    title: str
    subtitle: str
    label: str
    source: Sequence[Run]
    wide: dict[str, Any] = field(repr=False)
    narrow: dict[str, Any] = field(repr=False)
    table: Table | None = None
    number: str = ""
    wide_svg: str = field(default="", repr=False)
    narrow_svg: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One line of a flow: `count` units of `of`, starting at `start`; a loss is drawn where it is
    taken away.
    """

    count: int
    shown: str
    label: str
    loss: bool = False
    start: int = 0
    of: int = 1


@dataclass(slots=True)
class Flow(Block):
    """Units on their way to a comparison, step by step."""

    kind: ClassVar[str] = "flow"
    title: str
    subtitle: str
    steps: Sequence[FlowStep]
    source: Sequence[Run] = ()
    number: str = ""


@dataclass(slots=True)
class Callout(Block):
    """`tone`: plain, demo, warn, rec (reconstructed)."""

    kind: ClassVar[str] = "callout"
    title: str
    text: str
    tone: str = "plain"


@dataclass(slots=True)
class Facts(Block):
    """Pairs of a name and what it says."""

    kind: ClassVar[str] = "facts"
    items: Sequence[tuple[str, str]]


@dataclass(slots=True)
class Heading(Block):
    """The title of a part of a section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(slots=True)
class Quote(Block):
    """A text from the record, in its own language."""

    kind: ClassVar[str] = "quote"
    heading: str
    text: str
    language: str


@dataclass(slots=True)
class BuiltSection:
    """A section with its content, numbered."""

    number: int
    key: str
    title: str
    template: str
    lead: Sequence[Paragraph]
    blocks: Sequence[Block]


@dataclass(slots=True)
class Document:
    """The whole report, ready to be written in any format."""

    title: str
    language: str
    staff: bool
    demo: bool
    as_of: int
    record_hash: str
    facts: Sequence[str]
    sections: Sequence[BuiltSection]
    figures: Sequence[Figure]
    specification: dict[str, Any]
    application: str
    colophon: Sequence[tuple[str, str]] = ()

    def charts(self) -> list[Chart]:
        return [
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Chart)
        ]
