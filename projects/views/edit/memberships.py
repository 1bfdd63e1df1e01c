"""Memberships: join, move, leave, and mend a slip."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.people.access import Permission as P
from pip_network.people.access import can
from projects import actions
from projects.actions.corrections import frozen_joining, frozen_leaving
from projects.fetching import firm_kept, networks_kept
from projects.forms import JoinForm, LeaveForm, MembershipForm, RegistryForm
from projects.models import Firm, Membership, Network

from .firms import firm_page
from .page import answer, sent


def _fetch(request: HttpRequest, code: str, pk: int) -> tuple[Firm, Membership]:
    """A membership in a network whose firms the person keeps."""
    firm = firm_kept(request.user, code)
    membership = get_object_or_404(firm.memberships.select_related("network__project"), pk=pk)
    if not (
        can(request.user, P.MANAGE_REGISTRY)
        or can(request.user, P.MANAGE_FIRMS, membership.network.scope_keys)
    ):
        raise Http404
    membership.firm = firm
    return firm, membership


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)
    kept = networks_kept(request.user)
    present = Network.objects.filter(memberships__firm=firm, memberships__left_on__isnull=True)
    form = JoinForm(
        sent(request),
        networks=kept.exclude(pk__in=present.values("pk")).order_by("code"),
        present=kept.filter(pk__in=present.values("pk")).order_by("code"),
    )

    def act(given: dict[str, Any]) -> Membership:
        doing = {"firm": firm, "by": request.user, "at": timezone.now()}
        if given["leaves"] is None:
            return actions.join_network(
                network=given["network"], joined_on=given["joined_on"], **doing
            )
        return actions.move_firm(
            source=given["leaves"], target=given["network"], moved_on=given["joined_on"], **doing
        )

    return answer(
        request,
        firm_page(
            firm,
            title=_("Join a network"),
            button=_("Save"),
            lede=_(
                "A firm can be in several networks: in a project it is asked once. When it moves, "
                "it leaves the "
                "other network on the day it joins this one."
            ),
        ),
        form,
        act,
        done=firm.get_absolute_url(),
        said=_("The firm is in the network."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    firm, membership = _fetch(request, code, pk)

    def act(given: dict[str, Any]) -> Membership:
        return actions.leave_network(
            firm=firm,
            network=membership.network,
            left_on=given["left_on"],
            reason=given["leaving_reason"],
            by=request.user,
            at=timezone.now(),
        )

    return answer(
        request,
        firm_page(
            firm,
            title=_("The firm left %(network)s") % {"network": membership.network.code},
            button=_("Record its leaving"),
            will=[
                _(
                    "When it is in no other network of the project, it is asked nothing from the "
                    "next close of a semester on."
                ),
                _(
                    "It stays in the panels as lost: a firm that left counts neither as zero nor "
                    "as closed."
                ),
                _("A slip can be taken back until an approved round says so."),
            ],
        ),
        LeaveForm(sent(request)),
        act,
        done=firm.get_absolute_url(),
        said=_("The leaving is recorded."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Another day of joining or leaving, as far as no approved round froze it."""
    firm, membership = _fetch(request, code, pk)
    joining, leaving = frozen_joining(membership), membership.left_on and frozen_leaving(membership)
    fixed = []
    notes = []
    if joining:
        fixed.append("joined_on")
        notes.append(
            _("The day of joining stands in the approved round %(round)s: it stays.")
            % {"round": joining}
        )
    if membership.left_on is None:
        fixed += ["left_on", "leaving_reason"]
    elif leaving:
        fixed.append("left_on")
        notes.append(
            _("The leaving stands in the approved round %(round)s: its day stays.")
            % {"round": leaving}
        )

    @transaction.atomic
    def act(given: dict[str, Any]) -> None:
        doing = {"membership": membership, "by": request.user, "at": timezone.now()}
        if "leaving_reason" in given:
            left_on = given.get("left_on", membership.left_on)
            actions.correct_leaving(left_on=left_on, reason=given["leaving_reason"], **doing)
        if "joined_on" in given:
            actions.correct_joining(joined_on=given["joined_on"], **doing)

    page = firm_page(
        firm,
        title=_("Correct the membership in %(network)s") % {"network": membership.network.code},
        button=_("Save"),
        will=notes,
    )
    page.more = {
        "membership": membership,
        "may_take_back_leaving": membership.left_on is not None and not leaving,
        "may_take_back_joining": not joining,
        "nothing_to_correct": {"joined_on", "left_on", "leaving_reason"} <= set(fixed),
    }
    return answer(
        request,
        page,
        MembershipForm(sent(request), instance=membership, fixed=tuple(fixed)),
        act,
        done=firm.get_absolute_url(),
        said=_("The membership is corrected."),
        template="projects/edit/membership.html",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The firm never left."""
    firm, membership = _fetch(request, code, pk)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Take the leaving back"),
            button=_("Take the leaving back"),
            will=[
                _("The firm is in %(network)s as if it had never left.")
                % {"network": membership.network}
            ],
        ),
        RegistryForm(sent(request)),
        lambda _given: actions.take_back_leaving(
            membership=membership, by=request.user, at=timezone.now()
        ),
        done=firm.get_absolute_url(),
        said=_("The leaving is taken back."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unjoin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The firm never joined."""
    firm, membership = _fetch(request, code, pk)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Take the joining back"),
            button=_("Take the joining back"),
            danger=True,
            will=[
                _(
                    "The firm was never in %(network)s: the membership goes, the trail keeps that "
                    "it was "
                    "there."
                )
                % {"network": membership.network},
            ],
        ),
        RegistryForm(sent(request)),
        lambda _given: actions.take_back_joining(
            membership=membership, by=request.user, at=timezone.now()
        ),
        done=firm.get_absolute_url(),
        said=_("The joining is taken back."),
    )
