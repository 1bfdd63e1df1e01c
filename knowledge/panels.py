"""What the library shows on pages of other rooms."""

import re
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knowledge.labels import authors_label
from knowledge.models import Author, Work, WorkQuerySet
from pip_network.models import Institution
from pip_network.web.text import fold
from projects.models import Country, Project
from workshops.models import Workshop

SHOWN = 6


def works_of_workshop(request: HttpRequest, workshop: Workshop) -> dict[str, Any] | None:
    """Works that came out of it."""
    works = list(mine(request).filter(workshop=workshop))
    return {"works": works} if works else None


def works_of_country(request: HttpRequest, country: Country) -> dict[str, Any] | None:
    """Documents about a country, as their records say."""
    works = list(mine(request).filter(countries__iso2=country.iso2)[: SHOWN + 1])
    return listed(
        works, _("Documents"), _("Of the library, about this country."), {"country": country.iso2}
    )


def works_of_project(request: HttpRequest, project: Project) -> dict[str, Any] | None:
    """Documents of the project, where records name it; else about its countries, and it says so."""
    of_it = list(mine(request).filter(projects=project)[: SHOWN + 1])
    if of_it:
        return listed(of_it, _("Documents"), _("Of the library, of this project."), {})
    codes = sorted(country.iso2 for country in project.countries.all())
    works = list(mine(request).filter(countries__iso2__in=codes).distinct()[: SHOWN + 1])
    question = {"country": codes[0]} if len(codes) == 1 else {}
    return listed(
        works,
        _("Documents"),
        _("Of the library, about its countries: none of them is known to be of this project."),
        question,
    )


def works_of_institution(request: HttpRequest, institution: Institution) -> dict[str, Any] | None:
    """Documents of the institution, as records say; and those whose authors or publisher are called
    as it is: by name, which is all that most records have.
    """
    names = names_of(institution)
    where = Q(pk__in=institution.works.order_by().values("pk")) | mentioning(names)
    wide = mine(request).filter(where).prefetch_related("institutions")
    works = [
        work
        for work in wide
        if institution in work.institutions.all() or any(mentions(name, work) for name in names)
    ]
    return listed(
        works,
        _("Documents"),
        _("Of the library, by name: its name or acronym stands among their authors or publishers."),
        {"q": names[0]} if names else {},
    )


def mine(request: HttpRequest) -> WorkQuerySet:
    """What this reader may read, in the order of codes."""
    return Work.objects.visible_to(request.user).with_parts().order_by("code")


def names_of(institution: Institution) -> list[str]:
    """Its acronym, and the parts of a name such as `UNIDO (ONUDI)` or `FOMIN / MIF`; an invented
    one has none.
    """
    if institution.origin == "demo":
        return []
    parts = re.split(r"\s*[(/)]\s*|\s+-\s+", institution.name)
    names = [part for part in (institution.acronym, *parts) if len(part) > 2]
    return list(dict.fromkeys(names))


def mentioning(names: list[str]) -> Q:
    """A first, wide selection by the database; whole words are looked for afterwards."""
    where = Q(pk__in=())
    for name in names:
        authors = Author.objects.filter(searched__contains=fold(name)).values("work")
        where |= Q(searched__contains=fold(name)) | Q(pk__in=authors)
    return where


def mentions(name: str, work: Work) -> bool:
    """`name` as whole words.

    An acronym must have its capitals: `CNI` is none of the letters of `técnica`.
    """
    text = f"{authors_label(work.authors.all())} | {work.publisher}"
    if name.isupper():
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(text)) is not None


def listed(
    works: list[Work], title: str, note: str, question: dict[str, str]
) -> dict[str, Any] | None:
    """The first of them; `question` finds them all in the library."""
    if not works:
        return None
    return {
        "works": works[:SHOWN],
        "more": len(works) > SHOWN,
        "title": title,
        "note": note,
        "asked": urlencode(question),
    }
