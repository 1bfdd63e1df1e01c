"""Countries, typologies and sectors of the invented projects, and the economies around them."""

import random
from dataclasses import dataclass

from .periods import Half

# Project 1 to 19 of each hundred: countries and main typology. All sixteen countries; the last
# project is regional.
PROJECTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("AR",), "cadena_proveedores", "15"),
    (("BO",), "redes_empresariales", "17"),
    (("BR",), "cluster", "18"),
    (("CL",), "cadena_proveedores", "29"),
    (("CO",), "cluster", "36"),
    (("CR",), "redes_empresariales", "72"),
    (("NI",), "cluster", "15"),
    (("DO",), "cluster", "36"),
    (("EC",), "redes_empresariales", "18"),
    (("SV",), "redes_empresariales", "19"),
    (("GT",), "sistema_territorial", "01"),
    (("HN",), "sistema_territorial", "20"),
    (("PY",), "redes_empresariales", "20"),
    (("MX",), "cadena_proveedores", "34"),
    (("PE",), "redes_empresariales", "17"),
    (("UY",), "cluster", "72"),
    (("BR",), "sistema_territorial", "19"),
    (("PE",), "cadena_proveedores", "28"),
    (("GT", "HN", "SV"), "sistema_territorial", "55"),
)
SECTORS = {
    "redes_empresariales": ("17", "18", "19", "20", "36", "72", "22"),
    "cluster": ("15", "18", "36", "72", "28", "19"),
    "sistema_territorial": ("01", "15", "20", "55", "63", "19"),
    "cadena_proveedores": ("15", "28", "29", "34", "25", "26"),
}
GAINS = {
    "redes_empresariales": 1.15,
    "cluster": 0.9,
    "sistema_territorial": 0.6,
    "cadena_proveedores": 1.3,
}


@dataclass(frozen=True)
class SectorFacts:
    """Rough magnitudes of a sector, in US$ a year and job, and shares."""

    sales_per_job: float
    wage: float
    women: float
    exporters: float
    growth: float
    goods: bool = True


SECTOR_FACTS = {
    "01": SectorFacts(9_000, 2_400, 0.30, 0.08, 0.00),
    "15": SectorFacts(16_000, 3_200, 0.42, 0.16, 0.02),
    "17": SectorFacts(11_000, 2_900, 0.55, 0.18, -0.02),
    "18": SectorFacts(9_500, 2_700, 0.68, 0.20, -0.01),
    "19": SectorFacts(11_500, 2_900, 0.38, 0.18, -0.03),
    "20": SectorFacts(12_000, 2_800, 0.16, 0.10, 0.00),
    "22": SectorFacts(17_000, 3_900, 0.34, 0.04, 0.01),
    "25": SectorFacts(21_000, 4_100, 0.27, 0.10, 0.02),
    "26": SectorFacts(13_000, 3_100, 0.22, 0.08, 0.01),
    "28": SectorFacts(18_000, 4_200, 0.14, 0.09, 0.02),
    "29": SectorFacts(24_000, 4_900, 0.14, 0.14, 0.03),
    "34": SectorFacts(23_000, 4_600, 0.20, 0.15, 0.02),
    "36": SectorFacts(12_500, 3_100, 0.24, 0.14, 0.01),
    "55": SectorFacts(10_500, 2_700, 0.55, 0.05, 0.03, goods=False),
    "63": SectorFacts(14_000, 3_100, 0.52, 0.08, 0.04, goods=False),
    "72": SectorFacts(26_000, 7_200, 0.28, 0.22, 0.07, goods=False),
}
# Currency: units per US$ early in the century and now, yearly inflation. Invented, of a plausible
# size.
CURRENCIES: dict[str, tuple[float, float, float]] = {
    "ARS": (2.9, 940.0, 0.11),
    "BOB": (7.9, 6.9, 0.05),
    "BRL": (2.4, 5.2, 0.06),
    "CLP": (560.0, 910.0, 0.035),
    "COP": (2350.0, 4100.0, 0.055),
    "CRC": (470.0, 515.0, 0.07),
    "DOP": (31.0, 59.0, 0.08),
    "GTQ": (7.7, 7.75, 0.065),
    "HNL": (18.8, 24.8, 0.07),
    "PYG": (6100.0, 7400.0, 0.07),
    "MXN": (10.9, 18.4, 0.04),
    "NIO": (16.5, 36.6, 0.08),
    "PEN": (3.3, 3.75, 0.025),
    "UYU": (25.0, 40.0, 0.07),
    "USD": (1.0, 1.0, 0.03),
}
COUNTRY_CURRENCY = {
    "AR": "ARS",
    "BO": "BOB",
    "BR": "BRL",
    "CL": "CLP",
    "CO": "COP",
    "CR": "CRC",
    "DO": "DOP",
    "EC": "USD",
    "SV": "USD",
    "GT": "GTQ",
    "HN": "HNL",
    "PY": "PYG",
    "MX": "MXN",
    "NI": "NIO",
    "PE": "PEN",
    "UY": "UYU",
}
BAD_YEAR_COUNTRIES = ("DO", "PE")


class Economies:
    """Exchange rates, prices and the business cycle by country, from one seed.

    `rate(currency, period)` local units per US$ and `cpi(currency, period)` (2000 = 100), both
    averages of the period: a year's is the mean of its two semesters. `cycle(country, year)` is the
    growth of demand in that year (log points).
    """

    def __init__(self, seed: int, first: Half, last: Half) -> None:
        self.bad_year = first.year + 2 if first.half == 2 else first.year + 1
        self.first_year = first.year - 3
        self._rates: dict[tuple[str, str], tuple[float, float]] = {}
        self._cycle: dict[tuple[str, int], float] = {}
        for currency, (early, late, inflation) in CURRENCIES.items():
            rng = random.Random(f"{seed}:rate:{currency}")
            start = early if first.year < 2015 else late
            self._draw_currency(currency, rng, start, inflation, last.year + 1)
        for country in COUNTRY_CURRENCY:
            rng = random.Random(f"{seed}:cycle:{country}")
            for year in range(self.first_year, last.year + 2):
                bad = country in BAD_YEAR_COUNTRIES and year == self.bad_year
                self._cycle[country, year] = -0.26 if bad else rng.gauss(0.012, 0.015)

    def _draw_currency(
        self, currency: str, rng: random.Random, start: float, inflation: float, last_year: int
    ) -> None:
        level, prices = start, 100 * (1 + inflation) ** min(self.first_year - 2000, 25)
        dollar = currency == "USD"
        for year in range(self.first_year, last_year + 1):
            halves = []
            for half in (1, 2):
                level *= 1 if dollar else 1 + (inflation - 0.025) / 2 + rng.gauss(0, 0.012)
                prices *= 1 + inflation / 2 + rng.gauss(0, 0.003)
                halves.append((1.0 if dollar else round(level, 4), round(prices, 2)))
                self._rates[currency, f"{year}-S{half}"] = halves[-1]
            mean = tuple(round(sum(values) / 2, 4) for values in zip(*halves, strict=True))
            self._rates[currency, str(year)] = (mean[0], mean[1])

    def rate(self, currency: str, period: str) -> float:
        return self._rates[currency, period][0]

    def cpi(self, currency: str, period: str) -> float:
        return self._rates[currency, period][1]

    def cycle(self, country: str, year: int) -> float:
        return self._cycle[country, year]

    def periods(self) -> list[str]:
        return sorted({period for _currency, period in self._rates})
