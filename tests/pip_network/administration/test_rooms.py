"""Nothing in the administration walks around an action: every room of it is either to look, or
saves through one.
"""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from pip_network.administration.rooms import Editable, ReadOnly, ThroughActions
from pip_network.administration.site import site
from pip_network.models import AuditEvent, Institution, Invitation, RoleAssignment, User
from pip_network.people.access import Role
from projects.models import ProjectFamily
from tests import factories

pytestmark = pytest.mark.usefixtures("english", "folder")

ROOMS = sorted(site._registry.items(), key=lambda pair: pair[0]._meta.label)
WRITERS = (
    ThroughActions.save_model,
    ThroughActions.save_related,
    ThroughActions.save_form,
    ThroughActions.delete_model,
)


@pytest.mark.parametrize(
    ("model", "room"), ROOMS, ids=lambda each: getattr(getattr(each, "_meta", None), "label", "")
)
def test_a_room_looks_or_saves_through_an_action(rf, admin, model, room):
    request = rf.get("/admin/")
    request.user = admin
    assert isinstance(room, ReadOnly)
    assert room.has_delete_permission(request) is False
    assert (tuple(room.list_editable), tuple(room.inlines), room.get_actions(request)) == (
        (),
        (),
        {},
    )
    if not isinstance(room, ThroughActions):
        assert (room.has_add_permission(request), room.has_change_permission(request)) == (
            False,
            False,
        )
        return
    for writer in WRITERS:
        assert getattr(type(room), writer.__name__) is writer
    assert type(room).add is not ThroughActions.add
    assert type(room).change is not ThroughActions.change


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "room"), ROOMS, ids=lambda each: getattr(getattr(each, "_meta", None), "label", "")
)
def test_a_list_opens_and_nothing_is_deleted_from_it(desk, model, room):
    place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert desk.client.get(reverse(f"{place}_changelist")).status_code == 200
    posted = {"action": "delete_selected", "_selected_action": ["1"], "post": "yes"}
    count = model._default_manager.count()
    desk.client.post(reverse(f"{place}_changelist"), posted)
    assert model._default_manager.count() == count


@pytest.mark.django_db
def test_an_institution_is_changed_by_its_action_and_its_refusal_stands_in_the_form(desk):
    row = factories.institution()
    Institution.objects.filter(pk=row.pk).update(relation="related")
    page = f"/admin/pip_network/institution/{row.pk}/change/"
    given = {
        "name": "Otro nombre",
        "acronym": "",
        "country": "",
        "iso2": "",
        "kind": "",
        "relation": "related",
        "source": "",
    }
    refused = desk.client.post(page, {**given, "relation": "member"})
    assert refused.status_code == 200
    assert list(refused.context["adminform"].form.errors) == ["relation"]
    assert desk.client.post(page, given).status_code == 302
    assert Institution.objects.get(pk=row.pk).name == "Otro nombre"
    assert AuditEvent.objects.get(verb="institution.updated").object == f"I:{row.pk}"
    assert LogEntry.objects.count() == 0


@pytest.mark.django_db
def test_history_is_the_audit_trail(desk):
    row = factories.institution()
    Institution.objects.filter(pk=row.pk).update(relation="related")
    given = {
        "name": "Otro nombre",
        "acronym": "",
        "country": "",
        "iso2": "",
        "kind": "",
        "relation": "related",
        "source": "",
    }
    desk.client.post(f"/admin/pip_network/institution/{row.pk}/change/", given)
    page = desk.client.get(f"/admin/pip_network/institution/{row.pk}/history/")
    assert [line.object for line in page.context["history"]] == [f"I:{row.pk}"]
    assert desk.client.get("/admin/pip_network/institution/999999/history/").status_code == 404


def test_editable_rooms_share_one_action():
    assert {type(room).__name__ for _model, room in ROOMS if isinstance(room, Editable)} == {
        "CountryAdmin",
        "ProjectFamilyAdmin",
        "WorkshopAdmin",
        "ConceptAdmin",
    }


# --- two people at one form


def opened(desk, row) -> tuple[str, dict]:
    """The address of a fact's form, and what it would send as it stands."""
    page = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
    answer = desk.client.get(page)
    form = answer.context["adminform"].form
    given = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    assert f'name="stamp" value="{answer.context["stamp"]}"' in answer.content.decode()
    return page, {**given, "stamp": answer.context["stamp"]}


@pytest.fixture
def family():
    return ProjectFamily.objects.create(code="x", name_es="Equis", name_pt="Xis", name_en="Ex")


@pytest.mark.django_db
def test_a_row_nobody_else_changed_is_saved(desk, family):
    page, given = opened(desk, family)
    assert desk.client.post(page, {**given, "name_en": "Mine"}).status_code == 302
    assert ProjectFamily.objects.get(pk="x").name_en == "Mine"


