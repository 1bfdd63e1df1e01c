"""A library for the bench: works of twenty pages with the words of a real one, most of them rare."""

import datetime as dt
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from django.db import transaction

from knowledge.models import (
    Audience,
    Author,
    Expression,
    File,
    IndexRow,
    Page,
    Work,
    WorkCountry,
    WorkTheme,
)
from knowledge.search.engines import PIECE_BITS, engine
from knowledge.search.index import locked_head
from knowledge.search.sources import text_of
from knowledge.search.tokens import tokens_of
from pip_network.models import Stored

PAGES, WORDS_OF_A_PAGE, VOCABULARY = 20, 250, 30_000
AT = dt.datetime(2006, 1, 1, tzinfo=dt.UTC)
SYLLABLES = [first + second for first in "bcdfglmnprstv" for second in "aeiou"]
SYLLABLES += ["ción", "ñá"]  # one word in ten has an accent
TYPES = ["book", "report", "guide"]
THEMES = ["credit", "markets", "sales", "innovation"]
COUNTRIES = ["AR", "BR", "CL", "MX", "PE", "UY"]
SHARED = 400  # works made at a time


def vocabulary(dice: Random) -> list[str]:
    """Words of two to five syllables, each once."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 5)))] = None
    return list(words)


def weights() -> list[float]:
    """As often as words of a language: the second half as often as the first, and so on."""
    return list(accumulate(1 / (rank + 8) for rank in range(VOCABULARY)))


def works(count: int) -> Iterator[list[Work]]:
    """Store `count` works, some at a time, and give them back for the index."""
    dice = Random(20061130)
    words, often = vocabulary(dice), weights()
    stored = Stored.objects.create(
        name="bench", sha256="0" * 64, size=1, kind="pdf", original_name="bench.pdf", uploaded_at=AT
    )
    for start in range(0, count, SHARED):
        numbers = range(start, min(start + SHARED, count))
        some = [
            Work(
                code=f"B{number:06}",
                type=dice.choice(TYPES),
                state="published",
                year=dice.randint(1990, 2006),
                origin="demo",
            )
            for number in numbers
        ]
        Work.objects.bulk_create(some)
        fill(some, stored, dice, words, often)
        yield some


def fill(
    some: list[Work], stored: Stored, dice: Random, words: list[str], often: list[float]
) -> None:
    def text(length: int) -> str:
        return " ".join(dice.choices(words, cum_weights=often, k=length))

    expressions = Expression.objects.bulk_create(
        Expression(
            work=work,
            language=dice.choice(["es", "es", "pt", "en"]),
            original=True,
            title=text(8)[:300],
            abstract=text(80),
        )
        for work in some
    )
    Author.objects.bulk_create(Author(work=work, position=1, family=text(1)) for work in some)
    Audience.objects.bulk_create(
        Audience(work=work, key=dice.choice(["public"] * 9 + ["network"])) for work in some
    )
    WorkTheme.objects.bulk_create(WorkTheme(work=work, theme=dice.choice(THEMES)) for work in some)
    WorkCountry.objects.bulk_create(
        WorkCountry(work=work, iso2=dice.choice(COUNTRIES)) for work in some
    )
    files = File.objects.bulk_create(
        File(expression=expression, stored=stored, text_state="text", pages=PAGES)
        for expression in expressions
    )
    Page.objects.bulk_create(
        (
            Page(file=file, number=number, text=text(WORDS_OF_A_PAGE))
            for file in files
            for number in range(1, PAGES + 1)
        ),
        batch_size=2000,
    )


def copies(first: int, count: int) -> None:
    """Works `first` to `count`, each with the text of one of those before and facts of its own:
    tokens are made once for all copies of a text.
    """
    dice = Random(20061201)
    originals = list(Work.objects.order_by("code").values_list("code", flat=True)[:first])
    for place, code in enumerate(originals):
        numbers = range(first + place, count, first)
        if numbers:
            _copy(code, [f"B{number:06}" for number in numbers], dice)


@transaction.atomic
def _copy(code: str, codes: list[str], dice: Random) -> None:
    original = Work.objects.get(pk=code)
    Work.objects.bulk_create(
        Work(
            code=new,
            type=dice.choice(TYPES),
            state="published",
            year=dice.randint(1990, 2006),
            origin="demo",
        )
        for new in codes
    )
    title = original.expressions.get()
    expressions = Expression.objects.bulk_create(
        Expression(
            work_id=new,
            language=title.language,
            original=True,
            title=title.title,
            abstract=title.abstract,
        )
        for new in codes
    )
    author = original.authors.get()
    Author.objects.bulk_create(
        Author(work_id=new, position=1, family=author.family) for new in codes
    )
    Audience.objects.bulk_create(
        Audience(work_id=new, key=dice.choice(["public"] * 9 + ["network"])) for new in codes
    )
    WorkTheme.objects.bulk_create(
        WorkTheme(work_id=new, theme=dice.choice(THEMES)) for new in codes
    )
    WorkCountry.objects.bulk_create(
        WorkCountry(work_id=new, iso2=dice.choice(COUNTRIES)) for new in codes
    )
    of_file = title.files.get()
    files = File.objects.bulk_create(
        File(expression=one, stored_id=of_file.stored_id, text_state="text", pages=PAGES)
        for one in expressions
    )
    texts = list(of_file.page_texts.order_by("number").values_list("number", "text"))
    Page.objects.bulk_create(
        (Page(file=file, number=number, text=text) for file in files for number, text in texts),
        batch_size=2000,
    )
    index_alike(codes)


def index_alike(codes: list[str]) -> None:
    """Works of one text: its tokens are those of the first."""
    tokens = None
    for code in codes:
        text = text_of(Work.objects.get(pk=code))
        tokens = tokens or tokens_of(text)
        number = locked_head().seq
        into = engine()
        into.add_work(number, tokens.work)
        into.add_pieces([((number << PIECE_BITS) + one, keys) for one, keys in tokens.pieces])
        IndexRow.objects.create(
            id=number,
            seq=number,
            code=code,
            digest=tokens.digest,
            facts=text.facts,
            audience=sorted(text.audience),
            pages=[page.page for page in text.pages],
        )
