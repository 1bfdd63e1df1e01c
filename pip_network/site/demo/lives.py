"""The life of an invented firm: what it sells, whom it employs, year by year, with structure to
find.

A firm's real growth has its country's cycle, its sector's trend, what its network gives (nothing in
the first year, more in the second and third, by project and typology) and luck. Everything else of
the firm hangs on that growth and on fixed traits, so that the parts of a sheet agree with each
other. Amounts are in local currency of the period.
"""

import datetime as dt
import math
import random
from decimal import Decimal

from .geography import COUNTRY_CURRENCY, SECTOR_FACTS, Economies
from .world import PlannedFirm, World

Values = dict[str, Decimal]


def whole(value: float) -> Decimal:
    return Decimal(max(0, round(value)))


def tenth(value: float) -> Decimal:
    """A number in steps of a half, as people report full-time equivalents and hours."""
    return Decimal(max(0, round(value * 2))) / 2


def money(value: float) -> Decimal:
    """Rounded as people round what they report: four significant digits."""
    if value < 1:
        return Decimal(0)
    step = max(0, int(math.log10(value)) - 3)
    return Decimal(round(value / 10**step)) * 10**step


def poisson(rng: random.Random, mean: float) -> int:
    """A count around `mean`, drawn by multiplying (Knuth); means above 30 count as 30."""
    limit, count, product = math.exp(-min(mean, 30.0)), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


