"""The invented documents: what they are, and that the library takes them as it takes any other."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.demonstration import loading, make, using
from knowledge.demonstration.reading import FILES, INVENTED, documents, rows
from knowledge.models import File, List, RawUse, Use, Work
from knowledge.saved.letters import sweep
from knowledge.works import embargoes
from pip_network.choices import FileKind, MailKind
from pip_network.files.stored.extracting import Extraction
from pip_network.files.stored.reading import look
from pip_network.models import Mail
from pip_network.people.access import Role
from tests import factories

AT = factories.moment("2006-07-12")
DOCUMENTS = list(documents())


def read(document) -> list[str]:
    with document.file.open("rb") as file:
        kind = look(file)
        assert kind == FileKind(document.file.suffix[1:])
        return [part.text for part in Extraction(file, kind).parts()]


def test_there_are_twelve_of_which_four_are_in_three_languages():
    languages = [sum(one.row["code"] == row["code"] for one in DOCUMENTS) for row in rows()]
    assert sorted(languages) == [1] * 8 + [3] * 4
    assert {one.row["format"] for one in DOCUMENTS} == {"pdf", "docx", "xlsx", "pptx", "scan"}
    sizes = [one.file.stat().st_size for one in DOCUMENTS]
    assert sum(sizes) < 3_000_000
    assert {one.file for one in DOCUMENTS} == set(FILES.iterdir())


def test_each_says_on_its_first_page_that_it_is_invented():
    lengths = []
    for one in DOCUMENTS:
        texts = read(one)
        lengths.append(len(texts))
        assert len(texts) == len(one.pages()), one.file.name
        if one.row["format"] == "scan":
            assert "".join(texts).strip() == ""
        else:
            assert INVENTED[one.language] in " ".join(texts[0].split()), one.file.name
    assert (max(lengths), sum(lengths)) == (30, 113)


@pytest.mark.parametrize("format", ["docx", "xlsx", "pptx"])
def test_the_committed_files_are_those_that_their_texts_make(format):
    for one in DOCUMENTS:
        if one.row["format"] == format:
            assert make.MAKERS[format](one) == one.file.read_bytes()


@pytest.mark.django_db
def test_they_are_loaded_once_with_their_files_and_who_may_reads_them():
    factories.project("PIP-01")
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    assert (loading.load(by=admin, at=AT), loading.load(by=admin, at=AT)) == (12, 0)
    assert Work.objects.filter(origin="demo").count() == 12
    assert File.objects.count() == len(DOCUMENTS)
    stranger = Client()
    assert stranger.get("/library/D05/").status_code == 200
    for hidden in (loading.RESTRICTED, loading.EMBARGOED):
        assert stranger.get(f"/library/{hidden}/").status_code == 404
    assert embargoes.sweep(at=loading.HIDDEN_UNTIL) == 1
    assert stranger.get(f"/library/{loading.EMBARGOED}/").status_code == 200
    answer = stranger.get("/library/D01/pt/file/")
    assert b"".join(answer).startswith(b"%PDF")


@pytest.mark.django_db
def test_no_list_of_who_keeps_the_library_begins_empty(client):
    factories.project("PIP-01")
    scopes = {"directora": "P:PIP-01", "experta": "*", "institucion": "*"}
    roles = {"directora": Role.DIRECTOR, "experta": Role.EXPERT, "institucion": Role.EXPERT}
    people = {
        name: factories.user(name, role=roles[name], scope=scope) for name, scope in scopes.items()
    }
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    using.save_searches(people=people, at=AT)
    loading.load(by=admin, at=AT)
    using.load(people=people, by=admin, at=AT)
    client.force_login(admin)
    shelves = {shelf.key: count for shelf, count in client.get("/library/keep/").context["shelves"]}
    assert [shelves[key] for key in ("proposed", "review", "sent-back")] == [1, 1, 1]
    waiting = Work.objects.filter(code__in=("D21", "D22", "D23"))
    assert set(waiting.values_list("origin", flat=True)) == {"demo"}
    missed = client.get(reverse("library-missed")).content.decode()
    assert "comercio justo" in missed
    assert Use.objects.exists()
    assert not RawUse.objects.exists()
    assert [one.title for one in List.objects.of(people["directora"])] == [
        "Para preparar el semestre"
    ]
    client.force_login(people["institucion"])
    shared = List.objects.of(people["institucion"]).get()
    assert (shared.open_to, shared.items.count()) == ("network", 1)
    sweep(at=AT + dt.timedelta(days=8))
    letters = Mail.objects.filter(kind=MailKind.SEARCH).values_list("to", flat=True)
    assert set(letters) == {people["directora"].email, people["institucion"].email}
