"""What the registry asks of the record before something is undone (see projects/frozen.py)."""

from django.db.models import Q, QuerySet

from monitoring.choices import Kind, Status
from monitoring.models import Entry, Measurement, Observation, Submission
from monitoring.sheet.loading import compose
from monitoring.sheet.roster import load_roster
from pip_network.web.locks import for_update
from projects.frozen import Frozen
from projects.models import Membership, Project


def of_firm(code: str) -> list[Frozen]:
    """Every approved look at a firm, superseded ones too."""
    return _looks(Observation.objects.filter(firm_id=code))


def of_network(code: str) -> list[Frozen]:
    """Every approved look at a network, superseded ones too."""
    return _looks(Observation.objects.filter(network_id=code))


def _looks(rows: QuerySet[Observation]) -> list[Frozen]:
    observations = (
        rows.filter(kind=Kind.REGULAR)
        .select_related("round")
        .prefetch_related("networks")
        .order_by("id")
    )
    return [
        Frozen(
            row.project_id,
            row.round_id,
            row.round.ends_on,
            row.membership,
            frozenset(tie.network_id for tie in row.networks.all()),
            row.approved_in_id,
        )
        for row in observations
    ]


def being_entered(code: str) -> list[str]:
    """Locks the open submissions of the firm's projects first, as every save of a cell does, then
    looks for its cells.
    """
    projects = set(
        Membership.objects.filter(firm_id=code).values_list("network__project", flat=True)
    )
    submissions = Submission.objects.filter(project__in=projects).exclude(status=Status.APPROVED)
    submissions_by_pk = {row.pk: row for row in for_update(submissions)}
    rows = (
        Entry.objects.filter(submission__in=submissions_by_pk, subject=f"F:{code}")
        .order_by()
        .values_list("submission", flat=True)
    )
    return [
        f"{submissions_by_pk[pk].project_id}/{submissions_by_pk[pk].round_id}"
        for pk in sorted(set(rows))
    ]


def amounts_entered(country: str) -> set[tuple[str, str, str]]:
    """Submission, currency and period of the amounts of a country's firms and networks that are
    entered and not approved. Their submissions are locked first, as every save of a cell does.
    """
    projects = Project.objects.filter(
        Q(networks__country=country) | Q(networks__memberships__firm__country=country)
    )
    submissions = Submission.objects.exclude(status=Status.APPROVED).filter(
        project__in=projects.values("pk")
    )
    return {
        (f"{submission.project_id}/{submission.round_id}", currency, period)
        for submission in for_update(submissions)
        for currency, period in _entered_in(submission, country)
    }


def _entered_in(submission: Submission, country: str) -> set[tuple[str, str]]:
    """Currency and period of each amount, as its sheet says them."""
    sheet = compose(submission, load_roster(submission), with_findings=False)
    units = sheet.roster.by_subject
    return {
        (currency, sheet.asked[key].period)
        for key, content in sheet.contents.items()
        if content.value is not None
        and units[key.subject].country == country
        and (currency := sheet.data.currency(key))
    }


def amounts_of(country: str) -> set[tuple[str, str]]:
    """Currency and period of the approved amounts of a country's firms and networks."""
    amounts = Measurement.objects.live().filter(
        Q(firm__country=country) | Q(network__country=country), value__isnull=False
    )
    rows = amounts.exclude(currency="").order_by().values_list("currency", "period").distinct()
    return set(rows)
