"""A proposal between who made it and who keeps the library."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import File, ProposalRemark, Work
from knowledge.works import proposals, records
from pip_network.choices import MailKind
from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")
ASKED = "Falta el año de la edición."


@pytest.fixture
def member():
    return factories.user("socia", role=Role.INSTITUTION, scope=f"I:{factories.institution().pk}")


@pytest.fixture
def curator():
    return factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01")


@pytest.fixture
def proposed(member):
    return factories.work(
        "K1",
        "Redes",
        language="pt",
        state="proposed",
        published_at=None,
        proposed_by=member,
        themes=(("credit", True),),
        licence="CC BY",
    )


def form_of(client, address: str = "/library/K1/proposal/correct/") -> dict:
    """What the form says as it is opened."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def test_who_made_a_proposal_corrects_it_while_it_waits(client, proposed, member):
    client.force_login(member)
    sent = {**form_of(client), "title": "Redes de empresas", "year": "2005"}
    assert client.post("/library/K1/proposal/correct/", sent).status_code == 302
    record = records.read(Work.objects.get(code="K1"))
    assert (record["title_pt"], record["year"]) == ("Redes de empresas", 2005)
    assert (record["themes"], record["licence"]) == ((("credit", True),), "CC BY")
    told = AuditEvent.objects.get(verb="work.corrected").details["changes"]
    assert told == {"title_pt": ["Redes", "Redes de empresas"], "year": [None, 2005]}


@pytest.mark.parametrize("who", ["otra", "especialista"])
def test_a_proposal_of_somebody_else_has_no_such_form(client, proposed, curator, who):
    client.force_login(factories.user(who, role=Role.EXPERT))
    for word in ("correct", "send"):
        assert client.get(f"/library/K1/proposal/{word}/").status_code == 404
        assert client.post(f"/library/K1/proposal/{word}/", {}).status_code == 404
    with pytest.raises(Forbidden):
        proposals.correct_proposal(work=proposed, year=2005, by=curator, at=AT)


def test_what_is_published_is_not_corrected_so(client, proposed, member):
    proposed.state = "published"
    proposed.save()
    client.force_login(member)
    answer = client.post("/library/K1/proposal/correct/", {**form_of(client), "year": "2005"})
    assert (answer.status_code, Work.objects.get(code="K1").year) == (409, None)
    assert "/proposal/correct/" not in client.get("/library/K1/").content.decode()


def test_a_new_file_takes_the_place_of_the_earlier(client, proposed, member):
    client.force_login(member)
    for text in (b"a;b\n1;2\n3;4\n", b"a;b\n5;6\n7;8\n"):
        file = SimpleUploadedFile("redes.csv", text, "text/csv")
        sent = {**form_of(client), "file": file}
        assert client.post("/library/K1/proposal/correct/", sent).status_code == 302
    kept = File.objects.get()
    assert (kept.version, kept.expression.language, kept.stored.size) == (1, "pt", 12)


def test_its_file_follows_it_into_another_language(client, proposed, member):
    File.objects.create(expression=proposed.original, stored=factories.stored())
    client.force_login(member)
    sent = {**form_of(client), "original": "es"}
    assert client.post("/library/K1/proposal/correct/", sent).status_code == 302
    work = Work.objects.get(code="K1")
    assert [(one.language, one.title) for one in work.expressions.all()] == [("es", "Redes")]
    assert File.objects.get().expression == work.original


def test_a_title_that_a_curator_gave_stays_when_the_language_changes(client, proposed, member):
    records.write(proposed, {"title_es": "Redes, en español"})
    client.force_login(member)
    sent = {**form_of(client), "original": "es", "title": "Redes de firmas"}
    assert client.post("/library/K1/proposal/correct/", sent).status_code == 302
    said = {one.language: one.title for one in Work.objects.get(code="K1").expressions.all()}
    assert said == {"es": "Redes de firmas", "pt": "Redes"}


def test_two_who_correct_at_once_do_not_write_over_each_other(client, proposed, member):
    client.force_login(member)
    opened = form_of(client)
    records.write(proposed, {"year": 2004})
    answer = client.post("/library/K1/proposal/correct/", {**opened, "year": "2005"})
    assert (answer.status_code, Work.objects.get(code="K1").year) == (409, 2004)


# --- sent back and sent again


def send_back(client, curator, remark: str = ASKED):
    client.force_login(curator)
    return client.post("/library/K1/send-back/", {"remark": remark})


