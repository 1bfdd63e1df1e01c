"""The registry's forms in a browser's eyes: what they store, refuse, keep and hide."""

import pytest
from django.test import Client

from pip_network.models import Institution
from projects import actions
from projects.models import Firm, FirmDistinction, FirmMerge, Membership, Network, Project
from tests import factories
from tests.factories import moment

NEW = {
    "name": "Lácteos Nuevos S.A.",
    "tax_id": "20-9",
    "country": "AR",
    "sector": "15",
    "owner_sex": "f",
    "joined_on": "2005-02-01",
}


@pytest.fixture
def browser(world):
    def signed_in(who) -> Client:
        client = Client(headers={"accept-language": "es"})
        client.force_login(who)
        return client

    return signed_in


def text(response) -> str:
    return response.content.decode()


def stamp_in(response) -> str:
    return response.context["form"]["stamp"].value()


def test_register_a_firm_into_a_network(world, browser):
    response = browser(world.director).post("/networks/N1/firms/new/", NEW)
    firm = Firm.objects.get(tax_id="20-9")
    assert (response.status_code, response["Location"]) == (302, f"/firms/{firm.code}/")
    assert list(firm.memberships.values_list("network", "joined_on")) == [
        ("N1", factories.day("2005-02-01"))
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"joined_on": "2001-01-01"},
        {"joined_on": "ayer"},
        {"sector": "x"},
        {"country": "ZZ"},
    ],
)
def test_register_refused_stores_nothing_and_keeps_what_was_typed(world, browser, change):
    response = browser(world.director).post("/networks/N1/firms/new/", NEW | change)
    assert response.status_code == 422
    assert "20-9" in text(response)
    assert Firm.objects.count() == 3
    assert browser(world.director).post("/networks/N1/firms/new/", NEW).status_code == 302


def test_firms_alike_are_shown_before_anything_is_stored(world, browser):
    director = browser(world.director)
    director.post("/networks/N1/firms/new/", NEW)
    twin = NEW | {"name": "LACTEOS NUEVOS LTDA", "tax_id": ""}
    response = director.post("/networks/N2/firms/new/", twin)
    assert response.status_code == 409
    assert [firm.name for _pair, firm in response.context["alike"]] == ["Lácteos Nuevos S.A."]
    assert Firm.objects.count() == 4
    again = twin | {"looked_at": response.context["form"]["looked_at"].value()}
    assert director.post("/networks/N2/firms/new/", again).status_code == 302
    assert Firm.objects.count() == 5


def test_firms_of_others_are_not_shown_to_whom_they_do_not_belong(world, browser):
    foreign = factories.network("N9", factories.project("PIP-99"))
    factories.firm("FIRMZZZZZ", foreign, name="Lácteos Nuevos")
    assert browser(world.director).post("/networks/N1/firms/new/", NEW).status_code == 302
    assert browser(world.stranger).get("/firms/FIRMZZZZZ/").status_code == 200
    assert browser(world.director).get("/firms/FIRMZZZZZ/").status_code == 404
    assert browser(world.director).post("/networks/N9/firms/new/", NEW).status_code == 403


def test_edit_ignores_what_is_no_field_of_it(world, browser):
    client = browser(world.director)
    first = client.get("/firms/FIRMAAAAA/edit/")
    form = {
        "name": "Otro",
        "tax_id": "",
        "country": "AR",
        "sector": "20",
        "owner_sex": "m",
        "stamp": stamp_in(first),
    }
    forged = {
        "code": "X",
        "archived_at": "2005-01-01",
        "merged_into": "FIRMBBBBB",
        "origin": "stated",
    }
    assert client.post("/firms/FIRMAAAAA/edit/", form | forged).status_code == 302
    firm = Firm.objects.get(pk="FIRMAAAAA")
    assert (firm.name, firm.sector, firm.archived_at, firm.merged_into_id, firm.origin) == (
        "Otro",
        "20",
        None,
        None,
        "entered",
    )


def test_two_people_at_one_form(world, browser):
    one, other = browser(world.director), browser(world.administrator)
    form = {
        "name": "Uno",
        "tax_id": "",
        "country": "AR",
        "sector": "15",
        "owner_sex": "f",
        "stamp": stamp_in(one.get("/firms/FIRMAAAAA/edit/")),
    }
    assert other.post("/firms/FIRMAAAAA/edit/", form | {"name": "Dos"}).status_code == 302
    response = one.post("/firms/FIRMAAAAA/edit/", form)
    assert response.status_code == 409
    assert [row.stored for row in response.context["form"].meanwhile] == ["Dos"]
    assert 'value="Uno"' in text(response)
    assert Firm.objects.get(pk="FIRMAAAAA").name == "Dos"
    assert (
        one.post("/firms/FIRMAAAAA/edit/", form | {"stamp": stamp_in(response)}).status_code == 302
    )
    assert Firm.objects.get(pk="FIRMAAAAA").name == "Uno"


