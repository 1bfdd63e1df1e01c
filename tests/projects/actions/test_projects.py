import pytest

from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Invalid
from projects import actions
from projects.models import Network, Project
from tests.projects.conftest import AT, day, events

pytestmark = pytest.mark.django_db


def trail():
    return list(events().values_list("verb", "object"))


def test_create_project_stores_it_and_says_so(agreement, clerk):
    project = actions.create_project(**agreement, by=clerk, at=AT)

    project.refresh_from_db()
    assert list(project.countries.values_list("pk", flat=True)) == ["CL"]
    assert str(project.amount_fomin) == "1200000.00"
    event = events().get()
    assert (event.verb, event.object, event.actor, event.at) == (
        "project.created",
        "P:PIP-01",
        f"U:{clerk.pk}",
        AT,
    )
    assert event.details == {"countries": ["CL"]}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"code": "pip 01"}, "code"),
        ({"code": "PIP-"}, "code"),
        ({"code": ""}, "code"),
        ({"name": ""}, "name"),
        ({"countries": []}, "countries"),
        ({"ends_on": day("2004-02-01")}, "ends_on"),
        ({"amount_local": "-1"}, "amount_local"),
    ],
)
def test_create_project_refused(agreement, clerk, change, place):
    with pytest.raises(Invalid) as refused:
        actions.create_project(**(agreement | change), by=clerk, at=AT)

    assert refused.value.place == place
    assert str(refused.value.message)
    assert Project.objects.count() == 0
    assert events().count() == 0


def test_create_project_with_a_taken_code_refused(project, agreement, clerk):
    with pytest.raises(Invalid) as refused:
        actions.create_project(**agreement, by=clerk, at=AT)

    assert refused.value.place == "code"
    assert (
        actions.create_project(**(agreement | {"code": "PIP-02"}), by=clerk, at=AT).pk == "PIP-02"
    )


def test_update_project_writes_only_what_changed(project, clerk, peru, chile):
    actions.update_project(
        project=project, name="Otro nombre", countries=[chile, peru], by=clerk, at=AT
    )

    stored = Project.objects.get()
    assert stored.name == "Otro nombre"
    assert set(stored.countries.values_list("pk", flat=True)) == {"CL", "PE"}
    assert AuditEvent.objects.filter(verb="project.updated").get().details == {
        "fields": ["countries", "name"],
        "changes": {
            "name": ["Redes de Ladera Imaginada", "Otro nombre"],
            "countries": [["CL"], ["CL", "PE"]],
        },
    }


def test_update_project_without_a_change_leaves_no_trace(project, clerk, chile):
    actions.update_project(project=project, name=project.name, countries=[chile], by=clerk, at=AT)

    assert trail() == [("project.created", "P:PIP-01")]


def test_update_project_cannot_end_before_a_network(network, clerk):
    project = Project.objects.get()
    with pytest.raises(Invalid) as refused:
        actions.update_project(project=project, ends_on=day("2004-05-09"), by=clerk, at=AT)
    assert refused.value.place == "ends_on"

    project = Project.objects.get()
    actions.update_project(project=project, ends_on=day("2004-05-10"), by=clerk, at=AT)
    assert Project.objects.get().ends_on == day("2004-05-10")


def test_update_project_cannot_drop_a_country_in_use(network, clerk, peru, chile):
    project = Project.objects.get()
    with pytest.raises(Invalid) as refused:
        actions.update_project(project=project, countries=[peru], by=clerk, at=AT)
    assert refused.value.place == "countries"

    actions.update_project(project=project, countries=[peru, chile], by=clerk, at=AT)
    assert project.countries.count() == 2


def test_update_project_takes_no_other_field(project, clerk):
    with pytest.raises(TypeError):
        actions.update_project(project=project, archived_at=AT, by=clerk, at=AT)


def test_archive_project_once(project, clerk):
    actions.archive_project(project=project, by=clerk, at=AT)
    assert Project.objects.current().count() == 0

    with pytest.raises(Conflict):
        actions.archive_project(project=Project.objects.get(), by=clerk, at=AT)
    with pytest.raises(Conflict):
        actions.update_project(project=Project.objects.get(), name="x", by=clerk, at=AT)
    assert trail() == [("project.created", "P:PIP-01"), ("project.archived", "P:PIP-01")]


