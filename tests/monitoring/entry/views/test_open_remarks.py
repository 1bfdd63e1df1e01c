"""Open remarks: where each is found, who finds it, what counts it, and what asks before approving."""

import html
import re

import pytest

from monitoring.models import Approval, Remark, Submission
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.submission import review
from monitoring.submission.opening import open_submission, submit
from pip_network.people.access import Role
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS, client_of

PAGE = "/review/PIP-01/2004-S2/"
SHEET = ADDRESS + "networks/N1/"
AT = factories.moment("2005-01-20")
FIRM = "F:FIRMAAAAA|regular|jobs"
OTHER_FIRM = "F:FIRMCCCCC|regular|jobs"
NETWORK = "N:N1|regular|joint_purchases"
PROJECT = "P:PIP-01|regular|spent_fomin"
THEME = "change"
CELLS = (FIRM, OTHER_FIRM, NETWORK, PROJECT)
PLACES = {
    FIRM: f"{SHEET}?cell={FIRM}#{FIRM}",
    OTHER_FIRM: f"{ADDRESS}networks/N2/?cell={OTHER_FIRM}#{OTHER_FIRM}",
    NETWORK: f"{ADDRESS}units/N:N1/#{NETWORK}",
    PROJECT: f"{ADDRESS}units/P:PIP-01/#{PROJECT}",
    THEME: f"{ADDRESS}narrative/#{THEME}",
}


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def lines_in(answer) -> list[str]:
    """Where the list of remarks of a page leads, in its order."""
    lists = re.findall(r'<ul class="rows remark-lines">(.*?)</ul>', text_of(answer))
    return [html.unescape(url) for each in lists for url in re.findall(r'href="([^"]*)"', each)]


@pytest.fixture
def submitted(opened, world):
    factories.fill(opened, by=world.director, at=AT)
    submit(opened.pk, by=world.director, at=AT)
    return opened


def remark(world, submission, *keys, theme="", by=None) -> list[int]:
    by = by or world.specialist
    rows = [
        review.remark(submission.pk, f"¿{key}?", key=CellKey.parse(key), by=by, at=AT)
        for key in keys
    ]
    if theme:
        rows.append(review.remark(submission.pk, "¿Cómo?", theme=theme, by=by, at=AT))
    return [row.pk for row in rows]


def answer(number, by):
    review.answer(number, "Porque sí.", by=by, at=factories.moment("2005-01-21"))


@pytest.fixture
def returned(submitted, world):
    """With a remark on each kind of place."""
    remark(world, submitted, *CELLS, theme=THEME)
    review.return_submission(submitted.pk, "unexplained", by=world.specialist, at=AT)
    submitted.refresh_from_db()
    return submitted


# --- the lists


@pytest.mark.parametrize("address", [ADDRESS, "/monitoring/"])
def test_each_remark_leads_to_its_place(returned, director, address):
    assert lines_in(director.get(address)) == list(PLACES.values())


@pytest.mark.parametrize("address", [ADDRESS, "/monitoring/"])
def test_the_coordinator_finds_those_on_her_cells_alone(returned, coordinator, address):
    assert lines_in(coordinator.get(address)) == [PLACES[FIRM], PLACES[NETWORK]]


def test_nothing_is_missing_only_when_nothing_waits_for_an_answer(returned, director, world):
    assert "No falta nada" not in text_of(director.get(ADDRESS))
    for row in Remark.objects.open():
        answer(row.pk, world.director)

    page = text_of(director.get(ADDRESS))
    assert "No falta nada" in page
    assert page.count("Contestada</span>") == 5


def test_what_is_answered_stands_last_and_what_is_closed_is_gone(returned, director, world):
    first, second = Remark.objects.open().order_by("id")[:2]
    answer(first.pk, world.director)
    review.resolve(second.pk, by=world.specialist, at=AT)

    found = lines_in(director.get(ADDRESS))

    assert found == [PLACES[NETWORK], PLACES[PROJECT], PLACES[THEME], PLACES[FIRM]]


def test_a_remark_on_the_whole_is_read_and_answered_on_its_page(
    opened, director, coordinator, world
):
    row = review.remark(opened.pk, "¿Todo bien?", by=world.specialist, at=AT)
    assert lines_in(coordinator.get(ADDRESS)) == []
    assert coordinator.post(f"{ADDRESS}remarks/{row.pk}/answer/", {"text": "x"}).status_code == 404

    page = text_of(director.get(ADDRESS))
    assert lines_in(director.get("/monitoring/")) == [f"{ADDRESS}#thread-{row.pk}"]
    assert f'id="thread-{row.pk}"' in page
    assert f"{ADDRESS}remarks/{row.pk}/answer/" in page

    done = director.post(f"{ADDRESS}remarks/{row.pk}/answer/", {"text": "Sí."})
    assert (done.status_code, done.headers["Location"]) == (302, f"{ADDRESS}#thread-{row.pk}")


