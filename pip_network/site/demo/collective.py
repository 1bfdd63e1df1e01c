"""What invented networks and projects do together: values by semester and year, agreeing with those
of their firms.
"""

import datetime as dt
import random
from decimal import Decimal

from .geography import COUNTRY_CURRENCY, Economies
from .lives import FirmLife, Values, money, poisson, tenth, whole
from .periods import Half
from .world import PlannedNetwork, PlannedProject, World

INSTITUTIONAL = ("cluster", "sistema_territorial")


class NetworkLife:
    """One network's values.

    `half(h)` and `year(y)` map variable codes to what its coordinator would report.
    """

    def __init__(
        self,
        world: World,
        economies: Economies,
        network: PlannedNetwork,
        lives: dict[str, FirmLife],
    ) -> None:
        self.network, self.economies, self.lives = network, economies, lives
        self.seed = f"{world.seed}:{network.code}"
        self.currency = COUNTRY_CURRENCY[network.country]
        rng = random.Random(f"{self.seed}:traits")
        self.saving = rng.uniform(0.06, 0.22)
        self.fee_share = rng.uniform(0.1, 0.35)
        self.coordination_usd = rng.uniform(3500, 9000)
        self.ends_support = rng.random() < 0.45
        self.survives_alone = rng.random() < 0.7
        self._halves: dict[Half, Values] = {}

    def age(self, day: dt.date) -> float:
        """Years since constitution."""
        return max(0.0, (day - self.network.constituted_on).days / 365.25)

    def half(self, half: Half) -> Values:
        if half not in self._halves:
            self._halves[half] = self._draw_half(half)
        return self._halves[half]

    def _draw_half(self, half: Half) -> Values:
        rng = random.Random(f"{self.seed}:{half.code}")
        network, age, effect = self.network, self.age(half.ends), self.network.project.effect
        members = max(3, len(network.members(half.ends)))
        volume = self._member_sales(half.year) / 2
        purchases = money(
            volume * (0.01 + 0.02 * min(age, 3) * network.strength) * rng.uniform(0.7, 1.3)
        )
        reference = money(float(purchases) * rng.uniform(0.96, 1.0))
        paid = min(purchases, money(float(reference) * (1 - self.saving * rng.uniform(0.6, 1.2))))
        meetings = 3 + poisson(rng, 2)
        invited = members * meetings
        cost = self.coordination_usd * self._to_local(half) * rng.uniform(0.9, 1.1)
        values = {
            "joint_actions": whole(
                min(30, 1 + poisson(rng, 0.8 + 1.3 * min(age, 3) * network.strength))
            ),
            "joint_purchases": purchases,
            "joint_sales": money(
                volume
                * (0.004 + 0.015 * min(age, 3) * network.strength * effect)
                * rng.uniform(0.6, 1.3)
            ),
            "reference_cost": reference,
            "paid_cost": paid,
            "invitations": whole(invited),
            "attendances": whole(
                min(invited, invited * min(0.97, rng.gauss(0.5 + 0.16 * network.strength, 0.07)))
            ),
            "member_fees": money(cost * min(1.05, self.fee_share * (0.5 + 0.6 * age))),
            "coordination_cost": money(cost),
            "formalised": Decimal(age > 0.35 or network.strength > 1.2),
        }
        if network.typology == "cadena_proveedores":
            values |= self._suppliers(half)
        return values

    def _suppliers(self, half: Half) -> Values:
        """Cumulative since the constitution: they never fall."""
        served = approved = 0
        step = Half.of(self.network.constituted_on)
        while step <= half:
            rng = random.Random(f"{self.seed}:suppliers:{step.code}")
            served += 2 + poisson(rng, 3 * self.network.strength)
            approved = max(
                approved,
                round(served * rng.uniform(0.25, 0.4) * min(1.9, 0.5 + 0.45 * self.age(step.ends))),
            )
            step = step + 1
        return {
            "suppliers_served": whole(served),
            "suppliers_approved": whole(min(served, approved)),
        }

    def year(self, year: int) -> Values:
        rng = random.Random(f"{self.seed}:{year}")
        age = self.age(dt.date(year, 12, 31))
        ended = age > 1.6 and self.ends_support
        values = {
            "rd_projects": whole(poisson(rng, 0.15 + 0.3 * age)),
            "unit_cost_index": tenth(
                100 * (1 - 0.035 * age * self.network.project.effect) + rng.gauss(0, 2)
            ),
            "support_ended": Decimal(ended),
            "active_unsubsidised": Decimal(ended and self.survives_alone),
            "own_governance": Decimal(age > 1.2 / self.network.strength),
        }
        if self.network.typology == "cadena_proveedores":
            growth = 0.08 * min(age, 3.5) * self.network.project.effect
            values["anchor_purchases"] = money(
                self._member_sales(year) * (0.14 + growth) * rng.uniform(0.9, 1.1)
            )
        return values

    def ties(self, half: Half, *, baseline: bool) -> Values:
        rng = random.Random(f"{self.seed}:ties:{half.code}:{baseline}")
        tied = max(3, round(len(self.network.members(half.ends)) * rng.uniform(0.75, 1.0)))
        density = (
            0.12 if baseline else 0.14 + 0.12 * min(self.age(half.ends), 3) * self.network.strength
        )
        pairs = tied * (tied - 1) // 2
        return {
            "tie_firms": whole(tied),
            "ties": whole(min(pairs, pairs * min(0.8, density * rng.uniform(0.8, 1.2)))),
        }

    def _member_sales(self, year: int) -> float:
        """Sales of the year of the firms that were members in its middle, in local currency."""
        members = self.network.members(dt.date(year, 12, 31)) or self.network.firms
        alive = [
            firm
            for firm in members
            if not firm.giant and (firm.closed_on is None or firm.closed_on.year > year)
        ]
        return float(sum(self.lives[firm.code].year(year)["sales"] for firm in alive)) or 1000.0

    def _to_local(self, half: Half) -> float:
        return self.economies.rate(self.currency, half.code)


