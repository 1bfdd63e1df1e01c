"""The way of a correction: the right value, what it changes, one approval.

What is confirmed is compared with what was shown: when the record has moved meanwhile nothing is
stored, and both are shown.
"""

import datetime as dt
from typing import Any, Protocol

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring import portfolio
from monitoring.models import Approval, Observation
from monitoring.submission.correcting import correct_observations
from monitoring.submission.corrections import words
from monitoring.submission.corrections.forms import CorrectionForm
from monitoring.submission.corrections.preview import ROWS_SHOWN, overtaken_row, preview
from monitoring.submission.corrections.versions import (
    ObservationChange,
    next_versions,
    versions_of,
)
from pip_network.models import User
from pip_network.people.access import Permission
from pip_network.web.acts import Act, carry_out
from pip_network.web.errors import Conflict, DomainError, Forbidden, Invalid
from pip_network.web.signed_in import SignedInRequest


class Room(Protocol):
    """Where the pages are shown."""

    def draw(
        self,
        request: SignedInRequest,
        template: str,
        status: int = 200,
        *,
        row: Observation,
        **context: Any,
    ) -> HttpResponse: ...


def correct(room: Room, request: SignedInRequest, row: Observation, attribute: str) -> HttpResponse:
    """The form; posted, what it would change; posted with that, the approval."""
    if request.method != "POST":
        initial = {key: request.GET[key] for key in ("value", "extent") if key in request.GET}
        form = CorrectionForm(row=row, attribute=attribute, initial=initial)
        return form_page(room, request, form)
    form = CorrectionForm(request.POST, row=row, attribute=attribute)
    if not form.is_valid():
        return form_page(room, request, form, status=422)
    seen = request.POST.get("seen", "")
    try:
        if not seen:
            return preview_page(room, request, form)
        about = {"correction": form, "seen": numbers(seen)}
        return carry_out(request, APPROVE, about, after=lambda _approval: _page_in_force(row))
    except Forbidden:
        raise
    except Conflict as error:
        return preview_page(room, request, form, conflict=error)
    except DomainError as error:
        form.refuse(error)
        if error.place == "reason":
            return preview_page(room, request, form, status=error.status)
        return form_page(room, request, form, status=error.status)


def _page_in_force(row: Observation) -> str:
    """The page of what is in force in place of `row`."""
    newest = versions_of(row).order_by("-approved_in")[0]
    return reverse("admin:monitoring_observation_change", args=[newest.pk])


@transaction.atomic  # the portfolio's job is asked for with the approval, or not at all
def _approve(*, correction: CorrectionForm, seen: set[int], by: User, at: dt.datetime) -> Approval:
    row = correction.row
    approval = correct_observations(
        row.project,
        row.round,
        [change_of(correction)],
        correction.cleaned_data["reason"],
        by=by,
        at=at,
        onwards=correction.onwards,
        seen=seen,
    )
    portfolio.request_refresh(by=by, at=at)
    return approval


APPROVE = Act(
    name="admin:monitoring_observation_correct",
    permission=Permission.MANAGE_REGISTRY,
    action=_approve,
    message=lambda approval: (
        _("Approved with N=%(number)s: the record is corrected.") % {"number": approval.number}
    ),
)


def form_page(
    room: Room, request: SignedInRequest, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    """The form, with what is wrong in it."""
    template = "admin/monitoring/correction.html"
    return room.draw(request, template, status, row=form.row, title=title(form), form=form)


def preview_page(
    room: Room,
    request: SignedInRequest,
    form: CorrectionForm,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the correction would replace as things stand now. Raises Invalid when that is nothing
    and nothing has moved.
    """
    row = form.row
    versions = next_versions(row.project, row.round, [change_of(form)], onwards=form.onwards)
    if not versions and conflict is None:
        raise Invalid(_("The record already says so: nothing changes."))
    return room.draw(
        request,
        "admin/monitoring/correction_changes.html",
        conflict.status if conflict else status,
        row=row,
        title=title(form),
        form=form.settled(),
        given=form.again,
        refusal=conflict.message if conflict else "",
        overtaken=[overtaken_row(observation) for observation in conflict.context["overtaken"]][
            :ROWS_SHOWN
        ]
        if conflict
        else [],
        **preview(versions, form.attribute, reader=request.user),
    )


def title(form: CorrectionForm) -> str:
    """What is corrected: attribute, unit and round."""
    names = {
        "attribute": words.ATTRIBUTES[form.attribute],
        "unit": words.unit_words(form.row),
        "round": form.row.round_id,
    }
    return _("Correct “%(attribute)s” of %(unit)s, %(round)s") % names


def change_of(form: CorrectionForm) -> ObservationChange:
    """The change that a valid form asks for."""
    return ObservationChange(form.row.subject, form.attribute, form.cleaned_data["value"])


def numbers(text: str) -> set[int]:
    """The observations that the preview showed, as its form sends them; the rest is no number."""
    parts = text.split("-")
    return {int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 18}
