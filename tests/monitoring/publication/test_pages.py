"""The room of publications, and the pages that show the public what is published."""

import copy
import re

import pytest
from django.urls import reverse

from monitoring.analysis import SpecificationError
from monitoring.models import Publication, PublicTables, RecordHead, Round
from monitoring.publication.moved import few, moved
from monitoring.reports.order import order
from monitoring.sheet.cells import CellKey
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.correcting import ObservationChange, correct_observations
from tests import factories
from tests.conftest import World
from tests.factories import Decimal
from tests.monitoring.publication.publishing import AT, publish, work_out
from tests.monitoring.submission.test_amendments import amended

PUBLISH = "admin:monitoring_publication_publish"
WITHDRAW = "admin:monitoring_publication_withdraw"
PREPARE = "admin:monitoring_publication_prepare"


@pytest.fixture(scope="module")
def _two(standing):
    world = World()
    for number in range(6):
        factories.firm(f"MANY{number:05d}", world.n1)
    world.approved("2004-S1")
    world.approved("2004-S2")
    return world


@pytest.fixture
def two(_two, db):
    """Two approved semesters of a project with firms enough that something is shown; made once for
    all tests here.
    """
    return copy.deepcopy(_two)


def head() -> int:
    return RecordHead.objects.get().number


def asked(code: str = "2004-S2", number: int = 0) -> str:
    return f"{reverse(PUBLISH)}?round={code}&as_of={number or head()}"


def test_the_administration_sees_what_it_means_and_publishes(client, two):
    client.force_login(two.administrator)
    page = client.get(reverse(PUBLISH))
    assert (page.status_code, page.context["form"].fields["as_of"].initial) == (200, head())
    assert client.get(asked()).context["hidden"] is None
    chosen = {"round": "2004-S2", "as_of": head()}
    assert client.get(reverse(PREPARE)).status_code == 405
    assert client.post(reverse(PREPARE), chosen).status_code == 302
    assert client.post(reverse(PREPARE), chosen).status_code == 302
    kept = PublicTables.objects.get()
    assert client.get(asked()).context["tables"] == kept
    work_out(kept)
    page = client.get(asked())
    hidden = {one.indicator: one.rows for one in page.context["hidden"]}
    assert all(row.reason for rows in hidden.values() for row in rows)
    assert {row.group.split(":")[0] for row in hidden["E01"]} >= {"Country"}
    assert page.context["hidden_count"] == sum(len(rows) for rows in hidden.values())
    assert Publication.objects.count() == 0
    answer = client.post(asked(), {"reason": "corto", "seen": "0"})
    assert (answer.status_code, Publication.objects.count()) == (422, 0)
    assert "corto" in answer.content.decode()
    answer = client.post(asked(), {"reason": "Cierre del semestre", "seen": "0"})
    assert (answer.status_code, Publication.objects.count()) == (302, 1)
    row = Publication.objects.get()
    page = client.get(reverse("admin:monitoring_publication_changelist"))
    assert f"2004-S2 (N={row.as_of_id})" in re.sub(r"\s+", " ", page.content.decode())
    assert client.get(row.get_absolute_url()).context["unseen"] == ""


def test_who_asks_for_what_is_there_is_not_told_to_wait(client, two):
    client.force_login(two.administrator)
    chosen = {"round": "2004-S2", "as_of": head()}
    wait, there = "It is being worked out: this takes about", "It had been worked out already."
    for _each in range(2):
        page = client.post(reverse(PREPARE), chosen, follow=True).content.decode()
        assert (wait in page, there in page) == (True, False)
    work_out(PublicTables.objects.get())
    page = client.post(reverse(PREPARE), chosen, follow=True).content.decode()
    assert (wait in page, there in page) == (False, True)


@pytest.mark.parametrize(("code", "number"), [("2004-S2", 99), ("2004-S2", 1), ("1999-S1", 1)])
def test_what_the_record_has_not_is_refused_before_anything_is_shown(client, two, code, number):
    client.force_login(two.administrator)
    assert client.get(asked(code, number)).status_code == 422
    assert client.post(asked(code, number), {"reason": "Cierre del semestre"}).status_code == 422
    assert Publication.objects.count() == 0
    assert client.get(asked()).status_code == 200


def test_what_would_change_nothing_says_so_before_a_reason_is_written(client, two):
    client.force_login(two.administrator)
    said = "It is published as of this approval already: nothing changes."
    publish(two, as_of=head() - 1, code="2004-S1")
    for number, same in ((head() - 1, True), (head(), False)):
        page = client.get(asked("2004-S1", number)).content.decode()
        assert (said in page, 'name="reason"' in page) == (same, not same)


def test_somebody_who_was_faster_is_told(client, two):
    client.force_login(two.administrator)
    publish(two, as_of=2)
    answer = client.post(asked(), {"reason": "Cierre del semestre", "seen": "0"})
    assert (answer.status_code, Publication.objects.count()) == (409, 1)
    seen = str(Publication.objects.get().pk)
    two.approved("2005-S1")
    answer = client.post(asked(), {"reason": "Cierre del semestre", "seen": seen})
    assert (answer.status_code, Publication.objects.count()) == (302, 2)


