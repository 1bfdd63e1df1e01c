"""The time zone of a project: that of the country from which it is executed, unless another is
set.
"""

import pytest
from django.urls import reverse

from pip_network.files.importing import Status
from pip_network.models import Institution
from pip_network.people.access import Role
from pip_network.people.time_zones import exists
from pip_network.web.errors import Invalid
from projects import actions
from projects.models import Project, ProjectFamily
from projects.resources.projects import ProjectResource
from projects.zones import CAPITALS, zone_of
from tests import factories
from tests.factories import PROCESS, day, moment

AT = moment("2005-03-01")


def test_every_zone_of_the_table_exists():
    assert [zone for zone in CAPITALS.values() if not exists(zone)] == []


def test_the_countries_of_the_map_have_a_capital():
    outlines = {"AR", "BO", "BR", "CL", "CO", "CR", "DO", "EC", "GT", "HN", "MX", "PE", "UY", "VE"}
    assert outlines - set(CAPITALS) == set()


@pytest.mark.parametrize(
    ("institution", "countries", "zone"),
    [
        ("BR", ["AR"], "America/Sao_Paulo"),
        ("", ["PE"], "America/Lima"),
        ("", ["PE", "EC"], "UTC"),
        ("ZZ", ["PE"], "UTC"),
    ],
)
def test_it_follows_the_executing_institution(institution, countries, zone):
    assert zone_of(institution, countries) == zone


def created(**given) -> Project:
    ProjectFamily.objects.get_or_create(code="pip", defaults={"name_es": "PIP"})
    agency = factories.institution()
    Institution.objects.filter(pk=agency.pk).update(iso2="GT")
    agency.refresh_from_db()
    return actions.create_project(
        code="PIP-50",
        family=ProjectFamily.objects.get(code="pip"),
        name="Cincuenta",
        executing_institution=agency,
        countries=[factories.country()],
        starts_on=day("2004-01-01"),
        ends_on=day("2007-01-01"),
        amount_fomin=1,
        amount_local=1,
        by=PROCESS,
        at=AT,
        **given,
    )


@pytest.mark.django_db
def test_a_new_project_has_that_of_its_institution_or_the_one_that_is_set():
    project = created()
    assert project.time_zone == "America/Guatemala"
    actions.update_project(project=project, time_zone="America/Lima", by=PROCESS, at=AT)
    assert Project.objects.get().time_zone == "America/Lima"
    actions.update_project(project=project, time_zone="", by=PROCESS, at=AT)
    assert Project.objects.get().time_zone == "America/Guatemala"


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "lima"])
def test_no_other_text_is_a_zone(zone):
    with pytest.raises(Invalid) as caught:
        created(time_zone=zone)
    assert caught.value.place == "time_zone"


@pytest.mark.django_db
def test_the_form_offers_zones_and_keeps_the_one_that_a_file_brought(client):
    project = created(time_zone="Asia/Tokyo")
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))
    form = client.get(reverse("project-edit", args=[project.pk])).context["form"]
    assert form["time_zone"].value() == "Asia/Tokyo"
    assert form.fields["time_zone"].valid_value("Asia/Tokyo")
    assert form.fields["time_zone"].valid_value("America/Lima")
    assert not form.fields["time_zone"].valid_value("Mars/Olympus")


@pytest.mark.django_db
def test_it_comes_and_goes_in_files():
    created(time_zone="America/Lima")
    table = ProjectResource().export(Project.objects.all())
    assert "America/Lima" in table[0]


def planned(name: str, zone: str, code: str = "PIP-50"):
    cells = [["code", "name", "time_zone"], [code, name, zone or None]]
    (row,) = ProjectResource().plan(cells, by=PROCESS, at=AT).rows
    return row


@pytest.mark.django_db
def test_a_blank_cell_is_the_zone_that_the_project_would_get():
    """It is no change of a project that has that zone already."""
    project = created()
    row = planned("Cincuenta", "")
    assert (row.status, row.changes) == (Status.UNCHANGED, {})
    assert planned("Otra", "").changes == {"name": ("Cincuenta", "Otra")}

    actions.update_project(project=project, time_zone="America/Lima", by=PROCESS, at=AT)
    row = planned("Cincuenta", "")
    assert row.status == Status.CHANGED
    assert row.changes == {"time_zone": ("America/Lima", "America/Guatemala")}


@pytest.mark.django_db
def test_a_blank_cell_follows_the_institution_and_the_countries_of_its_row():
    project = created()
    everywhere = factories.institution("everywhere")
    Institution.objects.filter(pk=everywhere.pk).update(iso2="")
    country = factories.country("PE", "PEN")
    heading = ["code", "executing_institution", "countries", "time_zone"]
    cells = [heading, [project.pk, "everywhere", country.pk, None]]
    plan = ProjectResource().plan(cells, by=PROCESS, at=AT)
    (row,) = plan.rows
    assert row.changes["time_zone"] == ("America/Guatemala", "America/Lima")
    ProjectResource().confirm(plan, by=factories.user("admin", role=Role.ADMINISTRATION), at=AT)
    assert Project.objects.get().time_zone == "America/Lima"


@pytest.mark.django_db
def test_a_new_row_with_a_blank_zone_still_needs_its_columns():
    row = planned("Otra", "", code="PIP-51")
    assert row.status == Status.REFUSED
