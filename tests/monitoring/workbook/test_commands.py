"""`export_workbook` and `import_workbook`: the same code, by a program."""

import io

import pytest
from django.core.management import CommandError, call_command

from monitoring.models import EntryChange

from .books import Edited
from .uploading import JOBS

WHERE = {"project": "PIP-01", "round": "2004-S2"}


def run(name, *arguments, **options) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, stderr=out, **WHERE, **options)
    return out.getvalue()


@pytest.fixture
def file(room, tmp_path):
    path = tmp_path / "libro.xlsx"
    run("export_workbook", out=str(path))
    return path


def counts(printed: str) -> dict[str, int]:
    pairs = (line.partition(": ") for line in printed.splitlines())
    return {name: int(n) for name, _colon, n in pairs if n.isdigit() and n != "0"}


def fill(path, **cells) -> None:
    book = Edited(path.read_bytes())
    for key, value in cells.items():
        book[key.replace("__", "|")] = value
    path.write_bytes(book.data)


def test_what_is_exported_is_imported_unchanged(room, file):
    before = room.all_held()
    assert set(counts(run("import_workbook", str(file)))) == {"unchanged"}
    assert room.all_held() == before


def test_a_dry_run_stores_nothing_and_its_twin_does(room, file):
    fill(file, **{JOBS: 8})
    assert counts(run("import_workbook", str(file), dry_run=True))["new"] == 1
    assert room.held() is None
    assert counts(run("import_workbook", str(file)))["new"] == 1
    assert room.held() == 8
    change = EntryChange.objects.order_by("id").last()
    assert (change.door, change.by) == ("command", None)


def test_a_rejected_cell_stores_nothing_and_says_where(room, file):
    fill(file, **{JOBS: 8, "F:FIRMBBBBB|regular|jobs": "many"})
    with pytest.raises(CommandError):
        run("import_workbook", str(file))
    assert room.held() is None


def test_a_long_table_too(room, tmp_path):
    path = tmp_path / "tabla.csv"
    run("export_workbook", out=str(path))
    assert set(counts(run("import_workbook", str(path)))) == {"unchanged"}


@pytest.mark.parametrize(
    "options",
    [{"out": "x.pdf"}, {"out": "/nowhere/at/all.xlsx"}, {"project": "PIP-88", "out": "x.csv"}],
)
def test_what_cannot_be_exported_is_a_sentence(room, options):
    with pytest.raises(CommandError):
        call_command("export_workbook", **{**WHERE, **options})


@pytest.mark.parametrize("name", ["absent.xlsx", "notes.txt"])
def test_what_cannot_be_imported_is_a_sentence(room, tmp_path, name):
    (tmp_path / "notes.txt").write_text("Para Ana\n")
    with pytest.raises(CommandError):
        run("import_workbook", str(tmp_path / name))