def test_html_and_long_text_in_names(world, browser):
    client = browser(world.director)
    nasty = NEW | {"name": "<script>alert(1)</script>"}
    page = client.post("/networks/N1/firms/new/", nasty, follow=True)
    assert "<script>alert" not in text(page)
    assert "&lt;script&gt;alert" in text(page)
    for value in ("x" * 10_000, "a\0b"):
        assert (
            client.post("/networks/N1/firms/new/", NEW | {"name": value, "tax_id": "1"}).status_code
            == 422
        )


def test_a_firm_page_keeps_its_name_out_of_title_and_address(world, browser):
    Firm.objects.filter(pk="FIRMAAAAA").update(name="Conservas Ejemplo")
    page = text(browser(world.director).get("/firms/FIRMAAAAA/"))
    assert "Conservas Ejemplo" in page
    assert "Conservas" not in page[page.index("<title>") : page.index("</title>")]
    assert Client().get("/firms/FIRMAAAAA/").status_code == 302


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_firm_page_costs_the_same(world, browser, django_assert_num_queries, count):
    for number in range(count):
        network = factories.network(f"M{number}", world.project)
        factories.membership(world.a, network, joined_on="2004-03-01")
    client = browser(world.director)
    client.get("/firms/FIRMAAAAA/")
    with django_assert_num_queries(16):
        assert client.get("/firms/FIRMAAAAA/").status_code == 200


def test_leave_move_close_and_their_way_back(world, browser):
    client = browser(world.coordinator)
    pk = Membership.objects.get(firm="FIRMAAAAA").pk
    here = f"/firms/FIRMAAAAA/memberships/{pk}/"
    assert (
        client.post(
            f"{here}leave/", {"left_on": "2005-01-31", "leaving_reason": "own_decision"}
        ).status_code
        == 302
    )
    assert (
        client.post(
            here, {"joined_on": "2004-02-20", "left_on": "2005-02-01", "leaving_reason": "moved"}
        ).status_code
        == 302
    )
    stay = Membership.objects.get(pk=pk)
    assert (str(stay.joined_on), str(stay.left_on), stay.leaving_reason) == (
        "2004-02-20",
        "2005-02-01",
        "moved",
    )
    assert client.post(f"{here}stay/").status_code == 302
    assert (
        client.post(
            "/firms/FIRMAAAAA/close/", {"closed_on": "2005-02-01", "closing_reason": "economic"}
        ).status_code
        == 302
    )
    assert client.post("/firms/FIRMAAAAA/reopen/").status_code == 302
    foreign = Membership.objects.get(firm="FIRMCCCCC").pk
    assert client.get(f"/firms/FIRMCCCCC/memberships/{foreign}/").status_code == 404
    assert client.get(f"/firms/FIRMAAAAA/memberships/{foreign}/").status_code == 404


def test_the_director_moves_a_firm(world, browser):
    client = browser(world.director)
    moved = {"network": "N2", "leaves": "N1", "joined_on": "2005-01-15"}
    assert client.post("/firms/FIRMAAAAA/join/", moved).status_code == 302
    assert list(
        Membership.objects.filter(firm="FIRMAAAAA", left_on=None).values_list("network", flat=True)
    ) == ["N2"]
    assert client.post("/firms/FIRMAAAAA/join/", moved).status_code == 422


def test_duplicates_told_apart_merged_and_split(world, browser):
    twin = factories.firm(
        "FIRMDDDDD", world.n2, name="EMPRESA FIRMAAAAA S.A.", joined_on="2004-06-01"
    )
    client = browser(world.director)
    page = client.get("/firms/duplicates/")
    assert ("FIRMAAAAA", "FIRMDDDDD") in [
        (pair.first, pair.second) for pair, _why, _firms in page.context["rows"]
    ]
    client.post("/firms/FIRMDDDDD/not/FIRMAAAAA/")
    after = client.get("/firms/duplicates/")
    assert ("FIRMAAAAA", "FIRMDDDDD") not in [
        (pair.first, pair.second) for pair, _why, _firms in after.context["rows"]
    ]
    assert FirmDistinction.objects.count() == 1
    client.post("/firms/FIRMAAAAA/maybe/FIRMDDDDD/")

    assert client.post("/firms/FIRMAAAAA/merge/FIRMDDDDD/", {"name": "own"}).status_code == 422
    assert FirmMerge.objects.count() == 0
    assert (
        client.post(
            "/firms/FIRMAAAAA/merge/FIRMDDDDD/", {"name": "other", "reason": "mismo local"}
        ).status_code
        == 302
    )
    assert Firm.objects.get(pk="FIRMAAAAA").name == "EMPRESA FIRMAAAAA S.A."
    assert (
        client.get(f"/firms/{twin.pk}/").status_code == 404
    )  # it is in none of her networks any more
    old = browser(world.administrator).get(f"/firms/{twin.pk}/")
    assert (old.status_code, old["Location"]) == (302, "/firms/FIRMAAAAA/")
    assert client.get("/firms/FIRMAAAAA/split/FIRMDDDDD/").status_code == 200


