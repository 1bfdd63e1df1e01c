"""Firms that may be registered twice: the list, telling apart, merging, and the way back."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pip_network.people.access import Permission as P
from pip_network.people.access import require_room
from pip_network.web.acts import carry_out, sent
from pip_network.web.again import confirm_identity
from pip_network.web.errors import Conflict
from pip_network.web.signed_in import SignedInRequest
from projects import actions, duplicates, proposals
from projects.actions.merge_plan import Plan
from projects.acts import memberships as acts
from projects.fetching import managed_firm, managed_firms
from projects.models import Firm, FirmMerge

from .firms import firm_page
from .page import write

PER_PAGE = 20


@login_required
@require_safe
def proposed(request: SignedInRequest) -> HttpResponse:
    """Pairs that may be one firm, among those that the person keeps."""
    require_room(request.user, P.MANAGE_FIRMS)
    comparison = proposals.proposals(managed_firms(request.user))
    page = Paginator(comparison.pairs, PER_PAGE).get_page(request.GET.get("page"))
    codes = {code for pair in page for code in (pair.first, pair.second)}
    firms, where = Firm.objects.select_related("country").in_bulk(codes), _networks(codes)
    rows = [
        (
            pair,
            reasons(pair),
            [(firms[code], where.get(code, [])) for code in (pair.first, pair.second)],
        )
        for pair in page
    ]
    return render(
        request,
        "projects/duplicates.html",
        {
            "rows": rows,
            "page": page,
            "count": len(comparison.pairs),
            "of": comparison.of,
            "apart": comparison.apart[:PER_PAGE],
            "apart_count": len(comparison.apart),
        },
    )


def _networks(codes: set[str]) -> dict[str, list]:
    memberships: dict[str, list] = {}
    rows = Firm.objects.filter(pk__in=codes).prefetch_related("memberships__network")
    for firm in rows:
        memberships[firm.pk] = [stay for stay in firm.memberships.all() if stay.left_on is None]
    return memberships


def reasons(pair: duplicates.Pair) -> list[str]:
    """Why two firms are proposed, in words."""
    sentences = []
    if pair.same_tax_id:
        sentences.append(_("The same tax identification"))
    if pair.alike == 100:
        sentences.append(_("The same name, but for capitals, accents, signs or legal form"))
    elif pair.alike >= duplicates.ALIKE:
        sentences.append(_("Names alike (%(score)s of 100)") % {"score": pair.alike})
    if pair.other_tax_id:
        sentences.append(_("Their tax identifications differ: look twice"))
    return sentences


@login_required
@require_POST
def tell_apart(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    first, second = managed_firm(request.user, code), managed_firm(request.user, other)
    about = {"first": first, "second": second}
    return carry_out(request, acts.TELL_APART, about, after="firm-duplicates")


@login_required
@require_POST
def maybe_same(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    first, second = managed_firm(request.user, code), managed_firm(request.user, other)
    about = {"first": first, "second": second}
    return carry_out(request, acts.MAYBE_SAME, about, after="firm-duplicates")


@confirm_identity(room=P.MANAGE_FIRMS)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    """`other` goes on as `code`.

    The page says what will happen, from the same plan that the action follows.
    """
    survivor, duplicate = managed_firm(request.user, code), managed_firm(request.user, other)
    about = {"survivor": survivor, "duplicate": duplicate}
    page = firm_page(acts.MERGE, survivor, keys=())
    more = {**about, "other_way": reverse("firm-merge", args=[other, code])}
    try:
        plan = actions.plan_merge(survivor, duplicate, day=timezone.now().date())
    except Conflict as error:
        return render(
            request,
            "projects/edit/merge.html",
            {"page": page, "form": None, "refused": error.message, **more},
            status=409 if request.method == "POST" else 200,
        )
    page.will = consequences(plan)
    return write(
        request,
        page,
        about,
        form=acts.MERGE.form(sent(request), **about),
        template="projects/edit/merge.html",
        more=lambda _form: {**more, "plan": plan},
        after=survivor,
    )


def consequences(plan: Plan) -> list[str]:
    """What merging does, one sentence each."""
    firms = {"goes": plan.duplicate.pk, "stays": plan.survivor.pk}
    return [
        _("%(goes)s leaves the lists; its page leads to %(stays)s.") % firms,
        *_of_memberships(plan, firms),
        *_of_record(plan, firms),
        _("It can be taken back until an approval has seen one of the two."),
    ]


def _of_memberships(plan: Plan, firms: dict[str, str]) -> Iterator[str]:
    for stay in plan.moved:
        yield (
            _("Its membership in %(network)s becomes one of %(stays)s.")
            % {"network": stay.network_id, **firms}
        )
    for stay in plan.ended:
        yield _("Its membership in %(network)s ends today.") % {"network": stay.network_id}
    for network, day in plan.begun:
        yield (
            _("%(stays)s is in %(network)s from %(day)s on.")
            % {"network": network.pk, "day": day.isoformat(), **firms}
        )
    for stay in plan.unmoved:
        yield (
            _(
                "Its membership in %(network)s stays with %(goes)s: %(stays)s was there at that "
                "time too, or approved rounds know it."
            )
            % {"network": stay.network_id, **firms}
        )


def _of_record(plan: Plan, firms: dict[str, str]) -> Iterator[str]:
    if plan.is_frozen:
        yield _(
            "Approved rounds know both. No approved figure changes: each keeps its history "
            "and its baseline under its own code."
        )
        yield (
            _(
                "From the next close of a semester on %(goes)s counts as left in the panels of "
                "its project: lost, never zero."
            )
            % firms
        )
        yield _("Where %(stays)s is new to a project, its baseline is asked there.") % firms
    if plan.both:
        yield (
            ngettext(
                "%(count)s approved round counted it as two firms, and keeps doing so: %(rounds)s.",
                "%(count)s approved rounds counted it as two firms, and keep doing so: %(rounds)s.",
                len(plan.both),
            )
            % {"count": len(plan.both), "rounds": ", ".join(plan.both)}
        )


@confirm_identity(room=P.MANAGE_FIRMS)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    survivor = managed_firm(request.user, code)
    merged = get_object_or_404(FirmMerge, survivor=survivor, duplicate=other, split_at__isnull=True)

    will = [
        _("%(goes)s is a firm of its own again, with its memberships and its facts.")
        % {"goes": other},
        _("What was changed in %(stays)s since the merge stays.") % {"stays": code},
    ]
    page = firm_page(acts.SPLIT, survivor, will=will)
    return write(request, page, {"merge": merged}, after=reverse("firm", args=[other]))