@pytest.fixture
def facts(project, chile):
    return {
        "project": project,
        "code": "PIP-01-1",
        "name": "Red",
        "typology": "cluster",
        "sector": "15",
        "country": chile,
        "constituted_on": day("2004-05-10"),
    }


def test_create_network(facts, clerk):
    network = actions.create_network(**facts, by=clerk, at=AT)

    assert (network.registered_on, network.scope_keys) == (AT.date(), {"N:PIP-01-1", "P:PIP-01"})
    assert trail()[-1] == ("network.created", "N:PIP-01-1")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"code": "red_1"}, "code"),
        ({"typology": "club"}, "typology"),
        ({"sector": "99"}, "sector"),
        ({"constituted_on": day("2006-03-02")}, "constituted_on"),
        ({"name": ""}, "name"),
    ],
)
def test_create_network_refused(facts, clerk, change, place):
    with pytest.raises(Invalid) as refused:
        actions.create_network(**(facts | change), by=clerk, at=AT)

    assert refused.value.place == place
    assert Network.objects.count() == 0


def test_create_network_elsewhere_refused(facts, clerk, peru):
    with pytest.raises(Invalid) as refused:
        actions.create_network(**(facts | {"country": peru}), by=clerk, at=AT)
    assert refused.value.place == "country"


def test_create_network_after_the_end_of_its_project_refused(facts, agreement, clerk):
    short = actions.create_project(
        **(agreement | {"code": "PIP-02", "ends_on": day("2005-01-31")}), by=clerk, at=AT
    )
    late = facts | {"project": short, "constituted_on": day("2005-02-01")}
    with pytest.raises(Invalid) as refused:
        actions.create_network(**late, by=clerk, at=AT)
    assert refused.value.place == "constituted_on"

    assert (
        actions.create_network(**(late | {"constituted_on": day("2005-01-31")}), by=clerk, at=AT).pk
        == "PIP-01-1"
    )


def test_create_network_of_an_archived_project_refused(facts, project, clerk):
    actions.archive_project(project=project, by=clerk, at=AT)
    with pytest.raises(Conflict):
        actions.create_network(**facts, by=clerk, at=AT)


def test_update_network_not_constituted_after_a_firm_joined(network, firm, clerk):
    actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), by=clerk, at=AT)
    with pytest.raises(Invalid) as refused:
        actions.update_network(network=network, constituted_on=day("2004-06-02"), by=clerk, at=AT)
    assert refused.value.place == "constituted_on"

    actions.update_network(network=network, constituted_on=day("2004-06-01"), by=clerk, at=AT)
    assert Network.objects.get().constituted_on == day("2004-06-01")


def test_dissolve_network_ends_its_memberships(network, firm, clerk):
    actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), by=clerk, at=AT)

    actions.dissolve_network(network=network, dissolved_on=day("2005-12-01"), by=clerk, at=AT)

    stored = Network.objects.get()
    assert stored.dissolved_on == day("2005-12-01")
    assert list(stored.memberships.values_list("left_on", "leaving_reason")) == [
        (day("2005-12-01"), "network_ended")
    ]
    assert AuditEvent.objects.get(verb="network.dissolved").details == {
        "dissolved_on": "2005-12-01",
        "memberships": 1,
    }
    with pytest.raises(Conflict):
        actions.dissolve_network(network=stored, dissolved_on=day("2005-12-01"), by=clerk, at=AT)
    with pytest.raises(Conflict):
        actions.update_network(network=stored, name="Otra", by=clerk, at=AT)


@pytest.mark.parametrize("when", ["2004-05-09", "2004-05-31", "2006-03-02"])
def test_dissolve_network_before_it_began_or_a_firm_joined_or_tomorrow_refused(
    network, firm, clerk, when
):
    actions.join_network(firm=firm, network=network, joined_on=day("2004-06-01"), by=clerk, at=AT)
    with pytest.raises(Invalid) as refused:
        actions.dissolve_network(network=network, dissolved_on=day(when), by=clerk, at=AT)

    assert refused.value.place == "dissolved_on"
    assert Network.objects.get().dissolved_on is None
