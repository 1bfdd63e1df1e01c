"""The life of a submission: who may take which step when, and what each step leaves behind."""

import pytest
from django.db import connection

from monitoring.models import Approval, CatalogueVersion, Submission, SubmissionEvent
from monitoring.record import guards
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.submission import review, workflow
from monitoring.submission.amendments import amend, discard
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import Incomplete, open_submission, submit, withdraw
from pip_network.models import AuditEvent, Mail
from pip_network.people.access import Role
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.factories import PROCESS, Decimal, moment

AT = moment("2004-07-10")
GOLDEN = {
    # (status, who): steps
    ("draft", "director"): ["submit"],
    ("submitted", "director"): ["withdraw"],
    ("submitted", "specialist"): ["begin", "return", "approve"],
    ("returned", "director"): ["submit"],
    ("approved", "director"): ["amend"],
    ("approved", "specialist"): ["amend"],
}


def at_status(world, status: str) -> Submission:
    opened = world.filled("2004-S1")
    if status != "draft":
        submit(opened.pk, by=world.director, at=AT)
    if status == "returned":
        review.return_submission(opened.pk, "other", "Revise.", by=world.specialist, at=AT)
    if status == "approved":
        review.approve(opened.pk, by=world.specialist, at=AT)
    opened.refresh_from_db()
    return opened


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "approved"])
def test_who_may_do_what_when(world, status):
    submission = at_status(world, status)
    for who in ("director", "coordinator", "specialist", "administrator", "stranger"):
        steps = [step.name for step in workflow.available(submission, getattr(world, who))]
        assert steps == GOLDEN.get((status, who), []), who


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "approved"])
def test_a_step_out_of_turn_is_a_conflict_and_changes_nothing(world, status):
    submission = at_status(world, status)
    steps = {
        "submit": lambda: submit(submission.pk, by=world.director, at=AT),
        "return": lambda: review.return_submission(
            submission.pk, "other", by=world.specialist, at=AT
        ),
        "approve": lambda: review.approve(submission.pk, by=world.specialist, at=AT),
        "amend": lambda: amend(submission.pk, "Corrige una cifra", by=world.director, at=AT),
        "discard": lambda: discard(submission.pk, "Sin cambios", by=world.director, at=AT),
        "withdraw": lambda: withdraw(submission.pk, by=world.director, at=AT),
        "begin": lambda: review.begin(submission.pk, by=world.specialist, at=AT),
    }
    before = (Approval.objects.count(), SubmissionEvent.objects.count(), Mail.objects.count())
    for name, step in steps.items():
        if not workflow.is_possible(workflow.BY_NAME[name], submission):
            with pytest.raises(Conflict):
                step()
    assert (
        Approval.objects.count(),
        SubmissionEvent.objects.count(),
        Mail.objects.count(),
    ) == before
    assert Submission.objects.get(pk=submission.pk).status == status


def test_a_step_without_the_right_is_forbidden(world):
    submitted = at_status(world, "submitted")
    for who in (world.director, world.coordinator, world.administrator, world.stranger):
        with pytest.raises(Forbidden):
            review.approve(submitted.pk, by=who, at=AT)
        with pytest.raises(Forbidden):
            review.return_submission(submitted.pk, "other", by=who, at=AT)


def test_who_submitted_does_not_approve(world):
    factories.assign(world.director, Role.SPECIALIST, "P:PIP-01")
    submitted = at_status(world, "submitted")
    with pytest.raises(Forbidden):
        review.approve(submitted.pk, by=world.director, at=AT)
    assert [step.name for step in workflow.available(submitted, world.director)] == [
        "withdraw",
        "begin",
        "return",
    ]
    assert review.approve(submitted.pk, by=world.specialist, at=AT).author == world.director


# --- opening


def test_opening_twice_gives_the_same_submission(world):
    first, second = world.open("2004-S1"), world.open("2004-S1")
    assert first == second
    assert SubmissionEvent.objects.filter(verb="opened").count() == 1
    assert (first.due_on, first.is_milestone, first.catalogue_id) == (
        factories.day("2004-07-30"),
        False,
        1,
    )


def test_opening_outside_the_calendar_or_before_its_day_is_refused(world):
    factories.rounds("2003-S1", "2008-S2")
    with pytest.raises(Invalid):
        open_submission(
            world.project,
            factories.rounds("2008-S1", "2008-S1")["2008-S1"],
            by=world.director,
            at=moment("2008-02-01"),
        )
    with pytest.raises(Invalid):
        world.open("2005-S1", at="2004-12-31")
    assert world.open("2005-S1", at="2005-01-01").pk


def test_nothing_opens_before_a_catalogue_is_published(world):
    guards.remove()  # a published version stays so
    CatalogueVersion.objects.update(status="draft")
    with pytest.raises(Invalid):
        world.open("2004-S1")
    CatalogueVersion.objects.update(status="published")
    guards.install()
    assert world.open("2004-S1").catalogue_id == 1


