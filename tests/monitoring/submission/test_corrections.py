"""Corrections of what approval froze: the unit, the right value, what it changes, one approval."""

import re

import pytest

from monitoring.models import Approval, Observation, Report
from monitoring.record.chain import verify
from monitoring.submission.correcting import correct_observations
from monitoring.submission.corrections.versions import ObservationChange
from pip_network.models import AuditEvent, Job
from pip_network.web.errors import Conflict
from tests.factories import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "folder")]
ROOM = "/admin/monitoring/observation/"
AT = moment("2005-03-01")
REASON = "Código errado en el alta"


class Room:
    """The administration's browser over a record of two approved rounds."""

    def __init__(self, client, world):
        self.client, self.world = client, world
        client.force_login(world.administrator)

    def place(self, attribute: str, subject="F:FIRMAAAAA", code="2004-S2", kind="regular") -> str:
        row = Observation.objects.live().get(subject=subject, round=code, kind=kind)
        return f"{ROOM}{row.pk}/correct/{attribute}/"

    def preview(self, place: str, value: str, extent="alone", reason=REASON, **extra):
        given = {"value": value, "extent": extent, "reason": reason, **extra}
        return self.client.post(place, given)

    def approve(self, place: str, value: str, **given):
        """Preview and confirm; what the confirmation answered."""
        shown = self.preview(place, value, **{**given, "reason": REASON})
        return self.preview(place, value, seen=seen_in(shown), **given)


@pytest.fixture
def room(client, two_rounds):
    return Room(client, two_rounds)


def seen_in(page) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def changes(page) -> list[tuple]:
    return [
        (each["unit"], each["round"], each["kind"], *change)
        for each in page.context["changes"]
        for change in each["differences"]
    ]


def sectors(subject: str = "F:FIRMAAAAA") -> list[tuple]:
    rows = Observation.objects.live().filter(subject=subject).order_by("round", "kind")
    return [(row.round_id, row.kind, row.sector) for row in rows]


BEFORE = [("2004-S1", "baseline", "15"), ("2004-S1", "regular", "15"), ("2004-S2", "regular", "15")]


