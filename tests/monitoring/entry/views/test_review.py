"""The reviewers' room: queue, page, remarks, decisions, and the history of a cell."""

import re

import pytest

from monitoring.models import Approval, Remark, Submission
from monitoring.sheet.cells import asked_cells
from monitoring.sheet.roster import load_roster
from monitoring.submission.opening import open_submission, submit
from monitoring.submission.review import return_submission
from pip_network.models import RoleAssignment
from pip_network.people.access import Role
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS, client_of

PAGE = "/review/PIP-01/2004-S2/"
JOBS = "F:FIRMAAAAA|regular|jobs"
CELL = ADDRESS + "cells/F:FIRMAAAAA/regular/jobs/"
AT = factories.moment("2005-01-20")


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def submitted(opened, world):
    factories.fill(opened, by=world.director, at=AT, but={"F:FIRMBBBBB|regular|sales": "refused"})
    submit(opened.pk, by=world.director, at=AT)
    opened.refresh_from_db()
    return opened


def more_submissions(world, count):
    for number in range(count):
        own = factories.project(f"PIP-3{number}")
        factories.assign(world.director, Role.DIRECTOR, f"P:{own.code}")
        factories.assign(world.specialist, Role.SPECIALIST, f"P:{own.code}")
        one = open_submission(
            own, world.rounds["2004-S2"], by=world.director, at=factories.moment("2004-07-05")
        )
        factories.fill(one, by=world.director, at=AT)
        submit(one.pk, by=world.director, at=AT)


# --- the queue


@pytest.mark.parametrize("more", [0, 2, 12])
def test_the_queue_asks_little(submitted, specialist, world, django_assert_num_queries, more):
    more_submissions(world, more)

    with django_assert_num_queries(8):
        page = text_of(specialist.get("/review/"))

    assert page.count("/2004-S2/") == more + 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("whose=mine", ["PIP-01"]),
        ("whose=others", ["PIP-30"]),
        ("time=late", []),
        ("time=in_time", ["PIP-01", "PIP-30"]),
        ("warnings=with", ["PIP-01"]),
        ("warnings=without", ["PIP-30"]),
        ("whose=mine&time=late", []),
        ("whose=%27&time=x", ["PIP-01", "PIP-30"]),  # of no list: said at the field, not applied
    ],
)
def test_the_queue_is_narrowed(submitted, specialist, world, asked, found):
    more_submissions(world, 1)
    RoleAssignment.objects.filter(person=world.specialist, scope="P:PIP-30").delete()
    factories.assign(
        world.specialist, Role.DIRECTOR, "P:PIP-30"
    )  # she reads it, and reviews it not
    Submission.objects.filter(project="PIP-01").update(warnings_explained=2)
    Submission.objects.filter(project="PIP-30").update(warnings_explained=0)
    page = specialist.get(f"/review/?{asked}").context
    assert sorted(row["submission"].project_id for row in page["waiting"]) == found


def test_hers_stand_first(submitted, world):
    more_submissions(world, 1)
    other = factories.user("otra-especialista", role=Role.SPECIALIST, scope="P:PIP-30")

    page = text_of(client_of(other).get("/review/"))

    assert page.index("/review/PIP-30/") < page.index("/review/PIP-01/")


def test_a_late_one_says_how_late(opened, specialist, world):
    late = factories.moment("2005-02-09")
    factories.fill(opened, by=world.director, at=late)
    submit(opened.pk, by=world.director, at=late)

    assert "10 d" in text_of(specialist.get("/review/"))  # days


# --- the page


@pytest.mark.parametrize("more", [1, 3, 60])
def test_the_page_asks_little(opened, specialist, world, django_assert_num_queries, more):
    for number in range(more):
        factories.firm(f"FIRMX{number:04}", world.n1)
    factories.fill(opened, by=world.director, at=AT)
    submit(opened.pk, by=world.director, at=AT)
    specialist.get(PAGE)

    with django_assert_num_queries(28):
        assert specialist.get(PAGE).status_code == 200


def test_what_changed_most_stands_first(opened, specialist, world):
    changed = {"F:FIRMAAAAA|regular|joint_actions_joined": "8", "N:N1|regular|joint_actions": "9"}
    factories.fill(opened, by=world.director, at=AT, but=changed)

    changes = specialist.get(PAGE).context["changes"]

    assert [(str(line.key), line.change) for line in changes[:2]] == [
        ("F:FIRMAAAAA|regular|joint_actions_joined", "+300%"),
        ("N:N1|regular|joint_actions", "+200%"),
    ]


def test_sales_are_asked_or_not_before_they_are_comparable(submitted, specialist):
    """In the first half of a year nobody is asked for them."""
    for page, asked in ((PAGE, True), (PAGE.replace("2004-S2", "2004-S1"), False)):
        answer = specialist.get(page)
        assert answer.context["tiles"]["sales_asked"] is asked
        assert ("em nenhuma célula desta rodada" in text_of(answer)) is not asked


