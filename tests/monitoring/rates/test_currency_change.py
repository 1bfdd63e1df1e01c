"""A currency that changes in the middle of a project: what is entered, what is checked, which rates
are needed, what figures say, and that the oracle says the same.

The peso (ARS) becomes the new one (ARN, a hundred of the old) on 1 January 2005.
"""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.urls import reverse

from monitoring.analysis import (
    DatabaseSource,
    catalogue_from_database,
    compute,
    figures_document,
    universe_from_database,
)
from monitoring.analysis import parse_specification as parse
from monitoring.analysis.specification import SpecificationError
from monitoring.models import Measurement
from monitoring.rates import needed
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.rates.needed import Pair
from monitoring.rates.resources import RateResource
from monitoring.record.catalogue_export import export_catalogue
from monitoring.record.export import export_measurements
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.submission.correcting import ObservationChange, correct_observations
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from pip_network.models import User
from projects import actions
from projects.models import Country
from tests import factories, oracle
from tests.factories import CATALOGUE, PROCESS, day, moment

pytestmark = pytest.mark.django_db
AT = moment("2007-01-15")
OLD = [Pair("ARS", period) for period in ("2003", "2004", "2004-S1", "2004-S2")]


def becomes_new(since: str = "2005-01-01") -> None:
    actions.change_currency(
        country=Country.objects.get(pk="AR"), currency="ARN", since=day(since), by=PROCESS, at=AT
    )


def in_new_money(submission, at) -> dict[str, str]:
    """The plausible amounts, a hundred times smaller."""
    return {
        str(key): str(factories.plausible(key) / 100)
        for key, cell in load_sheet(submission).asked.items()
        if cell.variable.is_money and cell.written is None
    }


def approved_in_new_money(world, code: str):
    """As `world.approved`, every amount in the new currency."""
    opened = world.open(code)
    at = dt.datetime.combine(world.rounds[code].due_on, dt.time(12), dt.UTC)
    factories.fill(opened, by=world.director, at=at, but=in_new_money(opened, at))
    submit(opened.pk, by=world.director, at=at)
    return approve(opened.pk, by=world.specialist, at=at + dt.timedelta(days=3))


def held() -> set[tuple[str, str]]:
    return set(Measurement.objects.live().exclude(currency="").values_list("currency", "period"))


# --- entry


def test_each_cell_is_in_the_currency_of_its_period(world, client):
    becomes_new("2005-07-01")  # the year began in the old one, the second semester in the new one
    opened = world.open("2005-S2")
    cells = load_sheet(opened).cells
    assert cells[CellKey("F:FIRMAAAAA", "regular", "sales")].currency == "ARS"
    assert cells[CellKey("N:N1", "regular", "joint_sales")].currency == "ARN"
    assert cells[CellKey("F:FIRMAAAAA", "baseline", "sales")].currency == "ARS"
    assert cells[CellKey("F:FIRMAAAAA", "regular", "jobs")].currency == ""

    client.force_login(world.director)
    address = reverse("unit-form", args=["PIP-01", "2005-S2", "N:N1"])
    assert "<small>ARN" in client.get(address).content.decode()


def test_the_sheet_names_the_currency_of_each_column(world, client):
    becomes_new()
    world.open("2005-S2")
    client.force_login(world.director)
    page = client.get("/monitoring/PIP-01/2005-S2/networks/N1/", {"tab": "sales"})
    heads = dict((variable.code, unit) for variable, unit in page.context["grid"].heads)
    assert heads["sales"] == "ARN"
    (baseline,) = {row.currency for row in page.context["grid"].rows if row.is_baseline}
    assert baseline == "ARS"


def test_an_approval_writes_each_amount_in_its_own_currency(world):
    world.approved("2004-S1")
    world.approved("2004-S2")
    becomes_new()
    approved_in_new_money(world, "2005-S1")
    assert held() == {*OLD, Pair("ARN", "2005-S1")}
    # An amendment of an old round keeps the old one.
    sheet = load_sheet(world.project.submissions.get(round="2004-S2"))
    assert {cell.currency for cell in sheet.cells.values()} == {"", "ARS"}


@pytest.mark.parametrize("corrected", [True, False])
def test_an_approved_round_keeps_its_currency_when_a_network_gets_another_country(world, corrected):
    """Whatever currencies that country has had: in the registry, and in the record too."""
    world.approved("2004-S1")
    world.approved("2004-S2")
    brazil = Country.objects.create(iso2="BR", currency="BRL")
    world.project.countries.add(brazil)
    actions.change_currency(
        country=brazil, currency="BRN", since=day("2004-01-01"), by=PROCESS, at=AT
    )
    actions.update_network(network=world.n1, country=brazil, by=world.administrator, at=AT)
    if corrected:
        correct_observations(
            world.project,
            world.rounds["2004-S2"],
            [ObservationChange("N:N1", "country", "BR")],
            "It works in Brazil",
            by=world.administrator,
            at=AT,
        )
    sheet = load_sheet(world.project.submissions.get(round="2004-S2"))
    assert {cell.currency for cell in sheet.cells.values()} == {"", "ARS"}
    opened = load_sheet(world.open("2005-S2"))
    assert {cell.currency for cell in opened.cells.values()} == {"", "ARS", "BRN"}


# --- checks


@pytest.mark.parametrize("changes", [True, False])
def test_a_check_does_not_compare_two_currencies(world, changes):
    world.approved("2004-S1")
    world.approved("2004-S2")
    if changes:
        becomes_new()
    opened = world.open("2005-S2")
    factories.fill(opened, by=world.director, at=AT, but=in_new_money(opened, AT))
    sheet = load_sheet(opened)
    found = {finding.check for finding in sheet.findings if finding.cell.variable == "sales"}
    assert ("sales_jump" in found) is not changes
    cell = sheet.cells[CellKey("F:FIRMAAAAA", "regular", "sales")]
    assert cell.previous is not None
    assert (cell.comparable(cell.previous) is None) is changes


