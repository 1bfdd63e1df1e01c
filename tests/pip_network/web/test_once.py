"""A form that makes something makes it once: sent twice, one after the other or at one moment, it
leaves one row and both answers lead to it.
"""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from monitoring.catalogue.drafts import start_draft
from monitoring.models import CatalogueVersion
from pip_network.administration.site import site
from pip_network.models import Institution, Invitation, RoleAssignment, SentForm
from pip_network.people.access import Role
from pip_network.web import once
from projects.models import Country, Firm, Membership, Network, Project, ProjectFamily
from tests import factories, racing
from tests.acting.test_every_act import rows

KEY = re.compile(r'name="form_key" value="([^"]+)"')
STAMP = {"_save": ""}
FORMS = {
    "/institutions/new/": (
        Institution,
        {"name": "Cámara Nueva", "relation": "related", "iso2": "", "country": "Perú"},
    ),
    "/projects/new/": (
        Project,
        {
            "code": "PIP-77",
            "family": "pip",
            "name": "Otro",
            "executing_institution": "EXECUTOR",
            "countries": ["AR"],
            "starts_on": "2004-01-01",
            "ends_on": "2006-01-01",
            "amount_fomin": "1",
            "amount_local": "1",
        },
    ),
    "/projects/PIP-01/networks/new/": (
        Network,
        {
            "code": "N7",
            "name": "Otra",
            "typology": "cluster",
            "sector": "15",
            "country": "AR",
            "constituted_on": "2004-03-01",
        },
    ),
    "/networks/N1/firms/new/": (
        Firm,
        {
            "name": "Nueva",
            "tax_id": "",
            "country": "AR",
            "sector": "15",
            "owner_sex": "f",
            "joined_on": "2005-02-01",
        },
    ),
    "/firms/FIRM1/join/": (Membership, {"network": "N2", "joined_on": "2005-02-01"}),
    "/people/invitations/new/": (
        Invitation,
        {
            "email": "nueva@example.org",
            "name": "Nueva",
            "language": "es",
            "role": "expert",
            "scope": "*",
            "reason": "Trabaja con nosotros desde este semestre.",
        },
    ),
    "/people/PERSON/roles/new/": (
        RoleAssignment,
        {
            "role": "expert",
            "scope": "*",
            "since": "2006-01-01",
            "reason": "Ayuda con las visitas de este semestre.",
        },
    ),
    "/admin/projects/country/add/": (
        Country,
        {"iso2": "CO", "currency": "COP", "decimals_shown": "2", "origin": "stated", **STAMP},
    ),
    "/admin/projects/projectfamily/add/": (
        ProjectFamily,
        {"code": "nueva", "name_es": "a", "name_en": "b", "name_pt": "c", **STAMP},
    ),
    "/admin/pip_network/institution/add/": (
        Institution,
        {"name": "Cámara", "relation": "related", **STAMP},
    ),
}


@pytest.fixture
def admin(db):
    project = factories.project()
    one, _two = factories.network("N1", project), factories.network("N2", project)
    factories.firm("FIRM1", one)
    return factories.user("admin", role=Role.ADMINISTRATION)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def given(address: str) -> tuple[str, type, dict]:
    """Address, what is made, and what is typed, with the numbers that this database has."""
    model, typed = FORMS[address]
    person, executor = factories.user("persona"), factories.institution()
    typed = {name: executor.pk if value == "EXECUTOR" else value for name, value in typed.items()}
    return address.replace("PERSON", str(person.pk)), model, typed


def opened(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, page.get("Location"))
    return KEY.search(page.content.decode())[1]