def test_a_remark_on_a_firm_that_is_asked_no_more_is_not_lost(opened, director, specialist, world):
    (number,) = remark(world, opened, FIRM)
    world.a.memberships.all().delete()

    assert lines_in(director.get(ADDRESS)) == [f"{ADDRESS}#thread-{number}"]
    assert lines_in(director.get("/monitoring/")) == [f"{ADDRESS}#thread-{number}"]
    closed = specialist.post(f"{ADDRESS}remarks/{number}/resolve/", {"next": PAGE})
    assert closed.headers["Location"] == PAGE


def test_an_amendment_finds_its_firms_as_the_record_has_them(world, director):
    world.approved("2004-S1")
    first = Submission.objects.get(round="2004-S1")
    director.post("/monitoring/PIP-01/2004-S1/amend/", {"reason": "Una factura llegó tarde."})
    remark(world, first, FIRM)
    world.a.memberships.update(network=world.n2)

    place = f"/monitoring/PIP-01/2004-S1/networks/N1/?cell={FIRM}#{FIRM}"
    assert lines_in(director.get("/monitoring/")) == [place]
    assert lines_in(director.get("/monitoring/PIP-01/2004-S1/")) == [place]


@pytest.mark.parametrize("projects", [1, 3, 12])
def test_the_lists_ask_little(returned, director, world, django_assert_num_queries, projects):
    for number in range(projects):
        own = factories.project(f"PIP-2{number}")
        factories.firm(f"FIRMY{number:04}", factories.network(f"M{number}", own))
        factories.assign(world.director, Role.DIRECTOR, f"P:{own.code}")
        factories.assign(world.specialist, Role.SPECIALIST, f"P:{own.code}")
        one = open_submission(
            own, world.rounds["2004-S2"], by=world.director, at=factories.moment("2004-07-05")
        )
        remark(world, one, f"F:FIRMY{number:04}|regular|jobs")
    answer(Remark.objects.open().first().pk, world.director)
    director.get("/monitoring/")

    with django_assert_num_queries(24):
        page = director.get("/monitoring/")

    assert len(lines_in(page)) == projects + 5


# --- what counts them


def test_tabs_and_what_is_pending_count_them(returned, director, world):
    sheet = load_sheet(returned, network="N1")
    assert sheet.cell(CellKey.parse(FIRM)).remarks_open == 1
    page = director.get(SHEET + "?tab=employment")
    tabs = {tab.code: tab.remarks for tab in page.context["grid"].tabs}

    assert {code: n for code, n in tabs.items() if n} == {"employment": 1, "all": 1}
    assert page.context["grid"].pending == 1
    assert page.context["remarks_open"] == 2  # with the network's own
    assert 'href="/monitoring/PIP-01/2004-S2/units/N:N1/"' in text_of(page)
    assert "1 observación" in text_of(page)
    assert 'data-u="F:FIRMAAAAA"' in text_of(director.get(SHEET + "?tab=pending"))


def test_what_is_answered_is_pending_no_more_and_still_counted(returned, director, world):
    answer(Remark.objects.open().first().pk, world.coordinator)

    news = director.get(SHEET + "?totals=1").json()

    assert (news["tabs"]["pending"], news["notes"]["employment"]) == ("0", 1)


def test_a_word_of_another_reviewer_is_no_answer(returned, director, world):
    other = factories.user("otra-especialista", role=Role.SPECIALIST, scope="P:PIP-01")
    row = Remark.objects.open().first()
    answer(row.pk, other)
    assert director.get(SHEET + "?totals=1").json()["tabs"]["pending"] == "1"

    answer(row.pk, world.director)
    assert director.get(SHEET + "?totals=1").json()["tabs"]["pending"] == "0"


# --- threads in the forms

FORMS = {
    FIRM: ADDRESS + "units/F:FIRMAAAAA/",
    NETWORK: ADDRESS + "units/N:N1/",
    PROJECT: ADDRESS + "units/P:PIP-01/",
    THEME: ADDRESS + "narrative/",
}


def form_of(client, address):
    form = client.get(address).context["form"]
    return {
        form.add_prefix(name): form.get_initial_for_field(field, name) or ""
        for name, field in form.fields.items()
    }


