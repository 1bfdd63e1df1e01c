"""Pages of saved searches: each reader's own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.acting import TEMPLATE, around
from knowledge.models import SavedSearch
from pip_network.choices import MailKind
from pip_network.models import MailChoice
from pip_network.people.access import Permission, require_room
from pip_network.web.acts import Act, buttons, carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from . import acts
from .actions import MOST
from .forms import first_name

PAGE = "searches"


@login_required
@require_safe
def searches(request: SignedInRequest) -> HttpResponse:
    """Her own, with what can be done with each; those that were removed can be put back."""
    require_room(request.user, Permission.VIEW_INTERNAL)
    rows = list(SavedSearch.objects.of(request.user))
    no_letters = MailChoice.objects.filter(person=request.user, kind=MailKind.SEARCH)
    context = {
        "searches": [
            (one, buttons(acts.OF_SEARCH, request.user, one, one.pk))
            for one in rows
            if one.removed_at is None
        ],
        "removed": [(one, acts.RESTORE.link(one.pk)) for one in rows if one.removed_at],
        "most": MOST,
        "no_letters": no_letters.exists(),
    }
    return render(request, "knowledge/saved/searches.html", context)


@login_required
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    require_room(request.user, Permission.VIEW_INTERNAL)
    form = acts.SAVE.form(request.POST)
    return carry_out(request, acts.SAVE, {}, form=form, after=lambda search: search, back=PAGE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    search = found(request, pk)
    return carry_out(
        request,
        acts.RENAME,
        {"search": search},
        form=acts.RENAME.form(sent(request), initial=first_name(search)),
        template=TEMPLATE,
        context=around(acts.RENAME, reverse(PAGE), room=PAGE),
        after=PAGE,
    )


@login_required
@require_POST
def do(request: SignedInRequest, pk: int, act: Act) -> HttpResponse:
    """Stop its letters or have them again, remove it or put it back."""
    return carry_out(request, act, {"search": found(request, pk)}, after=PAGE, back=PAGE)


def found(request: SignedInRequest, pk: int) -> SavedSearch:
    require_room(request.user, Permission.VIEW_INTERNAL)
    return get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