class TestTheWay:
    def test_shows_what_would_change_and_stores_nothing(self, room):
        page = room.preview(room.place("sector"), "17")
        unit = "FIRMAAAAA Empresa FIRMAAAAA"
        assert changes(page) == [
            (unit, "2004-S2", "Regular", "Sector", "Food and beverages", "Textiles")
        ]
        assert (page.context["rounds"], page.context["count"]) == (["2004-S2"], 1)
        assert (sectors(), Approval.objects.count()) == (BEFORE, 2)

    def test_no_page_says_how_the_record_names_the_unit(self, room):
        place = room.place("sector")
        pages = [
            room.client.get(place.replace("correct/sector/", "change/")),
            room.client.get(place),
            room.preview(place, "17"),
        ]
        for page in (re.sub(r"\s+", " ", page.content.decode()) for page in pages):
            assert "FIRMAAAAA Empresa FIRMAAAAA · 2004-S2" in page
            assert "F:FIRMAAAAA" not in page

    def test_its_confirmation_is_one_approval(self, room):
        answer = room.approve(room.place("sector"), "17")
        row = Observation.objects.live().get(subject="F:FIRMAAAAA", round="2004-S2")
        assert (answer.status_code, answer.url) == (302, f"{ROOM}{row.pk}/change/")
        assert sectors() == [*BEFORE[:2], ("2004-S2", "regular", "17")]
        approval = Approval.objects.get(number=3)
        who = room.world.administrator
        assert (approval.kind, approval.reason, approval.approver) == ("registry", REASON, who)
        assert verify().whole
        assert list(
            AuditEvent.objects.filter(verb="registry.corrected").values_list(
                "object", "actor", "details"
            )
        ) == [("P:PIP-01/2004-S2", f"U:{who.pk}", {"approval": 3, "fields": ["sector"]})]
        assert Job.objects.filter(kind="monitoring.refresh_portfolio").count() == 1

    def test_later_rounds_too_where_that_is_asked(self, room):
        place = room.place("sector", code="2004-S1")
        assert room.approve(place, "17", extent="onwards").status_code == 302
        assert [sector for _round, _kind, sector in sectors()] == ["17", "17", "17"]
        assert Approval.objects.count() == 3
        told = AuditEvent.objects.filter(verb="registry.corrected").order_by("id")
        assert [row.object for row in told] == ["P:PIP-01/2004-S1", "P:PIP-01/2004-S2"]

    def test_the_round_alone_with_its_baseline(self, room):
        assert room.approve(room.place("sector", code="2004-S1"), "17").status_code == 302
        assert [sector for _round, _kind, sector in sectors()] == ["17", "17", "15"]

    def test_a_day_moves_what_follows_from_it(self, room):
        page = room.preview(room.place("joined_on", code="2004-S1"), "2004-01-11")
        rows = {change[2:] for change in changes(page)}
        assert rows == {
            (kind, *change)
            for kind in ("Baseline", "Regular")
            for change in [
                ("Joined on", "15\xa0Feb\xa02004", "11\xa0Jan\xa02004"),
                ("Baseline reconstructed", "no", "yes"),
            ]
        }

    def test_a_networks_typology_is_of_its_firms_too(self, room):
        place = room.place("typology", subject="N:N1")
        page = room.preview(place, "sistema_territorial")
        subjects = [each["unit"].split()[0] for each in page.context["changes"]]
        assert subjects == ["FIRMAAAAA", "FIRMBBBBB", "N1", "PIP-01"]
        assert changes(page)[0][3:] == ("Typology (N1)", "Cluster", "Territorial systems")
        assert room.approve(place, "sistema_territorial").status_code == 302

    def test_one_goes_back_to_the_form_with_what_was_given(self, room):
        place = room.place("sector")
        page = room.client.get(f"{place}?value=17&extent=onwards")
        form = page.context["form"]
        assert (form["value"].value(), form["extent"].value()) == ("17", "onwards")
        assert "The record says now: Food and beverages" in page.content.decode()


class TestRefusals:
    @pytest.mark.parametrize(
        ("reason", "status"),
        [("", 422), ("correcció", 422), ("1234567890", 422), ("corrección", 302)],
    )
    def test_wants_a_reason_of_ten_characters(self, room, reason, status):
        answer = room.approve(room.place("sector"), "17", reason=reason)
        assert (answer.status_code, Approval.objects.count()) == (status, 3 if status == 302 else 2)
        if status == 422:
            assert list(answer.context["form"].errors) == ["reason"]
            assert seen_in(answer)  # the reason can be given there and then

    @pytest.mark.parametrize(
        ("attribute", "value", "status"),
        [
            ("sector", "99", 422),
            ("sector", "17", 200),
            ("country", "XX", 422),
            ("country", "regional", 200),
            ("size", "huge", 422),
            ("size", "large", 200),
            ("owner_sex", "x", 422),
            ("owner_sex", "mixed", 200),
            ("membership", "gone", 422),
            ("membership", "left", 200),
            ("joined_on", "2004-02-31", 422),
            ("joined_on", "2004-02-28", 200),
            ("captured_on", "", 422),
            ("captured_on", "2004-06-01", 200),
        ],
    )
    def test_takes_known_values_only(self, room, attribute, value, status):
        page = room.preview(room.place(attribute), value)
        assert (page.status_code, Approval.objects.count()) == (status, 2)
        assert ("value" in page.context["form"].errors) is (status == 422)

    @pytest.mark.parametrize(
        ("subject", "attribute", "status"),
        [
            ("F:FIRMAAAAA", "typology", 404),
            ("N:N1", "typology", 200),
            ("N:N1", "size", 404),
            ("F:FIRMAAAAA", "size", 200),
            ("P:PIP-01", "owner_sex", 404),
            ("P:PIP-01", "country", 200),
            ("F:FIRMAAAAA", "currency", 404),
            ("F:FIRMAAAAA", "constituted_on", 404),
            ("N:N1", "constituted_on", 200),
        ],
    )
    def test_an_attribute_is_of_its_level(self, room, subject, attribute, status):
        assert room.client.get(room.place(attribute, subject=subject)).status_code == status

    def test_nothing_that_changes_nothing(self, room):
        page = room.preview(room.place("sector"), "15")
        assert (page.status_code, page.context["form"].non_field_errors()) == (
            422,
            ["The record already says so: nothing changes."],
        )
        assert room.preview(room.place("sector"), "17").status_code == 200


