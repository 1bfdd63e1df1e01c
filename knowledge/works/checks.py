"""What is missing, doubtful or doubled in a record: named checks, told in the same words to who
proposes and to who curates. None of them forbids to publish.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.checks import DOUBLED, DOUBTFUL, LOOKED_AT, MISSING, Check, Finding, findings, same
from knowledge.choices import TextState
from knowledge.models import Expression, Work
from pip_network.web.signed_in import Reader


def has_no_text(work: Work) -> bool:
    """Neither a file nor the address of one."""
    return not work.source_url and not any(one.files.all() for one in work.expressions.all())


def is_scanned(work: Work) -> bool:
    newest = (one.file for one in work.expressions.all())
    return any(file and file.text_state == TextState.NO_TEXT for file in newest)


def has_odd_year(work: Work) -> bool:
    return work.year is not None and not 1900 <= work.year <= timezone.now().year


CHECKS = (
    Check(
        "no-authors",
        MISSING,
        _("It names no author: leave it so only if the source names none."),
        lambda work: not work.authors.all(),
    ),
    Check(
        "no-year",
        MISSING,
        _("The record says no year: leave it so only if the source shows none."),
        lambda work: work.year is None,
    ),
    Check(
        "no-abstract",
        MISSING,
        _("It has no abstract in any language."),
        lambda work: not any(one.abstract for one in work.expressions.all()),
    ),
    Check("no-theme", MISSING, _("It stands under no theme."), lambda work: not work.themes.all()),
    Check(
        "no-text", MISSING, _("It has neither a file nor an address to read it at."), has_no_text
    ),
    Check(
        "no-source",
        MISSING,
        _("Nothing says where the record comes from."),
        lambda work: not work.provenance and not work.source_url,
    ),
    Check("odd-year", DOUBTFUL, _("Its year is in the future or before 1900."), has_odd_year),
    Check(
        "inferred-themes",
        DOUBTFUL,
        _("Its themes were inferred from the title."),
        lambda work: any(row.inferred for row in work.themes.all()),
    ),
    Check("scanned", DOUBTFUL, _("Its file is scanned: there is no text to search."), is_scanned),
)
ALREADY_THERE = Check("doubled", DOUBLED, _("The library may have it already:"))


def of(work: Work, reader: Reader) -> list[Finding]:
    """What the checks find in a work; those alike are of what `reader` may read."""
    return findings(work, CHECKS, Finding(ALREADY_THERE, alike(work, reader)))


def alike(work: Work, reader: Reader) -> list[Work]:
    """Works with the same DOI, or with a title like one of its own."""
    readable = Work.objects.visible_to(reader).exclude(pk=work.pk).with_parts()
    titles = [one.folded for one in work.expressions.all()]
    keys = {row.work_id for title in titles for row in near(title) if same(title, row.folded)}
    found = list(readable.filter(pk__in=keys).order_by("code"))
    if work.doi:
        found += readable.filter(doi__iexact=work.doi).exclude(pk__in=keys).order_by("code")
    return found


def near(title: str) -> Iterable[Expression]:
    """Titles that hold its longest word: few enough to be compared."""
    word = max(title.split(), key=len, default="")
    rows = Expression.objects.filter(folded__contains=word) if len(word) > 3 else ()
    return rows[:LOOKED_AT]
