"""What is archived is told by no page: each is read before and after a network, a firm, an
institution and a project with all that is theirs are archived rows of the registry.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from monitoring.choices import Status
from monitoring.models import Round
from pip_network.models import Institution
from projects.models import Country, Firm, Network, Project

from . import factories
from .access_rules import ADMINISTRATION, ROLES, RULES, parameters
from .access_world import AT

ROOT = Path(__file__).parent.parent
ARCHIVED_AT = factories.moment("2005-07-01")
NOW = "2005-08-20 12:00"
LISTS = ("projects", "networks", "firms", "institutions", "countries")
STAFF = ("specialist", ADMINISTRATION)
IN_EVERY_ANSWER = re.compile(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"')
# What is one's own, what differs in every answer, and what is itself a line of a history.
LEFT_OUT = ("account", "mfa_", "usersessions", "audit", "feedback-paper")
AS_TABLES = ("project-data", "workbook-file")  # workbooks that are tables too: those can be read


def addresses(role: str) -> Iterator[str]:
    """Every page that `role` may read, and the lists as files, filtered and searched."""
    for name, rule in sorted(RULES.items()):
        if rule.get.split()[ROLES.index(role)] == "200" and not name.startswith(LEFT_OUT):
            more = {"extension": "csv"} if name in AS_TABLES else {}
            yield reverse(name, kwargs=parameters(name) | more)
    for name in LISTS:
        yield f"{reverse(name)}?export=csv"
    for name in (*LISTS, "search"):
        yield f"{reverse(name)}?q=archivad"
    yield f"{reverse('projects')}?family=all"
    yield reverse("country", args=["py"])
    yield reverse("typology", args=["cadena_proveedores"])
    yield reverse("project", args=["PIP-99"])
    if role in STAFF:
        yield f"{reverse('portfolio')}?typology=cadena_proveedores"
        yield reverse("submission", args=["PIP-99", "2005-S1"])
        yield reverse("sheet", args=["PIP-99", "2005-S1", "N9"])
    if role == ADMINISTRATION:
        for room in ("project", "network", "firm", "membership"):
            yield reverse(f"admin:projects_{room}_changelist")
        yield reverse("admin:pip_network_institution_changelist")
        yield reverse("admin:monitoring_round_changelist")
        yield reverse("admin:monitoring_round_change", args=["2005-S1"])
        yield reverse("admin:monitoring_round_days", args=["2005-S1"])


def read(client, urls: Iterable[str]) -> dict[str, str]:
    """What each address says to one reader, without what differs in every answer."""
    pages = {}
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, url
        body = b"".join(answer) if answer.streaming else answer.content
        pages[url] = IN_EVERY_ANSWER.sub("", body.decode(errors="surrogateescape"))
    return pages


def archive() -> None:
    """A row of each kind, with what stands under it."""
    old = {"archived_at": ARCHIVED_AT}
    paraguay = Country.objects.get(pk="PY")
    mine, other = (Project.objects.get(pk=code) for code in ("PIP-01", "PIP-99"))
    network = factories.network(
        "N7", mine, typology="cadena_proveedores", sector="17", name="Red archivada", **old
    )
    factories.firm("FIRMDDDDD", network, name="Firma archivada", country=paraguay, **old)
    factories.firm("FIRMEEEEE", Network.objects.get(pk="N1"), name="Otra archivada", **old)
    gone = factories.network("N8", other, name="Archivada y dejada", **old)
    factories.membership(Firm.objects.get(pk="FIRMZZZZZ"), gone, left_on="2004-05-01")
    agency = Institution.objects.create(
        slug="archivada",
        name="Agencia archivada",
        relation="member",
        origin="stated",
        iso2="PY",
        **old,
    )
    project = factories.project(
        "PIP-77", starts_on="2003-01-10", countries=[mine.countries.get(), paraguay], **old
    )
    Project.objects.filter(pk="PIP-77").update(executing_institution=agency, name="Archivado")
    below = factories.network(
        "N6", project, typology="cadena_proveedores", country=paraguay, name="De archivado"
    )
    factories.membership(Firm.objects.get(pk="FIRMGGGGG"), below, left_on="2004-05-01")
    factories.firm("FIRMFFFFF", below, country=paraguay, tax_id="80012345", **old)
    for code, status in (("2004-S2", Status.DRAFT), ("2005-S1", Status.SUBMITTED)):
        project.submissions.create(
            round=Round.objects.get(pk=code),
            catalogue=factories.catalogue(),
            status=status,
            due_on=Round.objects.get(pk=code).due_on,
            opened_at=AT,
            submitted_at=AT,
            submitted_by=factories.user("director"),
            first_submitted_at=AT,
        )


@pytest.fixture
def stage(places):
    """Countries, and people who had a role on what is not there yet."""
    factories.country("PY", "PYG")
    factories.firm("FIRMGGGGG", Network.objects.get(pk="N1"))
    for role, scope in (
        ("director", "P:PIP-77"),
        ("coordinator", "N:N6"),
        ("specialist", "P:PIP-77"),
    ):
        factories.assign(places.people[role], role, scope)
    with time_machine.travel(NOW, tick=False):
        yield places


@pytest.mark.parametrize("role", ["director", "specialist", ADMINISTRATION])
def test_an_archived_row_changes_no_page(stage, role):
    before = read(stage.client(role), addresses(role))
    archive()
    after = read(stage.client(role), before)
    assert len(before) > 40
    assert [url for url in before if before[url] != after[url]] == []


def test_the_same_row_changes_pages_while_it_is_not_archived(stage):
    urls = [reverse("projects"), reverse("networks"), reverse("portfolio")]
    before = read(stage.client(ADMINISTRATION), urls)
    archive()
    for model in (Project, Network):
        model.objects.update(archived_at=None)
    after = read(stage.client(ADMINISTRATION), urls)
    assert [url for url in urls if before[url] == after[url]] == []


def test_the_administration_lists_what_is_archived(stage):
    archive()
    client = stage.client(ADMINISTRATION)
    for name, code in (("projects", "PIP-77"), ("networks", "N7"), ("firms", "FIRMDDDDD")):
        listed = client.get(f"{reverse(name)}?state=archived").content.decode()
        room = reverse(f"admin:projects_{name[:-1]}_changelist")
        assert code in listed
        assert code in client.get(f"{room}?archived=yes").content.decode()
        others = IN_EVERY_ANSWER.sub("", client.get(room).content.decode())
        assert code not in others


def test_only_one_place_asks_whether_a_row_is_archived():
    """In a question to the database; a row in hand says so itself."""
    rooms = ("pip_network", "projects", "monitoring", "workshops", "knowledge")
    asking = [
        str(path.relative_to(ROOT))
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and "archived_at__" in path.read_text()
    ]
    # the constraint of a merged firm is part of its table
    assert asking == ["pip_network/models/archiving.py", "projects/models/firm.py"]
