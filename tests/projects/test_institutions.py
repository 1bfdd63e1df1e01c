import pytest

from pip_network.models import AuditEvent, Institution
from pip_network.people import institutions
from pip_network.people.access import Role
from pip_network.people.places import iso2_of
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.stamps import stamp_of
from projects import actions
from tests import factories
from tests.projects.conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(clerk):
    return institutions.create_institution(
        name="Agencia Ejemplo", relation="related", iso2="CL", by=clerk, at=AT
    )


def test_create_institution(agency, clerk):
    assert (agency.slug, agency.iso2, agency.origin) == ("agencia-ejemplo", "CL", "entered")
    again = institutions.create_institution(
        name="Agencia Ejemplo", relation="funder", by=clerk, at=AT
    )
    assert again.slug == "agencia-ejemplo-2"
    assert (
        institutions.create_institution(name="New", relation="related", by=clerk, at=AT).slug
        == "new-2"
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": " "}, "name"),
        ({"iso2": "ZZ"}, "iso2"),
        ({"relation": "member"}, "relation"),
        ({"relation": "x"}, "relation"),
    ],
)
def test_create_institution_refused(clerk, change, place):
    facts = {"name": "Agencia", "relation": "related", "iso2": "CL"}
    with pytest.raises(Invalid) as refused:
        institutions.create_institution(**(facts | change), by=clerk, at=AT)
    assert refused.value.place == place
    assert not Institution.objects.exists()
    institutions.create_institution(**facts, by=clerk, at=AT)


def test_update_institution(agency, clerk):
    stamp = stamp_of(agency, institutions.EDITABLE)
    institutions.update_institution(institution=agency, acronym="AE", stamp=stamp, by=clerk, at=AT)
    event = AuditEvent.objects.get(verb="institution.updated")
    assert event.details == {"fields": ["acronym"], "changes": {"acronym": ["", "AE"]}}
    with pytest.raises(Conflict):
        institutions.update_institution(
            institution=agency, acronym="X", stamp=stamp, by=clerk, at=AT
        )
    with pytest.raises(Invalid):
        institutions.update_institution(institution=agency, relation="member", by=clerk, at=AT)
    with pytest.raises(TypeError):
        institutions.update_institution(institution=agency, slug="x", by=clerk, at=AT)
    assert Institution.objects.get().acronym == "AE"


def test_archive_institution_without_projects(agency, agreement, clerk):
    project = actions.create_project(
        **(agreement | {"executing_institution": agency}), by=clerk, at=AT
    )
    with pytest.raises(Conflict):
        institutions.archive_institution(institution=agency, by=clerk, at=AT)
    actions.update_project(
        project=project, executing_institution=agreement["executing_institution"], by=clerk, at=AT
    )
    institutions.archive_institution(institution=agency, reason="cerró este año", by=clerk, at=AT)
    assert agency not in Institution.objects.current()
    for refused in (institutions.archive_institution, institutions.update_institution):
        with pytest.raises(Conflict):
            refused(institution=agency, by=clerk, at=AT)
    institutions.restore_institution(institution=agency, by=clerk, at=AT)
    with pytest.raises(Conflict):
        institutions.restore_institution(institution=agency, by=clerk, at=AT)


@pytest.mark.parametrize(
    ("text", "iso2"),
    [
        ("México (Guanajuato)", "MX"),
        ("EE. UU.", "US"),
        ("Regional (Santiago)", ""),
        ("Suiza-Perú", ""),
        ("", ""),
    ],
)
def test_iso2_of_what_a_source_says(text, iso2):
    assert iso2_of(text) == iso2


def test_its_own_people_describe_it_and_no_other(client, agency, clerk):
    own = factories.user("socia", role=Role.INSTITUTION, scope=f"I:{agency.pk}")
    other = institutions.create_institution(name="Otra", relation="related", by=clerk, at=AT)
    institutions.update_institution(institution=agency, kind="Cámara", by=own, at=AT)
    event = AuditEvent.objects.filter(verb="institution.updated").latest("id")
    assert (event.actor, event.details["fields"]) == (f"U:{own.pk}", ["kind"])
    for wrong in ({"institution": other, "kind": "x"}, {"institution": agency, "name": "x"}):
        with pytest.raises(Forbidden):
            institutions.update_institution(**wrong, by=own, at=AT)
    client.force_login(own)
    address = f"{agency.get_absolute_url()}describe/"
    assert address in client.get(agency.get_absolute_url()).content.decode()
    assert "describe/" not in client.get(other.get_absolute_url()).content.decode()
    form = client.get(address).context["form"]
    assert list(form.fields) == ["acronym", "kind", "country", "iso2", "stamp"]
    typed = {"acronym": "AE", "kind": "Cámara", "iso2": "CL", "name": "De otro", "stamp": ""}
    assert client.post(address, typed).status_code == 302
    agency.refresh_from_db()
    assert (agency.acronym, agency.name) == ("AE", "Agencia Ejemplo")
    late = client.post(address, {**typed, "acronym": "AX", "stamp": form["stamp"].value()})
    assert late.status_code == 409
    assert [each.stored for each in late.context["form"].meanwhile] == ["AE"]
    assert client.get(f"{other.get_absolute_url()}describe/").status_code == 403
