"""Nothing in the administration walks around an action: every room of it is either to look, or saves through one."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from pip_network.administration import Editable, ReadOnly, ThroughActions, site
from pip_network.models import AuditEvent, Institution
from tests import factories

ROOMS = sorted(site._registry.items(), key=lambda pair: pair[0]._meta.label)
WRITERS = (
    ThroughActions.save_model,
    ThroughActions.save_related,
    ThroughActions.save_form,
    ThroughActions.delete_model,
)


@pytest.mark.parametrize(("model", "room"), ROOMS, ids=lambda each: getattr(getattr(each, "_meta", None), "label", ""))
def test_a_room_looks_or_saves_through_an_action(rf, admin, model, room):
    request = rf.get("/admin/")
    request.user = admin
    assert isinstance(room, ReadOnly)
    assert room.has_delete_permission(request) is False
    assert (tuple(room.list_editable), tuple(room.inlines), room.get_actions(request)) == ((), (), {})
    if not isinstance(room, ThroughActions):
        assert (room.has_add_permission(request), room.has_change_permission(request)) == (False, False)
        return
    for writer in WRITERS:
        assert getattr(type(room), writer.__name__) is writer
    assert type(room).add is not ThroughActions.add
    assert type(room).change is not ThroughActions.change


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "room"), ROOMS, ids=lambda each: getattr(getattr(each, "_meta", None), "label", ""))
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
    assert [event.on for event in page.context["history"]] == [f"I:{row.pk}"]
    assert desk.client.get("/admin/pip_network/institution/999999/history/").status_code == 404


def test_editable_rooms_share_one_action():
    assert {type(room).__name__ for _model, room in ROOMS if isinstance(room, Editable)} == {
        "CountryAdmin",
        "ProjectFamilyAdmin",
        "WorkshopAdmin",
        "WorkAdmin",
    }
