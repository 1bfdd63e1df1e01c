"""Rounds in the administration: creating them, setting other days, and what that means for those
who were late.
"""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitoring.calendar.actions import DAYS, open_rounds, reschedule_round
from monitoring.calendar.lateness import with_progress
from monitoring.calendar.rounds import missing_rounds
from monitoring.models import Round, Submission
from monitoring.submission.opening import open_submission, submit
from monitoring.submission.review import return_submission
from pip_network.models import AuditEvent
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from pip_network.web.stamps import stamp_of
from tests import factories
from tests.factories import day, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
LIST, OPEN = "/admin/monitoring/round/", "/admin/monitoring/round/open/"
DAYS_PAGE = "/admin/monitoring/round/2004-S1/days/"


def events(verb: str) -> list[tuple]:
    return list(
        AuditEvent.objects.filter(verb=verb).order_by("id").values_list("object", "details")
    )


class TestCreating:
    def test_creates_what_is_missing_and_nothing_else(self, admin):
        factories.rounds("2006-S1", "2006-S1")
        Round.objects.filter(code="2006-S1").update(due_on=day("2006-09-01"))
        made = open_rounds("2005-S2", "2006-S2", by=admin, at=moment("2006-01-02"))
        assert [row.code for row in made] == ["2005-S2", "2006-S2"]
        assert list(Round.objects.values_list("code", "opens_on", "due_on")) == [
            ("2005-S2", day("2005-07-01"), day("2006-01-30")),
            ("2006-S1", day("2006-01-01"), day("2006-09-01")),
            ("2006-S2", day("2006-07-01"), day("2007-01-30")),
        ]
        assert events("round.created") == [
            ("round:2005-S2", {"opens_on": "2005-07-01", "due_on": "2006-01-30"}),
            ("round:2006-S2", {"opens_on": "2006-07-01", "due_on": "2007-01-30"}),
        ]

    @pytest.mark.parametrize(
        ("first", "last", "place"),
        [
            ("2006-S2", "2006-S1", "last"),
            ("2006", "2006-S1", "first"),
            ("2006-S3", "2006-S1", "first"),
            ("2006-S1", "2006-s2", "last"),
            ("0001-S1", "2006-S1", "first"),
            ("٢٠٠٦-S1", "2006-S1", "first"),
            ("2006-S1\n", "2006-S1", "first"),
            ("2006-S1", "2026-S1", "last"),
            ("2004-S1", "2004-S2", "first"),
        ],
    )
    def test_refuses(self, admin, first, last, place):
        factories.rounds("2004-S1", "2004-S2")
        with pytest.raises(Invalid) as refused:
            open_rounds(first, last, by=admin, at=moment("2006-01-02"))
        assert (refused.value.place, Round.objects.count()) == (place, 2)
        assert len(open_rounds("2006-S1", "2025-S2", by=admin, at=moment("2006-01-02"))) == 40

    def test_a_semester_has_one_round(self, admin):
        """What the database says when somebody else was faster: here under another code."""
        factories.rounds("2006-S1", "2006-S1")
        Round.objects.update(code="2006-SX")
        with pytest.raises(Conflict):
            open_rounds("2005-S2", "2006-S2", by=admin, at=moment("2006-01-02"))
        assert (Round.objects.count(), events("round.created")) == (1, [])
        Round.objects.all().delete()
        assert len(open_rounds("2005-S2", "2006-S2", by=admin, at=moment("2006-01-02"))) == 3

    def test_is_the_administrations(self, world):
        for person in (world.director, world.specialist, world.coordinator):
            with pytest.raises(Forbidden):
                open_rounds("2010-S1", "2010-S1", by=person, at=moment("2006-01-02"))
        assert (
            len(open_rounds("2010-S1", "2010-S1", by=world.administrator, at=moment("2006-01-02")))
            == 1
        )

    def test_the_form_proposes_what_projects_wait_for(self, desk):
        factories.project("PIP-01", starts_on="2004-01-10", ends_on="2005-02-01")
        factories.rounds("2004-S2", "2004-S2")
        page = desk.client.get(OPEN)
        assert [page.context["form"][name].value() for name in ("first", "last")] == [
            "2004-S1",
            "2005-S1",
        ]
        answer = desk.client.post(OPEN, {"first": "2004-S1", "last": "2005-S1"})
        assert (answer.status_code, answer.url) == (302, LIST)
        assert list(Round.objects.values_list("code", flat=True)) == [
            "2004-S1",
            "2004-S2",
            "2005-S1",
        ]
        refused = desk.client.post(
            OPEN, {"first": "2004-S1", "last": "2005-S1", "due_on": "2009-01-01"}
        )
        assert (refused.status_code, refused.context["form"].errors) == (
            422,
            {"first": ["All these rounds exist already: name others, or go back to the list."]},
        )

    def test_without_gaps_it_proposes_the_next(self, desk):
        factories.rounds("2004-S1", "2004-S2")
        assert desk.client.get(OPEN).context["form"]["first"].value() == "2005-S1"

    def test_what_is_missing_is_of_the_programme_and_not_of_the_future(self):
        factories.project("PIP-01", starts_on="2004-01-10", ends_on="2005-02-01")
        factories.project("PIP-02", starts_on="2004-08-10", ends_on="2019-02-01")
        factories.project(
            "PIP-03", starts_on="1999-08-10", ends_on="2019-02-01", archived_at=moment("2004-01-01")
        )
        assert missing_rounds(day("2005-08-01")) == ["2004-S1", "2004-S2", "2005-S1", "2005-S2"]
        factories.rounds("2004-S1", "2005-S1")
        assert missing_rounds(day("2005-08-01")) == ["2005-S2"]


