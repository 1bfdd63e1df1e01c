"""The help pages: first steps of each role, and the words of the system."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pip_network.people.access import assignments
from pip_network.site.home.guide import GLOSSARY, GUIDES
from pip_network.web.text import fold


def entries() -> list[tuple[str, object]]:
    return sorted(GLOSSARY.items(), key=lambda pair: fold(str(pair[1].title)))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    held = {role for role, _scope in assignments(request.user)}
    mine = [guide for guide in GUIDES if held & set(guide.roles)]
    return render(
        request, "site/help.html", {"guides": GUIDES, "mine": mine, "glossary": entries()}
    )


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    found = next((one for one in GUIDES if one.slug == slug), None)
    if found is None:
        raise Http404
    # Rooms that this reader cannot open are described, not linked.
    held = {role for role, _scope in assignments(request.user)}
    return render(
        request,
        "site/guide.html",
        {
            "guide": found,
            "guides": GUIDES,
            "words": [(key, GLOSSARY[key]) for key in found.words],
            "open_rooms": bool(held & set(found.roles)),
        },
    )
