"""The administration's own rooms: what is changed there leaves a row in the audit trail."""

import pytest

from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from tests import factories
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    themes = {"theme_es": "Tema", "theme_en": "Theme", "theme_pt": "Tema", "source": "Memoria"}
    place = {"city": "Quito", "country": "EC", "origin": "stated"}
    return Workshop.objects.create(slug="taller", number=1, year=2003, **place, **themes)


def correct(client, workshop, **changes):
    """Fill the form as it stands, with `changes`."""
    page = f"/admin/workshops/workshop/{workshop.pk}/change/"
    form = client.get(page).context["adminform"].form
    given = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    return client.post(page, {**given, **changes})


def test_a_correction_is_audited_with_the_fields_that_changed(client, workshop):
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    client.force_login(admin)

    assert correct(client, workshop, city="Lima").status_code == 302

    found = AuditEvent.objects.filter(verb__startswith="workshop").values_list(
        "verb", "object", "actor", "details"
    )
    assert list(found) == [
        (
            "workshop.corrected",
            f"workshop:{workshop.pk}",
            f"U:{admin.pk}",
            {"changes": {"city": ["Quito", "Lima"]}},
        )
    ]


def test_what_is_refused_leaves_no_row(client, workshop):
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))

    assert correct(client, workshop, city="").status_code == 200

    assert not AuditEvent.objects.filter(verb__startswith="workshop").exists()


def test_the_outbox_is_read_without_the_keys_of_forgotten_passwords(client):
    body = "Alguien pidió:\n\nhttp://localhost/accounts/password/reset/key/1-abc123-s3cr3t/\n\nGracias."
    mail = Mail.objects.create(
        to="ana@example.org", subject="Clave", body=body, created_at=factories.moment("2006-01-02")
    )
    client.force_login(factories.user("admin", role=Role.ADMINISTRATION))

    page = client.get(f"/admin/pip_network/mail/{mail.pk}/change/").content.decode()

    assert ("Alguien pidió" in page, "/password/reset/key/***" in page, "s3cr3t" in page) == (
        True,
        True,
        False,
    )