@pytest.fixture
def admin(db):
    """Another person of the administration than the one of `world`."""
    return factories.user("gestora", role=Role.ADMINISTRATION, language="en")


@pytest.fixture
def four(world):
    """2004-S1, due 30 July: PIP-01 handed in late, PIP-02 in time, PIP-03 late and never handed in,
    PIP-04 returned.
    """
    made = {}
    for code, at in (("PIP-01", "2004-08-04"), ("PIP-02", "2004-07-20"), ("PIP-04", "2004-08-02")):
        project = world.project
        if code != "PIP-01":
            project = factories.project(code)
            factories.assign(world.director, Role.DIRECTOR, f"P:{code}")
            factories.assign(world.specialist, Role.SPECIALIST, f"P:{code}")
        opened = factories.open_submission(
            project, world.rounds["2004-S1"], by=world.director, at=moment("2004-07-01")
        )
        factories.fill(opened, by=world.director, at=moment(at))
        made[code] = submit(opened.pk, by=world.director, at=moment(at))
    return_submission(made["PIP-04"].pk, "other", by=world.specialist, at=moment("2004-08-03"))
    third = factories.project("PIP-03")
    open_submission(third, world.rounds["2004-S1"], by=world.administrator, at=moment("2004-07-01"))
    return world


def due() -> dict[str, str]:
    return {
        code: on.isoformat()
        for code, on in Submission.objects.order_by("project").values_list("project", "due_on")
    }


def reschedule(world, at="2004-08-05", **given):
    row = Round.objects.get(code="2004-S1")
    asked = {
        "opens_on": row.opens_on,
        "due_on": row.due_on,
        "reason": "Inundación",
        "by": world.administrator,
        **given,
    }
    return reschedule_round(round=row, at=moment(at), **asked)


