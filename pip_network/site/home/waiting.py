"""What waits for the administration: one question for each thing that may need a hand."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.calendar.rounds import missing_rounds
from monitoring.rates import needed
from pip_network.audit import verbs
from pip_network.choices import JobStatus
from pip_network.jobs import outbox
from pip_network.models import AuditEvent, Invitation, Job, RoleAssignment
from pip_network.people.access import Role
from projects.fetching import firms_with_names
from projects.models import Project
from projects.proposals import proposals

WEEK = dt.timedelta(days=7)
SHOWN = 5  # codes that are named; the rest is dots


@dataclass(frozen=True)
class Waiting:
    """Something for the administration: how many, what, and where it is mended."""

    count: int
    title: str
    text: str
    url: str
    urgent: bool = False


def all_waiting(now: dt.datetime) -> list[Waiting]:
    """The answer of every question, also of those where nothing waits."""
    return [question(now) for question in QUESTIONS]


def failed_jobs(now: dt.datetime) -> Waiting:
    """Of the last seven days."""
    count = Job.objects.filter(status=JobStatus.FAILED, finished_at__gte=now - WEEK).count()
    return Waiting(
        count,
        _("Jobs that failed this week"),
        _("Each says why; a report can be ordered again from its page."),
        reverse("admin:pip_network_job_changelist") + "?status__exact=failed",
        urgent=True,
    )


def failed_mail(now: dt.datetime) -> Waiting:
    """Messages whose attempts are used up."""
    return Waiting(
        outbox.in_state("failed", now).count(),
        _("Messages that were given up"),
        _("The reason stands beside each; once it is mended, they are sent again there."),
        reverse("admin:pip_network_mail_changelist") + "?state=failed",
        urgent=True,
    )


def unsent_mail(now: dt.datetime) -> Waiting:
    """Messages that were refused once, or wait for a quarter of an hour."""
    late = Q(attempts__gt=0) | Q(created_at__lt=now - dt.timedelta(minutes=15))
    return Waiting(
        outbox.in_state("waiting", now).filter(late).count(),
        _("Messages that have not left"),
        _("The last error stands beside each. They are tried again by themselves."),
        reverse("admin:pip_network_mail_changelist") + "?state=waiting",
        urgent=True,
    )


def without_director(now: dt.datetime) -> Waiting:
    """Projects of the programme that are not over."""
    directed = RoleAssignment.objects.current(now.date()).filter(role=Role.DIRECTOR)
    codes = {scope[2:] for scope in directed.values_list("scope", flat=True)}
    projects = Project.objects.current().of_programme().by_day(now, lambda day: Q(ends_on__gte=day))
    missing = sorted(set(projects.values_list("code", flat=True)) - codes)
    return Waiting(
        len(missing),
        _("Projects without a director"),
        first_codes(missing),
        reverse("people"),
        urgent=True,
    )


def open_invitations(now: dt.datetime) -> Waiting:
    """Those that nobody has answered, expired or not."""
    invitations = Invitation.objects.open()
    expired = invitations.filter(expires_at__lt=now).count()
    return Waiting(
        invitations.count(),
        _("Invitations without an answer"),
        _("Past their seven days: %(count)s. Send them again or withdraw them.")
        % {"count": expired}
        if expired
        else "",
        reverse("invitations"),
    )


def rounds_to_create(now: dt.datetime) -> Waiting:
    """Semesters that have begun."""
    missing = missing_rounds(now.date())
    return Waiting(
        len(missing),
        _("Semesters without a round"),
        _("Until it is created nobody can enter it: %(codes)s.") % {"codes": first_codes(missing)}
        if missing
        else "",
        reverse("admin:monitoring_round_open"),
        urgent=True,
    )


def missing_rates(now: dt.datetime) -> Waiting:
    """Currency and period pairs that figures of rounds already ended need and that nobody has
    approved.
    """
    missing = needed.missing(now.date())
    periods = sorted({pair.period for pair in missing}, reverse=True)
    return Waiting(
        len(missing),
        _("Exchange rates and price indices that figures need"),
        _(
            "Of the periods: %(periods)s. Until they are approved, amounts in US$ and at constant "
            "prices do not exist."
        )
        % {"periods": first_codes(periods)}
        if periods
        else "",
        reverse("admin:monitoring_rate_approve") + "?missing=1",
    )


def possible_duplicates(now: dt.datetime) -> Waiting:
    """Pairs of firms that may be one."""
    return Waiting(
        len(proposals(firms_with_names()).pairs),
        _("Possible duplicates of firms"),
        _(
            "Pairs of one country with the same tax identification, or with names alike. The "
            "portal proposes; you decide."
        ),
        reverse("firm-duplicates"),
    )


def denied_today(now: dt.datetime) -> Waiting:
    """Since midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    count = AuditEvent.objects.filter(at__gte=midnight, verb__in=verbs.DENIED).count()
    return Waiting(
        count,
        _("Attempts refused today"),
        _("Who tried to do what she may not. A few are ordinary; many from one person are not."),
        reverse("audit") + "?denied=true",
    )


QUESTIONS: tuple[Callable[[dt.datetime], Waiting], ...] = (
    failed_jobs,
    failed_mail,
    unsent_mail,
    without_director,
    open_invitations,
    rounds_to_create,
    missing_rates,
    possible_duplicates,
    denied_today,
)


def first_codes(codes: list[str]) -> str:
    return ", ".join(codes[:SHOWN]) + (" …" if len(codes) > SHOWN else "")
