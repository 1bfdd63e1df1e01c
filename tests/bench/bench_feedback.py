"""Time of all pages of a project, as its job makes them: 600 in under 20 s, from the record to both
files; beside it the same library setting 600 pages of plain text.

    PIP_DATA=<folder with demonstration data> python -m tests.bench.bench_feedback

The firms of all projects are taken together, as though they were of one: each is read, computed, written
and set by the lines of the job. The middles are computed once, not kept from before.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_SECONDS, PAGES = 20, 600
PLAIN = """#set page(paper: "a4")
#set text(font: "Source Sans 3")
#for at in range(600) [Empresa #at \\ #lorem(120) #pagebreak(weak: true)]
"""


def main() -> int:
    if "--child" in sys.argv:
        return measure()
    with tempfile.TemporaryDirectory() as empty:
        folder = Path(os.environ.get("PIP_DATA") or empty)
        environment = os.environ | {"PIP_DATA": str(folder), "PIP_MODE": "demo"}
        if not (folder / "portal.sqlite3").exists():
            folder.mkdir(parents=True, exist_ok=True)
            for command in (["migrate", "-v0"], ["createcachetable"], ["seed_demo"]):
                subprocess.run(
                    [sys.executable, "manage.py", *command],
                    env=environment,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
        child = [sys.executable, "-m", "tests.bench.bench_feedback", "--child"]
        return subprocess.run(child, env=environment, check=False).returncode


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.core.cache import cache  # noqa: PLC0415

    plain, processor = timed(plain_text)
    print(f"{PAGES} pages of plain text: {plain:.1f} s ({processor:.1f} s of processor)")
    cache.clear()
    wall, processor = timed(pages)
    verdict = "ok" if wall <= MOST_SECONDS else "MISSED"
    print(
        f"{PAGES} pages, each a file and all in one: {wall:.1f} s ({processor:.1f} s of processor,"
        f" at most {MOST_SECONDS} s) {verdict}"
    )
    return 0 if wall <= MOST_SECONDS else 1


def timed(work) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def plain_text() -> None:
    import typst  # noqa: PLC0415

    from monitoring.reports.pdf import FONTS  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "plain.typ")
        source.write_text(PLAIN, encoding="utf-8")
        typst.compile(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True)


def pages() -> None:
    """The lines of `making.work`, over projects until there are enough pages."""
    from django.utils import translation  # noqa: PLC0415

    from monitoring.feedback import book, making, paper  # noqa: PLC0415
    from monitoring.feedback.receivers import receivers_of  # noqa: PLC0415
    from monitoring.models import RecordHead  # noqa: PLC0415
    from pip_network.models import User  # noqa: PLC0415
    from pip_network.web.days import today  # noqa: PLC0415
    from projects.models import Project  # noqa: PLC0415

    person = User.objects.get(email="admin@demo.pip")
    number = RecordHead.objects.get().number
    with translation.override("es"):
        found: list = []
        for project in Project.objects.of_programme().order_by("code"):
            writer = book.writer_of(project, number, "es")
            found += book.pages_of(writer, receivers_of(person, project))
            if len(found) >= PAGES:
                break
        found = found[:PAGES]
        assert len(found) == PAGES
        cover = book.cover_of(project, number, today())
        files = list(paper.singles(cover, found))
        making.zipped(files, found)
        paper.together(files)


if __name__ == "__main__":
    sys.exit(main())