class TestOtherDays:
    def test_a_later_due_day_is_for_who_never_handed_in(self, four):
        """What was measured stays; who is late for no longer is."""
        assert [s.project_id for s in Submission.objects.late(moment("2004-08-05"))] == ["PIP-03"]
        assert reschedule(four, due_on=day("2004-08-20")) == 1
        assert due() == {
            "PIP-01": "2004-07-30",
            "PIP-02": "2004-07-30",
            "PIP-03": "2004-08-20",
            "PIP-04": "2004-07-30",
        }
        assert not Submission.objects.late(moment("2004-08-05")).exists()
        row = with_progress(Round.objects.all(), moment("2004-08-05")).get(code="2004-S1")
        assert (row.due_on, row.late, row.handed_in_late) == (day("2004-08-20"), 0, 2)
        assert events("round.rescheduled") == [
            (
                "round:2004-S1",
                {
                    "changes": {"due_on": ["2004-07-30", "2004-08-20"]},
                    "reason": "Inundación",
                    "submissions": 1,
                },
            )
        ]

    def test_a_submission_opened_later_has_the_new_day(self, four):
        stale = Round.objects.get(code="2004-S1")  # read before the change, as a page does
        reschedule(four, due_on=day("2004-08-20"))
        fifth = factories.project("PIP-05")
        opened = open_submission(fifth, stale, by=four.administrator, at=moment("2004-08-06"))
        assert opened.due_on == day("2004-08-20")

    def test_another_opening_moves_no_due_day_and_closes_nothing(self, four):
        before = due()
        assert reschedule(four, opens_on=day("2004-07-15")) == 0
        assert (due(), Submission.objects.filter(status="draft").count()) == (before, 1)
        sixth = factories.project("PIP-06")
        with pytest.raises(Invalid):
            open_submission(
                sixth, four.rounds["2004-S1"], by=four.administrator, at=moment("2004-07-14")
            )
        assert open_submission(
            sixth, four.rounds["2004-S1"], by=four.administrator, at=moment("2004-07-15")
        )

    @pytest.mark.parametrize(
        ("given", "twin", "place"),
        [
            ({"due_on": "2004-06-30"}, {"due_on": "2004-07-01"}, "due_on"),
            ({"opens_on": "2003-12-31"}, {"opens_on": "2004-01-02"}, "opens_on"),
            ({"opens_on": "2004-07-31"}, {"opens_on": "2004-07-30"}, "opens_on"),
            (
                {"due_on": "2004-07-02", "at": "2004-07-03"},
                {"due_on": "2004-07-03", "at": "2004-07-03"},
                "due_on",
            ),
            ({"due_on": "2004-08-20", "reason": "  "}, {"due_on": "2004-08-20"}, "reason"),
            (
                {"due_on": "2004-08-20", "reason": "así fue " * 50 + "x"},
                {"due_on": "2004-08-20", "reason": "así fue " * 49 + "así fue."},
                "reason",
            ),
            (
                {"due_on": "2004-08-20", "reason": "Inundación\0"},
                {"due_on": "2004-08-20", "reason": "Inundación"},
                "reason",
            ),
            ({"due_on": "9999-12-31"}, {"due_on": "2004-08-20"}, "due_on"),
            ({"due_on": "2006-07-02"}, {"due_on": "2006-07-01"}, "due_on"),
            (
                {"due_on": "2012-05-02", "at": "2010-05-01"},
                {"due_on": "2012-05-01", "at": "2010-05-01"},
                "due_on",
            ),
            ({}, {"due_on": "2004-08-20"}, ""),
        ],
    )
    def test_refuses(self, world, given, twin, place):
        def days(values: dict) -> dict:
            return {name: day(text) if name in DAYS else text for name, text in values.items()}

        before = Round.objects.values().get(code="2004-S1")
        with pytest.raises(Invalid) as refused:
            reschedule(world, **{"at": "2004-05-01", **days(given)})
        assert (refused.value.place, Round.objects.values().get(code="2004-S1")) == (place, before)
        reschedule(world, **{"at": "2004-05-01", **days(twin)})
        assert Round.objects.values().get(code="2004-S1") != before

    def test_is_the_administrations(self, four):
        with pytest.raises(Forbidden):
            reschedule(four, due_on=day("2004-08-20"), by=four.director)
        assert reschedule(four, due_on=day("2004-08-20")) == 1

    def test_a_round_that_somebody_else_changed_is_not_written_over(self, four):
        stamp = stamp_of(Round.objects.get(code="2004-S1"), DAYS)
        reschedule(four, due_on=day("2004-08-20"), stamp=stamp)
        with pytest.raises(Conflict) as refused:
            reschedule(four, due_on=day("2004-08-25"), stamp=stamp)
        assert refused.value.context["stored"].due_on == day("2004-08-20")
        assert (
            reschedule(
                four,
                due_on=day("2004-08-25"),
                stamp=stamp_of(Round.objects.get(code="2004-S1"), DAYS),
            )
            == 1
        )


