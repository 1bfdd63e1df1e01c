"""The help pages: first steps of each role, and the words of the system."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pip_network.people.access import Role, assignments
from pip_network.site.home.glossary import GLOSSARY, Term
from pip_network.site.home.guides import GUIDES
from pip_network.web.text import fold


def terms_by_title() -> list[tuple[str, Term]]:
    return sorted(GLOSSARY.items(), key=lambda pair: fold(str(pair[1].title)))


def roles_of(request: HttpRequest) -> set[Role]:
    return {role for role, _scope in assignments(request.user)}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All guides, the reader's own first, and the glossary."""
    roles = roles_of(request)
    mine = [guide for guide in GUIDES if roles & set(guide.roles)]
    return render(
        request, "site/help.html", {"guides": GUIDES, "mine": mine, "glossary": terms_by_title()}
    )


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide. Rooms that this reader cannot open are described, not linked."""
    chosen = next((guide for guide in GUIDES if guide.slug == slug), None)
    if chosen is None:
        raise Http404
    return render(
        request,
        "site/guide.html",
        {
            "guide": chosen,
            "guides": GUIDES,
            "terms": [(key, GLOSSARY[key]) for key in chosen.terms],
            "open_rooms": bool(roles_of(request) & set(chosen.roles)),
        },
    )