def test_the_list_asks_the_same_few_questions(client, two, django_assert_max_num_queries):
    client.force_login(two.administrator)
    address = reverse("admin:monitoring_publication_changelist")
    counts = []
    for code in ("2004-S1", "2004-S2"):
        publish(two, code)
        with django_assert_max_num_queries(20) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_withdrawing_is_asked_why(client, two):
    row = publish(two)
    client.force_login(two.administrator)
    address = reverse(WITHDRAW, args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "x"}).status_code == 422
    assert client.post(address, {"reason": "Un error en la serie"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_because == "Un error en la serie"
    assert client.post(address, {"reason": "Un error en la serie"}).status_code == 409
    assert client.get(reverse(WITHDRAW, args=[row.pk + 1])).status_code == 404


@pytest.mark.parametrize("who", ["director", "coordinator", "specialist", "stranger"])
def test_for_others_the_room_does_not_exist(client, two, who):
    row = publish(two)
    client.force_login(getattr(two, who))
    for address in (asked(), reverse(WITHDRAW, args=[row.pk]), row.get_absolute_url()):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "Un error en la serie"}).status_code == 404
    client.logout()
    assert client.get(asked()).status_code == 302
    client.force_login(two.administrator)
    assert client.get(asked()).status_code == 200


def test_a_visitor_never_sees_a_newer_approval_and_staff_do(client, two):
    home, figures = reverse("home"), reverse("figures")
    indicator = reverse("indicator", args=["E01"])
    assert client.get(home).context["latest"] is None
    assert client.get(figures).context["published"] is None
    assert client.get(indicator).context["figure"] is None
    published = publish(two)
    two.approved("2005-S1")
    assert client.get(home).context["latest"]["number"] == published.as_of_id
    assert client.get(figures).context["published"].as_of == published.as_of_id
    assert client.get(indicator).context["published"].as_of == published.as_of_id
    for who in (two.director, two.stranger):
        client.force_login(who)
        assert client.get(home).context["latest"]["number"] == published.as_of_id
    client.force_login(two.specialist)
    assert client.get(home).context["latest"]["number"] == published.as_of_id + 1
    assert client.get(figures).context["published"].as_of == published.as_of_id


def test_a_public_report_is_about_what_is_published(two):
    def ordered(**given):
        asked = {"version": 1, "title": "T", "audience": "public", "indicators": ["E01"], **given}
        return order(given=asked, by=two.specialist, at=AT)

    def refused(**given):
        with pytest.raises(SpecificationError) as refusal:
            ordered(**given)
        return [problem.path for problem in refusal.value.problems]

    assert refused() == ["$.audience"]
    row = publish(two)
    two.approved("2005-S1")
    assert (ordered().as_of_id, ordered().specification["round"]) == (row.as_of_id, "2004-S2")
    assert refused(round="2005-S1") == ["$.round"]
    assert refused(as_of=head()) == ["$.as_of"]
    assert refused(group_by=["project"]) == ["$.group_by[0]"]
    assert ordered(round="2004-S2", as_of=row.as_of_id).as_of_id == row.as_of_id
    staff = order(given={"version": 1, "title": "T", "round": "2005-S1"}, by=two.specialist, at=AT)
    assert staff.as_of_id == head()


def test_groups_that_few_firms_would_move_are_named(client, two):
    first = head()
    publish(two)
    assert moved("2004-S2", first, first) == []
    correct_observations(
        two.project,
        Round.objects.get(code="2004-S2"),
        [ObservationChange("F:FIRMCCCCC", "sector", "19")],
        "Un error del registro",
        by=two.administrator,
        at=AT,
    )
    rows = moved("2004-S2", first, head())
    assert {(row.grouping, row.group, row.units) for row in rows} == {
        ("", "", 1),
        ("country", "AR", 1),
        ("sector", "17", 1),
        ("sector", "19", 1),
        ("owner_sex", "m", 1),
        ("size", "micro", 1),
        ("typology", "cadena_proveedores", 1),
    }
    assert few(rows) == rows
    client.force_login(two.administrator)
    told = {one.indicator: one.rows for one in client.get(asked()).context["few"]}
    assert told["E01"] == rows
    assert "C05" not in told


def test_a_network_that_moves_alone_is_named_where_its_figures_give_a_firm_away(client, two):
    """Its anchor firm is one: no value of a firm's own row has changed."""
    first = head()
    publish(two)
    purchases = CellKey("N:N2", "regular", "anchor_purchases")
    amended(two, "2004-S2", CellChange(purchases, Decimal(4321)))
    assert moved("2004-S2", first, head()) == []
    client.force_login(two.administrator)
    told = {one.indicator: one.rows for one in client.get(asked()).context["few"]}
    assert {code: {row.units for row in rows} for code, rows in told.items()} == {"C05": {1}}
