"""Time of a whole report at today's size: figures, page, PDF, workbook. At most 30 s on two cores.

    PIP_DATA=<folder with demonstration data> python -m tests.bench.bench_report

Builds what the portal at hand holds, or the demonstration data in a folder of its own when it holds
nothing.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_SECONDS = 30
ASKED = {"title": "Bench", "indicators": "all", "group_by": ["typology"], "sections": "all"}


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
        child = [sys.executable, "-m", "tests.bench.bench_report", "--child"]
        return subprocess.run(child, env=environment, check=False).returncode


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415

    django.setup()
    from monitoring.reports import build, questions  # noqa: PLC0415

    began, cpu = time.perf_counter(), time.process_time()
    asked = questions.parse(ASKED)
    built = build.build(asked)
    wall, used = time.perf_counter() - began, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sizes = ", ".join(
        f"{name} {len(content) // 1024} kB" for name, content in built.contents.items()
    )
    print(
        f"whole report: {wall:.1f} s ({used:.1f} s of processor), {built.figure_count} figures, "
        f"{memory} MB; {sizes}"
    )
    verdict = "ok" if wall <= MOST_SECONDS else "MISSED"
    print(f"whole report, seconds: {wall:.1f} (at most {MOST_SECONDS}) {verdict}")
    return 0 if wall <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