class TestMeanwhile:
    @pytest.fixture
    def moved(self, room):
        """Somebody else corrects what a preview has shown."""
        place = room.place("sector")
        shown = seen_in(room.preview(place, "17"))
        other = [ObservationChange("F:FIRMAAAAA", "sector", "18")]
        world = room.world
        correct_observations(
            world.project, world.rounds["2004-S2"], other, REASON, by=world.administrator, at=AT
        )
        return place, shown

    def test_both_values_are_shown_and_nothing_is_stored(self, room, moved):
        place, seen = moved
        page = room.preview(place, "17", seen=seen)
        assert (page.status_code, Approval.objects.count()) == (409, 3)
        (each,) = page.context["overtaken"]
        assert each["differences"] == [("Sector", "Food and beverages", "Clothing")]
        assert [change[-2:] for change in changes(page)] == [("Clothing", "Textiles")]
        assert page.context["form"]["reason"].value() == REASON

        again = room.preview(place, "17", seen=seen_in(page))
        assert (again.status_code, sectors()[-1][2]) == (302, "17")

    def test_of_networks_both_are_shown_too(self, room):
        place, world = room.place("typology", subject="N:N1"), room.world
        seen = seen_in(room.preview(place, "sistema_territorial"))
        other = [ObservationChange("N:N1", "typology", "cadena_proveedores")]
        correct_observations(
            world.project, world.rounds["2004-S2"], other, REASON, by=world.administrator, at=AT
        )
        page = room.preview(place, "sistema_territorial", seen=seen)
        words = {
            tuple(change) for each in page.context["overtaken"] for change in each["differences"]
        }
        assert (page.status_code, words) == (409, {("Typology (N1)", "Cluster", "Supplier chains")})

    def test_what_already_says_so_is_shown_too(self, room, moved):
        place, seen = moved
        page = room.preview(place, "18", seen=seen)
        assert (page.status_code, page.context["count"], seen_in(page)) == (409, 0, "")

    def test_a_row_that_came_is_told(self, room):
        place = room.place("sector")
        seen = seen_in(room.preview(place, "17", extent="onwards"))
        room.world.approved("2005-S1")
        page = room.preview(place, "17", extent="onwards", seen=seen)
        states = [(each["round"], each["state"]) for each in page.context["overtaken"]]
        assert (page.status_code, states) == (409, [("2005-S1", "new")])
        again = room.preview(place, "17", extent="onwards", seen=seen_in(page))
        assert again.status_code == 302

    @pytest.mark.parametrize("seen", ["0", "x", "9" * 30, "-", "1-2-3"])
    def test_what_was_never_shown_is_not_approved(self, room, seen):
        page = room.preview(room.place("sector"), "17", seen=seen)
        assert (page.status_code, Approval.objects.count()) == (409, 2)

    def test_the_action_refuses_what_was_not_seen(self, room):
        world = room.world
        change = [ObservationChange("F:FIRMAAAAA", "sector", "17")]
        given = (world.project, world.rounds["2004-S2"], change, REASON)
        row = Observation.objects.live().get(subject="F:FIRMAAAAA", round="2004-S2")
        with pytest.raises(Conflict) as refused:
            correct_observations(*given, by=world.administrator, at=AT, seen={row.pk - 1})
        assert row in [each.in_force.row for each in refused.value.context["overtaken"]]
        approval = correct_observations(*given, by=world.administrator, at=AT, seen={row.pk})
        assert approval.number == 3


