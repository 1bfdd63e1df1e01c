"""From a proposal to a publication, and away again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.choices import State
from knowledge.models import File, Work
from knowledge.works import actions, records
from knowledge.works.authors import Named
from pip_network.choices import MailKind
from pip_network.models import AuditEvent, Job, Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Invalid
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.moment("2006-07-12")
DOING = {"by": factories.PROCESS, "at": AT}
PROPOSAL = {
    "original": "pt",
    "title": "Redes de pequenas empresas",
    "type": "report",
    "authors": "Silva, Ana\nSEBRAE",
    "year": "2005",
    "abstract": "Trata de redes.",
    "countries": ["BR"],
    "themes": ["association"],
}


@pytest.fixture
def member():
    return factories.user("socia", role=Role.INSTITUTION, scope=f"I:{factories.institution().pk}")


@pytest.fixture
def curator():
    return factories.user("especialista", role=Role.SPECIALIST, scope="P:PIP-01")


def state(code: str) -> str:
    return Work.objects.get(code=code).state


def test_a_member_proposes_and_sees_what_becomes_of_it(client, member, curator):
    client.force_login(member)
    page = client.post("/library/propose/", PROPOSAL, follow=True)
    work = Work.objects.get()
    assert page.redirect_chain[-1][0] == f"/library/{work.code}/"
    assert (work.state, work.proposed_by, len(work.code)) == (State.PROPOSED, member, 8)
    assert [str(author) for author in work.authors.all()] == ["Silva, Ana", "SEBRAE"]
    assert work.original.abstract_by == "source"
    assert "No tiene ni archivo ni dirección donde leerla." in page.content.decode()
    assert work.title in client.get("/library/mine/").content.decode()
    for other in (None, factories.user("otra", role=Role.EXPERT)):
        client.logout() if other is None else client.force_login(other)
        assert client.get(f"/library/{work.code}/").status_code == 404
    client.force_login(curator)
    assert work.title in client.get("/library/keep/").content.decode()
    page = client.get(f"/library/{work.code}/").content.decode()
    assert '<button class="btn btn-primary" type="submit">Publicar</button>' in page
    assert f'<a class="btn btn-outline-danger" href="/library/{work.code}/decline/"' in page
    for step, reached in (("review", State.REVIEW), ("publish", State.PUBLISHED)):
        assert client.post(f"/library/{work.code}/{step}/").status_code == 302
        assert state(work.code) == reached
    client.logout()
    assert client.get(f"/library/{work.code}/").status_code == 200
    verbs = AuditEvent.objects.filter(object=f"work:{work.code}").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "work.proposed",
        "work.reviewed",
        "work.published",
    ]


def test_a_proposal_brings_its_file_and_the_text_is_asked_for(client, member):
    client.force_login(member)
    file = SimpleUploadedFile("redes.csv", b"a;b\n1;2\n3;4\n", "text/csv")
    client.post("/library/propose/", {**PROPOSAL, "file": file})
    kept = File.objects.get()
    assert (kept.version, kept.expression.language, kept.stored.uploaded_by) == (1, "pt", member)
    assert Job.objects.get().arguments == {"file": kept.pk}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"original": "fr"}, "original"),
        ({"type": "novela"}, "type"),
        ({"authors": ", Ana"}, "authors"),
        ({"authors": "x" * 201}, "authors"),
        ({"year": "12345"}, "year"),
        ({"countries": ["XX"]}, "countries"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
    ],
    ids=str,
)
def test_a_wrong_proposal_is_told_at_its_field(client, member, wrong, field):
    client.force_login(member)
    page = client.post("/library/propose/", {**PROPOSAL, **wrong})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not Work.objects.exists()


def test_a_title_that_is_there_already_is_suggested(client, member):
    factories.work("K1", "Redes de pequenas empresas", language="pt")
    factories.work("K2", "Redes de pequenas empresas", language="pt", access="restricted")
    client.force_login(member)
    page = client.post("/library/propose/", PROPOSAL, follow=True).content.decode()
    assert "Es posible que la biblioteca ya la tenga:" in page
    assert 'href="/library/K1/"' in page
    assert "/library/K2/" not in page


def test_a_new_version_of_a_file_follows_the_first(curator):
    work = factories.work("K1")
    for version in (1, 2):
        actions.add_file(work=work, language="es", file=factories.stored(), by=curator, at=AT)
        assert work.original.file.version == version
    with pytest.raises(Invalid) as refused:
        actions.add_file(work=work, language="pt", file=factories.stored(), by=curator, at=AT)
    assert refused.value.place == "language"


def test_a_correction_is_told_with_what_stood_there(curator):
    work = factories.work("K1", "Redes", year=2004)
    actions.correct_work(work=work, year=2005, title_es="Redes", by=curator, at=AT)
    event = AuditEvent.objects.get(verb="work.corrected")
    assert event.details["changes"] == {"year": [2004, 2005]}


def test_two_who_correct_at_once_do_not_write_over_each_other(curator):
    work = factories.work("K1", "Redes")
    opened = records.stamp(records.read(work))
    actions.correct_work(work=work, title_es="Redes de firmas", stamp=opened, by=curator, at=AT)
    with pytest.raises(Conflict):
        actions.correct_work(work=work, title_es="Redes, hoy", stamp=opened, by=curator, at=AT)
    assert Work.objects.get(code="K1").title == "Redes de firmas"


def test_the_form_of_a_record_keeps_what_is_not_touched(client, curator):
    factories.work(
        "K1",
        "Redes",
        authors=(Named("editor", "Dini", "M."), Named("author", literal="BID, Evaluación")),
        themes=(("credit", True),),
        countries=("BR",),
        embargo_until=factories.moment("2007-01-01 12:30"),
    )
    before = records.read(Work.objects.get(code="K1"))
    client.force_login(curator)
    form = client.get("/library/K1/correct/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    sent = {
        name: [getattr(one, "pk", one) for one in value]
        if isinstance(value, list | tuple)
        else value
        for name, value in data.items()
        if value is not None
    }
    sent["embargo_until"] = form["embargo_until"].value().strftime("%Y-%m-%dT%H:%M")
    assert client.post("/library/K1/correct/", sent).status_code == 302
    assert records.read(Work.objects.get(code="K1")) == before
    assert not AuditEvent.objects.filter(verb="work.corrected").exists()


def test_a_restricted_work_names_who_may_read_it(curator):
    work = factories.work("K1")
    with pytest.raises(Invalid) as refused:
        actions.correct_work(work=work, access="restricted", by=curator, at=AT)
    assert refused.value.place == "open_to_institutions"
    named = {"access": "restricted", "open_to_institutions": [factories.institution()]}
    actions.correct_work(work=work, **named, by=curator, at=AT)
    keys = set(work.audience.values_list("key", flat=True))
    assert keys == {"staff", f"i:{factories.institution().pk}"}


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"title_es": "Una obra"}, "original"),
        ({"original": "pt", "title_es": "Una obra"}, "title_pt"),
        ({"original": "es", "title_es": "Una obra"}, ""),
    ],
)
def test_a_record_has_a_title_in_the_language_of_its_original(curator, values, place):
    given = {"type": "report", **values}
    if not place:
        actions.add_record(**given, by=curator, at=AT)
        return
    with pytest.raises(Invalid) as refused:
        actions.add_record(**given, by=curator, at=AT)
    assert (refused.value.place, Work.objects.count()) == (place, 0)


@pytest.mark.parametrize(
    ("step", "states"),
    [
        (actions.review_work, {State.PROPOSED}),
        (actions.publish_work, {State.PROPOSED, State.REVIEW}),
        (actions.restore_work, {State.WITHDRAWN}),
    ],
)
def test_each_step_begins_where_it_may(step, states):
    for number, at_first in enumerate(State):
        gone = {"withdrawn_at": AT, "withdrawn_reason": "x"} if at_first == "withdrawn" else {}
        work = factories.work(f"K{number}", state=at_first, **gone)
        if at_first in states:
            step(work=work, **DOING)
            assert state(work.code) != at_first
        else:
            with pytest.raises(Conflict):
                step(work=work, **DOING)
            assert state(work.code) == at_first


def test_a_withdrawal_that_is_undone_leads_back():
    work = factories.work("K1", published_at=AT)
    actions.withdraw_work(work=work, reason="Hay otra edición", **DOING)
    assert set(work.audience.values_list("key", flat=True)) == {"staff"}
    actions.restore_work(work=work, **DOING)
    assert set(work.audience.values_list("key", flat=True)) == {"staff", "public"}
    declined = factories.work("K2", state="proposed")
    actions.withdraw_work(work=declined, reason="No es del tema", **DOING)
    actions.restore_work(work=declined, **DOING)
    assert state("K2") == State.REVIEW


def test_a_work_does_not_replace_itself(client, curator):
    factories.work("K1")
    client.force_login(curator)
    sent = {"reason": "Hay otra edición más nueva", "replaced_by": "k1"}
    page = client.post("/library/K1/withdraw/", sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["replaced_by"])
    gone = client.post("/library/K1/withdraw/", {**sent, "replaced_by": "K2"})
    assert (gone.status_code, list(gone.context["form"].errors)) == (422, ["replaced_by"])
    factories.work("K2")
    assert client.post("/library/K1/withdraw/", {**sent, "replaced_by": "k2"}).status_code == 302


@pytest.mark.parametrize("many", [1, 3, 40])
def test_the_lists_ask_the_same_number_of_questions(
    client, curator, django_assert_num_queries, many
):
    for number in range(many):
        factories.work(f"K{number}", f"Obra {number}", state="proposed", proposed_by=curator)
    client.force_login(curator)
    client.get("/library/keep/")
    with django_assert_num_queries(17):
        client.get("/library/keep/")
    with django_assert_num_queries(11):
        client.get("/library/mine/")


# --- letters


@pytest.fixture
def proposed(member):
    return factories.work("K1", "Redes", state="proposed", published_at=None, proposed_by=member)


def test_who_proposed_a_work_is_told_that_it_is_published(proposed, member):
    member.language = "pt"
    member.save()
    actions.review_work(work=proposed, **DOING)
    assert not Mail.objects.exists()
    actions.publish_work(work=proposed, **DOING)
    mail = Mail.objects.get()
    assert (mail.to, mail.kind) == (member.email, MailKind.PROPOSAL)
    assert mail.subject == "Sua proposta está na biblioteca da Rede PIP"
    for words in (f"Bom dia, {member.name}:", "A obra “Redes”, que você propôs", "/library/K1/\n"):
        assert words in mail.body, words


def test_who_proposed_a_work_is_told_why_it_is_declined(proposed, member):
    actions.withdraw_work(work=proposed, reason="No es del tema", **DOING)
    mail = Mail.objects.get()
    assert mail.subject == "Su propuesta a la biblioteca de la Red PIP fue rechazada"
    for words in ("La obra «Redes», que usted propuso", "Motivo: No es del tema", "/library/K1/\n"):
        assert words in mail.body, words


def test_a_proposal_is_declined_and_a_published_work_withdrawn(client, proposed, member, curator):
    client.force_login(curator)
    page = client.get("/library/K1/").content.decode()
    assert ("Rechazar" in page, "Retirar" in page) == (True, False)
    assert client.post("/library/K1/decline/", {"reason": "No es del tema"}).status_code == 302
    client.force_login(member)
    gone = client.get("/library/K1/")
    assert gone.status_code == 410
    for words in ("Esta propuesta fue rechazada", "No es del tema", "Rechazada el"):
        assert words in gone.content.decode()
    actions.restore_work(work=proposed, **DOING)
    actions.publish_work(work=proposed, **DOING)
    client.force_login(curator)
    page = client.get("/library/K1/").content.decode()
    assert ("Rechazar" in page, "Retirar" in page) == (False, True)


def test_an_empty_list_says_what_comes_there(client, member, curator):
    client.force_login(member)
    page = client.get("/library/mine/").content.decode()
    assert "Usted aún no ha propuesto ninguna obra" in page
    assert 'href="/library/propose/"' in page
    client.force_login(curator)
    assert "No hay ninguna obra en esta lista" in client.get("/library/keep/").content.decode()


def test_themes_are_chosen_by_boxes_under_one_name(client, member):
    client.force_login(member)
    page = client.post("/library/propose/", {**PROPOSAL, "title": ""}).content.decode()
    assert "<legend>Temas</legend>" in page
    boxes = re.findall(r"<input[^>]*name=\"themes\"[^>]*>", page)
    assert [("association" in box, "checked" in box) for box in boxes].count((True, True)) == 1
    assert sum("checked" in box for box in boxes) == 1
    assert "de 25 MB como máximo" in page


@pytest.mark.parametrize("who", [None, "curator", "closed"])
def test_nobody_else_gets_a_letter(proposed, curator, member, who):
    if who == "closed":
        member.is_active = False
        member.save()
    else:
        proposed.proposed_by = curator if who else None
        proposed.save()
    actions.publish_work(work=proposed, **DOING)
    actions.withdraw_work(work=proposed, reason="Hay otra edición", **DOING)
    assert not Mail.objects.exists()


def test_what_was_published_is_not_declined_afterwards(proposed):
    actions.publish_work(work=proposed, **DOING)
    actions.withdraw_work(work=proposed, reason="Hay otra edición", **DOING)
    assert Mail.objects.count() == 1


def test_the_way_up_from_a_form_leads_by_the_library(client, curator, proposed):
    client.force_login(curator)
    for address, ways in (
        ("/library/propose/", ["/", "/library/"]),
        ("/library/K1/decline/", ["/", "/library/", "/library/K1/"]),
    ):
        page = client.get(address).content.decode()
        crumbs = page[page.index('class="crumbs"') :]
        assert re.findall(r'href="([^"]+)"', crumbs[: crumbs.index("</nav>")]) == ways
