"""Start pages of those who have no work queue: the administration (what waits) and the network's
readers (what is new).
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.models import Work
from monitoring.calendar.rounds import missing_rounds
from monitoring.choices import Status
from monitoring.models import Submission
from monitoring.rates import needed
from pip_network.audit import verbs
from pip_network.choices import JobStatus
from pip_network.jobs import outbox
from pip_network.models import AuditEvent, Institution, Invitation, Job, RoleAssignment, User
from pip_network.people.access import Permission as P
from pip_network.people.access import Role, assignments, can
from pip_network.people.accounts import start_page
from pip_network.site.home.guides import GUIDE_OF
from pip_network.site.home.pages import latest_approval
from projects.counts import projects_with_counts
from projects.fetching import firms_with_names
from projects.models import Country, Project
from projects.proposals import proposals
from workshops.models import Workshop

WEEK = dt.timedelta(days=7)
SHOWN = 5


class Waiting(NamedTuple):
    """Something for the administration: how many, what, and where it is mended."""

    count: int
    title: str
    text: str
    url: str
    urgent: bool = False


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    user = request.user
    if can(user, P.MANAGE_PEOPLE):
        return render(request, "site/start_administration.html", administration(timezone.now()))
    page = start_page(user)
    if page != request.path_info:
        return redirect(page)
    held = {role for role, _scope in assignments(user)}
    return render(request, "site/start_reader.html", reader(user, held))


def administration(now: dt.datetime) -> dict:
    found = [ask(now) for ask in QUESTIONS]
    waiting = [one for one in found if one is not None and one.count]
    quiet = [one for one in found if one is not None and not one.count]
    waiting.sort(key=lambda one: not one.urgent)
    return {
        "waiting": waiting,
        "quiet": quiet,
        "latest": latest_approval(),
        "rounds": open_rounds(now.date()),
    }


def failed_jobs(now: dt.datetime) -> Waiting:
    count = Job.objects.filter(status=JobStatus.FAILED, finished_at__gte=now - WEEK).count()
    return Waiting(
        count,
        _("Jobs that failed this week"),
        _("Each says why; a report can be ordered again from its page."),
        reverse("admin:pip_network_job_changelist") + "?status__exact=failed",
        urgent=True,
    )


def failed_mail(now: dt.datetime) -> Waiting:
    return Waiting(
        outbox.in_state("failed", now).count(),
        _("Messages that were given up"),
        _("The reason stands beside each; once it is mended, they are sent again there."),
        reverse("admin:pip_network_mail_changelist") + "?state=failed",
        urgent=True,
    )


def unsent_mail(now: dt.datetime) -> Waiting:
    late = Q(attempts__gt=0) | Q(created_at__lt=now - dt.timedelta(minutes=15))
    return Waiting(
        outbox.in_state("waiting", now).filter(late).count(),
        _("Messages that have not left"),
        _("The last error stands beside each. They are tried again by themselves."),
        reverse("admin:pip_network_mail_changelist") + "?state=waiting",
        urgent=True,
    )


def without_director(now: dt.datetime) -> Waiting:
    directed = RoleAssignment.objects.current(now.date()).filter(role=Role.DIRECTOR)
    codes = {scope[2:] for scope in directed.values_list("scope", flat=True)}
    projects = Project.objects.current().of_programme().filter(ends_on__gte=now.date())
    missing = sorted(set(projects.values_list("code", flat=True)) - codes)
    return Waiting(
        len(missing),
        _("Projects without a director"),
        some(missing),
        reverse("people"),
        urgent=True,
    )


def open_invitations(now: dt.datetime) -> Waiting:
    found = Invitation.objects.open()
    expired = found.filter(expires_at__lt=now).count()
    return Waiting(
        found.count(),
        _("Invitations without an answer"),
        _("Past their seven days: %(count)s. Send them again or withdraw them.")
        % {"count": expired}
        if expired
        else "",
        reverse("invitations"),
    )


def rounds_to_create(now: dt.datetime) -> Waiting:
    missing = missing_rounds(now.date())
    return Waiting(
        len(missing),
        _("Semesters without a round"),
        _("Until it is created nobody can enter it: %(codes)s.") % {"codes": some(missing)}
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
        % {"periods": some(periods)}
        if periods
        else "",
        reverse("admin:monitoring_rate_approve") + "?missing=1",
    )


def some(codes: list[str]) -> str:
    return ", ".join(codes[:SHOWN]) + (" …" if len(codes) > SHOWN else "")


def possible_duplicates(now: dt.datetime) -> Waiting:
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
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    count = AuditEvent.objects.filter(at__gte=midnight, verb__in=verbs.DENIED).count()
    return Waiting(
        count,
        _("Attempts refused today"),
        _("Who tried to do what she may not. A few are ordinary; many from one person are not."),
        reverse("audit") + "?denied=true",
    )


QUESTIONS: tuple[Callable[[dt.datetime], Waiting | None], ...] = (
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


def open_rounds(day: dt.date) -> list[dict]:
    """The rounds of which something is still open: due day, and how many projects are approved."""
    open_states = [Status.DRAFT, Status.SUBMITTED, Status.RETURNED]
    codes = Submission.objects.filter(status__in=open_states).values("round").distinct()
    rows = Submission.objects.filter(round__in=codes).values_list(
        "round_id", "round__due_on", "status"
    )
    found: dict[str, dict] = {}
    for code, due_on, status in rows.order_by("round_id"):
        one = found.setdefault(
            code, {"code": code, "due_on": due_on, "all": 0, "approved": 0, "late": due_on < day}
        )
        one["all"] += 1
        one["approved"] += status == Status.APPROVED
    return [found[code] for code in sorted(found, reverse=True)][:SHOWN]


def reader(user: User, held: set[Role]) -> dict:
    institution = own_institution(user)
    countries = [one for one in Country.objects.order_by("iso2") if stands_in(institution, one)]
    works = Work.objects.order_by("-year", "number").exclude(year=None)
    language = user.language or "es"
    lede = _("What the network has for you.")
    return {
        "lede": f"{institution.name}. {lede}" if institution else lede,
        "guide": GUIDE_OF[min(held, key=list(Role).index)],
        "institution": institution,
        "countries": countries,
        "projects": projects_with_counts()
        .filter(countries__in=countries)
        .distinct()
        .order_by("code")[:SHOWN],
        "works_of_country": Work.objects.filter(
            country__in=[one.iso2 for one in countries]
        ).order_by("-year", "number")[:SHOWN],
        "works_in_language": works.filter(language=language)[:SHOWN],
        "works": Work.objects.count(),
        "workshop": Workshop.objects.order_by("-number").first(),
        "latest": latest_approval(),
        "is_expert": Role.EXPERT in held,
    }


def own_institution(user: User) -> Institution | None:
    if user.institution_id:
        return user.institution
    keys = [
        scope[2:]
        for role, scope in assignments(user)
        if role == Role.INSTITUTION and scope.startswith("I:")
    ]
    return (
        Institution.objects.filter(pk__in=[key for key in keys if key.isdigit()]).first()
        if keys
        else None
    )


def stands_in(institution: Institution | None, country: Country) -> bool:
    return institution is not None and institution.iso2 == country.iso2
