"""Firms: register into a network, edit, close, reopen, archive, restore, anonymise."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pip_network.people.access import Permission as P
from pip_network.people.access import can
from pip_network.web.again import confirm_identity
from pip_network.web.errors import Conflict, Forbidden
from projects import actions, duplicates
from projects.fetching import firm_kept, firms_kept
from projects.forms import (
    AnonymiseForm,
    ArchiveFirmForm,
    CloseForm,
    FirmForm,
    NewFirmForm,
    RegistryForm,
)
from projects.models import Firm, Network

from .page import Page, answer, sent


def firm_page(firm: Firm, **about: Any) -> Page:
    """Names stand in no address and in no title of a window: codes do."""
    return Page(
        over=f"{firm.code} {firm.name}".strip(),
        back=(firm.get_absolute_url(), firm.code),
        trail=(reverse("firms"), _("Firms")),
        keys=[f"F:{firm.code}"],
        **about,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Register a firm into the network `code`. Firms alike are shown before anything is stored."""
    network = get_object_or_404(
        Network.objects.select_related("project"), code=code, archived_at__isnull=True
    )
    if not (
        can(request.user, P.MANAGE_REGISTRY)
        or can(request.user, P.MANAGE_FIRMS, network.scope_keys)
    ):
        raise Forbidden(_("The firms of a network are kept by those who work with it."))
    form = NewFirmForm(sent(request), network=network)
    page = Page(
        title=_("Register a firm"),
        over=str(network),
        back=(network.get_absolute_url(), network.code),
        trail=(reverse("networks"), _("Networks")),
        button=_("Register the firm"),
        lede=_(
            "It is in the network from the day it joined, and asked from the first semester that "
            "closes after it."
        ),
    )

    def register(given: dict[str, Any]) -> Firm:
        joined_on, looked_at = given.pop("joined_on"), set(given.pop("looked_at").split())
        alike = _alike(request.user, given)
        if {pair.second for pair, _firm in alike} - looked_at:
            page.more["alike"] = alike
            page.button = _("It is none of these: register it")
            form.data = form.data.copy()
            form.data["looked_at"] = " ".join(pair.second for pair, _firm in alike)
            raise Conflict(_("Is it one of these? Nothing has been stored yet."))
        at = timezone.now()
        with transaction.atomic():
            firm = actions.register_firm(**given, by=request.user, at=at)
            actions.join_network(
                firm=firm, network=network, joined_on=joined_on, by=request.user, at=at
            )
        return firm

    return answer(
        request,
        page,
        form,
        register,
        done=lambda firm: firm.get_absolute_url(),
        said=_("The firm is registered."),
    )


def _alike(user, given: dict[str, Any]) -> list[tuple[duplicates.Pair, Firm]]:
    """Firms that this one may be, among those that `user` keeps."""
    rows = firms_kept(user).filter(country=given["country"])
    known = [
        duplicates.Known(*row) for row in rows.values_list("code", "country_id", "name", "tax_id")
    ]
    wanted = duplicates.Known("", given["country"].pk, given["name"], given["tax_id"])
    found = duplicates.like(wanted, known)
    firms = Firm.objects.in_bulk([pair.second for pair in found])
    return [(pair, firms[pair.second]) for pair in found]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Edit the firm"),
            button=_("Save"),
            lede=_(
                "Changes hold from the next submission on: what was approved keeps what it froze."
            ),
        ),
        FirmForm(sent(request), instance=firm),
        lambda given: actions.update_firm(firm=firm, **given, by=request.user, at=timezone.now()),
        done=firm.get_absolute_url(),
        said=_("The firm is saved."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)

    def act(given: dict[str, Any]) -> Firm:
        return actions.close_firm(
            firm=firm,
            closed_on=given["closed_on"],
            reason=given["closing_reason"],
            by=request.user,
            at=timezone.now(),
        )

    return answer(
        request,
        firm_page(
            firm,
            title=_("The firm has closed"),
            button=_("Record its closing"),
            danger=True,
            will=[
                _(
                    "At the close of the year of closing the portal writes that it no longer "
                    "operates and has no "
                    "jobs; the sales of that year are still entered."
                ),
                _("From the next year on it writes its zeros: sales, exports, jobs and payroll."),
                _(
                    "Its memberships stay as they are. A firm that left but is alive has not "
                    "closed: record its leaving instead."
                ),
                _("A slip can be taken back until an approved round says so."),
            ],
        ),
        CloseForm(sent(request)),
        act,
        done=firm.get_absolute_url(),
        said=_("The closing is recorded."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Take the closing back"),
            button=_("Take the closing back"),
            will=[
                _(
                    "The firm is asked again like the others, as if its closing had not been "
                    "recorded."
                )
            ],
        ),
        RegistryForm(sent(request)),
        lambda _given: actions.reopen_firm(firm=firm, by=request.user, at=timezone.now()),
        done=firm.get_absolute_url(),
        said=_("The closing is taken back."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Archive the firm"),
            button=_("Archive the firm"),
            danger=True,
            will=[
                _(
                    "For a firm that should not be here: it leaves lists and totals, and is asked "
                    "no more."
                ),
                _(
                    "A firm that approved rounds know cannot be archived: it leaves its network, "
                    "or closes."
                ),
                _("You can restore it at any time."),
            ],
        ),
        ArchiveFirmForm(sent(request)),
        lambda given: actions.archive_firm(firm=firm, **given, by=request.user, at=timezone.now()),
        done=reverse("firms"),
        said=_("The firm is archived."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Restore the firm"),
            button=_("Restore the firm"),
            will=[_("The firm is in lists and totals again, and asked again.")],
        ),
        RegistryForm(sent(request)),
        lambda _given: actions.restore_firm(firm=firm, by=request.user, at=timezone.now()),
        done=firm.get_absolute_url(),
        said=_("The firm is restored."),
    )


@confirm_identity(room=P.MANAGE_REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def anonymise(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_kept(request.user, code)
    return answer(
        request,
        firm_page(
            firm,
            title=_("Anonymise the firm"),
            button=_("Anonymise for good"),
            danger=True,
            will=[
                _(
                    "Name, tax identification and sex of the owner are removed for good, here and "
                    "in the firms that "
                    "were merged into it. Nobody can bring them back."
                ),
                _("Its code, its memberships and every approved figure stay."),
                _(
                    "What people wrote about it in narratives and remarks, files that were "
                    "downloaded before and "
                    "backups are not reached: see to those by hand."
                ),
            ],
        ),
        AnonymiseForm(sent(request), firm=firm),
        lambda given: actions.anonymise_firm(
            firm=firm, reason=given["reason"], by=request.user, at=timezone.now()
        ),
        done=firm.get_absolute_url(),
        said=_("The firm is anonymised."),
    )
