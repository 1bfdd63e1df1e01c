"""A country whose currency changes: from a day on, and through each door alike."""

import pytest
from django.utils import translation

from monitoring.models import Entry
from pip_network.web.errors import Conflict, Forbidden, Invalid
from projects import actions
from projects.models import Country
from projects.resources.countries import CountryResource
from tests import factories
from tests.factories import PROCESS, day, moment
from tests.projects.conftest import events

pytestmark = pytest.mark.django_db
AT = moment("2006-08-01")
SINCE = day("2005-07-01")


@pytest.fixture
def argentina():
    return factories.country("AR", "ARS")


def change(country: Country, currency: str = "ARN", since=SINCE) -> Country:
    return actions.change_currency(
        country=country, currency=currency, since=since, by=PROCESS, at=AT
    )


def test_periods_that_begin_later_are_in_the_new_one(argentina):
    assert argentina.currency_on(day("2005-07-01")) == "ARS"
    change(argentina)
    change(argentina, "ARX", day("2010-01-01"))
    stored = Country.objects.get()
    days = ["1990-01-01", "2005-01-01", "2005-06-30", "2005-07-01", "2009-12-31", "2010-01-01"]
    held = [stored.currency_on(day(each)) for each in days]
    assert held == ["ARS", "ARS", "ARS", "ARN", "ARN", "ARX"]
    assert (stored.currency, stored.currencies) == ("ARX", {"ARS", "ARN", "ARX"})
    assert [(event.verb, event.object) for event in events()] == [
        ("country.currency_changed", "country:AR")
    ] * 2


@pytest.mark.parametrize(
    ("currency", "since", "place"),
    [
        ("ARN", "2008-01-01", "currency"),
        ("ARX", "2005-07-01", "currency_since"),
        ("PESO", "2008-01-01", "currency"),
        ("ARX", "2008-01-01", ""),
    ],
)
def test_a_change_is_later_than_the_last_and_of_another_currency(argentina, currency, since, place):
    change(argentina)
    if not place:
        change(argentina, currency, day(since))
        return
    with pytest.raises(Invalid) as refused:
        change(argentina, currency, day(since))
    assert refused.value.place == place
    assert Country.objects.get().currency == "ARN"


def test_it_is_for_who_keeps_the_registry(argentina):
    director = factories.user("dir", role="director", scope="P:PIP-01")
    with pytest.raises(Forbidden):
        actions.change_currency(country=argentina, currency="ARN", since=SINCE, by=director, at=AT)


def test_approved_amounts_keep_their_currency(world):
    """What is approved in the old one cannot become of the new one, by no door."""
    world.approved("2004-S1")
    argentina = Country.objects.get()
    with translation.override("es"), pytest.raises(Conflict) as refused:
        change(argentina, since=day("2004-01-01"))
    assert str(refused.value.message) == (
        "Hay montos aprobados de 2004-S1 en ARS: indique un día posterior."
    )
    with pytest.raises(Conflict) as refused:
        actions.correct_country(country=argentina, currency="ARN", by=PROCESS, at=AT)
    assert refused.value.place == "currency"
    plan = CountryResource().plan([["iso2", "currency"], ["AR", "ARN"]], by=PROCESS, at=AT)
    assert [row.status.value for row in plan.rows] == ["conflict"]
    actions.correct_country(
        country=argentina, currency="ARN", currency_since=day("2004-07-01"), by=PROCESS, at=AT
    )
    assert Country.objects.get().currency_dates == [["ARS", ""], ["ARN", "2004-07-01"]]


@pytest.fixture
def entering(world):
    """Amounts of 2004-S1 and of 2004-S2 are entered and not approved, in the first round of a
    project that began in 2004; its baselines are about 2003.
    """
    world.filled("2004-S1")
    world.filled("2004-S2")
    return world


def refused(**asked) -> Conflict:
    with translation.override("es"), pytest.raises(Conflict) as caught:
        actions.correct_country(country=Country.objects.get(), by=PROCESS, at=AT, **asked)
    assert Country.objects.get().currency == "ARS"
    return caught.value