class FirmLife:
    """One firm's values: `year(2005)` and `half(2005, 2)` map variable codes to what the firm would
    report.
    """

    def __init__(self, world: World, economies: Economies, firm: PlannedFirm) -> None:
        self.firm = firm
        self.economies = economies
        self.facts = SECTOR_FACTS[firm.sector]
        self.network = firm.stays[0].network
        self.project = self.network.project
        self.currency = COUNTRY_CURRENCY[firm.country]
        self.seed = f"{world.seed}:{firm.code}"
        self._first = firm.joined_on.year - 1
        self._last = world.open_round.year
        rng = random.Random(f"{self.seed}:traits")
        self.export_share = rng.uniform(0.05, 0.45)
        self.women_share = min(
            0.95,
            max(0.03, rng.gauss(self.facts.women + (0.12 if firm.owner_sex == "f" else 0), 0.14)),
        )
        self.buyer_share = (
            rng.uniform(0.3, 0.75)
            if self.network.typology == "cadena_proveedores"
            else rng.uniform(0.15, 0.5)
        )
        self.reject_share = rng.uniform(0.02, 0.09)
        self.unit_price = rng.uniform(4, 60)
        self.credit_use = rng.uniform(0.1, 0.7)
        self.trust = rng.gauss(3.0, 0.45)
        self.engagement = min(1.0, max(0.1, rng.gauss(0.55, 0.2) * self.network.strength))
        self._draw_paths(rng)
        self._years: dict[int, Values] = {}
        self._halves: dict[tuple[int, int], Values] = {}

    def _draw_paths(self, rng: random.Random) -> None:
        """Real sales (US$ of the year before joining), jobs, whether it exports: one number a year."""
        jobs = max(1.0, min(160.0, rng.lognormvariate(1.75, 0.85)))
        sales = jobs * self.facts.sales_per_job * rng.lognormvariate(0, 0.35)
        if self.firm.giant:
            jobs, sales = jobs * 2 + 190, self.facts.sales_per_job * rng.uniform(400, 600)
        exports = rng.random() < self.facts.exporters + 0.04 * math.log(jobs)
        self._sales, self._jobs, self._exports = (
            {self._first: sales},
            {self._first: jobs},
            {self._first: exports},
        )
        for year in range(self._first + 1, self._last + 1):
            growth = self.growth(year) + rng.gauss(0, 0.13)
            if rng.random() < 0.012:
                growth += rng.choice(
                    (-1.9, 1.25)
                )  # a lost client, a large contract: a change that asks for a word
            sales *= math.exp(growth)
            jobs = max(1.0, jobs * math.exp(0.008 + 0.5 * max(-1.0, growth) + rng.gauss(0, 0.05)))
            exports = exports if rng.random() > 0.03 + self._gain(year) * 0.5 else True
            self._sales[year], self._jobs[year], self._exports[year] = sales, jobs, exports

    def growth(self, year: int) -> float:
        """Expected growth of real sales in `year`, log points."""
        return self.economies.cycle(self.firm.country, year) + self.facts.growth + self._gain(year)

    def _gain(self, year: int) -> float:
        """What the network gives in `year`, by its age at the year's middle (measured effects
        arrive late).
        """
        months = (dt.date(year, 7, 1) - self.network.constituted_on).days / 30.4
        step = 0.0 if months < 6 else 0.012 if months < 12 else 0.055 if months < 24 else 0.085
        return step * self.project.effect * (0.6 + 0.4 * self.network.strength)

    def _progress(self, year: int) -> float:
        """How far along its network's life the firm is, 0 to about 1.5."""
        age = max(0.0, (dt.date(year, 7, 1) - self.firm.joined_on).days / 365.25)
        return min(3.0, age) / 2 * self.project.effect

    def year(self, year: int) -> Values:
        """Annual variables of `year`, amounts at the year's prices."""
        if year not in self._years:
            self._years[year] = self._draw_year(year)
        return self._years[year]

    def _draw_year(self, year: int) -> Values:
        rng = random.Random(f"{self.seed}:{year}")
        at = min(max(year, self._first), self._last)
        economies, base, period = self.economies, str(self._first), str(year)
        to_local = (
            economies.rate(self.currency, base)
            * economies.cpi(self.currency, period)
            / economies.cpi(self.currency, base)
        )
        share = 0.5 if self._closes_in(year) else 1.0
        sales = money(self._sales[at] * to_local * share)
        jobs = max(Decimal(1), tenth(self._jobs[at]))
        paid = max(Decimal(0), jobs - 1)
        progress = self._progress(year)
        exported = min(0.9, self.export_share * (1 + 0.25 * progress)) if self._exports[at] else 0.0
        wage = self.facts.wage * to_local * rng.uniform(0.85, 1.15) * share
        applied = poisson(rng, self.credit_use * (1 + 0.3 * progress))
        approved = sum(rng.random() < 0.45 + 0.12 * progress for _ in range(applied))
        buyer = max(0.08, self.buyer_share * (1 - 0.12 * progress) * rng.uniform(0.9, 1.1))
        return {
            "sales": sales,
            "exports": min(sales, money(float(sales) * exported * rng.uniform(0.85, 1.1))),
            "jobs": jobs,
            "jobs_women": min(jobs, tenth(float(jobs) * self.women_share)),
            "jobs_paid": paid,
            "payroll": money(float(paid) * wage),
            "top_buyer_sales": min(sales, money(float(sales) * buyer)),
            "innov_product": whole(min(12, poisson(rng, 0.35 + 0.45 * progress))),
            "innov_process": whole(min(12, poisson(rng, 0.25 + 0.4 * progress))),
            "innov_other": whole(min(12, poisson(rng, 0.2 + 0.25 * progress))),
            "certificates": whole(
                min(4, (self.export_share > 0.3) + int(progress * self.engagement * 1.3))
            ),
            "credit_applied": whole(applied),
            "credit_approved": whole(approved),
            "credit_amount": money(float(sales) * rng.uniform(0.04, 0.22))
            if approved
            else Decimal(0),
        }

    def half(self, year: int, half: int) -> Values:
        """Semester variables, those of the network's collective actions excepted (see
        `collective.py`).
        """
        if (year, half) not in self._halves:
            self._halves[year, half] = self._draw_half(year, half)
        return self._halves[year, half]

    def _draw_half(self, year: int, half: int) -> Values:
        rng = random.Random(f"{self.seed}:{year}-{half}")
        progress = self._progress(year)
        values = {
            "new_clients_local": whole(poisson(rng, 1.1 + 0.5 * progress)),
            "new_clients_national": whole(poisson(rng, 0.5 + 0.5 * progress)),
            "new_clients_foreign": whole(
                poisson(rng, 0.25 + 0.3 * progress) if self.year(year)["exports"] > 0 else 0
            ),
            "service_hours": tenth(
                min(
                    120,
                    rng.gammavariate(2, 8) * self.engagement * (0.6 + 0.4 * self.network.strength),
                )
            ),
        }
        if self.facts.goods:
            produced = tenth(
                self._sales[min(max(year, self._first), self._last)]
                / self.unit_price
                / 2
                * rng.uniform(0.9, 1.1)
            )
            values["units_produced"] = produced
            values["units_rejected"] = min(
                produced,
                tenth(float(produced) * self.reject_share * (1 - 0.18 * min(2.0, progress))),
            )
        return values

    def trust_at(self, year: int, half: int, *, baseline: bool) -> Decimal:
        """The mean of five answers from 1 to 5: a multiple of 0.2 that grows with shared work."""
        rng = random.Random(f"{self.seed}:trust:{year}-{half}:{baseline}")
        level = (
            self.trust
            + (0 if baseline else 0.32 * self._progress(year) * (0.5 + self.engagement))
            + rng.gauss(0, 0.2)
        )
        return Decimal(min(25, max(5, round(level * 5)))) / 5

    def _closes_in(self, year: int) -> bool:
        return self.firm.closed_on is not None and self.firm.closed_on.year == year