def test_what_is_missing_is_counted_with_its_reason(submitted, specialist):
    missing = {row["network"].code: row for row in specialist.get(PAGE).context["missing"]}

    assert (missing["N1"]["refused"], missing["N2"]["refused"], missing["N1"]["blank"]) == (1, 1, 0)


def test_it_says_what_approving_writes(submitted, specialist):
    page = specialist.get(PAGE)

    assert page.context["next_number"] == 2
    assert page.context["written"] == len(asked_cells(load_roster(submitted, day=AT.date())))
    assert "/approve/" in text_of(page)


def test_a_reader_is_offered_no_decision(submitted, world):
    page = text_of(client_of(world.administrator).get(PAGE))

    assert ("/approve/" in page, "/return/" in page) == (False, False)


# --- beginning


def test_the_queue_says_whether_the_review_has_begun_and_by_whom(submitted, specialist, world):
    assert "revisão não iniciada" in text_of(specialist.get("/review/"))
    assert "Iniciar a revisão" in text_of(specialist.get(PAGE))
    assert specialist.post(PAGE + "begin/").status_code == 302
    assert "Especialista a revisa desde" in text_of(specialist.get("/review/"))
    page = text_of(specialist.get(PAGE))
    assert ("Iniciar a revisão" in page, "Em revisão por <b>Especialista</b>" in page) == (
        False,
        True,
    )
    assert specialist.post(PAGE + "begin/").status_code == 409


def test_who_only_reads_begins_nothing(submitted, world):
    reader = client_of(world.administrator)
    assert "/begin/" not in text_of(reader.get(PAGE))
    assert reader.post(PAGE + "begin/").status_code == 403
    submitted.refresh_from_db()
    assert submitted.review_begun_at is None


# --- decisions


def test_approving_writes_the_record_and_goes_on_to_the_next(submitted, specialist, world):
    more_submissions(world, 1)

    answer = specialist.post(PAGE + "approve/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/review/PIP-30/2004-S2/")
    assert (Approval.objects.count(), Submission.objects.get(pk=submitted.pk).status) == (
        2,
        "approved",
    )
    assert specialist.post(PAGE + "approve/").status_code == 409


def test_what_was_submitted_anew_is_read_anew(submitted, specialist, world):
    """Two specialists: while one reads, the other returns, and the director submits something else."""
    seen = re.findall(r'name="seen" value="(\d+)"', text_of(specialist.get(PAGE)))
    later = factories.moment("2005-01-25")
    return_submission(submitted.pk, "inconsistent", "Revise.", by=world.specialist, at=later)
    submit(submitted.pk, by=world.director, at=later)

    stale = specialist.post(PAGE + "approve/", {"seen": seen})
    fresh = re.findall(r'name="seen" value="(\d+)"', text_of(specialist.get(PAGE)))

    assert (stale.status_code, Approval.objects.count()) == (409, 1)
    assert (
        specialist.post(PAGE + "approve/", {"seen": fresh}).status_code,
        Approval.objects.count(),
    ) == (302, 2)


def test_who_submitted_does_not_approve(submitted, world):
    factories.assign(world.director, Role.SPECIALIST, "P:PIP-01")
    own = client_of(world.director)

    assert own.get(PAGE).context["is_author"] is True
    assert own.post(PAGE + "approve/").status_code == 403
    assert Submission.objects.get(pk=submitted.pk).status == "submitted"


def test_a_reader_decides_nothing(submitted, world):
    reader = client_of(world.administrator)

    assert [reader.post(PAGE + step).status_code for step in ("approve/", "return/")] == [403, 403]


def test_a_director_finds_no_such_room(submitted, director):
    assert [director.post(PAGE + step).status_code for step in ("approve/", "return/")] == [
        404,
        404,
    ]


def test_returning_needs_a_reason_and_a_note(submitted, specialist):
    bad = [
        {},
        {"reason": "unexplained"},
        {"reason": "because", "note": "x"},
        {"reason": "other", "note": " "},
    ]
    assert [specialist.post(PAGE + "return/", data).status_code for data in bad] == [422] * 4

    answer = specialist.post(
        PAGE + "return/", {"reason": "unexplained", "note": "Aclare el empleo."}
    )

    one = Submission.objects.get(pk=submitted.pk)
    assert (answer.status_code, one.status, one.return_reason) == (302, "returned", "unexplained")
    assert specialist.post(PAGE + "return/", {"reason": "other", "note": "x"}).status_code == 409


@pytest.mark.parametrize("act", ["return", "approve"])
def test_who_opens_the_address_of_a_refusal_is_led_to_its_page(submitted, specialist, act):
    """As choosing another language there does."""
    there = {"next": f"{PAGE}{act}/", "language": "en"}
    answer = specialist.post("/language/", there, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}{act}/", 302), (PAGE, 302)]
    assert (answer.status_code, "Return the submission" in text_of(answer)) == (200, True)


