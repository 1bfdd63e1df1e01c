"""The pages of entry: what they say, and how little they ask of the database whatever the size."""

import re
from urllib.parse import quote

import pytest

from monitoring.models import Submission
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import open_submission, submit
from monitoring.submission.review import begin
from pip_network.people.access import Role
from tests import factories
from tests.markup import folded
from tests.monitoring.entry.conftest import ADDRESS, OPENED

SHEET = ADDRESS + "networks/N1/"


def add_firms(world, count):
    for number in range(count):
        factories.firm(f"FIRMX{number:04}", world.n1, name=f"Empresa {number:04}")


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- what it says when there is nothing


EMPTY = re.compile(
    r'<div class="empty"><h3>([^<]*)</h3><p>([^<]*)</p><a [^>]*href="([^"]*)">([^<]*)</a></div>'
)


def test_a_sheet_without_rows_says_what_and_why_and_leads_back(opened, director, world):
    factories.network("N8", world.project)
    empty = folded(director.get(ADDRESS + "networks/N8/").content.decode())
    assert EMPTY.findall(empty) == [
        (
            "Este semestre no pide nada a las empresas de esta red",
            "La red todavía no tiene empresas, o sus variables se piden en otro semestre.",
            f"/networks/N8/firms/new/?next={quote(ADDRESS + 'networks/N8/', safe='')}",
            "Registrar una empresa",
        )
    ]
    add_firms(world, 1)
    assert EMPTY.findall(folded(director.get(SHEET).content.decode())) == []


# --- how much is asked: the same with 1, 3 and many; two statements less where no baseline is due


@pytest.mark.parametrize("more", [1, 3, 60])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (ADDRESS, 25),
        (SHEET, 15),
        (SHEET + "?tab=pending", 15),
        (ADDRESS + "units/N:N1/", 16),
        (ADDRESS + "units/F:FIRMX0000/", 14),
    ],
)
def test_a_page_asks_little(
    opened, director, world, django_assert_num_queries, address, queries, more
):
    add_firms(world, more)
    director.get(address)

    with django_assert_num_queries(queries):
        assert director.get(address).status_code == 200


@pytest.mark.parametrize("projects", [1, 3, 12])
def test_the_start_page_asks_little(opened, director, world, django_assert_num_queries, projects):
    for number in range(projects):
        own = factories.project(f"PIP-2{number}")
        factories.network(f"M{number}", own)
        factories.assign(world.director, "director", f"P:PIP-2{number}")
        open_submission(
            own, world.rounds["2004-S2"], by=world.director, at=factories.moment("2004-07-05")
        )
    director.get("/monitoring/")

    with django_assert_num_queries(21):
        answer = director.get("/monitoring/")

    assert answer.content.decode().count("/2004-S2/") >= 2 * (projects + 1)


# --- the start page


def test_the_start_page_says_what_to_do(opened, director):
    page = text_of(director.get("/monitoring/"))

    assert 'href="/monitoring/PIP-01/2004-S2/"' in page
    assert 'href="/monitoring/PIP-01/2004-S1/"' in page
    assert "st-late" in page  # its due day has long passed


def test_the_coordinator_is_led_to_her_network(opened, coordinator):
    page = text_of(coordinator.get("/monitoring/"))

    assert 'href="/monitoring/PIP-01/2004-S2/networks/N1/"' in page
    assert "networks/N2" not in page


def test_a_coordinator_of_two_is_led_to_the_one_with_something_left(opened, coordinator, world):
    factories.assign(world.coordinator, Role.COORDINATOR, "N:N2")

    assert "networks/N1/" in text_of(coordinator.get("/monitoring/"))

    at = factories.moment("2005-01-10")
    left = {
        str(key): None for key in factories.fillable(opened, at) if key.subject == "F:FIRMCCCCC"
    }
    factories.fill(opened, by=world.director, at=at, but=left)
    page = text_of(coordinator.get("/monitoring/"))

    assert "networks/N2/" in page
    assert "networks/N1/" not in page


def test_the_specialist_sees_every_project_and_what_waits(opened, specialist, world):
    factories.project("PIP-02")
    factories.fill(opened, by=world.director, at=factories.moment("2005-01-10"))
    submit(opened.pk, by=world.director, at=factories.moment("2005-01-10"))

    page = text_of(specialist.get("/monitoring/"))

    assert "PIP-02" in page
    assert 'href="/review/PIP-01/2004-S2/"' in page