def test_who_opens(world):
    for who in (world.coordinator, world.specialist, world.stranger):
        with pytest.raises(Forbidden):
            open_submission(world.project, world.rounds["2004-S1"], by=who, at=AT)
    assert open_submission(world.project, world.rounds["2004-S1"], by=PROCESS, at=AT).pk
    assert open_submission(world.project, world.rounds["2004-S2"], by=world.administrator, at=AT).pk


# --- withdrawing, and beginning to review


def test_what_is_withdrawn_is_open_again_and_was_not_handed_in(world):
    submitted = at_status(world, "submitted")
    withdraw(submitted.pk, by=world.director, at=AT)
    submitted.refresh_from_db()
    assert (
        submitted.status,
        submitted.submitted_at,
        submitted.submitted_by,
        submitted.first_submitted_at,
    ) == ("draft", None, None, None)
    save_cells(
        submitted.pk,
        [CellChange(CellKey("F:FIRMAAAAA", "regular", "service_hours"), Decimal(3))],
        by=world.director,
        at=AT,
    )
    again = submit(submitted.pk, by=world.director, at=moment("2004-07-12"))
    assert (again.status, again.first_submitted_at) == ("submitted", moment("2004-07-12"))


def test_what_was_handed_in_before_keeps_its_first_day(world):
    returned = at_status(world, "returned")
    submit(returned.pk, by=world.director, at=moment("2004-07-20"))
    withdraw(returned.pk, by=world.director, at=moment("2004-07-21"))
    returned.refresh_from_db()
    assert (returned.status, returned.first_submitted_at) == ("draft", AT)


BEGINNINGS = {
    "begin": lambda submission, world: review.begin(submission.pk, by=world.specialist, at=AT),
    "remark": lambda submission, world: review.remark(
        submission.pk, "¿Por qué?", by=world.specialist, at=AT
    ),
    "answer": lambda submission, world: review.answer(
        submission.remarks.get().pk, "Sigue abierta.", by=world.specialist, at=AT
    ),
    "resolve": lambda submission, world: review.resolve(
        submission.remarks.get().pk, by=world.specialist, at=AT
    ),
}


def remarked_before(world) -> Submission:
    """Submitted, with a remark from before."""
    opened = world.filled("2004-S1")
    review.remark(opened.pk, "¿Seguro?", by=world.specialist, at=AT)
    return submit(opened.pk, by=world.director, at=AT)


@pytest.mark.parametrize("how", BEGINNINGS)
def test_a_review_that_has_begun_is_not_withdrawn(world, how):
    submitted = remarked_before(world)
    BEGINNINGS[how](submitted, world)
    submitted.refresh_from_db()
    assert (submitted.review_begun_at, submitted.review_begun_by) == (AT, world.specialist)
    assert "withdraw" not in [s.name for s in workflow.available(submitted, world.director)]
    with pytest.raises(Conflict):
        withdraw(submitted.pk, by=world.director, at=AT)
    assert SubmissionEvent.objects.filter(submission=submitted, verb="begun").count() == 1


def test_an_answer_of_the_director_begins_no_review(world):
    submitted = remarked_before(world)
    review.answer(submitted.remarks.get().pk, "Sí.", by=world.director, at=AT)
    assert withdraw(submitted.pk, by=world.director, at=AT).status == "draft"


def test_a_review_begins_once_and_anew_with_each_submission(world):
    submitted = at_status(world, "submitted")
    review.begin(submitted.pk, by=world.specialist, at=AT)
    with pytest.raises(Conflict):
        review.begin(submitted.pk, by=world.specialist, at=AT)
    review.return_submission(submitted.pk, "other", by=world.specialist, at=AT)
    again = submit(submitted.pk, by=world.director, at=AT)
    assert (again.review_begun_at, again.review_begun_by) == (None, None)
    assert withdraw(submitted.pk, by=world.director, at=AT).status == "draft"


# --- submitting


def test_submission_waits_for_core_cells_errors_and_unexplained_warnings(world):
    but = {
        "F:FIRMAAAAA|regular|service_hours": None,
        "F:FIRMAAAAA|regular|units_produced": None,
        "F:FIRMBBBBB|regular|new_clients_local": "500",
        "F:FIRMCCCCC|regular|joint_actions_joined": "9",
    }
    opened = world.filled("2004-S1", but=but)
    with pytest.raises(Incomplete) as refusal:
        submit(opened.pk, by=world.director, at=AT)
    sheet = refusal.value.sheet
    assert [str(key) for key in sheet.blank_core] == ["F:FIRMAAAAA|regular|service_hours"]
    assert [str(finding.cell) for finding in sheet.errors] == [
        "F:FIRMBBBBB|regular|new_clients_local"
    ]
    assert [str(finding.cell) for finding in sheet.open_warnings] == [
        "F:FIRMCCCCC|regular|joint_actions_joined"
    ]
    counts = sheet.counts
    assert (
        counts.errors,
        counts.warnings_open,
        counts.blank_core,
        counts.asked - counts.filled,
    ) == (1, 1, 1, 2)
    assert Submission.objects.get(pk=opened.pk).status == "draft"

    mend = [
        CellChange(CellKey.parse("F:FIRMAAAAA|regular|service_hours"), None, "refused"),
        CellChange(CellKey.parse("F:FIRMBBBBB|regular|new_clients_local"), Decimal(5)),
        CellChange(
            CellKey.parse("F:FIRMCCCCC|regular|joint_actions_joined"),
            Decimal(9),
            explanation="Con otra red.",
        ),
    ]
    save_cells(opened.pk, mend, by=world.director, at=AT)
    assert submit(opened.pk, by=world.director, at=AT).status == "submitted"