class ProjectLife:
    """One project's values. Spending and the agenda are cumulative and never fall."""

    def __init__(self, world: World, project: PlannedProject) -> None:
        self.project = project
        self.seed = f"{world.seed}:{project.code}"
        rng = random.Random(f"{self.seed}:traits")
        self.pace = rng.uniform(0.85, 1.05)
        self.reach = rng.uniform(0.6, 1.4)

    def half(self, half: Half) -> Values:
        values = {"spent_fomin": self._spent(half, self.project.amount_fomin, 0.0)}
        values["spent_local"] = self._spent(half, self.project.amount_local, 0.05)
        if self._institutional:
            index = self._index(half)
            values["institutions"] = whole(4 + (index + 1) * self.reach * 1.6)
            values["agenda_committed"] = whole((8 + 6 * index) * self.reach)
            values["agenda_done"] = whole(
                min(0.85, 0.16 * index * self.project.effect) * float(values["agenda_committed"])
            )
        return values

    def year(self, year: int) -> Values:
        rng = random.Random(f"{self.seed}:{year}")
        age = max(0, year - self.project.starts_on.year)
        values = {"third_party_funds": whole(rng.uniform(0, 28) * self.reach * age) * 1000}
        if self._institutional:
            values["collective_goods"] = whole(poisson(rng, 0.4 + 0.8 * age * self.reach))
            values["spillover_firms"] = whole(poisson(rng, 6 * age * self.reach))
        return values

    @property
    def _institutional(self) -> bool:
        return any(network.typology in INSTITUTIONAL for network in self.project.networks)

    def _index(self, half: Half) -> int:
        return (
            (half.year - self.project.starts_on.year) * 2
            + half.half
            - (1 if self.project.starts_on.month <= 6 else 2)
        )

    def _spent(self, half: Half, budget: Decimal, lag: float) -> Decimal:
        """An S-shaped course over the project's life; one project goes past its budget."""
        life = (self.project.ends_on - self.project.starts_on).days
        done = min(
            1.0,
            max(
                0.0,
                (min(half.ends, self.project.ends_on) - self.project.starts_on).days / life - lag,
            ),
        )
        share = (3 * done**2 - 2 * done**3) * self.pace
        if self.project.overspends:
            share = min(1.09, 0.45 + 0.13 * self._index(half))
        return (Decimal(repr(round(share, 4))) * budget / 100).quantize(Decimal(1)) * 100
