"""The world in which every address is tried: two projects with an open round each, a report, one
person of each role.
"""

import re

import pytest
from django.conf import settings
from django.test import Client

from monitoring.models import Report
from pip_network.models import AuditEvent, Job, User
from pip_network.people.access import Role
from projects.models import Membership
from workshops.models import Workshop

from . import factories
from .access_rules import EVENT, JOB, LESSON, MEMBERSHIP, REPORT

AT = factories.moment("2005-07-20")
SCOPES = {
    Role.DIRECTOR: "P:PIP-01",
    Role.COORDINATOR: "N:N1",
    Role.SPECIALIST: "P:PIP-01",
    Role.INSTITUTION: "*",
    Role.EXPERT: "*",
    Role.ADMINISTRATION: "*",
}


class Places:
    def __init__(self, people: dict[str, User]) -> None:
        self.people = people
        self._sessions: dict[str, str] = {}

    def client(self, role: str) -> Client:
        """A browser of its own, in which `role` is signed in: she signs in once."""
        client = Client()
        if role in self._sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
        elif role != "visitor":
            client.force_login(User.objects.get(pk=self.people[role].pk))
            self._sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return client


@pytest.fixture(scope="module")
def _built(standing) -> dict[str, User]:
    return build().people


@pytest.fixture
def places(_built, db) -> Places:
    """The world, built once for a module; what a test does to it is undone."""
    return Places(_built)


def told(response, url: str) -> str:
    """A page without what differs in every answer: form tokens and its own address."""
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode().replace(url, "")
    )


def build() -> Places:
    factories.catalogue()
    rounds = factories.rounds()
    mine, foreign = factories.project("PIP-01"), factories.project("PIP-99")
    factories.firm("FIRMAAAAA", factories.network("N1", mine))
    factories.firm("FIRMZZZZZ", factories.network("N9", foreign))
    people = {
        role.value: factories.user(role.value, role=role, scope=scope)
        for role, scope in SCOPES.items()
    }
    approval = factories.approved(
        mine, "2004-S1", director=people["director"], specialist=people["specialist"]
    )
    for project in (mine, foreign):
        factories.open_submission(project, rounds["2005-S1"], by=people["administration"], at=AT)
    job = Job.objects.create(
        pk=JOB, kind="monitoring.build_report", requested_by=people["specialist"], requested_at=AT
    )
    Report.objects.create(
        pk=REPORT,
        title="Tendencias",
        specification={},
        language="es",
        audience="staff",
        as_of=approval,
        job=job,
        requested_by=people["specialist"],
        requested_at=AT,
        scope_projects=["PIP-01"],
    )
    themes = {"theme_es": "Tema", "theme_en": "Theme", "theme_pt": "Tema"}
    Workshop.objects.create(
        slug="taller", number=1, year=2003, city="Quito", country="EC", origin="stated", **themes
    )
    factories.work("K1")
    factories.lesson(mine, code=LESSON, state="validated", agreed_at=AT, published_at=AT)
    member = {"pk": MEMBERSHIP, "network_id": "N1", "joined_on": factories.day("2005-03-01")}
    Membership.objects.create(
        firm=factories.firm("FIRMBBBBB"), **member
    )  # no approved round has seen it
    AuditEvent.objects.create(
        pk=EVENT,
        at=AT,
        actor=f"U:{people['director'].pk}",
        verb="project.updated",
        object="P:PIP-01",
    )
    return Places(people)
