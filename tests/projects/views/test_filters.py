"""The list of firms: who sees which, and what each filter leaves."""

import datetime as dt

import pytest
from django.test import Client

from pip_network.models import RoleAssignment, User
from pip_network.people.access import Role
from pip_network.web.days import today
from projects.models import Firm, Network
from tests import factories
from tests.projects.views.reading import codes, csv_of, page_of

ALL = ["ALFA", "BETA", "DELTA", "EPSILON", "GAMA", "THETA", "ZETA"]
OF_FIRST = ["ALFA", "BETA", "DELTA", "GAMA", "ZETA"]
LIST = "/firms/"


@pytest.mark.parametrize(
    ("role", "scope", "sees"),
    [
        (Role.ADMINISTRATION, "*", ALL),
        (Role.SPECIALIST, "*", ALL),
        (Role.SPECIALIST, "P:PIP-77", ALL),  # any specialist reads the whole portfolio
        (Role.DIRECTOR, "P:PIP-01", OF_FIRST),
        (Role.DIRECTOR, "P:PIP-02", ["DELTA", "EPSILON"]),
        (Role.DIRECTOR, "P:PIP-77", []),
        (Role.COORDINATOR, "N:N1", ["ALFA", "BETA", "DELTA", "ZETA"]),
        (Role.COORDINATOR, "N:N2", ["GAMA"]),
        (Role.COORDINATOR, "N:N3", ["DELTA", "EPSILON"]),
    ],
)
def test_who_sees_which_firms(registry, role, scope, sees):
    reader = registry.reader(role, scope)
    assert sorted(codes(reader, LIST)) == sees
    assert sorted(row[1] for row in csv_of(reader, LIST)[1:]) == sees


@pytest.mark.parametrize(
    "asked", [{}, {"export": "csv"}, {"export": "xlsx"}, {"q": "ALFA"}, {"network": "N1"}]
)
def test_who_may_see_none_is_not_told_that_there_is_a_list(registry, asked):
    for role in (Role.INSTITUTION, Role.EXPERT, None):
        assert registry.reader(role).get(LIST, asked).status_code == 404
    response = Client().get(LIST, asked)
    assert (response.status_code, response["Location"].partition("?")[0]) == (
        302,
        "/accounts/login/",
    )
    assert registry.reader(Role.COORDINATOR, "N:N1").get(LIST, asked).status_code == 200


def test_a_role_that_ended_shows_nothing_any_more(registry):
    person = registry.person(Role.DIRECTOR, "P:PIP-01")
    client = Client()
    client.force_login(person)
    assert len(codes(client, LIST)) == 5
    RoleAssignment.objects.filter(person=person).update(until=today() + dt.timedelta(days=1))
    assert len(codes(client, LIST)) == 5
    RoleAssignment.objects.filter(person=person).update(until=today())
    assert client.get(LIST).status_code == 404


def test_an_archived_firm_exists_for_who_may_restore_it(registry):
    specialist, director = (
        registry.reader(Role.SPECIALIST),
        registry.reader(Role.DIRECTOR, "P:PIP-01"),
    )
    assert [one.get("/firms/ETA/").status_code for one in (specialist, director)] == [404, 200]
    assert [one.get("/firms/ALFA/").status_code for one in (specialist, director)] == [200, 200]


def test_two_roles_add_up(registry):
    person = registry.person(Role.COORDINATOR, "N:N2")
    factories.assign(person, Role.COORDINATOR, "N:N3")
    client = Client()
    client.force_login(person)
    assert sorted(codes(client, LIST)) == ["DELTA", "EPSILON", "GAMA"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "cafe cordoba"}, ["ALFA"]),
        ({"q": "CÓRDOBA"}, ["ALFA"]),
        ({"q": "córdoba café"}, ["ALFA"]),
        ({"q": "acucar nandu"}, ["EPSILON"]),
        ({"q": "AÇÚCAR ÑANDÚ"}, ["EPSILON"]),
        ({"q": "cordoba nandu"}, []),
        ({"q": "20-"}, ["ALFA", "BETA"]),  # a tax id
        ({"q": "epsi"}, ["EPSILON"]),  # a code
        ({"q": "perú"}, ["EPSILON"]),  # a country in the reader's words
        ({"q": "MADERA"}, ["EPSILON"]),  # a sector
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"q": "  "}, ALL),
        ({"project": "PIP-01"}, OF_FIRST),
        ({"project": "PIP-02"}, ["DELTA", "EPSILON"]),
        ({"network": "N1"}, ["ALFA", "BETA", "DELTA", "ZETA"]),
        ({"network": "N3"}, ["DELTA", "EPSILON"]),
        ({"country": "PE"}, ["EPSILON"]),
        ({"country": "AR"}, ["ALFA", "BETA", "DELTA", "GAMA", "THETA", "ZETA"]),
        ({"sector": "17"}, ["BETA"]),
        ({"owner_sex": "m"}, ["BETA"]),
        ({"owner_sex": "unknown"}, ["ZETA"]),
        ({"state": "active"}, ["ALFA", "DELTA", "EPSILON", "ZETA"]),
        ({"state": "left"}, ["BETA"]),
        ({"state": "closed"}, ["GAMA"]),
        ({"state": "anonymised"}, ["ZETA"]),
        ({"state": "archived"}, ["ETA"]),
        ({"network": "N1", "state": "active"}, ["ALFA", "DELTA", "ZETA"]),
        ({"project": "PIP-01", "sector": "17", "q": "tejidos"}, ["BETA"]),
        ({"project": "PIP-02", "network": "N1"}, ["DELTA"]),
    ],
    ids=str,
)
def test_each_filter_leaves_its_rows(registry, asked, found):
    assert sorted(codes(registry.reader(Role.ADMINISTRATION), LIST, **asked)) == found