def test_a_semester_is_opened_from_the_start_page(world, director):
    world.approved("2004-S1")
    assert Submission.objects.filter(round="2007-S2").count() == 0
    assert "/monitoring/PIP-01/2007-S2/open/" in text_of(director.get("/monitoring/"))

    answer = director.post("/monitoring/PIP-01/2007-S2/open/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/monitoring/PIP-01/2007-S2/")
    assert Submission.objects.get(round="2007-S2").status == "draft"


def test_a_reader_opens_nothing(world, specialist):
    assert specialist.post("/monitoring/PIP-01/2007-S2/open/").status_code == 403
    assert Submission.objects.count() == 0


# --- the sheet


def test_fifty_firms_a_page(opened, director, world):
    add_firms(world, 60)

    rows = [
        director.get(SHEET + query).content.decode().count('data-kind="regular"')
        for query in ("", "?page=2", "?page=9", "?page=x")
    ]

    assert rows == [50, 12, 12, 50]


def test_a_link_to_a_cell_opens_its_tab_and_page(opened, director, world):
    add_firms(world, 60)

    page = text_of(director.get(SHEET + "?cell=F:FIRMBBBBB|regular|jobs"))

    assert 'data-u="F:FIRMBBBBB"' in page
    assert 'data-v="jobs"' in page


def test_what_is_pending_goes_away_when_it_is_filled(opened, director, world):
    assert 'data-u="F:FIRMAAAAA"' in text_of(director.get(SHEET + "?tab=pending"))
    factories.fill(opened, by=world.director, at=factories.moment("2005-01-10"))

    assert 'data-u="F:FIRMAAAAA"' not in text_of(director.get(SHEET + "?tab=pending"))


def test_a_sheet_is_light(opened, director, world):
    add_firms(world, 14)

    page = director.get(SHEET + "?tab=pending", headers={"accept-encoding": "gzip"})

    assert len(page.content) < 12_000


def test_totals_when_typing_rests(opened, director, world):
    factories.fill(opened, by=world.director, at=factories.moment("2005-01-10"))

    answer = director.get(SHEET + "?totals=1").json()

    assert answer["totals"]["sales"] == "200.000"
    assert answer["tabs"]["pending"] == "0"


def test_one_who_reads_is_given_nothing_to_write_with(opened, specialist):
    page = text_of(specialist.get(SHEET))

    assert 'data-open=""' in page
    assert "csrfmiddlewaretoken" not in page.split("<main")[1].split("</main>")[0]


# --- submitting


def test_the_submission_lists_what_is_missing_each_with_its_cell(opened, director):
    page = text_of(director.get(ADDRESS))

    assert f'href="{SHEET}?cell=F:FIRMAAAAA|regular|sales#F:FIRMAAAAA|regular|sales"' in page
    assert f'href="{ADDRESS}units/P:PIP-01/#P:PIP-01|regular|spent_fomin"' in page


def test_what_is_not_complete_is_not_submitted(opened, director):
    answer = director.post(ADDRESS + "submit/", {"certify": "on"})

    assert (answer.status_code, Submission.objects.get(pk=opened.pk).status) == (422, "draft")
    assert "say-bad" in text_of(answer)


def test_who_opens_the_address_of_a_refusal_is_led_to_its_page(opened, director):
    assert director.post(ADDRESS + "submit/", {}).status_code == 422
    answer = director.get(ADDRESS + "submit/")
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    assert director.get(ADDRESS + "withdraw/").status_code == 405  # has no page of its own


def test_what_is_complete_is_submitted_once_certified(opened, director, world):
    factories.fill(opened, by=world.director, at=factories.moment("2005-01-10"))
    assert director.post(ADDRESS + "submit/").status_code == 422

    answer = director.post(ADDRESS + "submit/", {"certify": "on"})

    assert (answer.status_code, Submission.objects.get(pk=opened.pk).status) == (302, "submitted")
    assert director.post(ADDRESS + "submit/", {"certify": "on"}).status_code == 409


def test_the_coordinator_does_not_submit(opened, coordinator, specialist, world):
    factories.fill(opened, by=world.director, at=factories.moment("2005-01-10"))

    answers = [
        person.post(ADDRESS + "submit/", {"certify": "on"}).status_code
        for person in (coordinator, specialist)
    ]

    assert answers == [403, 403]


# --- amending

