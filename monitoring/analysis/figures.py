"""A published figure, its id, and the files that hold figures (design: figures.json, figures.csv)."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .groups import Group

MEASURES = (
    "main",
    "median",
    "p25",
    "p75",
    "to_date",
    "total",
    "joined_later",
    "excluded",
    "not_answered",
    "gained",
    "lost",
    "up",
    "equal",
    "within",
    "down",
    "bound_low",
    "bound_high",
)
COUNTING = frozenset(
    {"joined_later", "excluded", "not_answered", "gained", "lost", "up", "equal", "within", "down"}
)
FLAGS = ("projects_missing", "mixed_periods", "reconstructed_over_30", "estimate")
REASONS = (
    "zero_denominator",
    "no_data",
    "few_units",
    "few_contributors",
    "dominance",
    "secondary",
    "not_asked_at_baseline",
    "definition_changed",
    "no_rate",
)


@dataclass(slots=True)
class Panel:
    """Baseline and change on the units with both values.

    Numbers as published; None where undefined.
    """

    n: int | None = None
    eligible: int | None = None
    coverage: str | None = None
    baseline: str | None = None
    value: str | None = None
    change: str | None = None
    ci_low: str | None = None
    ci_high: str | None = None
    ci_method: str | None = None
    lost: dict[str, int] = field(default_factory=dict)
    reason: str | None = None


@dataclass(slots=True)
class Figure:
    """One figure as published: counts are integers, all other numbers decimal strings, None where
    undefined.
    """

    id: str
    indicator: str
    measure: str
    level: str
    group: dict[str, str]
    period: str
    round: str
    unit: str
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    n: int | None = None
    eligible: int | None = None
    coverage: str | None = None
    target: str | None = None
    ci_low: str | None = None
    ci_high: str | None = None
    ci_method: str = "none"
    clusters: int | None = None
    reconstructed_share: str | None = None
    suppressed: bool = False
    reason: str | None = None
    flags: list[str] = field(default_factory=list)
    panel: Panel | None = None
    # Of how many projects behind it a target is known, for words; in no file.
    aimed: tuple[int, int] = field(default=(0, 0), compare=False)

    def as_dict(self) -> dict[str, Any]:
        document = asdict(self)
        del document["aimed"]
        return document

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Figure":
        """A figure read back from figures.json."""
        panel = stored.get("panel")
        return cls(**{**stored, "panel": Panel(**panel) if panel is not None else None})

    @property
    def order(self) -> tuple[str, int, str]:
        return (self.indicator, MEASURES.index(self.measure), canonical(self.group))


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no escaping beyond what JSON needs."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def group_dict(group: Group) -> dict[str, str]:
    """A group as figures carry it: its code by grouping."""
    return dict(group)


def definition(
    question: Mapping[str, Any], indicator: str, measure: str, group: Mapping[str, str]
) -> dict[str, Any]:
    """What a figure's id stands for: its place in a question about the record."""
    same = {
        key: question[key] for key in ("scope", "audience", "prices", "currency", "round", "as_of")
    }
    return {**same, "indicator": indicator, "measure": measure, "group": dict(group)}


def figure_id(defined: Mapping[str, Any]) -> str:
    """The first 16 hexadecimal digits of sha256 of the definition's canonical JSON."""
    return hashlib.sha256(canonical(defined).encode()).hexdigest()[:16]


def figures_document(
    question: Mapping[str, Any], figures: Sequence[Figure], *, record_hash: str, application: str
) -> str:
    """figures.json: one figure a line, equal bytes for equal questions.

    Write as UTF-8, newlines as they are.
    """
    lines = ",\n".join(canonical(figure.as_dict()) for figure in figures)
    return (
        f'{{"application":{canonical(application)},"as_of":{canonical(question["as_of"])},"figures":[\n{lines}\n],'
        f'"record_hash":{canonical(record_hash)},"spec":{canonical(question)}}}\n'
    )


COLUMNS = (
    "id",
    "indicator",
    "measure",
    "level",
    "group",
    "period",
    "round",
    "unit",
    "value",
    "numerator",
    "denominator",
    "n",
    "eligible",
    "coverage",
    "target",
    "ci_low",
    "ci_high",
    "ci_method",
    "clusters",
    "reconstructed_share",
    "suppressed",
    "reason",
    "flags",
)
PANEL_COLUMNS = (
    "n",
    "eligible",
    "coverage",
    "baseline",
    "value",
    "change",
    "ci_low",
    "ci_high",
    "ci_method",
    "lost",
    "reason",
)


def figures_csv(figures: Iterable[Figure]) -> str:
    """figures.csv: the same figures flat; group and lost as canonical JSON, flags joined by `;`,
    undefined empty.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *(f"panel_{name}" for name in PANEL_COLUMNS)])
    for figure in figures:
        row = [_text(getattr(figure, name)) for name in COLUMNS]
        panel = figure.panel
        writer.writerow(
            row + [_text(getattr(panel, name)) if panel else "" for name in PANEL_COLUMNS]
        )
    return out.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return canonical(value)
    return ";".join(value) if isinstance(value, list) else str(value)