@pytest.mark.parametrize(
    ("scope", "number", "finished", "named"),
    [
        (["PIP-01"], 2, True, True),
        (["PIP-01"], 1, True, False),  # of before the round that is corrected
        (["PIP-99"], 2, True, False),
        (["PIP-01"], 2, False, False),
    ],
)
def test_reports_are_named_that_become_stale(room, scope, number, finished, named):
    admin = room.world.administrator
    job = Job.objects.create(kind="monitoring.build_report", requested_by=admin, requested_at=AT)
    Report.objects.create(
        title="Una",
        specification={},
        language="es",
        audience="staff",
        as_of_id=number,
        job=job,
        requested_by=admin,
        requested_at=AT,
        scope_projects=scope,
        finished_at=AT if finished else None,
    )
    page = room.preview(room.place("sector"), "17")
    assert ([one.title for one in page.context["stale"]] == ["Una"]) is named
    assert ("Una" in page.content.decode()) is named


class TestLookingUp:
    def test_the_list_is_of_what_is_in_force(self, room):
        room.approve(room.place("sector"), "17")
        page = room.client.get(
            f"{ROOM}?q=firmaaaaa&round__code__exact=2004-S2&project__code__exact=PIP-01"
            "&level__exact=firm&kind__exact=regular"
        )
        (row,) = page.context["cl"].result_list
        assert (row.subject, row.sector) == ("F:FIRMAAAAA", "17")
        every = room.client.get(ROOM).context["cl"].result_count
        assert every == Observation.objects.live().count()

    def test_one_shows_its_attributes_and_all_its_versions(self, room):
        old = Observation.objects.get(subject="F:FIRMAAAAA", round="2004-S2")
        room.approve(room.place("sector"), "17")
        page = room.client.get(f"{ROOM}{old.pk}/change/")
        attributes = {name: value for name, _label, value in page.context["attributes"]}
        assert (attributes["sector"], attributes["country"]) == ("Textiles", "Argentina")
        told = [(row.approved_in_id, list(what)) for row, what in page.context["versions"]]
        assert told == [(3, [("Sector", "Food and beverages", "Textiles")]), (2, [])]
        assert "sector" in page.context["correctable"]
        assert room.client.get(f"{ROOM}{old.pk}/history/").status_code == 302

    @pytest.mark.parametrize("number", ["0", "x", "9" * 25, "١"])
    def test_what_is_not_there(self, room, number):
        assert room.client.get(f"{ROOM}{number}/change/").status_code == 404
        assert room.client.get(f"{ROOM}{number}/correct/sector/").status_code == 404

    def test_nothing_else_writes(self, room):
        row = Observation.objects.live().first()
        answers = [
            room.client.get(f"{ROOM}add/").status_code,
            room.client.post(f"{ROOM}{row.pk}/change/", {"sector": "17"}).status_code,
            room.client.post(f"{ROOM}{row.pk}/delete/", {"post": "yes"}).status_code,
            room.client.put(room.place("sector")).status_code,
        ]
        assert (answers, sectors()) == ([403, 405, 403, 405], BEFORE)

    def test_others_find_no_such_room(self, room):
        row = Observation.objects.live().first()
        for person in (None, room.world.director, room.world.specialist):
            room.client.logout()
            if person:
                room.client.force_login(person)
            for place in ("", f"{row.pk}/change/", f"{row.pk}/correct/sector/"):
                for method in (room.client.get, room.client.post):
                    assert method(f"{ROOM}{place}").status_code == (404 if person else 302)

    def test_who_has_not_told_lately_who_she_is_is_asked(self, room):
        person, place = room.world.administrator, room.place("sector")
        person.set_password("clave-larga-1")
        person.save()
        room.client.force_login(person)
        asked = room.client.get(place)
        assert (asked.status_code, asked.url.startswith("/accounts/reauthenticate/")) == (302, True)
        room.client.post("/accounts/reauthenticate/", {"password": "clave-larga-1"})
        assert room.client.get(place).status_code == 200