@pytest.mark.django_db
def test_a_row_somebody_else_changed_is_not_overwritten(desk, family):
    page, given = opened(desk, family)
    ProjectFamily.objects.filter(pk="x").update(name_pt="Outro", name_en="Theirs")

    refused = desk.client.post(page, {**given, "name_en": "Mine"})

    assert refused.status_code == 200
    assert ProjectFamily.objects.get(pk="x").name_en == "Theirs"
    errors = refused.context["adminform"].form.errors
    assert dict(errors) == {
        "__all__": ["Somebody else changed it meanwhile: compare both before you save."],
        "name_pt": ["Stands there now: Outro"],
        "name_en": ["Stands there now: Theirs"],
    }
    assert not AuditEvent.objects.filter(verb="projectfamily.corrected").exists()

    again = {**given, "name_en": "Mine", "name_pt": "Outro", "stamp": refused.context["stamp"]}
    assert desk.client.post(page, again).status_code == 302
    assert AuditEvent.objects.get(verb="projectfamily.corrected").details == {
        "changes": {"name_en": ["Theirs", "Mine"]}
    }


@pytest.mark.django_db
def test_another_mistake_does_not_make_an_old_form_new(desk, family):
    page, given = opened(desk, family)
    ProjectFamily.objects.filter(pk="x").update(name_en="Theirs")
    wrong = desk.client.post(page, {**given, "name_es": "", "name_en": "Mine"})
    assert (wrong.status_code, wrong.context["stamp"]) == (200, given["stamp"])
    refused = desk.client.post(page, {**given, "name_es": "Equis", "stamp": wrong.context["stamp"]})
    assert refused.status_code == 200
    assert "__all__" in refused.context["adminform"].form.errors


@pytest.mark.django_db
def test_an_institution_is_guarded_by_the_same(desk):
    row = factories.institution()
    Institution.objects.filter(pk=row.pk).update(relation="related")
    page, given = opened(desk, row)
    Institution.objects.filter(pk=row.pk).update(kind="Agencia")
    refused = desk.client.post(page, {**given, "name": "Otro nombre"})
    assert refused.context["adminform"].form.errors["kind"] == ["Stands there now: Agencia"]
    assert (
        desk.client.post(
            page, {**given, "name": "Otro nombre", "stamp": refused.context["stamp"]}
        ).status_code
        == 302
    )


# --- people are changed on their page


@pytest.mark.django_db
def test_a_person_and_her_roles_lead_to_her_page_and_tell_nothing_secret(desk):
    person = factories.user("ana", role=Role.EXPERT, password="una-frase-larga-7")
    TOTP.activate(person, secret := generate_totp_secret())
    link = f'href="/people/{person.pk}/"'
    rooms = ("/admin/pip_network/user/", "/admin/pip_network/roleassignment/")
    for room, row in zip(rooms, (person, person.assignments.get()), strict=True):
        page = desk.client.get(f"{room}{row.pk}/change/").content.decode()
        assert "Ana" in page
        assert link in page
        assert link in desk.client.get(room).content.decode()
        assert (person.password in page, secret in page, "md5$" in page) == (False, False, False)
    assert desk.client.get(f"/people/{person.pk}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "room"), ROOMS, ids=lambda each: getattr(getattr(each, "_meta", None), "label", "")
)
def test_each_choice_of_each_filter_opens(desk, model, room):
    place = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    seen = desk.client.get(place).context["cl"]
    links = [choice["query_string"] for one in seen.filter_specs for choice in one.choices(seen)]
    assert [desk.client.get(f"{place}{link}").status_code for link in links] == [200] * len(links)


def test_no_room_shows_what_opens_an_account():
    assert {model._meta.label for model, _room in ROOMS} & {
        "mfa.Authenticator",
        "sessions.Session",
        "usersessions.UserSession",
        "account.EmailAddress",
    } == set()
    assert "key_hash" not in site._registry[Invitation].get_fields(None)
    shown = set(site._registry[User].get_fields(None))
    assert {"email", "institution"} <= shown
    assert shown & {"password", "groups", "user_permissions"} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3, 40])
def test_roles_tell_their_places_by_name_whatever_their_number(
    desk, django_assert_num_queries, many
):
    project = factories.project("PIP-01")
    people = [factories.user(f"eva{n}") for n in range(many)]
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person=person, role="director", scope="P:PIP-01", since=dt.date(2000, 1, 1), reason="x"
        )
        for person in people
    )
    with django_assert_num_queries(10):
        page = desk.client.get("/admin/pip_network/roleassignment/").content.decode()
    assert page.count(f"PIP-01 · {project.name}") == many


@pytest.mark.django_db
def test_the_trail_says_in_words_what_was_done(desk):
    AuditEvent.objects.create(
        at=factories.moment("2006-07-31"), actor="system:tests", verb="signin.done", object="U:1"
    )
    page = desk.client.get("/admin/pip_network/auditevent/").content.decode()
    assert "Signed in" in page
    assert "signin.done" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("user/?password__startswith=p", 400),
        ("user/?assignments__person__password__contains=p", 400),
        ("mail/?body__contains=invitation", 400),
        ("roleassignment/?role__startswith=d", 400),
        ("roleassignment/?role__exact=director", 200),
        ("mail/?state=failed", 200),
    ],
)
def test_a_list_answers_what_its_filters_ask_and_nothing_else(desk, question, status):
    """Letter by letter, a list would tell the hash of a password or the key in a letter, which no
    page shows.
    """
    assert desk.client.get(f"/admin/pip_network/{question}").status_code == status


@pytest.mark.django_db
def test_a_version_that_no_database_can_look_for_has_no_rows(desk):
    for version, rows in (("1", True), ("9" * 30, False), ("x", False)):
        page = desk.client.get("/admin/monitoring/variable/", {"version": version})
        assert (page.status_code, bool(page.context["cl"].result_count)) == (200, rows)
