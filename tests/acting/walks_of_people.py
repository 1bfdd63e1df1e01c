"""The acts on people, invitations and submissions, as they are walked."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from monitoring.entry import acts as entry
from monitoring.models import TargetProposal
from monitoring.targets import acts as targets
from pip_network.models import Invitation, RoleAssignment
from pip_network.people import acts as people
from pip_network.people.actions import end_role, give_role, switch_off, switch_on
from pip_network.people.invitations import withdraw
from pip_network.web.acts import Act
from tests import factories

from . import people as of_people
from . import record
from .stage import AT, DOING, person, submission
from .walking import Walk, of, step

# Who does it, who may not, and what she is answered.
PEOPLE = ("admin", "directora", 404)
SUBMISSION = ("directora", "coordinadora", 403)
REVIEW = ("especialista", "coordinadora", 404)
TODAY = dt.datetime.now(dt.UTC).date()


def experta():
    return person("experta")


def invitation() -> Invitation:
    return Invitation.objects.get()


def held() -> tuple[int, int]:
    return experta().pk, RoleAssignment.objects.get(person=experta()).pk


def off():
    switch_off(person=experta(), reason="Se fue del proyecto", successors={}, **DOING)


def on():
    switch_on(person=experta(), **DOING)


def sign_in():
    """She has been here, and has not signed out."""
    browser = Client()
    browser.force_login(experta())
    UserSession.objects.create(
        user=experta(), session_key=browser.session.session_key, ip="127.0.0.1"
    )


def end():
    end_role(assignment=of_people.held(), until=of_people.TODAY, reason="Fin del convenio", **DOING)


def take_back():
    withdraw(invitation=invitation(), **DOING)


def approve():
    record.review.approve(submission("2004-S2").pk, by=person("especialista"), at=AT)


def begin():
    record.review.begin(submission("2004-S2").pk, by=person("especialista"), at=AT)


def discard():
    record.discard(submission("2004-S1").pk, "Sin cambios", by=person("directora"), at=AT)


def fill():
    factories.fill(submission("2005-S1"), **DOING)


OF_PEOPLE: dict[Act, Walk] = {
    people.GIVE_ROLE: of(
        PEOPLE,
        experta,
        data={"role": "director", "scope": "P:PIP-01", "reason": "Convenio firmado"},
        spoil=off,
        refusal=422,
        call=lambda by: give_role(
            person=experta(),
            **{**of_people.ROLE, "scope": "P:PIP-01"},
            since=of_people.TODAY,
            by=by,
            at=AT,
        ),
    ),
    people.END_ROLE: Walk(
        PEOPLE,
        held,
        lambda: experta().get_absolute_url(),
        {"reason": "Fin del convenio"},
        spoil=end,
        refusal=422,
        call=lambda by: end_role(
            assignment=RoleAssignment.objects.get(person=experta()),
            until=TODAY,
            reason="Fin del convenio",
            by=by,
            at=AT,
        ),
    ),
    people.CHANGE: of(PEOPLE, experta),
    people.SEND_RESET: of(
        PEOPLE,
        experta,
        spoil=off,
        refusal=302,
        call=lambda by: people.SEND_RESET.action(person=experta(), by=by, at=AT),
    ),
    people.END_SESSIONS: of(PEOPLE, experta, prepare=sign_in),
    people.SWITCH_OFF: of(
        PEOPLE, experta, data={"reason": "Se fue del proyecto"}, spoil=off, refusal=422
    ),
    people.SWITCH_ON: of(PEOPLE, experta, prepare=off, spoil=on),
    people.INVITE: Walk(
        PEOPLE, tuple, lambda: reverse("invitations"), {**of_people.INVITED, "role": "expert"}
    ),
    people.SEND_AGAIN: of(PEOPLE, invitation, prepare=of_people.invited, spoil=take_back),
    people.WITHDRAW: of(PEOPLE, invitation, prepare=of_people.invited, spoil=take_back),
}
TARGETS = "/targets/PIP-01/"


def proposal() -> TargetProposal:
    return TargetProposal.objects.get()


def decision() -> dict[str, object]:
    return {"chosen": [f"{proposal().pk}.{proposal().stamp}"], "reason": "Acordado en la visita"}


def sent_back():
    record.decided(record.targets.send_back, by=person("especialista"), at=AT)


OF_TARGETS: dict[Act, Walk] = {
    targets.PROPOSE: Walk(
        ("directora", "coordinadora", 404),
        lambda: ("PIP-01", "C01"),
        lambda: f"{TARGETS}?all",
        {"value-2006-S2": "40", "note": "Según el marco lógico"},
    ),
    targets.WITHDRAW: Walk(
        ("directora", "coordinadora", 404),
        lambda: ("PIP-01", proposal().pk),
        lambda: TARGETS,
        prepare=record.proposed,
        spoil=lambda: record.decided(record.targets.agree, by=person("especialista"), at=AT),
        refusal=302,
        call=lambda by: record.targets.withdraw(proposal=proposal(), by=by, at=AT),
    ),
    targets.AGREE: Walk(
        ("especialista", "coordinadora", 404),
        lambda: ("PIP-01",),
        lambda: TARGETS,
        decision,
        prepare=record.proposed,
        spoil=sent_back,
        refusal=422,
        call=lambda by: record.decided(record.targets.agree, by=by, at=AT),
    ),
    targets.SEND_BACK: Walk(
        ("especialista", "coordinadora", 404),
        lambda: ("PIP-01",),
        lambda: TARGETS,
        decision,
        prepare=record.proposed,
        spoil=sent_back,
        refusal=422,
    ),
}
OF_SUBMISSIONS: dict[Act, Walk] = {
    entry.SUBMIT: step(SUBMISSION, "2005-S1", "submission", data={"certify": "on"}, prepare=fill),
    entry.RETURN: step(
        REVIEW,
        "2004-S2",
        "review-submission",
        data={"reason": "incomplete", "note": "Falta"},
        spoil=approve,
    ),
    entry.APPROVE: step(
        REVIEW,
        "2004-S2",
        "review-submission",
        spoil=approve,
        call=lambda by: record.review.approve(submission("2004-S2").pk, by=by, at=AT),
    ),
    entry.AMEND: step(
        ("directora", "coordinadora", 404),
        "2004-S1",
        "submission",
        data={"reason": "Un error de carga"},
        spoil=record.amended,
    ),
    entry.DISCARD: step(
        ("directora", "coordinadora", 404),
        "2004-S1",
        "submission",
        data={"reason": "Sin cambios"},
        prepare=record.amended,
        spoil=discard,
    ),
    entry.EXTEND: step(
        REVIEW,
        "2005-S1",
        "review-submission",
        data={
            "until": (TODAY + dt.timedelta(days=10)).isoformat(),
            "reason": "Inundaciones en la zona",
        },
    ),
    entry.REMIND: step(REVIEW, "2005-S1", "review-submission", data={"sentence": "¿Cómo va?"}),
    entry.WITHDRAW: step(SUBMISSION, "2004-S2", "submission", spoil=begin),
    entry.BEGIN: step(
        REVIEW,
        "2004-S2",
        "review-submission",
        spoil=begin,
        call=lambda by: record.review.begin(submission("2004-S2").pk, by=by, at=AT),
    ),
}
