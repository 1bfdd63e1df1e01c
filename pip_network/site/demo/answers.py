"""What the invented people answer when a sheet asks: a value, a reason for none, or nothing."""

import random
import zlib
from decimal import Decimal
from typing import NamedTuple

from .collective import NetworkLife, ProjectLife
from .geography import Economies
from .lives import FirmLife
from .periods import Half
from .world import World

CONFIDENTIAL = frozenset({"sales", "exports", "payroll", "top_buyer_sales", "credit_amount"})
OPTIONAL = frozenset(
    {
        "jobs_paid",
        "payroll",
        "top_buyer_sales",
        "certificates",
        "units_produced",
        "units_rejected",
        "reference_cost",
    }
    | {
        "paid_cost",
        "attendances",
        "invitations",
        "rd_projects",
        "own_governance",
        "agenda_committed",
        "agenda_done",
    }
    | {"spillover_firms"}
)
HARD_TO_RECALL = frozenset(
    {"sales", "exports", "payroll", "top_buyer_sales", "units_produced", "units_rejected"}
)


class Answer(NamedTuple):
    """A value or a reason; both empty: the cell is left blank."""

    value: Decimal | None
    missing: str = ""


BLANK = Answer(None)
REFUSED = Answer(None, "refused")
NOT_COLLECTED = Answer(None, "not_collected")


class Answers:
    """Everything that can be asked of a world.

    Equal questions get equal answers, in whatever order they are asked.
    """

    def __init__(self, world: World, economies: Economies) -> None:
        self.world = world
        self.firms = {firm.code: FirmLife(world, economies, firm) for firm in world.firms}
        self.networks = {
            n.code: NetworkLife(world, economies, n, self.firms) for n in world.networks
        }
        self.projects = {project.code: ProjectLife(world, project) for project in world.projects}

    def unit(self, subject: str, kind: str, round_code: str, late: bool = False) -> "UnitAnswers":
        return UnitAnswers(self, subject, kind, round_code, late)

    def joined_actions(self, code: str, half: Half, network_codes: tuple[str, ...]) -> Decimal:
        """How many of its networks' actions the firm took part in: never more than there were."""
        life = self.firms[code]
        rng = random.Random(f"{life.seed}:joined:{half.code}")
        there = int(
            sum(self.networks[network].half(half)["joint_actions"] for network in network_codes)
        )
        return Decimal(sum(rng.random() < life.engagement for _ in range(there)))


class UnitAnswers:
    """The answers of one unit in one round; each cell has its own dice: the order of asking does
    not matter.
    """

    def __init__(
        self, answers: Answers, subject: str, kind: str, round_code: str, late: bool
    ) -> None:
        self.answers, self.subject, self.code, self.kind, self.late = (
            answers,
            subject,
            subject[2:],
            kind,
            late,
        )
        self.half = Half.parse(round_code)
        self.level = {"F": "firm", "N": "network", "P": "project"}[subject[0]]
        seed = f"{answers.world.seed}:{subject}"
        self.refuses = self.level == "firm" and random.Random(f"{seed}:refuses").random() < 0.035
        self.seed = f"{seed}:{round_code}:{kind}"
        self.away = self.level == "firm" and kind == "regular" and self._dice("away") < 0.014

    def to(self, variable: str, period: str, network_codes: tuple[str, ...] = ()) -> Answer:
        """The answer to one variable about `period`; `network_codes` are the firm's networks on
        this sheet.
        """
        if self.away:
            return NOT_COLLECTED
        value = self._value(variable, period, network_codes)
        if value is None:
            return BLANK
        return self._withheld(variable, self._dice(variable)) or Answer(value)

    def _dice(self, what: str) -> float:
        """From 0 to 1, the same for equal questions; a checksum, because there are a hundred
        thousand of them.
        """
        return zlib.crc32(f"{self.seed}:{what}".encode()) / 2**32

    def _withheld(self, variable: str, dice: float) -> Answer | None:
        if self.level != "firm":
            return BLANK if variable in OPTIONAL and dice < 0.04 else None
        if variable in CONFIDENTIAL and (self.refuses or dice < 0.006):
            return REFUSED
        if (
            self.kind == "baseline"
            and variable in HARD_TO_RECALL
            and dice < (0.16 if self.late else 0.03)
        ):
            return NOT_COLLECTED
        if variable in OPTIONAL and dice > 0.955:
            return BLANK
        return NOT_COLLECTED if dice > 0.99 else None

    def _value(self, variable: str, period: str, network_codes: tuple[str, ...]) -> Decimal | None:
        year = int(period[:4])
        half = Half.parse(period) if "-" in period else None
        if self.level == "firm":
            return self._firm_value(variable, year, half, network_codes)
        if self.level == "network":
            life = self.answers.networks[self.code]
            if variable in ("ties", "tie_firms"):
                return life.ties(half or self.half, baseline=self.kind == "baseline")[variable]
            return (life.half(half) if half else life.year(year)).get(variable)
        project = self.answers.projects[self.code]
        return (project.half(half) if half else project.year(year)).get(variable)

    def _firm_value(
        self, variable: str, year: int, half: Half | None, networks: tuple[str, ...]
    ) -> Decimal | None:
        life = self.answers.firms[self.code]
        if variable == "trust":
            asked = half or self.half
            return life.trust_at(asked.year, asked.half, baseline=self.kind == "baseline")
        if half is None:
            return life.year(year).get(variable)
        if variable == "joint_actions_joined":
            return self.answers.joined_actions(self.code, half, networks)
        return life.half(half.year, half.half).get(variable)
