"""The observations of one computation, loaded once and kept small; cells are loaded one indicator
at a time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from .money import Rate
from .sources import BASELINE, NO_DATA, Observation, Source, Target

# An approved cell without its key: value (None: the reason follows), missing, period, currency,
# catalogue, approved_in. A plain tuple: there are many, and the garbage collector leaves plain
# tuples of plain values alone.
Cell = tuple[Decimal | None, str, str, str, str, int]
Cells = dict[tuple[str, str], dict[int, Cell]]  # (variable, round or "baseline") -> unit -> cell
ByUnit = dict[int, Observation]
RECENT = 4  # answers to keep where several tables ask for the same cells one after the other


class Record:
    """Observations by level and round.

    A unit (a subject of one project) is a small number, in their order. `recent`: how many answers
    about cells are kept, to be given again.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        rates: Iterable[Rate],
        recent: int = 0,
        targets: Iterable[Target] = (),
    ) -> None:
        everything = _interned(observations)
        self.keys: list[tuple[str, str]] = sorted(
            {(observation.project, observation.subject) for observation in everything}
        )
        self.unit_of = {key: number for number, key in enumerate(self.keys)}
        self.regular: dict[tuple[str, str], ByUnit] = defaultdict(dict)
        self.baseline: dict[str, ByUnit] = defaultdict(dict)
        for observation in sorted(
            everything,
            key=lambda observation: (observation.project, observation.subject, observation.round),
        ):
            unit = self.unit_of[observation.project, observation.subject]
            if observation.kind == BASELINE:
                self.baseline[observation.level][unit] = observation
            else:
                self.regular[observation.level, observation.round][unit] = observation
        self.rates = tuple(rates)
        self.targets = {
            (row.project, row.indicator, row.round): row.value
            for row in targets
            if row.value is not None
        }
        self.shared = _in_several_projects(self.keys)
        self._kept = recent
        self._recent: dict[tuple[tuple[str, ...], tuple[str, ...] | None], Cells] = {}

    @classmethod
    def load(cls, source: Source, recent: int = 0) -> "Record":
        return cls(source.observations(), source.rates(), recent, source.targets())

    def rounds(self, level: str, until: str) -> list[str]:
        """Rounds with regular observations of a level, up to one, in order."""
        return sorted(code for at, code in self.regular if at == level and code <= until)

    def all_rounds(self) -> list[str]:
        """Rounds with regular observations of any level, in order."""
        return sorted({code for _level, code in self.regular})

    def cells(
        self, source: Source, variables: Collection[str], rounds: Collection[str] | None
    ) -> Cells:
        """Cells of some variables by (variable, round), baselines under (variable, `baseline`)."""
        asked = (tuple(sorted(variables)), None if rounds is None else tuple(sorted(rounds)))
        if asked in self._recent:
            return self._recent[asked]
        cells = self._read(source, variables, rounds)
        if self._kept:
            while len(self._recent) >= self._kept:
                del self._recent[next(iter(self._recent))]
            self._recent[asked] = cells
        return cells

    def _read(
        self, source: Source, variables: Collection[str], rounds: Collection[str] | None
    ) -> Cells:
        cells: Cells = defaultdict(dict)
        same: dict[str, str] = {}
        unit_of = self.unit_of
        for (
            project,
            subject,
            kind,
            code,
            variable,
            value,
            missing,
            period,
            currency,
            *rest,
        ) in source.measurements(variables, rounds):
            unit = unit_of.get((project, subject))
            if unit is None:
                continue
            if value is None:
                missing = same.setdefault(missing, missing) or NO_DATA
            period, currency = same.setdefault(period, period), same.setdefault(currency, currency)
            cells[variable, BASELINE if kind == BASELINE else code][unit] = (
                value,
                missing,
                period,
                currency,
                *rest,
            )
        return cells


def _interned(observations: Iterable[Observation]) -> list[Observation]:
    """Equal texts, days and network rows are kept once: the same firm repeats them in each round."""
    first_equal: dict[object, object] = {}
    keep = first_equal.setdefault
    return [
        Observation._make(
            field if isinstance(field, bool) else keep(field, field) for field in observation
        )
        for observation in observations
    ]


def _in_several_projects(keys: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Subjects observed in more than one project."""
    seen: set[str] = set()
    twice: set[str] = set()
    for _, subject in keys:
        (twice if subject in seen else seen).add(subject)
    return frozenset(twice)
