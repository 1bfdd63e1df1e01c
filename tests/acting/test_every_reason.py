"""Every action that is given a reason in words refuses one that says nothing, before it writes."""

import inspect
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from knowledge.works.actions import withdraw_work
from monitoring.calendar.actions import reschedule_round
from monitoring.catalogue import drafts
from monitoring.definitions import reading
from monitoring.models import ProjectPublication, Publication
from monitoring.publication.actions import publish_round, withdraw_publication
from monitoring.publication.results import publish_results, withdraw_results
from monitoring.rates.actions import approve_rates
from monitoring.submission import review
from monitoring.submission.amendments import amend, discard
from monitoring.submission.correcting import correct_observations
from monitoring.submission.due.extensions import extend
from monitoring.submission.entries import save_cells
from monitoring.submission.past_rounds import open_past_rounds
from monitoring.targets import actions as targets
from pip_network.people import actions as people_actions
from pip_network.people import institutions, invitations, roles
from pip_network.people.access import Role
from pip_network.web.errors import Invalid
from projects import actions
from tests.factories import day

from . import evidence, library, people, record, registry
from .stage import AT, Act, build, firm, network, person, project, submission
from .test_every_action_asks import ACTS, NOT_ASKING, WRITING, told_who_acts

GOOD = "Se acordó en la junta del proyecto"

# The reason is one of a list, or may be left out and is nowhere asked in words.
NO_WORDS = {
    actions.anonymise_firm,
    actions.archive_firm,
    actions.close_firm,
    actions.correct_leaving,
    actions.leave_network,
    review.return_submission,  # its note is what is written
    roles.end_role,  # what the acts of the people's rooms end in, when they have asked
    roles.give_role,
    roles.give_roles,
    save_cells,  # an import says which file it was
}

ASKING: dict[Callable, Callable[..., object]] = {
    actions.archive_network: lambda **doing: actions.archive_network(
        network=network("N3"), **doing
    ),
    actions.archive_project: lambda **doing: actions.archive_project(project=project(), **doing),
    actions.merge_firms: lambda **doing: actions.merge_firms(
        survivor=firm("D"), duplicate=firm("E"), **doing
    ),
    withdraw_work: lambda **doing: withdraw_work(work=library.work(), **doing),
    amend: lambda **doing: amend(submission("2004-S1").pk, **doing),
    approve_rates: lambda **doing: approve_rates([record.RATE], **doing),
    correct_observations: lambda **doing: correct_observations(
        project(), record.round_of("2004-S1"), [record.SECTOR], **doing
    ),
    discard: lambda **doing: discard(submission("2004-S1").pk, **doing),
    drafts.publish_draft: lambda **doing: drafts.publish_draft(number=2, **doing),
    targets.agree: lambda **doing: record.decided(targets.agree, **doing),
    targets.send_back: lambda **doing: record.decided(targets.send_back, **doing),
    open_past_rounds: lambda **doing: open_past_rounds(
        project(), first="2005-S2", last="2006-S1", **doing
    ),
    evidence.take_away: evidence.taken_away,
    extend: lambda **doing: extend(submission("2005-S1").pk, until=record.LATER, **doing),
    institutions.archive_institution: lambda **doing: institutions.archive_institution(
        institution=registry.fresh_institution(), **doing
    ),
    invitations.invite: lambda **doing: invitations.invite(**{**people.INVITED, **doing}),
    people_actions.end_role: lambda **doing: people_actions.end_role(
        assignment=people.held(), until=people.TODAY, **doing
    ),
    people_actions.give_role: lambda **doing: people_actions.give_role(
        person=person("otra"), role=Role.DIRECTOR, scope="P:PIP-02", since=people.TODAY, **doing
    ),
    people_actions.switch_off: lambda **doing: people_actions.switch_off(
        person=person("experta"), successors={}, **doing
    ),
    publish_results: lambda **doing: publish_results(
        publication=Publication.objects.get(), projects=[project()], **doing
    ),
    publish_round: lambda **doing: publish_round(
        round=record.round_of("2004-S1"), as_of=record.head(), **doing
    ),
    reschedule_round: lambda **doing: reschedule_round(
        round=record.round_of("2007-S2"),
        opens_on=day("2007-07-02"),
        due_on=day("2008-03-01"),
        **doing,
    ),
    withdraw_publication: lambda **doing: withdraw_publication(
        publication=Publication.objects.get(), **doing
    ),
    withdraw_results: lambda **doing: withdraw_results(
        results=ProjectPublication.objects.get(), **doing
    ),
}


def test_every_action_that_is_given_a_reason_is_tried_here():
    given = {each for each in told_who_acts() if "reason" in inspect.signature(each).parameters}
    assert given - NOT_ASKING == {*ASKING, *NO_WORDS}


def _tried(action: Callable, act: Act, reason: str) -> tuple[str, bool]:
    """(`done` or where it was refused, did it write); whatever it did is undone."""
    with CaptureQueriesContext(connection) as queries:
        point = transaction.savepoint()
        try:
            ASKING[action](reason=reason, by=person(act.does), at=AT)
            answer = "done"
        except Invalid as refused:
            answer = refused.place
        finally:
            transaction.savepoint_rollback(point)
            reading.forget()
    return answer, any(WRITING.match(query["sql"]) for query in queries)


@pytest.fixture
def stage(db):
    build()


@pytest.mark.parametrize("reason", ["x", ". . . . . . . . . .", "sisisisisisi"])
def test_a_reason_that_says_nothing_is_refused_and_nothing_is_written(stage, reason):
    found = {}
    for action in ASKING:
        point = transaction.savepoint()
        ACTS[action].prepare()
        found[action] = _tried(action, ACTS[action], reason)
        transaction.savepoint_rollback(point)
        reading.forget()
    assert found == dict.fromkeys(ASKING, ("reason", False))


def test_one_that_says_why_goes_through(stage):
    found = {}
    for action in ASKING:
        point = transaction.savepoint()
        ACTS[action].prepare()
        found[action] = _tried(action, ACTS[action], GOOD)
        transaction.savepoint_rollback(point)
        reading.forget()
    assert found == dict.fromkeys(ASKING, ("done", True))
