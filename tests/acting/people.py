"""The acts about people, and the portal's own: letters, jobs, figures, reports."""

from monitoring.feedback.making import order_pages
from monitoring.models import Report
from monitoring.portfolio import refreshing
from monitoring.reports.order import order, rebuild
from pip_network.choices import MailKind
from pip_network.jobs import jobs, outbox, stopping
from pip_network.models import Invitation, Job, Mail, RoleAssignment
from pip_network.people import actions, invitations, roles
from pip_network.people.access import Permission, Role
from projects.models import Project
from tests.factories import day

from .stage import AT, DOING, Act, person

PEOPLE = (Permission.MANAGE_PEOPLE,)
TODAY = day("2007-02-01")
INVITED = {
    "email": "nueva@example.org",
    "name": "Nueva",
    "role": Role.EXPERT,
    "scope": "*",
    "reason": "Convenio firmado",
    "language": "es",
}


def people(call, prepare=lambda: None) -> Act:
    return Act(PEOPLE, "admin", "directora coordinadora especialista experta otra", call, prepare)


def letters(call, prepare=lambda: None) -> Act:
    """Nobody's but her own, whoever else holds what."""
    return Act((), "experta", "admin directora coordinadora especialista otra", call, prepare)


def held() -> RoleAssignment:
    return RoleAssignment.objects.get(person=person("experta"))


def invited():
    return invitations.invite(**INVITED, **DOING)


def off():
    return actions.switch_off(
        person=person("experta"), reason="Se fue del proyecto", successors={}, **DOING
    )


def given_up() -> Mail:
    return Mail.objects.create(to="a@example.org", subject="a", body="a", created_at=AT, attempts=8)


def queued() -> Job:
    return Job.objects.create(kind="x", requested_by=person("directora"), requested_at=AT)


def away() -> None:
    """A finished report about the director's project, whose files are not there."""
    asked = {"title": "Prueba", "scope": {"projects": ["PIP-01"]}}
    ordered = order(given=asked, by=person("directora"), at=AT)
    Report.objects.filter(pk=ordered.pk).update(finished_at=AT, folder="away")


def given(scope: str = "P:PIP-02") -> list:
    return [(person("otra"), Role.DIRECTOR, scope)]


STOPPED = {"kind": MailKind.RETURNED, "at": AT}
ROLE = {"role": Role.DIRECTOR, "scope": "P:PIP-02", "reason": "Convenio firmado"}
ACTS = {
    roles.give_role: people(
        lambda by: roles.give_role(person=person("otra"), **ROLE, by=by, at=AT)
    ),
    roles.give_roles: people(lambda by: roles.give_roles(holdings=given(), by=by, at=AT)),
    roles.end_role: people(lambda by: roles.end_role(assignment=held(), by=by, at=AT)),
    actions.give_role: people(
        lambda by: actions.give_role(person=person("otra"), **ROLE, since=TODAY, by=by, at=AT)
    ),
    actions.end_role: people(
        lambda by: actions.end_role(
            assignment=held(), until=TODAY, reason="Fin del convenio", by=by, at=AT
        )
    ),
    actions.switch_off: people(
        lambda by: actions.switch_off(
            person=person("experta"), reason="Se fue del proyecto", successors={}, by=by, at=AT
        )
    )._replace(refused="directora coordinadora especialista otra experta"),
    actions.switch_on: people(
        lambda by: actions.switch_on(person=person("experta"), by=by, at=AT), off
    ),
    actions.end_sessions: people(
        lambda by: actions.end_sessions(person=person("experta"), by=by, at=AT)
    ),
    actions.change_person: people(
        lambda by: actions.change_person(
            person=person("experta"), name="Otro nombre", institution=None, by=by, at=AT
        )
    ),
    invitations.invite: people(lambda by: invitations.invite(**INVITED, by=by, at=AT)),
    invitations.send_again: people(
        lambda by: invitations.send_again(invitation=Invitation.objects.get(), by=by, at=AT),
        invited,
    ),
    invitations.withdraw: people(
        lambda by: invitations.withdraw(invitation=Invitation.objects.get(), by=by, at=AT),
        invited,
    ),
    outbox.retry_mail: people(
        lambda by: outbox.retry_mail(mail=Mail.objects.get(to="a@example.org"), by=by, at=AT),
        given_up,
    ),
    stopping.stop: letters(lambda by: stopping.stop(**STOPPED, person=person("experta"), by=by)),
    stopping.resume: letters(
        lambda by: stopping.resume(**STOPPED, person=person("experta"), by=by),
        lambda: stopping.stop(**STOPPED, person=person("experta"), by=person("experta")),
    ),
    jobs.cancel: Act(
        (Permission.ORDER_REPORT,),
        "directora",  # she asked for it
        "coordinadora experta otra",
        lambda by: jobs.cancel(Job.objects.get(kind="x"), by=by, at=AT),
        queued,
    ),
    refreshing.request_refresh: Act(
        (Permission.VIEW_PORTFOLIO,),
        "especialista",
        "directora coordinadora experta",
        lambda by: refreshing.request_refresh(by=by, at=AT),
    ),
    order_pages: Act(
        (Permission.VIEW_FIRM_NAMES,),
        "directora",
        "otra experta",
        lambda by: order_pages(
            project=Project.objects.get(code="PIP-01"), language="es", by=by, at=AT
        ),
    ),
    order: Act(
        (Permission.ORDER_REPORT, Permission.ORDER_OWN_REPORT),
        "directora",
        "otra coordinadora experta",
        lambda by: order(
            given={"title": "Prueba", "scope": {"projects": ["PIP-01"]}}, by=by, at=AT
        ),
    ),
    rebuild: Act(
        (Permission.ORDER_REPORT, Permission.ORDER_OWN_REPORT),
        "directora",
        "otra coordinadora experta",
        lambda by: rebuild(Report.objects.get(), by=by, at=AT),
        away,
    ),
}
