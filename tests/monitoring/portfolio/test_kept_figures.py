"""Between the publication of a version of the catalogue and the first approval with it, pages say
of figures what computed them.
"""

import copy

import pytest
from django.urls import reverse
from django.utils import timezone

from monitoring import portfolio
from monitoring.catalogue import draft_rows, drafts
from monitoring.models import FigureSet, Indicator, Report
from tests.conftest import World
from tests.factories import PROCESS, moment
from tests.monitoring.publication.publishing import publish as publish_round

BY = {"by": PROCESS, "at": moment("2005-01-15")}
NEW = "Ventas contadas de otra manera"
ORDER = {
    "title": "T",
    "language": "es",
    "audience": "staff",
    "round": "",
    "indicators": "codes",
    "prices": "current",
    "currency": "USD",
}


def row(code: str) -> Indicator:
    return Indicator.objects.get(catalogue=2, code=code)


@pytest.fixture(scope="module")
def _published(standing):
    world = World()
    world.specialist.language = "es"
    world.specialist.save()
    world.approved("2004-S1")
    world.approved("2004-S2")
    portfolio.refresh(at=timezone.now())
    publish_round(world)
    drafts.start_draft(**BY)
    draft_rows.change_row(row=row("E02"), name_es=NEW, **BY)
    draft_rows.remove_row(row=row("A06"), **BY)
    b01 = row("B01")
    draft_rows.add_row(
        table=Indicator,
        code="B09",
        level="firm",
        theme="innovation",
        unit=b01.unit,
        classification="outcome",
        core=True,
        direction="up",
        rule="sum",
        numerator=b01.numerator,
        name_es="Nuevo",
        definition_es="Suma.",
        **BY,
    )
    return world


@pytest.fixture
def published(_published, db):
    """E02 has another name, A06 is gone and B09 is new; nothing has been approved with it."""
    return copy.deepcopy(_published)


def publish() -> None:
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)


def offered(client) -> set[str]:
    groups = client.get(reverse("report-new")).context["form"].fields["codes"].choices
    return {code for _theme, rows in groups for code, _name in rows}


def test_words_go_with_their_figures(client, published):
    old = Indicator.objects.get(catalogue=1, code="E02").name_es
    publish()
    client.force_login(published.specialist)
    pages = [
        reverse("portfolio"),
        published.project.get_absolute_url(),
        published.n1.get_absolute_url(),
    ]
    for address in (*pages, reverse("figures")):
        told = client.get(address).content.decode()
        assert (old in told, NEW in told) == (True, False), address

    published.approved("2005-S1")
    published.approved("2005-S2")
    portfolio.refresh(at=timezone.now())
    publish_round(published, "2005-S2")
    for address in (*pages, reverse("figures")):
        told = client.get(address).content.decode()
        assert (old in told, NEW in told) == (False, True), address


def test_the_page_of_an_indicator_says_which_version_computed_its_figure(client, published):
    address = reverse("indicator", args=["E02"])
    assert client.get(address).context["computed_in"] is None
    publish()
    page = client.get(address)
    assert (page.context["indicator"].name_es, page.context["computed_in"]) == (NEW, 1)
    assert "Calculada como dice la versión 1 del catálogo." in page.content.decode()
    published.approved("2005-S1")
    published.approved("2005-S2")
    portfolio.refresh(at=timezone.now())
    publish_round(published, "2005-S2")
    assert client.get(address).context["computed_in"] is None


def test_what_has_left_the_catalogue_keeps_a_page_that_says_so(client, published):
    gone, came = reverse("indicator", args=["A06"]), reverse("indicator", args=["B09"])
    assert (client.get(gone).context["left"], client.get(came).status_code) == (False, 404)
    publish()
    page = client.get(gone)
    assert (page.context["left"], page.context["indicator"].catalogue_id) == (True, 1)
    assert "Esto decía la versión 1, la última que lo tiene." in page.content.decode()
    assert client.get(came).context["left"] is False
    assert client.get(reverse("indicator", args=["X99"])).status_code == 404
    assert client.get(reverse("variable", args=["jobs"])).context["left"] is False


def test_the_composer_offers_what_the_record_can_answer(client, published):
    publish()
    client.force_login(published.specialist)
    assert offered(client) & {"A06", "B09"} == {"A06"}
    assert client.post(reverse("report-new"), ORDER | {"codes": ["B09"]}).status_code == 422
    assert client.post(reverse("report-new"), ORDER | {"codes": ["A06"]}).status_code == 302

    published.approved("2005-S1")
    assert offered(client) & {"A06", "B09"} == {"B09"}
    assert client.post(reverse("report-new"), ORDER | {"codes": ["A06"]}).status_code == 422
    assert client.post(reverse("report-new"), ORDER | {"codes": ["B09"]}).status_code == 302
    assert [report.specification["indicators"] for report in Report.objects.order_by("as_of")] == [
        ["A06"],
        ["B09"],
    ]


def test_figures_of_another_application_are_let_go_of(settings, published):
    kept = set(FigureSet.objects.values_list("key", flat=True))
    portfolio.refresh(at=timezone.now())
    assert set(FigureSet.objects.values_list("key", flat=True)) == kept
    settings.VERSION = "99"
    portfolio.refresh(at=timezone.now())
    now = set(FigureSet.objects.values_list("key", flat=True))
    assert (len(now), now & kept) == (len(kept), set())