@pytest.mark.parametrize("address", FORMS)
def test_sent_twice_it_makes_one_and_leads_to_it(admin, address):
    address, model, typed = given(address)
    client, before = browser(admin), model.objects.count()
    typed["form_key"] = opened(client, address)
    first, second = client.post(address, typed), client.post(address, typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert model.objects.count() == before + 1
    made = client.get(second["Location"])
    assert made.status_code == 200
    if not address.startswith("/admin/"):  # there the first goes back to the list
        assert first["Location"] == second["Location"]
    assert opened(client, address) != typed["form_key"]


def test_every_form_of_the_administration_that_adds_has_a_key(admin, rf):
    factories.catalogue()
    start_draft(by=admin, at=factories.moment("2006-01-01 12:00"))
    client, request = browser(admin), rf.get("/")
    request.user = admin
    rooms = [room for room in site._registry.values() if room.has_add_permission(request)]
    assert len(rooms) > 6
    for room in rooms:
        if room.model is not CatalogueVersion:  # one draft at a time
            name = f"admin:{room.opts.app_label}_{room.opts.model_name}_add"
            assert opened(client, reverse(name))


def test_every_page_that_makes_something_has_a_key(admin):
    assert {act.name for act in rows() if act.once} == {
        "collection-new",
        "due-extend",
        "due-remind",
        "feedback",
        "firm-join",
        "firm-new",
        "institution-new",
        "invite",
        "lesson-apply",
        "lesson-cite-address",
        "lesson-cite-figure",
        "lesson-cite-work",
        "lesson-confirm",
        "lesson-new",
        "list-new",
        "module-new",
        "network-new",
        "project-new",
        "proposal-send",
        "remark",
        "remark-answer",
        "report-new",
        "role-give",
        "targets-agree",
        "targets-propose",
        "targets-send-back",
        "work-file-new",
        "work-propose",
        "work-send-back",
    }


def test_two_forms_make_two(admin):
    client, typed = browser(admin), FORMS["/institutions/new/"][1]
    for _each in range(2):
        key = opened(client, "/institutions/new/")
        assert client.post("/institutions/new/", {**typed, "form_key": key}).status_code == 302
    assert Institution.objects.filter(name="Cámara Nueva").count() == 2


def test_what_is_refused_has_used_no_key(admin):
    client, typed = browser(admin), FORMS["/institutions/new/"][1]
    key = opened(client, "/institutions/new/")
    for wrong in ({"name": ""}, {"relation": "member"}):  # by the form, by the action
        refused = client.post("/institutions/new/", {**typed, **wrong, "form_key": key})
        assert refused.status_code == 422
        assert KEY.search(refused.content.decode())[1] == key
    assert SentForm.objects.count() == 0
    assert client.post("/institutions/new/", {**typed, "form_key": key}).status_code == 302


def test_a_form_that_says_something_else_is_asked_once_more(admin):
    """Somebody goes back and types the next one over the last: nothing of it is lost."""
    client, typed = browser(admin), FORMS["/institutions/new/"][1]
    key = opened(client, "/institutions/new/")
    client.post("/institutions/new/", {**typed, "form_key": key})
    other = {**typed, "name": "Cámara Segunda"}
    asked = client.post("/institutions/new/", {**other, "form_key": key})
    assert (asked.status_code, Institution.objects.filter(name="Cámara Segunda").count()) == (
        409,
        0,
    )
    assert 'value="Cámara Segunda"' in asked.content.decode()
    new_key = KEY.search(asked.content.decode())[1]
    assert new_key != key
    assert client.post("/institutions/new/", {**other, "form_key": new_key}).status_code == 302
    assert Institution.objects.filter(name="Cámara Segunda").count() == 1


def test_a_key_is_of_one_person_and_one_form(admin):
    typed = FORMS["/institutions/new/"][1]
    for person in (admin, factories.user("otra", role=Role.ADMINISTRATION)):
        answer = browser(person).post("/institutions/new/", {**typed, "form_key": "x"})
        assert answer.status_code == 302
    assert Institution.objects.filter(name="Cámara Nueva").count() == 2


def test_keys_are_forgotten_after_a_week(admin):
    SentForm.objects.create(key="a", content="", sent_at=factories.moment("2006-01-01 12:00"))
    once.sweep(at=factories.moment("2006-01-08 12:00"))
    assert SentForm.objects.count() == 1
    once.sweep(at=factories.moment("2006-01-08 12:01"))
    assert SentForm.objects.count() == 0


RACER = """
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
client = Client(headers={{"cookie": f"{{settings.SESSION_COOKIE_NAME}}={session}"}})
wait()
answer = client.post({address!r}, {typed!r})
say(f"{{answer.status_code}} {{answer.get('Location')}}")
"""


def at_one_moment(session: str, address: str, typed: dict, racers: int = 3) -> list[str]:
    return racing.at_once(*[RACER.format(session=session, address=address, typed=typed)] * racers)


@pytest.mark.parametrize("address", ["/networks/N1/firms/new/", "/institutions/new/"])
def test_sent_at_one_moment_by_several_processes_it_makes_one(committed, admin, address):
    address, model, typed = given(address)
    client, before = browser(admin), model.objects.count()
    typed["form_key"] = opened(client, address)
    answers = at_one_moment(client.session.session_key, address, typed)
    assert model.objects.count() == before + 1
    assert len(set(answers)) == 1, answers
    assert answers[0].startswith("302 /")
