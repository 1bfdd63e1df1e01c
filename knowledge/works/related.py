"""Works that belong together, and why."""

from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from knowledge.labels import country_label
from knowledge.models import Work
from pip_network.choices import Origin

LOOKED_AT = 200  # at most
SHOWN = 5
AUTHOR, COUNTRY, TYPOLOGY, THEME = 8, 3, 2, 1  # how near each brings two works


class Related(NamedTuple):
    work: Work
    why: str


def related_to(work: Work, readable: QuerySet) -> list[Related]:
    """The nearest of what the reader may read, each with what it has in common with `work`."""
    families = [author.family or author.literal for author in work.authors.all()]
    mine = Q(authors__family__in=families) & ~Q(authors__family="")
    mine |= Q(authors__literal__in=families) & ~Q(authors__literal="")
    mine |= Q(countries__iso2__in=[row.iso2 for row in work.countries.all()])
    mine |= Q(typologies__typology__in=[row.typology for row in work.typologies.all()])
    mine |= Q(themes__theme__in=[row.theme for row in work.themes.all()])
    near = readable.filter(mine).exclude(pk=work.pk).distinct().order_by("code")
    rows = near.prefetch_related("themes", "typologies")[:LOOKED_AT]
    found = [(*in_common(work, other), other) for other in rows]
    found.sort(key=lambda pair: (-pair[0], pair[2].origin == Origin.DEMO, pair[2].code))
    return [Related(other, why) for _weight, why, other in found[:SHOWN]]


def in_common(work: Work, other: Work) -> tuple[int, str]:
    """How near they are, and in what."""
    shared: list[tuple[int, list[str]]] = [
        (AUTHOR, common(work.authors.all(), other.authors.all(), str)),
        (COUNTRY, common(work.countries.all(), other.countries.all(), by_country)),
        (TYPOLOGY, common(work.typologies.all(), other.typologies.all(), str)),
        (THEME, common(work.themes.all(), other.themes.all(), str)),
    ]
    words = {
        AUTHOR: _("same author: %(names)s"),
        COUNTRY: _("same country: %(names)s"),
        TYPOLOGY: _("same typology: %(names)s"),
        THEME: _("same theme: %(names)s"),
    }
    said = [words[kind] % {"names": ", ".join(names)} for kind, names in shared if names]
    return sum(kind * len(names) for kind, names in shared), "; ".join(said)


def by_country(row) -> str:
    return country_label(row.iso2)


def common(mine, others, name) -> list[str]:
    named = {name(row) for row in others}
    return [said for said in map(name, mine) if said in named]