def test_a_registry_that_changed_after_submission_stops_approval(world):
    submitted = at_status(world, "submitted")
    factories.firm("FIRMNEWWW", world.n1, joined_on="2004-06-01")
    with pytest.raises(Conflict):
        review.approve(submitted.pk, by=world.specialist, at=AT)
    assert not Approval.objects.exists()
    factories.Membership.objects.filter(firm="FIRMNEWWW").delete()
    assert review.approve(submitted.pk, by=world.specialist, at=AT).number == 1


def test_each_step_is_told_audited_and_mailed(world):
    opened = at_status(world, "returned")
    submit(opened.pk, by=world.director, at=AT)
    approval = review.approve(opened.pk, by=world.specialist, at=AT)
    events = SubmissionEvent.objects.order_by("id").values_list(
        "verb", "by__email", "reason", "note"
    )
    director, specialist = world.director.email, world.specialist.email
    assert list(events) == [
        ("opened", director, "", ""),
        ("submitted", director, "", ""),
        ("returned", specialist, "other", "Revise."),
        ("submitted", director, "", ""),
        ("approved", specialist, "", ""),
    ]
    audit = (
        AuditEvent.objects.filter(object="P:PIP-01/2004-S1")
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert list(audit) == [
        f"submission.{verb}"
        for verb in ("opened", "submitted", "returned", "submitted", "approved")
    ]
    mails = list(Mail.objects.order_by("id").values_list("to", flat=True))
    assert mails == [specialist, director, specialist, director, specialist]
    last = Mail.objects.order_by("-id").first()
    assert f"N={approval.number}" in last.subject
    assert approval.hash in last.body


# --- remarks


def test_remarks_are_threads_on_cells(world):
    submitted = at_status(world, "submitted")
    key = CellKey("F:FIRMAAAAA", "regular", "service_hours")
    root = review.remark(submitted.pk, "¿Seguro?", key=key, by=world.specialist, at=AT)
    review.answer(root.pk, "Sí, hubo un curso.", by=world.coordinator, at=AT)
    assert load_sheet(submitted).cell(key).remarks_open == 1
    with pytest.raises(Forbidden):
        review.resolve(root.pk, by=world.director, at=AT)
    assert review.resolve(root.pk, by=world.specialist, at=AT).resolved_by == world.specialist
    with pytest.raises(Conflict):
        review.resolve(root.pk, by=world.specialist, at=AT)
    assert load_sheet(submitted).cell(key).remarks_open == 0


def test_who_remarks_and_who_answers(world):
    submitted = at_status(world, "submitted")
    with pytest.raises(Forbidden):
        review.remark(submitted.pk, "x", by=world.director, at=AT)
    with pytest.raises(Invalid):
        review.remark(submitted.pk, "   ", by=world.specialist, at=AT)
    root = review.remark(
        submitted.pk,
        "x",
        key=CellKey("F:FIRMCCCCC", "regular", "service_hours"),
        by=world.specialist,
        at=AT,
    )
    for who in (world.coordinator, world.stranger, world.administrator):
        with pytest.raises(Forbidden):
            review.answer(root.pk, "x", by=who, at=AT)
    assert review.answer(root.pk, "x", by=world.director, at=AT).answers == root


@pytest.mark.parametrize("reason", ["because", "", "  "])
def test_a_return_names_a_known_reason(world, reason):
    submitted = at_status(world, "submitted")
    with pytest.raises(Invalid) as refusal:
        review.return_submission(submitted.pk, reason, by=world.specialist, at=AT)
    assert (refusal.value.message, refusal.value.place) == (
        workflow.BY_NAME["return"].needs["reason"],
        "reason",
    )
    assert (
        review.return_submission(submitted.pk, "evidence", by=world.specialist, at=AT).return_reason
        == "evidence"
    )


# SQLite takes fewer values in one statement: it writes the observations in three, not in one. For
# each of two letters it is looked up whose the address is, and whether she wants this kind.
STATEMENTS = {"postgresql": 74, "sqlite": 76}


def test_approval_is_a_few_statements_whatever_the_size(world, django_assert_num_queries):
    for i in range(60):
        factories.firm(f"MANY{i:05d}", world.n1)
    submission = at_status(world, "submitted")
    with django_assert_num_queries(STATEMENTS[connection.vendor]):
        review.approve(submission.pk, by=world.specialist, at=AT)