class TestPages:
    @pytest.fixture
    def desk_then(self, desk):
        with time_machine.travel(dt.datetime(2004, 8, 5, 12, tzinfo=dt.UTC), tick=False):
            desk.client.force_login(desk.person)
            yield desk

    def test_the_form_says_what_it_means_and_saves(self, four, desk_then):
        page = desk_then.client.get(DAYS_PAGE)
        assert page.context["will"][0].startswith(
            "One submission was never handed in (late today: 1)."
        )
        assert page.context["will"][1].startswith(
            "3 submissions were handed in and keep the due day that they had (late: 2)."
        )
        given = {
            "opens_on": "2004-01-01",
            "due_on": "2004-08-20",
            "reason": "Inundación",
            "code": "2009-S1",
            "year": "2009",
        }
        answer = desk_then.client.post(
            DAYS_PAGE, {**given, "stamp": page.context["form"]["stamp"].value()}
        )
        assert (answer.status_code, answer.url) == (302, "/admin/monitoring/round/2004-S1/change/")
        row = Round.objects.get(code="2004-S1")
        assert (row.due_on, row.year) == (day("2004-08-20"), 2004)

    def test_two_people_at_the_form(self, four, desk_then):
        stamp = desk_then.client.get(DAYS_PAGE).context["form"]["stamp"].value()
        reschedule(four, due_on=day("2004-08-20"))
        given = {"opens_on": "2004-01-01", "due_on": "2004-08-25", "reason": "Inundación"}
        refused = desk_then.client.post(DAYS_PAGE, {**given, "stamp": stamp})
        assert (
            refused.status_code,
            [tuple(each) for each in refused.context["form"].meanwhile],
        ) == (
            409,
            [("Due on", "20\N{NO-BREAK SPACE}Aug\N{NO-BREAK SPACE}2004")],
        )
        assert Round.objects.get(code="2004-S1").due_on == day("2004-08-20")
        again = desk_then.client.post(
            DAYS_PAGE, {**given, "stamp": refused.context["form"]["stamp"].value()}
        )
        assert (again.status_code, Round.objects.get(code="2004-S1").due_on) == (
            302,
            day("2004-08-25"),
        )

    def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(self, four, desk_then):
        refused = desk_then.client.post(
            DAYS_PAGE,
            {"opens_on": "2004-01-01", "due_on": "2004-08-01", "reason": "Así se decidió ayer"},
        )
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["due_on"])
        assert refused.context["form"]["reason"].value() == "Así se decidió ayer"

    def test_the_page_of_one(self, four, desk_then):
        page = desk_then.client.get("/admin/monitoring/round/2004-S1/change/")
        assert [(one.project_id, mark) for one, mark in page.context["submissions"]] == [
            ("PIP-03", "6 days late"),
            ("PIP-04", "handed in 3 days late"),
            ("PIP-01", "handed in 5 days late"),
            ("PIP-02", "handed in in time"),
        ]
        reschedule(four, due_on=day("2004-08-20"))
        page = desk_then.client.get("/admin/monitoring/round/2004-S1/change/")
        assert [(one.project_id, mark) for one, mark in page.context["submissions"]][0] == (
            "PIP-03",
            "",
        )
        assert [event.reason for event in page.context["history"]] == ["Inundación"]
        assert desk_then.client.get("/admin/monitoring/round/2004-S1/history/").url.endswith(
            "/2004-S1/change/"
        )

    @pytest.mark.parametrize(
        "place", ["nothing/change/", "nothing/days/", "2099-S1/change/", "2099-S1/days/"]
    )
    def test_what_is_not_there(self, desk, place):
        factories.rounds("2004-S1", "2004-S1")
        assert desk.client.get(f"{LIST}{place}").status_code == 404
        assert (
            desk.client.get(f"{LIST}{place}".replace(place.split("/")[0], "2004-S1")).status_code
            == 200
        )

    def test_nothing_else_writes(self, desk):
        factories.rounds("2004-S1", "2004-S1")
        assert (
            desk.client.post(f"{LIST}2004-S1/change/", {"due_on": "2009-01-01"}).status_code == 405
        )
        assert desk.client.get(f"{LIST}add/").status_code == 403
        assert desk.client.get(f"{LIST}2004-S1/delete/").status_code == 403

    def test_others_find_no_such_room(self, client, world):
        for person in (None, world.director, world.specialist):
            client.logout()
            if person:
                client.force_login(person)
            found = {client.get(each).status_code for each in (LIST, OPEN, DAYS_PAGE)}
            assert found == ({404} if person else {302})

    @pytest.mark.parametrize("number", [1, 3, 12])
    def test_the_same_queries_whatever_the_rows(self, desk, world, number):
        for i in range(number):
            project = factories.project(f"PIP-{i + 20}")
            open_submission(
                project, world.rounds["2004-S1"], by=world.administrator, at=moment("2004-07-01")
            )
        counts = []
        for place in (LIST, f"{LIST}2004-S1/change/", DAYS_PAGE):
            desk.client.get(place)
            with CaptureQueriesContext(connection) as asked:
                assert desk.client.get(place).status_code == 200
            counts.append(len(asked))
        assert counts == [11, 9, 10]


def test_the_trail_names_a_round_and_opens_its_page(admin):
    from pip_network.audit import objects  # noqa: PLC0415 -- only here

    assert (objects.object_label("round:2006-S1"), objects.page_of("round:2006-S1")) == (
        "Round 2006-S1",
        reverse("admin:monitoring_round_change", args=["2006-S1"]),
    )