@pytest.mark.parametrize("place", list(FORMS))
def test_a_thread_stands_in_its_form_and_is_answered_there(returned, director, world, place):
    subject, _kind, code = CellKey.parse(place) if "|" in place else ("", "", place)
    row = Remark.objects.get(subject=subject, variable_code=code)
    address = FORMS[place]
    assert f'id="thread-{row.pk}"' in text_of(director.get(address))

    done = director.post(address, form_of(director, address) | {f"answer-{row.pk}": "Por esto."})

    assert done.status_code == 302
    assert [(each.text, each.by) for each in row.replies.all()] == [("Por esto.", world.director)]
    assert "Por esto." in text_of(director.get(address))


def test_a_value_and_an_answer_go_together(returned, director):
    row = Remark.objects.get(subject="N:N1")
    data = form_of(director, FORMS[NETWORK]) | {
        "value-regular-joint_purchases": "9100",
        f"answer-{row.pk}": "Corregido.",
    }

    director.post(FORMS[NETWORK], data)

    entry = returned.entries.get(subject="N:N1", variable__code="joint_purchases")
    assert (entry.value, row.replies.get().text) == (9100, "Corregido.")


def test_an_answer_waits_in_the_form_for_a_value_that_cannot_be_read(returned, director):
    row = Remark.objects.get(subject="N:N1")
    data = form_of(director, FORMS[NETWORK]) | {
        "value-regular-joint_purchases": "nueve",
        f"answer-{row.pk}": "Corregido.",
    }

    page = director.post(FORMS[NETWORK], data)

    assert (page.status_code, row.replies.count()) == (422, 0)
    assert "Corregido." in text_of(page)


def test_a_reader_of_the_form_is_led_to_where_she_remarks(returned, specialist):
    page = text_of(specialist.get(FORMS[NETWORK]))

    assert f'href="{ADDRESS}cells/N:N1/regular/joint_purchases/#remarks"' in page
    assert "answer-" not in page


def test_a_text_of_the_narrative_is_remarked_on_by_who_reviews(submitted, specialist, director):
    address = ADDRESS + "remarks/"
    assert director.post(address, {"theme": THEME, "text": "x"}).status_code == 403
    assert specialist.post(address, {"theme": "weather", "text": "x"}).status_code == 404
    assert Remark.objects.count() == 0

    done = specialist.post(address, {"theme": THEME, "text": "¿Dónde?"})

    assert (done.status_code, done.headers["Location"]) == (302, PLACES[THEME])
    assert "¿Dónde?" in text_of(specialist.get(ADDRESS + "narrative/"))
    assert 'name="theme"' in text_of(specialist.get(ADDRESS + "narrative/"))


def test_the_coordinator_reads_no_thread_of_the_narrative(returned, coordinator, director):
    number = Remark.objects.get(variable_code=THEME).pk
    answers = [
        who.post(f"{ADDRESS}remarks/{number}/answer/", {"text": "Así."}).status_code
        for who in (coordinator, director)
    ]

    assert answers == [404, 302]


# --- review


def test_the_reviewer_sees_which_were_answered(submitted, specialist, world):
    remark(world, submitted, FIRM, NETWORK)
    answer(Remark.objects.get(subject="N:N1").pk, world.director)

    page = specialist.get(PAGE)

    assert [(line.where, line.answered) for line in page.context["threads"]] == [
        ("Red N1", True),
        ("Empresa FIRMAAAAA", False),
    ]
    assert "2 observações abertas, 1 respondidas." in text_of(page)


def test_approving_with_open_remarks_asks_and_says_which(submitted, specialist, world):
    numbers = remark(world, submitted, FIRM, NETWORK)

    asked = specialist.post(PAGE + "approve/")

    page = text_of(asked).split('id="approve-remarks"')[1].split("</form>")[0]
    assert (asked.status_code, Approval.objects.count()) == (422, 1)
    assert [f'href="#thread-{number}"' in page for number in numbers] == [True, True]
    some = specialist.post(PAGE + "approve/", {"despite": f"{numbers[0]}"})
    assert (some.status_code, Approval.objects.count()) == (422, 1)
    both = specialist.post(PAGE + "approve/", {"despite": f"{numbers[0]} {numbers[1]} "})
    assert (both.status_code, Approval.objects.count()) == (302, 2)


def test_approving_asks_nothing_once_they_are_closed(submitted, specialist, world):
    for number in remark(world, submitted, FIRM, NETWORK):
        review.resolve(number, by=world.specialist, at=AT)

    assert "id_despite" not in text_of(specialist.get(PAGE))
    assert specialist.post(PAGE + "approve/").status_code == 302


def test_the_start_page_of_the_reviewer_counts_what_was_answered(submitted, world):
    remark(world, submitted, FIRM, NETWORK)
    answer(Remark.objects.get(subject="N:N1").pk, world.director)

    page = text_of(client_of(world.specialist).get("/monitoring/"))

    assert "2 observações abertas." in page
    assert "1 foi respondida." in page
