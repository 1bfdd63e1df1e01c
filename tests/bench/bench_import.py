"""10,000 firms from a workbook into the registry: ours against the stock importer, same file, same
machine, one run.

    python -m tests.bench.bench_import             (the embedded database, or the one of DATABASE_URL)

Both do what an administrator does: read the uploaded file, show what it would do, and store it when
she confirms. The yardstick is django-import-export as it comes: a `ModelResource`, its own XLSX
format on tablib and openpyxl, no validation of fields, no audit trail. Ours reads in a process of
its own behind the guards, validates each field, rehearses the actions, and writes the trail. Ours
may take at most a fifth of the yardstick's time. A second line tells the same for 10,000 firms of
which one in ten changed.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIRMS = 10_000
MOST = 0.2
HEADINGS = ("code", "name", "tax_id", "country", "sector", "owner_sex", "registered_on")


def main() -> int:
    if "--child" in sys.argv:
        return measure()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PIP_MODE": "test",
            "PIP_DATA": folder,
            "PIP_TEST_DATA": folder,
        }
        child = [sys.executable, "-m", "tests.bench.bench_import", "--child"]
        return subprocess.run(
            child, env=environment, check=False, cwd=Path(__file__).resolve().parents[2]
        ).returncode


def workbook(rows) -> bytes:
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Empresas")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def firms(prefix: str, *, code: bool) -> list[tuple]:
    """Rows for the yardstick have codes and a date, because its model needs them; ours draw and
    write them themselves.
    """
    sectors, sexes = ("15", "17", "18", "20"), ("f", "m", "mixed", "unknown")
    return [
        (
            f"{prefix}{number:08}" if code else None,
            f"Empresa Ñandú {number} S.R.L.",
            f"{prefix}-{number:07}",
            ("AR", "BO", "PE")[number % 3],
            sectors[number % 4],
            sexes[number % 4 - 1],
            "2006-03-31",
        )
        for number in range(FIRMS)
    ]


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test.runner import DiscoverRunner  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    translation.activate("es")
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        return compare(connection.vendor)
    finally:
        runner.teardown_databases(before)


def compare(vendor: str) -> int:
    from pip_network.people.access import Role  # noqa: PLC0415
    from projects.models import Country  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    Country.objects.bulk_create(
        Country(iso2=iso2, currency=f"{iso2}X") for iso2 in ("AR", "BO", "PE")
    )
    admin = factories.user("admin", role=Role.ADMINISTRATION)
    missed = 0
    # A warm start for both: modules loaded, connection open.
    stock(workbook([HEADINGS, *firms("W", code=True)[:50]]))
    ours(workbook([HEADINGS[:6], *(row[:6] for row in firms("V", code=False)[:50])]), admin)
    yardstick, mine = timed(stock, workbook([HEADINGS, *firms("S", code=True)])), 0.0
    mine = timed(
        ours, workbook([HEADINGS[:6], *(row[:6] for row in firms("T", code=False))]), admin
    )
    missed += told(vendor, f"{FIRMS} new firms", yardstick, mine)
    changed = (
        workbook([HEADINGS, *touched("S")]),
        workbook([HEADINGS[:6], *(row[:6] for row in touched("T"))]),
    )
    missed += told(
        vendor,
        f"{FIRMS} firms, one in ten changed",
        timed(stock, changed[0]),
        timed(ours, changed[1], admin),
    )
    return 1 if missed else 0


def touched(prefix: str) -> list[tuple]:
    """The same firms as the registry has them now, every tenth in another sector."""
    from projects.models import Firm  # noqa: PLC0415

    names = ("code", "name", "tax_id", "country_id", "sector", "owner_sex")
    rows = (
        Firm.objects.filter(tax_id__startswith=f"{prefix}-").order_by("tax_id").values_list(*names)
    )
    return [
        (*row[:4], "36" if number % 10 == 0 else row[4], row[5], "2006-03-31")
        for number, row in enumerate(rows)
    ]


def timed(function, *given) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    function(*given)
    return time.perf_counter() - wall, time.process_time() - cpu


def stock(data: bytes) -> None:
    """What the library's own admin does: read, try in a transaction that is undone; read again,
    store.
    """
    from import_export import resources  # noqa: PLC0415
    from import_export.formats.base_formats import XLSX  # noqa: PLC0415

    from projects.models import Firm  # noqa: PLC0415

    class Stock(resources.ModelResource):
        class Meta:
            model = Firm
            import_id_fields = ("code",)
            fields = HEADINGS

    for dry_run in (True, False):
        result = Stock().import_data(
            XLSX().create_dataset(data), dry_run=dry_run, raise_errors=True
        )
        assert not result.has_errors()


def ours(data: bytes, by) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from pip_network.files.importing import (  # noqa: PLC0415
        confirmation,
        previews,
        summary,
        uploads,
    )
    from projects.resources.firms import FirmResource  # noqa: PLC0415

    at = timezone.now()
    book, digest = uploads.read_upload(SimpleUploadedFile("empresas.xlsx", data))
    sheet = uploads.table_of(book)
    plan = FirmResource().plan(sheet.rows, by=by, at=at, faults=book.faults)
    summary.summary_of(plan)
    assert plan.can_be_stored, plan.counts
    name = previews.keep(
        sheet.rows,
        table=FirmResource.table(),
        digest=digest,
        fingerprint=plan.fingerprint(),
        notes={},
        by=by,
        at=at,
    )
    confirmation.confirm(FirmResource(), name, by=by, at=timezone.now())


def told(vendor: str, what: str, yardstick: tuple[float, float], mine: tuple[float, float]) -> bool:
    ratio = mine[0] / yardstick[0]
    verdict = "ok" if ratio <= MOST else "MISSED"
    print(
        f"import, {vendor}, {what}: ours {mine[0]:.2f} s ({mine[1]:.2f} s of processor), stock "
        f"{yardstick[0]:.2f} s"
        f" ({yardstick[1]:.2f}); ratio {ratio:.3f} (at most {MOST}) {verdict}",
        flush=True,
    )
    return ratio > MOST


if __name__ == "__main__":
    sys.exit(main())
