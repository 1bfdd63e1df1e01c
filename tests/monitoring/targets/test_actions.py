"""Targets are proposed by the director and agreed by the specialist; each refusal beside what it lets
through.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from monitoring.choices import TargetState
from monitoring.models import (
    Approval,
    CatalogueVersion,
    Indicator,
    Target,
    TargetProposal,
    Variable,
)
from monitoring.record import guards
from monitoring.record.chain import payload, verify
from monitoring.targets import actions
from monitoring.targets.asked import catalogue_in_force, limits, require_value, rounds_asking
from monitoring.targets.standing import Standing
from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.conftest import World
from tests.factories import moment

AT = moment("2005-03-01")
WHY = "Según el marco lógico"


def propose(world: World, values: dict, indicator: str = "C01", **more) -> list[TargetProposal]:
    given = {"note": WHY, "by": world.director, "at": AT} | more
    kept = {code: None if value is None else Decimal(value) for code, value in values.items()}
    return actions.propose(project=world.project, indicator=indicator, values=kept, **given)


def chosen(*rows: TargetProposal) -> dict[int, int]:
    return {row.pk: row.stamp for row in rows}


def agree(world: World, *rows: TargetProposal, **more) -> Approval:
    given = {"reason": "Acordado en la visita", "by": world.specialist, "at": AT} | more
    return actions.agree(project=world.project, chosen=chosen(*rows), **given)


def send_back(world: World, *rows: TargetProposal, **more) -> list[TargetProposal]:
    given = {"reason": "Falta explicar el salto", "by": world.specialist, "at": AT} | more
    return actions.send_back(project=world.project, chosen=chosen(*rows), **given)


def live() -> list[tuple]:
    rows = Target.objects.live().order_by("indicator", "round")
    return list(rows.values_list("indicator", "round", "value", "approved_in"))


def letters() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


# --- proposed, agreed, amended, withdrawn


def test_what_two_agree_is_in_the_record(world):
    rows = propose(world, {"2005-S2": "40", "2006-S2": "55.5", "2007-S2": None}, seen="")
    assert live() == []
    approval = agree(world, *rows)
    assert live() == [("C01", "2005-S2", 40, 1), ("C01", "2006-S2", Decimal("55.5"), 1)]
    assert (approval.kind, approval.reason, approval.submission) == (
        "targets",
        "Acordado en la visita",
        None,
    )
    assert verify()[:2] == (True, 1)
    assert {row.state for row in TargetProposal.objects.all()} == {TargetState.AGREED}
    assert set(TargetProposal.objects.values_list("approval", flat=True)) == {1}


def test_an_amended_target_supersedes_and_a_withdrawn_one_leaves_an_empty_row(world):
    agree(world, *propose(world, {"2005-S2": "40"}))
    agree(world, *propose(world, {"2005-S2": "35"}, note="Cerró una empresa ancla"))
    assert live() == [("C01", "2005-S2", 35, 2)]
    assert Target.objects.get(approved_in=1).superseded_in_id == 2
    agree(world, *propose(world, {"2005-S2": None}, note="Ya no se trabaja en esto"))
    assert live() == [("C01", "2005-S2", None, 3)]
    agree(world, *propose(world, {"2005-S2": "20"}, note="Se retoma el trabajo"))
    assert live() == [("C01", "2005-S2", 20, 4)]
    assert verify()[:2] == (True, 4)
    as_of = {
        n: list(Target.objects.as_of(n).values_list("value", flat=True)) for n in (0, 1, 2, 3, 4)
    }
    assert as_of == {0: [], 1: [40], 2: [35], 3: [None], 4: [20]}


def test_what_says_what_is_agreed_takes_the_proposal_back(world):
    agree(world, *propose(world, {"2005-S2": "40"}))
    propose(world, {"2005-S2": "50"})
    [row] = propose(world, {"2005-S2": "40"})
    assert (row.state, TargetProposal.objects.open().count()) == (TargetState.WITHDRAWN, 0)
    assert live() == [("C01", "2005-S2", 40, 1)]


def test_a_proposal_is_changed_and_taken_back(world):
    [row] = propose(world, {"2005-S2": "40"})
    [again] = propose(world, {"2005-S2": "41"})
    assert (again.pk, again.value, again.stamp) == (row.pk, 41, 2)
    actions.withdraw(proposal=again, by=world.director, at=AT)
    with pytest.raises(Conflict):
        actions.withdraw(proposal=again, by=world.director, at=AT)
    assert not TargetProposal.objects.open().exists()


def test_what_is_sent_back_is_proposed_anew(world):
    [row] = propose(world, {"2005-S2": "40"})
    send_back(world, row)
    row.refresh_from_db()
    assert (row.state, row.remark) == (TargetState.RETURNED, "Falta explicar el salto")
    with pytest.raises(Conflict):  # it is not waiting any more
        agree(world, row)
    [row] = propose(world, {"2005-S2": "40"}, note="El salto viene de la feria")
    agree(world, row)
    assert live() == [("C01", "2005-S2", 40, 1)]


def test_several_indicators_are_agreed_in_one_approval(world):
    rows = propose(world, {"2005-S2": "40"}) + propose(world, {"2005-S1": "3"}, indicator="Z02")
    agree(world, *rows)
    assert live() == [("C01", "2005-S2", 40, 1), ("Z02", "2005-S1", 3, 1)]


# --- who may


def test_only_her_director_proposes_and_only_her_specialist_agrees(world):
    stranger = factories.user("otra", role=Role.DIRECTOR, scope="P:PIP-02")
    for person in (stranger, world.coordinator, world.specialist, world.administrator):
        with pytest.raises(Forbidden):
            propose(world, {"2005-S2": "40"}, by=person)
    [row] = propose(world, {"2005-S2": "40"})
    elsewhere = factories.user("especialista2", role=Role.SPECIALIST, scope="P:PIP-02")
    for person in (stranger, world.coordinator, world.director, world.administrator, elsewhere):
        with pytest.raises(Forbidden):
            agree(world, row, by=person)
        with pytest.raises(Forbidden):
            send_back(world, row, by=person)
    for person in (stranger, world.coordinator, world.specialist, world.administrator):
        with pytest.raises(Forbidden):
            actions.withdraw(proposal=row, by=person, at=AT)
    agree(world, row)


def test_who_proposed_does_not_agree(world):
    both = factories.user("ambas", role=Role.DIRECTOR, scope="P:PIP-01")
    factories.assign(both, Role.SPECIALIST, "P:PIP-01")
    [row] = propose(world, {"2005-S2": "40"}, by=both)
    with pytest.raises(Forbidden):
        agree(world, row, by=both)
    agree(world, row)


# --- what may be a target


@pytest.mark.parametrize(
    ("indicator", "code", "asked"),
    [
        ("C01", "2005-S2", True),  # annual: S2 alone
        ("C01", "2005-S1", False),
        ("Z02", "2005-S1", True),  # each semester
        ("Z02", "2008-S1", False),  # after its end
        ("Z02", "2003-S2", False),
        ("A01", "2005-S2", True),  # milestone: the 2nd and 4th S2, the last round
        ("A01", "2004-S2", False),
        ("X99", "2005-S2", False),  # no such indicator
    ],
)
def test_only_rounds_that_ask_an_indicator_have_targets(world, indicator, code, asked):
    if asked:
        propose(world, {code: "4"}, indicator=indicator)
        return
    with pytest.raises(Invalid) as refusal:
        propose(world, {code: "4"}, indicator=indicator)
    assert refusal.value.place == code


def test_the_last_round_of_a_project_asks_its_milestones(world):
    assert rounds_asking(world.project, "milestone") == ["2005-S2", "2007-S2"]
    world.project.ends_on = dt.date(2007, 5, 1)
    assert rounds_asking(world.project, "milestone") == ["2005-S2", "2007-S1"]


@pytest.mark.parametrize(
    ("indicator", "value", "taken"),
    [
        ("C02", "999999999.999999", True),
        ("C02", "1000000000", False),
        ("C02", "0.123456", True),
        ("C02", "0.1234567", False),
        ("C02", "NaN", False),
        ("C02", "Infinity", False),
        ("C02", "1e309", False),
        ("C02", "-1", False),
        ("C02", "-0", True),
        ("C01", "100", True),
        ("C01", "100.000001", False),
        ("E02", "-12.5", True),  # a change
        ("E02", "250", True),
        ("A05", "-3", True),  # a difference
        ("Z04", "140", True),  # spending may pass the budget
    ],
)
def test_numbers_that_a_target_can_be(world, indicator, value, taken):
    defined = catalogue_in_force().indicators[indicator]
    if taken:
        assert require_value(Decimal(value), defined) == Decimal(value)
        return
    with pytest.raises(Invalid):
        require_value(Decimal(value), defined)
    assert limits(defined)  # says why


def test_words_are_asked_for(world):
    for note in ("", "…", "x" * 10, "a" * 1001):
        with pytest.raises(Invalid) as refusal:
            propose(world, {"2005-S2": "40"}, note=note)
        assert refusal.value.place == "note"
    [row] = propose(world, {"2005-S2": "40"})
    for act in (agree, send_back):
        with pytest.raises(Invalid) as refusal:
            act(world, row, reason="no")
        assert refusal.value.place == "reason"
    with pytest.raises(Invalid) as refusal:
        agree(world)
    assert refusal.value.place == "chosen"


def test_what_changes_nothing_is_refused(world):
    agree(world, *propose(world, {"2005-S2": "40"}))
    with pytest.raises(Invalid):
        propose(world, {"2005-S2": "40.0"})
    with pytest.raises(Invalid):
        propose(world, {"2006-S2": None})
    propose(world, {"2006-S2": "41"})
    with pytest.raises(Invalid):
        propose(world, {"2006-S2": "41"})


# --- second week


def test_what_somebody_else_changed_is_not_overwritten(world):
    seen = Standing.of(world.project, "C01").stamp("C01")
    [row] = propose(world, {"2005-S2": "40"}, seen=seen)
    with pytest.raises(Conflict):
        propose(world, {"2005-S2": "41"}, seen=seen)
    propose(world, {"2005-S2": "41"}, seen=Standing.of(world.project, "C01").stamp("C01"))
    with pytest.raises(Conflict):  # she looked at 40
        agree(world, row)
    row.refresh_from_db()
    agree(world, row)
    assert live() == [("C01", "2005-S2", 41, 1)]


def test_two_specialists_agree_once(world):
    second = factories.user("segunda", role=Role.SPECIALIST, scope="P:PIP-01")
    [row] = propose(world, {"2005-S2": "40"})
    agree(world, row)
    with pytest.raises(Conflict):
        agree(world, row, by=second)
    with pytest.raises(Conflict):
        send_back(world, row, by=second)
    assert Approval.objects.count() == 1


def test_a_shortened_project_keeps_its_target_and_may_withdraw_it(world):
    agree(world, *propose(world, {"2007-S2": "40"}))
    [late] = propose(world, {"2007-S2": "45"})
    world.project.ends_on = dt.date(2006, 12, 31)
    world.project.save()
    with pytest.raises(Conflict):
        agree(world, late)
    with pytest.raises(Invalid):
        propose(world, {"2007-S2": "46"})
    [row] = propose(world, {"2007-S2": None})
    agree(world, row)
    assert live() == [("C01", "2007-S2", None, 2)]


def test_an_indicator_that_the_catalogue_drops_keeps_its_targets(world):
    agree(world, *propose(world, {"2005-S2": "40"}))
    [late] = propose(world, {"2005-S2": "45"})
    CatalogueVersion.objects.create(number=2, status="draft")
    for indicator in Indicator.objects.filter(catalogue=1).exclude(code="C01"):
        indicator.pk, indicator.catalogue_id = None, 2
        indicator.save()
    for variable in Variable.objects.filter(catalogue=1):
        variable.pk, variable.catalogue_id = None, 2
        variable.save()
    CatalogueVersion.objects.filter(number=2).update(
        status="published", published_on=dt.date(2005, 3, 1)
    )
    with pytest.raises(Conflict):
        agree(world, late)
    with pytest.raises(Invalid):
        propose(world, {"2005-S2": "46"})
    agree(world, *propose(world, {"2005-S2": None}))
    assert live() == [("C01", "2005-S2", None, 2)]


def test_the_targets_of_an_archived_project_stay(world):
    [row] = propose(world, {"2005-S2": "40"})
    type(world.project).objects.filter(pk="PIP-01").update(archived_at=AT)
    for act in (
        lambda: propose(world, {"2005-S2": "41"}),
        lambda: agree(world, row),
        lambda: send_back(world, row),
        lambda: actions.withdraw(proposal=row, by=world.director, at=AT),
    ):
        with pytest.raises(Conflict):
            act()
    type(world.project).objects.filter(pk="PIP-01").update(archived_at=None)
    agree(world, row)


# --- who is told, and what the trail says


@time_machine.travel("2005-03-01 12:00", tick=False)
def test_letters_reach_who_must_act(world):
    rows = propose(world, {"2005-S2": "40"})
    rows += propose(world, {"2005-S1": "3"}, indicator="Z02")
    assert letters() == ["PIP-01: metas propostas"]  # one a day, not one an indicator
    [mail] = Mail.objects.all()
    assert (mail.to, mail.kind) == (world.specialist.email, "targets")
    assert "/targets/PIP-01/" in mail.body
    send_back(world, rows[0])
    propose(world, {"2005-S2": "42"})
    agree(world, *TargetProposal.objects.waiting())
    assert letters() == [
        "PIP-01: metas propostas",
        "PIP-01: metas devueltas",
        "PIP-01: metas propostas",
        "PIP-01: metas acordadas",
    ]
    returned, agreed = Mail.objects.filter(to=world.director.email).order_by("pk")
    assert "Falta explicar el salto" in returned.body
    assert "se acordaron 2 metas" in agreed.body
    assert Approval.objects.get().hash in agreed.body


def test_the_trail_says_what_was_done(world):
    agree(world, *propose(world, {"2005-S2": "40.50", "2006-S2": "45"}))
    rows = AuditEvent.objects.filter(verb__startswith="targets.").order_by("pk")
    assert [(row.verb, row.object, row.details) for row in rows] == [
        ("targets.proposed", "P:PIP-01", {"targets": {"C01 2005-S2": "40.5", "C01 2006-S2": "45"}}),
        (
            "targets.agreed",
            "P:PIP-01",
            {"targets": {"C01 2005-S2": "40.5", "C01 2006-S2": "45"}, "number": 1},
        ),
    ]


# --- the chain sees what the guards cannot stop


FORGERIES = {
    "value": "UPDATE monitoring_target SET value = 41",
    "withdrawn": "UPDATE monitoring_target SET value = NULL",
    "round": "UPDATE monitoring_target SET round = '2006-S2'",
    "indicator": "UPDATE monitoring_target SET indicator = 'C02'",
    "note": "UPDATE monitoring_target SET note = 'Otra cosa'",
    "who proposed": "UPDATE monitoring_target SET proposed_by_id = "
    "(SELECT max(id) FROM pip_network_user)",
    "superseded": "UPDATE monitoring_target SET superseded_in = 2 WHERE superseded_in IS NULL "
    "AND approved_in = 1",
    "deleted": "DELETE FROM monitoring_target",
    "another approval": "UPDATE monitoring_target SET approved_in = 2",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_every_forgery_is_seen(world, what):
    factories.user("ultima")
    agree(world, *propose(world, {"2005-S2": "40"}))
    agree(world, *propose(world, {"2005-S1": "3"}, indicator="Z02"))
    assert verify()[:2] == (True, 2)
    guards.remove()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(FORGERIES[what])
        assert cursor.rowcount > 0
    assert verify()[:2] == (False, 2)


def test_the_text_of_an_approval_states_targets_by_codes(world):
    agree(world, *propose(world, {"2005-S2": "40.50"}))
    text = payload(1).decode()
    assert '"targets":[{"id":' in text
    assert '"indicator":"C01"' in text
    assert '"value":"40.5"' in text
    assert f'"proposed_by":"U:{world.director.pk}"' in text
    assert WHY not in text


def test_an_added_row_is_seen(world):
    agree(world, *propose(world, {"2005-S2": "40"}))
    Target.objects.create(
        project=world.project,
        indicator="C01",
        round="2006-S2",
        value=90,
        note="x",
        proposed_by=world.director,
        approved_in_id=1,
    )
    assert verify()[:2] == (False, 1)