APPROVED = "/monitoring/PIP-01/2004-S1/"


def test_an_amendment_opens_with_its_reason(world, director):
    world.approved("2004-S1")
    assert director.get(APPROVED + "amend/").status_code == 200
    assert director.post(APPROVED + "amend/", {"reason": " "}).status_code == 422

    answer = director.post(APPROVED + "amend/", {"reason": "Una factura llegó tarde."})

    one = Submission.objects.get()
    assert (answer.status_code, one.status, one.revision, one.amendment_reason) == (
        302,
        "draft",
        2,
        "Una factura llegó tarde.",
    )


def test_only_what_is_approved_is_amended(opened, director, coordinator):
    assert director.get(ADDRESS + "amend/").status_code == 409
    assert coordinator.get(APPROVED + "amend/").status_code == 404


# --- the form of a unit, without a script

UNIT = ADDRESS + "units/F:FIRMAAAAA/"


def form_of(client, address=UNIT):
    """Every field of the form as the page shows it."""
    form = client.get(address).context["form"]
    return {
        form.add_prefix(name): form.get_initial_for_field(field, name) or ""
        for name, field in form.fields.items()
    }


def test_the_form_saves_what_was_changed_and_nothing_else(opened, director, world):
    data = form_of(director) | {
        "value-regular-jobs": "8",
        "value-regular-sales": "100.000,5",
        "missing-regular-exports": "refused",
    }

    answer = director.post(UNIT, data)

    held = {
        row.variable.code: row.value if row.value is not None else row.missing
        for row in opened.entries.filter(source="entered")
    }
    assert (answer.status_code, held) == (302, {"jobs": 8, "sales": 100000.5, "exports": "refused"})
    assert director.post(UNIT, form_of(director)).status_code == 302
    assert opened.changes.filter(door="web").count() == 3


def test_nothing_typed_is_lost_when_something_cannot_be_read(opened, director):
    answer = director.post(
        UNIT, form_of(director) | {"value-regular-jobs": "ocho", "value-regular-sales": "1.234"}
    )

    page = text_of(answer)
    assert (answer.status_code, opened.entries.filter(source="entered").count()) == (422, 0)
    assert 'value="ocho"' in page
    assert 'value="1.234"' in page
    assert "1,234" in page  # the other reading is offered


def test_a_conflict_in_the_form_keeps_both(opened, director, coordinator):
    mine, hers = form_of(director), form_of(coordinator)
    coordinator.post(UNIT, hers | {"value-regular-jobs": "7"})

    answer = director.post(UNIT, mine | {"value-regular-jobs": "8"})

    assert (answer.status_code, opened.entries.get(variable__code="jobs").value) == (422, 7)
    assert "Coordinadora" in text_of(answer)
    form = answer.context["form"]
    again = {name: form.data.get(name, "") for name in mine}
    assert director.post(UNIT, again).status_code == 302
    assert opened.entries.get(variable__code="jobs").value == 8


def test_a_reader_writes_in_no_form(opened, specialist):
    assert specialist.post(UNIT, {"value-regular-jobs": "8"}).status_code == 403


def test_names_are_never_markup(opened, director, world):
    world.a.name = "<b>{{ 7|add:7 }}</b>"
    world.a.save()

    for address in (UNIT, SHEET, ADDRESS, ADDRESS + "cells/F:FIRMAAAAA/regular/jobs/"):
        page = text_of(director.get(address))
        assert "&lt;b&gt;{{ 7|add:7 }}&lt;/b&gt;" in page


# --- the narrative

TEXTS = ADDRESS + "narrative/"


def test_the_narrative_is_kept(opened, director):
    data = form_of(director, TEXTS) | {"change": "Se abrió un mercado.", "language": "es"}
    assert director.post(TEXTS, data).status_code == 302
    assert (
        director.post(TEXTS, form_of(director, TEXTS) | {"evidence": "Acta 4."}).status_code == 302
    )

    texts = {draft.theme: (draft.text, draft.language) for draft in opened.narrative_drafts.all()}
    assert texts == {"change": ("Se abrió un mercado.", "es"), "evidence": ("Acta 4.", "es")}


