"""All that a project has in the portal: what is approved and in force, and what its open submissions
hold, as one table with codes and words.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.choices import Kind, Missing, Status
from monitoring.definitions.reading import definitions
from monitoring.models import Entry, Measurement, Submission, Variable
from monitoring.sheet.display import REASONS
from projects.models import Firm, Network, Project

COLUMNS: tuple[str | Promise, ...] = (
    gettext_lazy("Round"),
    gettext_lazy("State"),
    gettext_lazy("Approval"),
    gettext_lazy("Subject"),
    gettext_lazy("Name"),
    gettext_lazy("Kind (code)"),
    gettext_lazy("Kind"),
    gettext_lazy("Period"),
    gettext_lazy("Variable (code)"),
    gettext_lazy("Variable"),
    gettext_lazy("Unit"),
    gettext_lazy("Currency"),
    gettext_lazy("Value"),
    gettext_lazy("Reason (code)"),
    gettext_lazy("Reason"),
)


def rows_of(project: Project) -> Iterator[tuple[Any, ...]]:
    """By round; of a round under amendment what is approved, then what its amendment holds."""
    names = _names(project)
    yield from _approved(project, names)
    yield from _open(project, names)


def _names(project: Project) -> dict[str, str]:
    firms = Firm.objects.filter(memberships__network__project=project).distinct()
    networks = Network.objects.filter(project=project)
    return {
        f"P:{project.code}": project.name,
        **{f"N:{code}": name for code, name in networks.values_list("code", "name")},
        **{f"F:{code}": name for code, name in firms.values_list("code", "name")},
    }


def _approved(project: Project, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    rows = Measurement.objects.live().filter(project=project)
    fields = (
        "round_id",
        "approved_in_id",
        "subject",
        "kind",
        "period",
        "variable_code",
        "catalogue_id",
        "currency",
        "value",
        "missing",
    )
    ordered = rows.order_by("round_id", "subject", "kind", "variable_code").values_list(*fields)
    state = str(Status.APPROVED.label)
    for round_code, number, subject, kind, period, code, version, *rest in ordered.iterator(5000):
        variable = definitions(version).by_code[code]
        yield _row((round_code, state, number), subject, names, kind, period, variable, *rest)


def _open(project: Project, names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    waiting = Submission.objects.filter(project=project).exclude(status=Status.APPROVED)
    for submission in waiting.order_by("round_id"):
        state = submission.get_status_display()
        variables = {v.pk: v for v in definitions(submission.catalogue_id).variables}
        entries = Entry.objects.filter(submission=submission).order_by(
            "subject", "kind", "variable__position"
        )
        for subject, kind, variable, value, missing in entries.values_list(
            "subject", "kind", "variable_id", "value", "missing"
        ):
            about = (submission.round_id, state, None)
            yield _row(about, subject, names, kind, "", variables[variable], "", value, missing)


def _row(
    about: tuple[Any, ...],
    subject: str,
    names: dict[str, str],
    kind: str,
    period: str,
    variable: Variable,
    currency: str,
    value: Any,
    missing: str,
) -> tuple[Any, ...]:
    """In the order of the columns."""
    return (
        *about,
        subject,
        names.get(subject, _("not known any more")),
        kind,
        str(Kind(kind).label),
        period,
        variable.code,
        variable.name,
        str(variable.unit),
        currency,
        value,
        missing,
        str(REASONS[Missing(missing)]) if missing else "",
    )