def test_amounts_that_are_being_entered_are_not_relabelled(entering):
    refusal = refused(currency="ARN", currency_since=day("2004-07-01"))
    assert (refusal.place, refusal.context) == ("converted", {"submissions": ["PIP-01/2004-S2"]})
    assert str(refusal.message) == (
        "Se están registrando montos en PIP-01/2004-S2, como ARS: no se convierte nada. Indique en "
        "el formulario del país cuáles están ya en ARN; los demás se vacían primero."
    )
    both = ["PIP-01/2004-S1", "PIP-01/2004-S2"]
    asked = {"currency": "ARN", "currency_since": day("2004-01-01")}
    assert refused(**asked).context == {"submissions": both}
    assert refused(**asked, converted=both[:1]).context == {"submissions": both}
    actions.correct_country(
        country=Country.objects.get(), by=PROCESS, at=AT, **asked, converted=both
    )
    assert Country.objects.get().currency == "ARN"
    assert events().last().details["converted"] == both


def test_amounts_of_earlier_periods_and_cells_without_amounts_hinder_no_change(entering):
    change(Country.objects.get(), since=day("2005-01-01"))
    assert Country.objects.get().currency == "ARN"


def test_rounds_whose_amounts_were_emptied_hinder_no_change(entering):
    Entry.objects.filter(submission__round="2004-S2", variable__unit="local_currency").update(
        value=None, missing="not_collected"
    )
    change(Country.objects.get(), since=day("2004-07-01"))
    assert Country.objects.get().currency == "ARN"


def test_a_slip_is_asked_about_too_and_a_file_names_the_rounds(entering):
    both = ["PIP-01/2004-S1", "PIP-01/2004-S2"]
    assert refused(currency="ARN").context == {"submissions": both}
    plan = CountryResource().plan([["iso2", "currency"], ["AR", "ARN"]], by=PROCESS, at=AT)
    (row,) = plan.rows
    assert row.status.value == "conflict"
    assert ", ".join(both) in row.reasons[0]
    actions.correct_country(
        country=Country.objects.get(), currency="ARN", converted=both, by=PROCESS, at=AT
    )
    assert Country.objects.get().currency == "ARN"


def test_amounts_of_another_country_hinder_no_change(entering):
    peru = factories.country("PE", "PEN")
    actions.correct_country(country=peru, currency="PEX", by=PROCESS, at=AT)
    assert Country.objects.get(pk="PE").currency == "PEX"


def test_the_form_asks_for_each_round_whose_amounts_would_be_relabelled(client, entering):
    client.force_login(entering.administrator)
    page = "/admin/projects/country/AR/change/"
    shown = client.get(page)
    assert "converted" not in shown.context["adminform"].form.visible_fields()
    given = {
        "iso2": "AR",
        "currency": "ARN",
        "currency_since": "2004-07-01",
        "decimals_shown": "2",
        "origin": "demo",
        "note": "",
        "stamp": shown.context["stamp"],
    }
    asked = client.post(page, given)
    form = asked.context["adminform"].form
    assert [code for code, _label in form.fields["converted"].choices] == ["PIP-01/2004-S2"]
    assert list(form.errors) == ["converted"]
    assert 'type="checkbox" name="converted" value="PIP-01/2004-S2"' in asked.content.decode()
    assert Country.objects.get().currency == "ARS"
    assert client.post(page, {**given, "converted": "PIP-01/2004-S2"}).status_code == 302
    assert Country.objects.get().currency == "ARN"


def test_a_slip_is_corrected_while_nothing_is_approved(argentina):
    actions.correct_country(country=argentina, currency="ARX", by=PROCESS, at=AT)
    stored = Country.objects.get()
    assert (stored.currency, stored.currency_dates) == ("ARX", [])


@pytest.mark.parametrize(
    ("since", "dates"), [("2005-07-01", [["ARS", ""], ["ARN", "2005-07-01"]]), ("", [])]
)
def test_the_form_of_the_administration_asks_since_when(client, argentina, since, dates):
    client.force_login(factories.user("admin", role="administration", language="es"))
    page = "/admin/projects/country/AR/change/"
    shown = client.get(page)
    assert "La moneda rige desde" in shown.content.decode()
    given = {
        "iso2": "AR",
        "currency": "ARN",
        "currency_since": since,
        "decimals_shown": "2",
        "origin": "demo",
        "note": "",
        "stamp": shown.context["stamp"],
    }
    assert client.post(page, given).status_code == 302
    stored = Country.objects.get()
    assert (stored.currency, stored.currency_dates) == ("ARN", dates)