def test_what_was_learned_need_not_be_written(opened, director):
    director.post(TEXTS, form_of(director, TEXTS) | {"change": "Se abrió un mercado."})
    before = text_of(director.get(ADDRESS))
    director.post(TEXTS, form_of(director, TEXTS) | {"learned": "Empezar por algo pequeño."})
    after = text_of(director.get(ADDRESS))

    assert ("1 de 4 textos" in before, "y lo que se aprendió" in before) == (True, False)
    assert ("1 de 4 textos" in after, "y lo que se aprendió" in after) == (True, True)


def test_two_writers_of_a_narrative(opened, director, world):
    first, second = form_of(director, TEXTS), form_of(director, TEXTS)
    director.post(TEXTS, first | {"change": "Uno."})

    answer = director.post(TEXTS, second | {"change": "Dos."})

    assert (answer.status_code, opened.narrative_drafts.get().text) == (422, "Uno.")
    assert "Dos." in text_of(answer)
    assert "puso «Uno.» antes que usted" in text_of(answer)
    form = answer.context["form"]
    again = {name: form.data.get(name, "") for name in second}
    assert director.post(TEXTS, again).status_code == 302
    assert opened.narrative_drafts.get().text == "Dos."


def test_a_text_that_went_meanwhile_can_be_saved_again(opened, director):
    """An amendment that was given up took the text along which the form had seen."""
    director.post(TEXTS, form_of(director, TEXTS) | {"change": "Uno."})
    seen = form_of(director, TEXTS)
    opened.narrative_drafts.all().delete()

    answer = director.post(TEXTS, seen | {"change": "Dos."})

    assert (answer.status_code, opened.narrative_drafts.count()) == (422, 0)
    form = answer.context["form"]
    again = {name: form.data.get(name, "") for name in seen}
    assert (again["change"], director.post(TEXTS, again).status_code) == ("Dos.", 302)
    assert opened.narrative_drafts.get().text == "Dos."


def test_a_reader_writes_no_narrative(opened, specialist):
    assert specialist.post(TEXTS, {"language": "es", "change": "x"}).status_code == 403


def test_an_approved_narrative_is_read_and_kept_as_it_is(world, director, specialist):
    """Its drafts have gone with the approval: what is approved has no stamp."""
    submission = world.open("2004-S1")
    at = factories.moment(OPENED)
    save_narrative(
        submission.pk, "change", "Se abrió un mercado.", "es", 0, by=world.director, at=at
    )
    world.approved("2004-S1")
    address = "/monitoring/PIP-01/2004-S1/narrative/"
    for reader in (director, specialist):
        answer = reader.get(address)
        assert (answer.status_code, "Se abrió un mercado." in text_of(answer)) == (200, True)
        assert reader.post(address, {"language": "es", "change": "x"}).status_code == 403


# --- withdrawing and discarding


def test_what_waits_is_withdrawn_from_its_page_until_the_review_begins(world, director):
    submission = world.filled("2004-S2")
    submit(submission.pk, by=world.director, at=factories.moment("2005-01-10"))
    assert f'action="{ADDRESS}withdraw/"' in director.get(ADDRESS).content.decode()
    begin(submission.pk, by=world.specialist, at=factories.moment("2005-01-11"))
    page = director.get(ADDRESS).content.decode()
    assert f'action="{ADDRESS}withdraw/"' not in page
    assert "Especialista empezó la revisión" in page
    assert director.post(ADDRESS + "withdraw/").status_code == 409
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_withdrawing_opens_it_again(world, director, coordinator):
    submission = world.filled("2004-S2")
    submit(submission.pk, by=world.director, at=factories.moment("2005-01-10"))
    assert coordinator.post(ADDRESS + "withdraw/").status_code == 403
    assert director.post(ADDRESS + "withdraw/").status_code == 302
    submission.refresh_from_db()
    assert submission.status == "draft"


def test_an_amendment_is_discarded_with_its_reason(world, director):
    world.approved("2004-S1")
    director.post(APPROVED + "amend/", {"reason": "Una factura llegó tarde."})
    assert f'href="{APPROVED}discard/"' in director.get(APPROVED).content.decode()
    assert director.get(APPROVED + "discard/").status_code == 200
    assert director.post(APPROVED + "discard/", {"reason": " "}).status_code == 422
    answer = director.post(APPROVED + "discard/", {"reason": "No era de este semestre."})
    one = Submission.objects.get(round="2004-S1")
    assert (answer.status_code, one.status, one.revision) == (302, "approved", 1)
    assert "No era de este semestre." in director.get(APPROVED).content.decode()
    assert director.get(APPROVED + "discard/").status_code == 409