def test_the_director_reads_why_it_came_back(submitted, specialist, director):
    specialist.post(PAGE + "return/", {"reason": "unexplained", "note": "Aclare el empleo."})

    assert "Aclare el empleo." in text_of(director.get(ADDRESS))


# --- remarks


def remark(client, key=JOBS, text="¿Por qué?", *, headers=None, **more):
    return client.post(
        ADDRESS + "remarks/", {"cell": key, "text": text, **more}, headers=headers or {}
    )


def test_a_thread(submitted, specialist, director, coordinator):
    assert remark(specialist).headers["Location"] == CELL
    one = Remark.objects.get()
    answers = [
        person.post(f"{ADDRESS}remarks/{one.pk}/answer/", {"text": "Por esto."})
        for person in (director, coordinator)
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert specialist.post(f"{ADDRESS}remarks/{one.pk}/resolve/").status_code == 302
    assert specialist.post(f"{ADDRESS}remarks/{one.pk}/resolve/").status_code == 409

    page = text_of(director.get(CELL))
    assert page.count("Por esto.") == 2
    assert "¿Por qué?" in page


def test_remarks_and_answers_that_are_sent_twice_are_written_once(submitted, specialist, director):
    key = re.search(r'name="form_key" value="([^"]+)"', text_of(specialist.get(CELL)))[1]
    answers = [remark(specialist, form_key=key) for _each in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [CELL, CELL]
    one = Remark.objects.get()
    panel = [
        remark(specialist, text="Y esto", form_key="k2", headers={"HX-Request": "true"})
        for _each in range(2)
    ]
    assert [answer.status_code for answer in panel] == [200, 200]
    assert all("Y esto" in text_of(answer) for answer in panel)
    assert all('value="k2"' not in text_of(answer) for answer in panel)  # the next is another
    address = f"{ADDRESS}remarks/{one.pk}/answer/"
    for _each in range(2):
        assert director.post(address, {"text": "x", "form_key": "k3"}).status_code == 302
    assert Remark.objects.count() == 3
    assert remark(specialist, text="Otra vez", form_key="k4").status_code == 302
    assert Remark.objects.count() == 4


def test_only_reviewers_remark_and_resolve(submitted, specialist, director):
    assert remark(director).status_code == 403
    remark(specialist)
    assert director.post(f"{ADDRESS}remarks/{Remark.objects.get().pk}/resolve/").status_code == 403
    assert Remark.objects.get().resolved_at is None


def test_the_coordinator_answers_only_in_her_network(submitted, specialist, coordinator):
    remark(specialist, "F:FIRMCCCCC|regular|jobs")

    assert (
        coordinator.post(
            f"{ADDRESS}remarks/{Remark.objects.get().pk}/answer/", {"text": "x"}
        ).status_code
        == 404
    )


@pytest.mark.parametrize(
    "key",
    [
        "",
        "nonsense",
        "F:NOBODY|regular|jobs",
        "F:FIRMAAAAA|regular|nonsense",
        "F:FIRMAAAAA|sometimes|jobs",
    ],
)
def test_a_remark_needs_a_cell_that_exists(submitted, specialist, key):
    assert (remark(specialist, key).status_code, Remark.objects.count()) == (404, 0)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_remark_needs_words(submitted, specialist, text):
    assert (remark(specialist, text=text).status_code, Remark.objects.count()) == (422, 0)


def test_it_goes_back_to_where_it_was_written_and_nowhere_else(submitted, specialist):
    remark(specialist)
    address = f"{ADDRESS}remarks/{Remark.objects.get().pk}/answer/"

    back = [
        specialist.post(address, {"text": "x", "next": to}).headers["Location"]
        for to in (PAGE, "https://example.org/")
    ]

    assert back == [PAGE, CELL]


def test_a_remark_of_another_submission_is_not_found(submitted, specialist, world):
    remark(specialist)

    assert (
        specialist.post(
            f"/monitoring/PIP-01/2004-S1/remarks/{Remark.objects.get().pk}/answer/", {"text": "x"}
        ).status_code
        == 404
    )


def test_the_panel_is_a_part_of_the_page(submitted, director):
    part = director.get(CELL, headers={"hx-request": "true"}).content.decode()

    assert ("<html" in part, "<h2>" in part) == (False, True)


# --- history


def test_a_cell_tells_its_life(submitted, specialist, director):
    specialist.post(PAGE + "approve/")

    items = director.get(CELL + "history/").context["items"]

    assert [(item.event, text, item.approval) for item, text in items] == [
        ("approved", "8,0", 2),
        ("entered", "8,0", None),
    ]
