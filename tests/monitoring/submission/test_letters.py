"""Letters at the steps of a submission: to whom, and what they say."""

import pytest

from monitoring.sheet.cells import CellKey
from monitoring.submission import review
from monitoring.submission.opening import submit
from pip_network.models import Mail, RoleAssignment, User
from pip_network.people.access import Role
from tests import factories
from tests.factories import moment

pytestmark = pytest.mark.django_db
AT = moment("2004-07-10")
OF_A = CellKey("F:FIRMAAAAA", "regular", "service_hours")
OF_C = CellKey("F:FIRMCCCCC", "regular", "service_hours")
PLACE = "http://localhost:8000/monitoring/PIP-01/2004-S1/"


@pytest.fixture
def submitted(world):
    opened = world.filled("2004-S1")
    submit(opened.pk, by=world.director, at=AT)
    return opened


def returned(world, submission, *keys, theme: str = "") -> dict[str, Mail]:
    """The letters of a return with a remark on each of these cells, by address."""
    for number, key in enumerate(keys):
        review.remark(submission.pk, f"¿Cifra {number}?", key=key, by=world.specialist, at=AT)
    Mail.objects.all().delete()
    review.return_submission(submission.pk, "other", "Revise.", by=world.specialist, at=AT)
    return {mail.to: mail for mail in Mail.objects.order_by("id")}


def test_the_specialist_is_told_who_what_until_when_and_where(world, submitted):
    mail = Mail.objects.get()
    world.specialist.refresh_from_db()
    assert mail.to == world.specialist.email
    assert mail.subject == "PIP-01, 2004-S1: enviada para revisão"
    for words in (
        f"Bom dia, {world.specialist.name}:",
        f"{world.project.name} (PIP-01)",
        "rodada 2004-S1",
        "10 de julho de 2004",
        "Vencimento da rodada: 30 de julho de 2004.",
        "http://localhost:8000/review/PIP-01/2004-S1/",
    ):
        assert words in mail.body, words


def test_a_return_lists_the_open_remarks_with_their_addresses(world, submitted):
    mail = returned(world, submitted, OF_A)[world.director.email]
    for words in (
        f"Buenos días, {world.director.name}:",
        f"{world.project.name} (PIP-01)",
        "Vencimiento de la ronda: 30 de julio de 2004",
        "Revise.",
        "- FIRMAAAAA, ",
        ": ¿Cifra 0?",
        "{0}networks/N1/?cell={1}#{1}".format(PLACE, str(OF_A).replace("|", "%7C")),
        f"\n{PLACE}\n",
    ):
        assert words in mail.body, words
    assert world.a.name not in mail.body


def test_what_a_reviewer_closed_is_not_listed(world, submitted):
    closed = review.remark(submitted.pk, "¿Cerrada?", key=OF_A, by=world.specialist, at=AT)
    review.resolve(closed.pk, by=world.specialist, at=AT)
    letters = returned(world, submitted)
    assert list(letters) == [world.director.email]
    assert "Cerrada" not in letters[world.director.email].body
    assert "Observaciones abiertas" not in letters[world.director.email].body


def test_a_coordinator_gets_the_remarks_on_her_cells_alone(world, submitted):
    other = factories.user("segunda", role=Role.COORDINATOR, scope="N:N2")
    letters = returned(world, submitted, OF_A, OF_C)
    assert set(letters) == {world.director.email, world.coordinator.email, other.email}
    listed = {
        to: ("FIRMAAAAA" in mail.body, "FIRMCCCCC" in mail.body) for to, mail in letters.items()
    }
    assert listed == {
        world.director.email: (True, True),
        world.coordinator.email: (True, False),
        other.email: (False, True),
    }


def test_a_coordinator_without_remarks_gets_none(world, submitted):
    assert list(returned(world, submitted, OF_C)) == [world.director.email]


def test_a_return_goes_to_the_directors_of_today_and_not_to_who_submitted(world, submitted):
    follower = factories.user("sucesora", role=Role.DIRECTOR, scope="P:PIP-01")
    User.objects.filter(pk=world.director.pk).update(is_active=False)
    assert list(returned(world, submitted, OF_A)) == [follower.email, world.coordinator.email]


def test_a_director_whose_role_ended_gets_none(world, submitted):
    follower = factories.user("sucesora", role=Role.DIRECTOR, scope="P:PIP-01")
    held = RoleAssignment.objects.filter(person=world.director)
    held.update(until=factories.day("2004-07-01"))
    assert list(returned(world, submitted)) == [follower.email]


def test_a_coordinator_who_is_off_gets_none(world, submitted):
    User.objects.filter(pk=world.coordinator.pk).update(is_active=False)
    assert list(returned(world, submitted, OF_A)) == [world.director.email]