@pytest.mark.parametrize(
    ("state", "found"),
    [("active", ["ALFA", "ZETA"]), ("left", ["BETA", "DELTA"]), ("closed", ["GAMA"])],
)
def test_a_state_is_what_the_reader_can_know(registry, state, found):
    """DELTA has left the networks of PIP-01; where it is now is not told there."""
    director = registry.reader(Role.DIRECTOR, "P:PIP-01")
    assert sorted(codes(director, LIST, state=state)) == found
    assert "N3" not in page_of(director, LIST)
    assert "PIP-02" not in page_of(director, LIST)


def test_what_a_filter_calls_a_state_the_row_calls_so_too(registry):
    """A firm whose only network was archived is in none that the lists know."""
    Network.objects.filter(pk="N2").update(archived_at=factories.moment("2006-01-01"))
    Firm.objects.filter(pk="GAMA").update(closed_on=None, closing_reason="")
    admin = registry.reader(Role.ADMINISTRATION)
    for state, word in (("active", "Activa"), ("left", "Salió"), ("closed", "Cerrada")):
        rows = csv_of(admin, LIST, state=state)
        assert {row[-1] for row in rows[1:]} <= {word, "Anonimizada"}, state
    assert [row[-1] for row in csv_of(admin, LIST, q="gama")[1:]] == ["En ninguna red"]


@pytest.mark.parametrize(
    "forged",
    [
        {"network": "N3"},
        {"project": "PIP-02"},
        {"network": "NOPE"},
        {"project": "'"},
        {"state": "archived"},
        {"state": "x"},
        {"country": "ZZ"},
        {"owner_sex": "f'"},
        {"mine": "mine"},
        {"network": "n1"},
    ],
    ids=str,
)
def test_what_is_not_offered_filters_nothing_and_tells_nothing(registry, forged):
    """A foreign network gives the same list as one that does not exist: her own."""
    assert sorted(codes(registry.reader(Role.DIRECTOR, "P:PIP-01"), LIST, **forged)) == OF_FIRST


def test_only_own_networks_and_projects_are_offered(registry):
    def offered(client, name: str) -> list[str]:
        choices = client.get(LIST).context["filter"].form.fields[name].choices
        return [code for code, _words in choices if code]

    director, admin = (
        registry.reader(Role.DIRECTOR, "P:PIP-01"),
        registry.reader(Role.ADMINISTRATION),
    )
    assert [offered(director, name) for name in ("network", "project")] == [
        ["N1", "N2"],
        ["PIP-01"],
    ]
    assert [offered(admin, name) for name in ("network", "project")] == [
        ["N1", "N2", "N3"],
        ["PIP-01", "PIP-02"],
    ]
    assert ["archived" in offered(one, "state") for one in (director, admin)] == [False, True]


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "password"},
        {"sort": "-"},
        {"sort": "--name"},
        {"sort": "networks"},
        {"sort": "name,-code"},
        {"sort": "closed_on"},
        {"sort": "merged_into__name"},
        {"page": "99999999999999999999"},
        {"page": "-1"},
        {"page": "0"},
        {"page": "x"},
        {"page": "1.5"},
        {"per_page": "1"},
        {"export": "exe"},
        {"nothing": "1"},
    ],
    ids=str,
)
def test_nonsense_in_the_address_shows_the_list_as_it_is(registry, asked):
    admin = registry.reader(Role.ADMINISTRATION)
    assert codes(admin, LIST, **asked) == codes(admin, LIST)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (
            "",
            ["ZETA", "EPSILON", "ALFA", "DELTA", "GAMA", "BETA", "THETA"],
        ),  # by name, accents and capitals forgiven
        ("name", ["ZETA", "EPSILON", "ALFA", "DELTA", "GAMA", "BETA", "THETA"]),
        ("-name", ["THETA", "BETA", "GAMA", "DELTA", "ALFA", "EPSILON", "ZETA"]),
        ("code", ALL),
        ("-code", ALL[::-1]),
        ("tax_id", ["DELTA", "EPSILON", "GAMA", "THETA", "ZETA", "ALFA", "BETA"]),
        ("country", ["ALFA", "BETA", "DELTA", "GAMA", "THETA", "ZETA", "EPSILON"]),
        ("sector", ["ALFA", "DELTA", "GAMA", "THETA", "ZETA", "EPSILON", "BETA"]),
        ("owner_sex", ["BETA", "ALFA", "DELTA", "GAMA", "THETA", "EPSILON", "ZETA"]),
        ("registered_on", ALL),
    ],
)
def test_each_order_is_total(registry, sort, order):
    assert codes(registry.reader(Role.ADMINISTRATION), LIST, sort=sort) == order