def test_a_proposal_is_sent_back_answered_and_comes_again(client, proposed, member, curator):
    assert send_back(client, curator).status_code == 302
    assert Work.objects.get(code="K1").state == "proposed"
    mail = Mail.objects.get()
    assert (mail.to, mail.kind) == (member.email, MailKind.PROPOSAL)
    assert mail.subject == "Se pide algo de su propuesta a la biblioteca de la Red PIP"
    for words in (ASKED, "La obra", "/library/K1/\n"):
        assert (words in mail.body) == (words != "La obra")
    assert listed(client, "/library/keep/?list=proposed") == []
    assert listed(client, "/library/keep/?list=sent-back") == ["K1"]
    client.force_login(member)
    page = client.get("/library/K1/").content.decode()
    assert ("Se pide algo de esta propuesta" in page, ASKED in page) == (True, True)
    mine = client.get("/library/mine/").content.decode()
    assert ("1 propuesta espera algo de usted" in mine, ASKED in mine) == (True, True)
    sent = client.post("/library/K1/proposal/send/", {"answer": "Es de 2004."})
    assert sent.status_code == 302
    client.force_login(curator)
    assert listed(client, "/library/keep/?list=proposed") == ["K1"]
    page = client.get("/library/K1/").content.decode()
    assert ("Enviada de nuevo" in page, "Es de 2004." in page) == (True, True)
    verbs = AuditEvent.objects.filter(object="work:K1").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["work.sent_back", "work.sent_again"]


def listed(client, address: str) -> list[str]:
    return [work.code for work in client.get(address).context["page"].object_list]


@pytest.mark.parametrize("remark", ["", "   ", "\u200b" * 20, "a" * 1001, "con \0 nulo adentro"])
def test_a_remark_says_something(client, proposed, curator, remark):
    answer = send_back(client, curator, remark)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["remark"])
    assert not ProposalRemark.objects.exists()
    assert send_back(client, curator).status_code == 302


@pytest.mark.parametrize("answer", ["\u200b\u2060", "a" * 1001, "\0 nulo"])
def test_an_answer_may_be_empty_but_not_unseen(proposed, member, curator, answer):
    proposals.send_back(work=proposed, remark=ASKED, by=curator, at=AT)
    with pytest.raises(Invalid) as refused:
        proposals.send_again(work=proposed, answer=answer, by=member, at=AT)
    assert refused.value.place == "answer"
    proposals.send_again(work=proposed, answer="", by=member, at=AT)
    assert ProposalRemark.objects.get().answered_at == AT


def test_it_is_sent_again_only_when_something_is_asked(client, proposed, member, curator):
    client.force_login(member)
    assert "/proposal/send/" not in client.get("/library/K1/").content.decode()
    assert client.post("/library/K1/proposal/send/", {}).status_code == 409
    proposals.send_back(work=proposed, remark=ASKED, by=curator, at=AT)
    assert "/proposal/send/" in client.get("/library/K1/").content.decode()
    with pytest.raises(Forbidden):
        proposals.send_again(work=proposed, by=curator, at=AT)


def test_what_nobody_proposed_is_sent_back_to_nobody(client, curator):
    work = factories.work("K1", state="review")
    client.force_login(curator)
    assert "/send-back/" not in client.get("/library/K1/").content.decode()
    with pytest.raises(Conflict):
        proposals.send_back(work=work, remark=ASKED, by=curator, at=AT)


def test_what_waits_for_her_comes_first(client, proposed, member, curator):
    for number in range(2, 5):
        factories.work(
            f"K{number}",
            state="proposed",
            proposed_by=member,
            proposed_at=factories.moment("2006-08-01"),
        )
    proposals.send_back(work=proposed, remark=ASKED, by=curator, at=AT)
    client.force_login(member)
    assert listed(client, "/library/mine/")[0] == "K1"


def test_the_short_form_folds_what_may_stay_empty(client, member):
    client.force_login(member)
    page = client.get("/library/propose/").content.decode()
    first, *folded = re.split(r'<details class="part"', page)
    assert re.findall(r'name="(title|original|type|file|authors|countries)"', first) == [
        "title",
        "original",
        "type",
        "file",
    ]
    assert [part.lstrip().startswith("open") for part in folded] == [False, False, False]
    wrong = client.post("/library/propose/", {"title": "Redes", "year": "12345"})
    opened = re.split(r'<details class="part"', wrong.content.decode())[1:]
    assert [part.lstrip().startswith("open") for part in opened] == [True, False, False]
