"""Pages of lists."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.acting import TEMPLATE, around
from knowledge.choices import ListKind
from knowledge.exchange.csl import csl
from knowledge.exchange.notations import NOTATIONS
from knowledge.models import List, ListItem, Work
from pip_network.people.access import Permission, can, can_somewhere, require_room
from pip_network.web.acts import Act, buttons, carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from . import acts
from .forms import CollectionForm, NoteForm, first_note, first_values
from .items import Shown, counted, mark_narrow, removed_items, shown_items


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Collections and paths that are open to the reader, and her own lists."""
    user = request.user
    member, keeps = can_somewhere(user, Permission.VIEW_INTERNAL), can(user, acts.CURATE)
    named = [*List.objects.named_to(user)]
    mine = [*List.objects.of(user)] if member else []
    removed = [one for one in mine if one.removed_at]
    if keeps:
        removed += List.objects.kept().exclude(removed_at=None)
    context = {
        "paths": [one for one in named if one.kind == ListKind.PATH],
        "collections": [one for one in named if one.kind == ListKind.COLLECTION],
        "mine": [one for one in mine if not one.removed_at],
        "removed": [(one, acts.RESTORE.link(one.code)) for one in removed],
        "counts": counted([*named, *mine], user),
        "member": member,
        "acts": [
            *([acts.NEW_READING.link()] if member else []),
            *([acts.NEW_COLLECTION.link()] if keeps else []),
        ],
    }
    return render(request, "knowledge/lists/lists.html", context)


def found(request: HttpRequest, code: str) -> List:
    """A path has pages of its own."""
    lists = List.objects.visible_to(request.user).exclude(kind=ListKind.PATH)
    lists = lists.select_related("owner")
    return get_object_or_404(lists, code=code.upper())


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The works of a list that the reader may see; for who keeps it, what there is to do."""
    one = found(request, code)
    shown = shown_items(one, request.user)
    keeps = one.is_kept_by(request.user)
    context = {
        "list": one,
        "shown": shown,
        "keeps": keeps,
        "notations": NOTATIONS.items(),
        "acts": buttons(acts.of_list(one), request.user, one, one.code) if keeps else [],
    }
    if keeps:
        context["others_see"] = mark_narrow(one, request.user, shown)
        context["removed"] = removed_items(one, request.user)
    return render(request, "knowledge/lists/list.html", context)


@require_safe
def cite(request: HttpRequest, code: str, notation: str) -> HttpResponse:
    """The works of a list that its reader sees, as a file for reference managers."""
    one, how = found(request, code), NOTATIONS.get(notation)
    if how is None:
        raise Http404
    language = (get_language() or "es")[:2]
    items = [csl(shown.work, language) for shown in shown_items(one, request.user)]
    response = HttpResponse(how.write_all(items), content_type=f"{how.content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.code}.{how.extension}"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, act: Act) -> HttpResponse:
    """A reading list of her own, or a collection."""
    require_room(request.user, Permission.VIEW_INTERNAL)
    act.require(request.user)
    return carry_out(
        request,
        act,
        {},
        template=TEMPLATE,
        context=around(act, reverse("lists"), room="lists"),
        after=lambda one: one,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, code: str) -> HttpResponse:
    one = found(request, code)
    acts.actions.require_keeper(one, request.user)
    form = acts.CHANGE.form if one.kind == ListKind.READING else CollectionForm
    return carry_out(
        request,
        acts.CHANGE,
        {"one": one},
        form=form(sent(request), initial=first_values(one)),
        template=TEMPLATE,
        context=around(acts.CHANGE, one.get_absolute_url(), room="lists", thing=one),
        after=one,
    )


@login_required
@require_POST
def do(request: SignedInRequest, code: str, act: Act) -> HttpResponse:
    """Remove a list, or put it back."""
    one = found(request, code)
    there = reverse("lists") if act is acts.REMOVE else one
    return carry_out(request, act, {"one": one}, after=there, back=reverse("lists"))


@login_required
@require_POST
def add(request: SignedInRequest, code: str) -> HttpResponse:
    """A work into a list, from its page and back to it."""
    require_room(request.user, Permission.VIEW_INTERNAL)
    work = get_object_or_404(Work.objects.visible_to(request.user), code=code.upper())
    into = request.POST.get("into", "")
    one = found(request, into) if into.isalnum() else None
    about = {"work": work, "one": one}
    form = acts.ActForm(request.POST)
    return carry_out(request, acts.ADD, about, form=form, after=work, back=work)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, code: str, work: str) -> HttpResponse:
    item = item_of(request, code, work)
    acts.actions.require_keeper(item.list, request.user)
    return carry_out(
        request,
        acts.NOTE,
        {"item": item},
        form=NoteForm(sent(request), initial=first_note(item)),
        template=TEMPLATE,
        context=around(acts.NOTE, item.list.get_absolute_url(), room="lists", thing=item.list),
        after=item.list,
    )


@login_required
@require_POST
def do_item(request: SignedInRequest, code: str, work: str, act: Act) -> HttpResponse:
    """Move a work within its list, take it out, put it back."""
    item = item_of(request, code, work)
    back = f"{item.list.get_absolute_url()}#{item.work_id}"
    return carry_out(request, act, {"item": item}, after=back, back=back)


def item_of(request: HttpRequest, code: str, work: str) -> ListItem:
    """An item that the reader sees; any other is the same as nothing."""
    one = found(request, code)
    seen: list[Shown] = [*shown_items(one, request.user), *removed_items(one, request.user)]
    item = next((each.item for each in seen if each.item.work_id == work.upper()), None)
    if item is None:
        raise Http404
    item.list = one
    return item