def test_the_order_by_state_is_the_same_on_both_databases(registry):
    """By the words of the states; who closed, by day."""
    admin = registry.reader(Role.ADMINISTRATION)
    Firm.objects.filter(pk="BETA").update(
        closed_on=factories.day("2005-05-01"), closing_reason="economic"
    )
    order = ["ALFA", "DELTA", "EPSILON", "ZETA", "BETA", "GAMA", "THETA"]
    assert codes(admin, LIST, sort="state") == order
    assert codes(admin, LIST, sort="-state") == order[::-1]


def test_the_order_of_people_by_their_last_sign_in_is_total(registry):
    admin = registry.reader(Role.ADMINISTRATION)
    people = [registry.person(None) for _number in range(3)]
    for person, when in zip(people, ("2006-03-01", None, "2006-02-01"), strict=True):
        User.objects.filter(pk=person.pk).update(
            last_login=factories.moment(when) if when else None
        )
    User.objects.exclude(pk__in=[person.pk for person in people]).update(
        last_login=factories.moment("2006-04-01")
    )

    def shown(sort: str) -> list[int]:
        return [
            row.record.pk for row in admin.get("/people/", {"sort": sort}).context["table"].rows
        ][:4]

    def ids(*places: int) -> list[int]:
        return [people[place].pk for place in places]

    assert shown("last_login")[:3] == ids(1, 2, 0)
    assert shown("-last_login")[1:] == ids(0, 2, 1)


@pytest.mark.parametrize("size", [1, 3, 60])
@pytest.mark.parametrize(
    ("role", "scope", "asked", "queries"),
    [
        (Role.ADMINISTRATION, "*", {}, 9),
        (
            Role.ADMINISTRATION,
            "*",
            {"q": "empresa", "network": "N1", "state": "active", "sort": "-state"},
            10,  # one more: has anything the whole words?
        ),
        (Role.DIRECTOR, "P:PIP-01", {}, 9),
        (Role.COORDINATOR, "N:N1", {"page": "2"}, 9),
    ],
)
def test_the_list_asks_the_same_number_of_questions(
    db, django_assert_num_queries, size, role, scope, asked, queries
):
    network = factories.network("N1", factories.project("PIP-01"))
    for number in range(size):
        factories.firm(f"FIRM{number:02}", network)
    client = Client()
    client.force_login(factories.user(role=role, scope=scope))
    with django_assert_num_queries(queries):
        page_of(client, LIST, **asked)


def test_sixty_firms_are_two_pages_and_none_is_twice(registry):
    for number in range(60):
        factories.firm(f"FIRM{number:02}", registry.n2, name="Igual")
    director = registry.reader(Role.COORDINATOR, "N:N2")
    first, second, beyond = (codes(director, LIST, page=page) for page in ("1", "2", "3"))
    assert (len(first), len(second), beyond) == (50, 11, second)
    assert sorted([*first, *second]) == ["FIRM" + f"{number:02}" for number in range(60)] + ["GAMA"]


@pytest.mark.parametrize("address", ["/projects/", "/networks/", "/firms/", "/institutions/"])
def test_filtering_keeps_the_order_of_the_list(registry, address):
    reader = registry.reader(Role.ADMINISTRATION, "*")
    kept = '<input type="hidden" name="sort" value="name">'
    assert kept in reader.get(f"{address}?sort=name").content.decode()
    assert kept not in reader.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "fell_back"), [("redesil", True), ("molino", False), ("zzz", False)]
)
def test_a_list_says_when_it_shows_words_that_only_begin_so(client, db, typed, fell_back):
    factories.network("N9", factories.project("PIP-09"), name="Redesillas del valle")
    factories.network("N8", factories.project("PIP-08"), name="Los molinos")
    page = client.get("/networks/", {"q": typed}).content.decode()
    assert ("Nada tiene estas palabras completas" in page) == fell_back