# --- rates


def test_what_is_needed_is_what_amounts_are_in(world):
    world.approved("2004-S1")
    world.approved("2004-S2")
    becomes_new()
    approved_in_new_money(world, "2005-S1")
    first = {*OLD, Pair("ARN", "2005-S1"), Pair("ARN", "2004")}
    assert needed.needed(day("2005-07-01")) == first
    # The second semester is not approved yet; the old currency is told in prices of 2005 too.
    second = {Pair("ARN", "2005-S2"), Pair("ARN", "2005"), Pair("ARS", "2005")}
    assert needed.needed(day("2006-01-01")) == first | second


@pytest.mark.parametrize("dated", [True, False])
def test_the_rates_page_takes_what_approved_amounts_use(world, dated):
    """However the country came to its present currency."""
    world.approved("2004-S1")
    if dated:
        becomes_new()
    else:
        Country.objects.update(currency="ARN")
    rows = [["ARS", "2004-S1", "2.9512", "140.5"], ["XXX", "2004-S1", "2.9512", "140.5"]]
    plan = RateResource().plan(
        [["currency", "period", "usd_rate", "cpi"], *rows], by=PROCESS, at=AT
    )
    assert [row.status.value for row in plan.rows] == ["new", "refused"]
    wanted = needed.needed(day("2004-07-01"))
    assert wanted == {Pair("ARS", "2004-S1"), Pair("ARS", "2003")}


# --- figures


def rates(by: User, *, but: tuple[str, str] = ("", "")) -> None:
    rows = [
        *(RateRow("ARS", period, Decimal(3), Decimal(100)) for _currency, period in OLD),
        RateRow("ARS", "2005", Decimal(5), Decimal(110)),  # the new rate, times a hundred
        *(
            RateRow("ARN", period, Decimal("0.05"), Decimal(110))
            for period in ("2004", "2005-S1", "2005-S2", "2005")
        ),
    ]
    rows = [row for row in rows if (row.currency, row.period) != but]
    approve_rates(rows, "Series oficiales, con factor legal", by=by, at=AT)


@pytest.fixture
def record(world):
    """Four approved rounds, two in each currency."""
    world.approved("2004-S1")
    world.approved("2004-S2")
    becomes_new()
    approved_in_new_money(world, "2005-S1")
    approved_in_new_money(world, "2005-S2")
    return world


def document(**asked) -> dict:
    catalogue = catalogue_from_database(1)
    spec = parse({"version": 1, "title": "x", **asked}, universe_from_database(), catalogue)
    figures = compute(spec, DatabaseSource(spec.as_of), catalogue)
    return json.loads(figures_document(spec.question(), figures, record_hash="", application=""))


def main(document: dict, indicator: str) -> dict:
    (figure,) = [
        figure
        for figure in document["figures"]
        if (figure["indicator"], figure["measure"]) == (indicator, "main")
    ]
    return figure


def test_figures_over_both_currencies_and_the_oracle_says_the_same(record, tmp_path):
    rates(record.administrator)
    export_measurements(tmp_path / "record")
    export_catalogue(tmp_path / "catalogue")

    def agreed(**asked) -> dict:
        found = document(indicators="all", round="2005-S2", **asked)
        assert (
            oracle.compare(
                found, tmp_path / "record", tmp_path / "catalogue", CATALOGUE / "t975.csv"
            )
            == []
        )
        return found

    dollars = agreed()
    # Always at constant prices: 100 000 of 2003 at prices of 2005 are 110 000 / 5; 1 000 new are
    # 1 000 / 0.05.
    growth = main(dollars, "E02")
    assert (growth["reason"], growth["panel"]["baseline"]) == (None, "66000")
    assert growth["panel"]["value"] == "60000"
    assert growth["value"] == "-9.090909"

    local = agreed(currency="local", prices="constant")
    assert main(local, "E02")["reason"] == "definition_changed"
    assert main(local, "E02")["panel"]["reason"] == "definition_changed"
    assert {figure["reason"] for figure in local["figures"]} >= {None, "definition_changed"}

    one = document(indicators="all", round="2004-S2", currency="local")
    assert "definition_changed" not in {figure["reason"] for figure in one["figures"]}


def test_without_the_later_rate_of_the_old_currency_there_is_no_rate(record):
    rates(record.administrator, but=("ARS", "2005"))
    growth = main(document(indicators=["E02"], round="2005-S2"), "E02")
    assert (growth["value"], growth["reason"]) == (None, "no_rate")


def test_local_is_of_one_currency_or_of_one_country(record):
    """A second country with a currency of its own makes two that never were one."""
    document(indicators=["E02"], round="2005-S2", currency="local")
    peru = factories.country("PE", "PEN")
    second = factories.project("PIP-02", countries=[peru], ends_on="2006-12-20")
    network = factories.network("R1", second, country=peru)
    factories.firm("FIRMPPPPP", network, country=peru)
    director = factories.user("otra2", role="director", scope="P:PIP-02")
    factories.assign(record.specialist, "specialist", "P:PIP-02")
    factories.approved(second, "2004-S1", director=director, specialist=record.specialist)
    with pytest.raises(SpecificationError) as refused:
        document(indicators=["E02"], round="2005-S2", currency="local")
    assert [problem.path for problem in refused.value.problems] == ["$.currency"]
