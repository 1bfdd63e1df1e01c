"""What pages of the library show of lists and saved searches."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef

from knowledge.choices import ListKind
from knowledge.models import List, ListItem, SavedSearch, Work
from knowledge.search.asked import question_of
from pip_network.people.access import Permission, can, can_somewhere

register = template.Library()


@register.inclusion_tag("knowledge/lists/_add.html", takes_context=True)
def add_to_list(context: template.Context, work: Work) -> dict[str, Any]:
    """For members: her lists that have the work, and those that it can be added to, hers first."""
    user = context["request"].user
    if not can_somewhere(user, Permission.VIEW_INTERNAL):
        return {}
    lists = List.objects.of(user).present()
    if can(user, Permission.CURATE_LIBRARY):
        lists |= List.objects.kept().filter(kind=ListKind.COLLECTION).present()
    has = ListItem.objects.filter(list=OuterRef("pk"), work=work, removed_at=None)
    rows = sorted(lists.annotate(has=Exists(has)), key=lambda one: one.owner_id is None)
    return {
        "work": work,
        "first": not any(one.owner_id for one in rows),  # her own is made when she adds to it
        "lists": [one for one in rows if not one.has],
        "within": [one for one in rows if one.has and one.owner_id],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("knowledge/lists/_part_of.html", takes_context=True)
def part_of(context: template.Context, work: Work) -> dict[str, Any]:
    """Collections and paths with the work, of those that the reader may open."""
    has = ListItem.objects.filter(list=OuterRef("pk"), work=work, removed_at=None)
    return {"lists": List.objects.named_to(context["request"].user).filter(Exists(has))}


@register.inclusion_tag("knowledge/saved/_save.html", takes_context=True)
def save_search(context: template.Context) -> dict[str, Any]:
    """For members: to be told what is new of the question of the page, or that one is told."""
    request = context["request"]
    if not can_somewhere(request.user, Permission.VIEW_INTERNAL):
        return {}
    asked = question_of(request.GET)
    mine = SavedSearch.objects.of(request.user).present()
    return {
        "member": True,
        "asked": asked,
        "saved": mine.filter(asked=asked, stopped_at=None).first(),
        "csrf_token": context.get("csrf_token"),
    }
