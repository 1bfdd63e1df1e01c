"""All pages of a project at once: asked for, made, downloaded by who asked, gone after a week; each door
for who may have it and for nobody else.
"""

import datetime as dt
import io
import zipfile

import pypdfium2
import pytest
from django.test import Client

from monitoring.feedback import making
from monitoring.models import Observation
from pip_network.choices import JobStatus
from pip_network.jobs import jobs
from pip_network.models import AuditEvent, Job
from pip_network.people.access import Permission, can
from pip_network.web.errors import Conflict, Forbidden
from projects.models import Firm, Membership, Network, Project
from tests.factories import moment

AT = moment("2007-03-02")


@pytest.fixture
def project(world) -> Project:
    """Its firms are members in the registry too: two in its first network, one in the second."""
    found = Project.objects.get(code="PIP-01")
    first, second = found.networks.order_by("code")
    for code, network in (("XXXX", first), ("XXXY", first), ("XYXX", second)):
        Membership.objects.create(
            firm=Firm.objects.get(code=code), network=network, joined_on="2004-02-01"
        )
    return found


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(project: Project, by, language: str = "es") -> Job:
    job = making.order_pages(project=project, language=language, by=by, at=AT)
    jobs.run(job.pk, making.work)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE, job.error
    return job


def test_the_director_gets_a_page_for_each_and_one_file_of_all(world, project) -> None:
    job = made(project, world.director)
    client = client_of(world.director)
    answer = client.get(f"/feedback/PIP-01/jobs/{job.pk}/pages.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        firm = archive.read("xxxx-firma-0-0-0.pdf")
    assert sorted(names) == [
        "pip-01-r1-red-1.pdf",
        "pip-01-r2-red-2.pdf",
        "xxxx-firma-0-0-0.pdf",
        "xxxy-firma-0-0-1.pdf",
        "xyxx-firma-0-1-0.pdf",
    ]
    assert len(pypdfium2.PdfDocument(io.BytesIO(firm))) == 1
    answer = client.get(f"/feedback/PIP-01/jobs/{job.pk}/pages.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="pip-PIP-01-pages-es.pdf"'
    book = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(book) == 5


def test_a_coordinator_gets_those_of_her_network(world, project) -> None:
    job = made(project, world.coordinator, "pt")
    with zipfile.ZipFile(making.folder_of(job) / making.SINGLES) as archive:
        assert sorted(archive.namelist()) == [
            "pip-01-r1-red-1.pdf",
            "xxxx-firma-0-0-0.pdf",
            "xxxy-firma-0-0-1.pdf",
        ]
    client = client_of(world.coordinator)
    assert client.get("/feedback/PIP-01/F:XXXX/").status_code == 200
    assert client.get("/feedback/PIP-01/F:XYXX/").status_code == 404
    assert client.get("/feedback/PIP-01/F:XYXX/page.pdf").status_code == 404


@pytest.mark.parametrize("address", ["", "F:XXXX/", "F:XXXX/page.pdf", "N:PIP-01-R1/"])
def test_strangers_are_told_nothing(world, project, address: str) -> None:
    assert client_of(world.stranger).get(f"/feedback/PIP-01/{address}").status_code == 404
    assert client_of(world.director).get(f"/feedback/PIP-01/{address}").status_code == 200
    assert Client().get(f"/feedback/PIP-01/{address}").status_code == 302


def test_what_one_asked_for_is_nobody_elses(world, project) -> None:
    job = made(project, world.director)
    for other in (world.coordinator, world.administrator, world.stranger):
        answer = client_of(other).get(f"/feedback/PIP-01/jobs/{job.pk}/pages.pdf")
        assert answer.status_code == 404
    with pytest.raises(Forbidden):
        making.order_pages(project=project, language="es", by=world.stranger, at=AT)


def test_who_lost_her_role_before_the_work_began_gets_nothing(world, project) -> None:
    job = making.order_pages(project=project, language="es", by=world.director, at=AT)
    world.director.assignments.update(until=dt.date(2004, 1, 1))
    assert not can(type(world.director).objects.get(pk=world.director.pk), Permission.SUBMIT)
    jobs.run(job.pk, making.work)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert not making.folder_of(job).exists()


def test_asked_twice_it_is_made_once_and_asked_in_another_language_again(world, project) -> None:
    first = making.order_pages(project=project, language="es", by=world.director, at=AT)
    assert making.order_pages(project=project, language="es", by=world.director, at=AT) == first
    assert making.order_pages(project=project, language="pt", by=world.director, at=AT) != first
    rows = AuditEvent.objects.filter(verb="feedback.ordered")
    assert rows.count() == 2


def test_a_form_sent_twice_asks_once(world, project) -> None:
    client = client_of(world.director)
    key = "k" * 20
    for _each in range(2):
        answer = client.post("/feedback/PIP-01/", {"language": "es", "form_key": key})
        assert answer.status_code == 302
    assert Job.objects.filter(kind=making.KIND).count() == 1


def test_after_a_week_the_files_are_gone_and_the_page_says_how_to_ask_again(world, project) -> None:
    job = made(project, world.director)
    making.sweep(at=AT + making.KEEP - dt.timedelta(seconds=1))
    assert making.path_of(job, making.BOOK) is not None
    making.sweep(at=AT + making.KEEP)
    assert making.path_of(job, making.BOOK) is None
    answer = client_of(world.director).get(f"/feedback/PIP-01/jobs/{job.pk}/pages.pdf")
    assert (answer.status_code, answer["Location"]) == (302, "/feedback/PIP-01/")


def test_without_an_approval_there_is_nothing_to_give_back(world) -> None:
    fresh = Project.objects.get(code="PIP-01")
    fresh.pk, fresh.name = "PIP-09", "Nuevo"
    fresh.save(force_insert=True)
    Network.objects.create(
        code="PIP-09-R1",
        project=fresh,
        name="Red",
        typology="cluster",
        sector="15",
        country_id="AR",
        place="Ciudad",
        constituted_on="2005-01-01",
        registered_on="2005-01-01",
    )
    assert not Observation.objects.filter(project="PIP-09").exists()
    with pytest.raises(Conflict):
        making.order_pages(project=fresh, language="es", by=world.administrator, at=AT)
    page = client_of(world.administrator).get("/feedback/PIP-09/")
    assert "Todavía no hay nada aprobado" in page.content.decode()
    assert '<button class="btn btn-primary">Preparar' not in page.content.decode()


def test_the_screen_says_what_paper_says_in_the_language_asked(world, project) -> None:
    client = client_of(world.director)
    page = client.get("/feedback/PIP-01/F:XXXX/?language=pt").content.decode()
    assert "Vendas líquidas anuais" in page
    assert 'lang="pt"' in page
    page = client.get("/feedback/PIP-01/F:XXXX/?language=xx").content.decode()
    assert "Ventas netas anuales" in page