def test_projects_networks_and_institutions_by_the_administration(world, browser):
    client = browser(world.administrator)
    project = {
        "code": "PIP-20",
        "name": "Nuevo",
        "family": "pip",
        "executing_institution": Institution.objects.get().pk,
        "countries": ["AR"],
        "starts_on": "2004-01-01",
        "ends_on": "2007-12-31",
        "amount_fomin": "100",
        "amount_local": "50.5",
    }
    assert client.post("/projects/new/", project | {"code": "pip 20"}).status_code == 422
    assert client.post("/projects/new/", project)["Location"] == "/projects/PIP-20/"
    network = {
        "code": "PIP-20-1",
        "name": "Red",
        "typology": "cluster",
        "sector": "15",
        "country": "AR",
        "place": "Valle",
        "constituted_on": "2004-02-01",
    }
    assert (
        client.post("/projects/PIP-20/networks/new/", network | {"country": "CL"}).status_code
        == 422
    )
    assert client.post("/projects/PIP-20/networks/new/", network).status_code == 302
    assert (
        client.post("/networks/PIP-20-1/archive/", {"reason": "prueba de archivo"}).status_code
        == 302
    )
    assert client.post("/networks/PIP-20-1/restore/").status_code == 302
    assert Network.objects.get(pk="PIP-20-1").archived_at is None
    assert (
        client.post("/projects/PIP-20/archive/", {"reason": "prueba de archivo"}).status_code == 302
    )
    assert Project.objects.get(pk="PIP-20").archived_at is not None
    assert "registry-form" not in text(client.get("/projects/PIP-20/edit/"))
    assert client.post("/projects/PIP-20/restore/").status_code == 302
    assert "registry-form" in text(client.get("/projects/PIP-20/edit/"))
    made = client.post(
        "/institutions/new/", {"name": "Cámara Ejemplo", "relation": "related", "iso2": "CL"}
    )
    assert made["Location"] == "/institutions/camara-ejemplo/"
    assert (
        client.post("/institutions/new/", {"name": "Otra", "relation": "member"}).status_code == 422
    )


def test_anonymise_wants_the_code(world, browser):
    client = browser(world.administrator)
    assert (
        client.post(
            "/firms/FIRMAAAAA/anonymise/", {"reason": "request", "code": "FIRMBBBBB"}
        ).status_code
        == 422
    )
    assert Firm.objects.get(pk="FIRMAAAAA").name == "Empresa FIRMAAAAA"
    assert (
        client.post(
            "/firms/FIRMAAAAA/anonymise/", {"reason": "request", "code": "firmaaaaa"}
        ).status_code
        == 302
    )
    assert Firm.objects.get(pk="FIRMAAAAA").name == ""
    assert "Empresa FIRMAAAAA" not in text(client.get("/firms/FIRMAAAAA/"))


def test_what_a_firm_that_left_is_to_its_old_network(world, browser):
    """Its old director still sees it; whose network it is in now keeps it."""
    foreign = factories.network("N9", factories.project("PIP-99"))
    doing = {"by": world.administrator, "at": moment("2005-03-01")}
    actions.move_firm(
        firm=world.a, source=world.n1, target=foreign, moved_on=factories.day("2005-01-31"), **doing
    )
    assert browser(world.director).get("/firms/FIRMAAAAA/").status_code == 200
    assert browser(world.director).get("/firms/FIRMAAAAA/edit/").status_code == 403
    assert browser(world.stranger).get("/firms/FIRMAAAAA/edit/").status_code == 200


@pytest.mark.parametrize("act", ["", "leave/", "stay/", "never/"])
def test_a_membership_is_mended_by_those_of_its_own_network(world, browser, act):
    """FIRMBBBBB is in both networks: its coordinator in N1 keeps the firm, and not what it is in
    N2.
    """
    pk = {stay.network_id: stay.pk for stay in world.b.memberships.all()}
    coordinator, director = browser(world.coordinator), browser(world.director)
    assert coordinator.get(f"/firms/FIRMBBBBB/memberships/{pk['N2']}/{act}").status_code == 404
    assert coordinator.get(f"/firms/FIRMBBBBB/memberships/{pk['N1']}/{act}").status_code == 200
    assert director.get(f"/firms/FIRMBBBBB/memberships/{pk['N2']}/{act}").status_code == 200


@pytest.mark.parametrize(
    ("place", "done"),
    [
        ("/firms/FIRMAAAAA/close/", {"closed_on": "2005-02-01", "closing_reason": "economic"}),
        ("/networks/N1/dissolve/", {"dissolved_on": "2005-01-31"}),
    ],
)
def test_what_was_done_already_is_not_asked_for_again(world, browser, place, done):
    client = browser(world.administrator)
    page = client.get(place)
    assert (page.context["impossible"], "registry-form" in text(page)) == (False, True)
    assert client.post(place, done).status_code == 302
    page = client.get(place)
    assert (page.context["impossible"], "registry-form" in text(page)) == (True, False)
    assert client.post(place, done).status_code == 409


@pytest.mark.parametrize(("act", "possible"), [("leave/", True), ("stay/", False)])
def test_who_has_not_left_does_not_come_back(world, browser, act, possible):
    place = f"/firms/FIRMBBBBB/memberships/{world.b.memberships.first().pk}/{act}"
    page = browser(world.administrator).get(place)
    assert (page.status_code, "registry-form" in text(page)) == (200, possible)
