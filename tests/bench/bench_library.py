"""The library's first page of results, and its index, as they grow.

    python -m tests.bench.bench_library [works] [--keep FOLDER] [--here]

1,000 works of 20 pages unless a number is given. `--keep` builds the database in a folder that stays
and is measured again the next time, and works above the first thousand are copies of these with
other years, themes and countries; `--here` uses the database of DATABASE_URL, which must be empty.

Asked for: the first page with facets, its works and their snippets at most 3 times the bare question
to the index whose numbers are fetched, or 25 ms, whichever is larger; a median under 150 ms; 200
pages a second indexed, one transaction a work. On SQLite times are processor seconds of this
process, in which it runs too, so that other work on the machine disturbs them less; on PostgreSQL
they are those of the clock.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

MOST_RATIO, OR_MS, MOST_MS, LEAST_PAGES = 3, 25, 150, 200
ROUNDS = 4
ONE_BY_ONE = 1000
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    count = next((argument for argument in arguments if argument.isdigit()), "1000")
    with tempfile.TemporaryDirectory() as empty:
        folder = arguments[arguments.index("--keep") + 1] if "--keep" in arguments else empty
        environment = {**os.environ, "PIP_DATA": folder, "PIP_MODE": "demo"}
        if "--here" not in arguments:
            environment.pop("DATABASE_URL", None)
        child = [sys.executable, "-m", "tests.bench.bench_library", "--child", count]
        return subprocess.run(child, env=environment, check=False, cwd=ROOT).returncode  # noqa: S603


def child(count: int) -> int:
    from django.core.management import call_command  # noqa: PLC0415

    from knowledge.models import IndexRow  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    missed = build(count) if not IndexRow.objects.exists() else False
    return int(measure() or missed)


def build(count: int) -> bool:
    """Store and index; whether the index was too slow. Its speed is that of the first ONE_BY_ONE
    works; the others are copies of these, written in bulk.
    """
    from knowledge.search.engines import engine  # noqa: PLC0415
    from knowledge.search.index import index_work  # noqa: PLC0415

    from .library_world import PAGES, copies, works  # noqa: PLC0415

    times: list[float] = []
    first = min(count, ONE_BY_ONE)
    for some in works(first):
        times += [timed(lambda work=work: index_work(work)) / 1000 for work in some]
    speed = first * PAGES / sum(times)
    say(
        f"{first} works indexed: {speed:.0f} pages/s, {statistics.median(times) * 1000:.1f} ms a work"
    )
    copies(first, count)
    engine().analyze()
    return told("pages a second", speed, LEAST_PAGES, least=True)


def questions() -> list[tuple[str, str]]:
    """(class, what is typed), of words by how often they stand."""
    from .library_world import vocabulary  # noqa: PLC0415

    words = vocabulary(Random(20061130))
    dice = Random(1)

    def word(first: int, last: int) -> str:
        return words[dice.randrange(first, last)]

    makers: dict[str, Callable[[], str]] = {
        "one frequent word": lambda: word(0, 60),
        "two frequent words": lambda: f"{word(0, 60)} {word(0, 60)}",
        "three words": lambda: f"{word(0, 60)} {word(20, 200)} {word(50, 400)}",
        "less frequent": lambda: word(200, 1500),
        "rare": lambda: word(8000, 25000),
        "exclusion": lambda: f"{word(0, 60)} -{word(0, 60)}",
        "phrase": lambda: f'"{word(0, 30)} {word(0, 30)}"',
        "prefix": lambda: word(0, 300)[:3] + "*",
    }
    return [(name, make()) for name, make in makers.items() for _ in range(6)]


def measure() -> bool:
    """Each question bare and as a page, in turns; whether a mark was missed."""
    asked = questions()
    bare: dict[str, list[float]] = {}
    page: dict[str, list[float]] = {}
    first_page("")  # the shelf is read once
    for _round in range(ROUNDS):
        for name, typed in Random(_round).sample(asked, len(asked)):
            forget_sets()
            bare.setdefault(name, []).append(timed(lambda typed=typed: bare_question(typed)))
            forget_sets()
            page.setdefault(name, []).append(timed(lambda typed=typed: first_page(typed)))
    for name in page:
        say(
            f"{name:20} bare {median(bare[name]):7.2f} ms   page {median(page[name]):7.2f} ms   p95 {p95(page[name]):7.2f}"
        )
    whole_bare = median([value for values in bare.values() for value in values])
    whole_page = median([value for values in page.values() for value in values])
    most = max(MOST_RATIO * whole_bare, OR_MS)
    say(
        f"all: bare {whole_bare:.2f} ms, page {whole_page:.2f} ms, ratio {whole_page / whole_bare:.2f}"
    )
    return told("ms of a page against the index", whole_page, most) | told(
        "ms of a page", whole_page, MOST_MS
    )


def bare_question(typed: str) -> None:
    """What the index answers for the words alone, its numbers fetched."""
    from knowledge.search import shelf as shelves  # noqa: PLC0415
    from knowledge.search.engines import bits, phrase_works  # noqa: PLC0415
    from knowledge.search.questions import read  # noqa: PLC0415
    from knowledge.search.sets import groups_of  # noqa: PLC0415

    question = read(typed)
    if question.terms:
        bits(groups_of(shelves.current(), question.terms))
    for phrase in question.phrases:
        phrase_works(phrase.keys)


def first_page(typed: str) -> None:
    """All that the view asks for, as anybody reads it."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415

    from knowledge.reach import EVERYBODY  # noqa: PLC0415
    from knowledge.search.answers import Answer  # noqa: PLC0415
    from knowledge.search.hits import hits_of  # noqa: PLC0415
    from knowledge.search.questions import read  # noqa: PLC0415

    answer = Answer(read(typed), EVERYBODY)
    answer.facets()
    hits_of(AnonymousUser(), answer, answer.page(0, 20, sort="relevance", language="es"))


def forget_sets() -> None:
    """Sets that are kept between questions would make both answer at once."""
    from knowledge.search import shelf as shelves  # noqa: PLC0415

    shelves.current().kept.clear()


def timed(work: Callable[[], None]) -> float:
    from django.db import connection  # noqa: PLC0415

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = clock()
    work()
    return (clock() - start) * 1000


def median(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def told(name: str, value: float, mark: float, *, least: bool = False) -> bool:
    missed = value < mark if least else value > mark
    say(
        f"{name}: {value:.1f} ({'at least' if least else 'at most'} {mark:.1f}) {'MISSED' if missed else 'ok'}"
    )
    return missed


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        sys.path.insert(0, str(ROOT))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
        import django

        django.setup()
        sys.exit(child(int(sys.argv[2])))
    sys.exit(main(sys.argv[1:]))
