"""Works that belong together, and why."""

from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from knowledge.labels import country_label
from knowledge.models import Author, Work
from pip_network.choices import Origin
from pip_network.folding import fold

LOOKED_AT = 200  # at most
SHOWN = 5
# How near each brings two works.
AUTHOR, PROJECT, COUNTRY, TYPOLOGY, THEME = 8, 5, 3, 2, 1


class Related(NamedTuple):
    work: Work
    why: str


def related_to(work: Work, readable: QuerySet) -> list[Related]:
    """The nearest of what the reader may read, each with what it has in common with `work`."""
    others = readable.exclude(pk=work.pk)
    keys = {*near(others, by_authors(work)), *near(others, by_subjects(work))}
    rows = others.filter(pk__in=keys).prefetch_related("themes", "typologies", "projects")
    found = [(*in_common(work, other), other) for other in rows.order_by("code")]
    found = [each for each in found if each[0]]
    found.sort(key=lambda each: (-each[0], each[2].origin == Origin.DEMO, each[2].code))
    return [Related(other, why) for _weight, why, other in found[:SHOWN]]


def near(others: QuerySet, where: Q) -> list[str]:
    rows = others.filter(where).distinct().order_by("code")
    return list(rows.values_list("pk", flat=True)[:LOOKED_AT])


def by_authors(work: Work) -> Q:
    """Asked by itself, so that no number of works about the same country hides them."""
    families = [author.family for author in work.authors.all() if author.family]
    bodies = [author.literal for author in work.authors.all() if author.literal]
    return Q(authors__family__in=families) | Q(authors__literal__in=bodies)


def by_subjects(work: Work) -> Q:
    return (
        Q(countries__iso2__in=[row.iso2 for row in work.countries.all()])
        | Q(projects__in=[row.pk for row in work.projects.all()])
        | Q(typologies__typology__in=[row.typology for row in work.typologies.all()])
        | Q(themes__theme__in=[row.theme for row in work.themes.all()])
    )


def in_common(work: Work, other: Work) -> tuple[int, str]:
    """How near they are, and in what."""
    shared: list[tuple[int, list[str]]] = [
        (AUTHOR, same_authors(work, other)),
        (PROJECT, common(work.projects.all(), other.projects.all(), str)),
        (COUNTRY, common(work.countries.all(), other.countries.all(), by_country)),
        (TYPOLOGY, common(work.typologies.all(), other.typologies.all(), str)),
        (THEME, common(work.themes.all(), other.themes.all(), str)),
    ]
    words = {
        AUTHOR: _("same author: %(names)s"),
        PROJECT: _("same project: %(names)s"),
        COUNTRY: _("same country: %(names)s"),
        TYPOLOGY: _("same typology: %(names)s"),
        THEME: _("same theme: %(names)s"),
    }
    said = [words[kind] % {"names": ", ".join(names)} for kind, names in shared if names]
    return sum(kind * len(names) for kind, names in shared), "; ".join(said)


def same_authors(work: Work, other: Work) -> list[str]:
    """One source writes `Dini, M.`, another `Dini, Marco`: the family name and the initial decide."""
    there = {initial_of(author) for author in other.authors.all()}
    return [str(author) for author in work.authors.all() if initial_of(author) in there]


def initial_of(author: Author) -> tuple[str, str]:
    return fold(author.literal or author.family), fold(author.given)[:1]


def by_country(row) -> str:
    return country_label(row.iso2)


def common(mine, others, name) -> list[str]:
    named = {name(row) for row in others}
    return [said for said in map(name, mine) if said in named]
