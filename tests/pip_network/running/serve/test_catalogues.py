"""The parts are the source of the translations; what is compiled is made again whenever it is not
of them.
"""

import csv
import gettext
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from pip_network.running.serve import catalogues

PROGRAM = Path(catalogues.__file__)
LOCALE = Path(settings.BASE_DIR) / "locale"


def write(locale: Path, **parts: list[str]) -> Path:
    folder = locale / "parts"
    folder.mkdir(exist_ok=True)
    for name, rows in parts.items():
        (folder / f"{name}.csv").write_text("\n".join(["en,es,pt", *rows]) + "\n", "utf-8")
    return folder


def translation(locale: Path, language: str = "es") -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(catalogues.compiled(locale)[language].read_bytes()))


def test_rows_of_all_parts_are_merged(tmp_path):
    read = catalogues.read_parts(
        write(tmp_path, a=["Firm,Empresa,Empresa"], b=['"One, two","Uno, dos","Um, dois"'])
    )
    assert read.rows == {
        "Firm": {"es": "Empresa", "pt": "Empresa"},
        "One, two": {"es": "Uno, dos", "pt": "Um, dois"},
    }
    assert read.places == {"Firm": "a.csv:2", "One, two": "b.csv:2"}
    assert read.faults == []


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["Firm,Empresa"], "a.csv:2: 'Firm' has not three cells"),
        (["Firm,Empresa,"], "a.csv:2: 'Firm' has no pt"),
        (["Firm,Empresa,Firma", "Firm,Empresa,Firma"], "a.csv:3: 'Firm' stands in a.csv:2 already"),
        (["%(n)s firms,%(m)s e,%(n)s e"], "a.csv:2: '%(n)s firms' has other placeholders in es"),
        (["%(n)s firms,empresas,%(n)s e"], "a.csv:2: '%(n)s firms' has other placeholders in es"),
        (["a||b,c,d||e"], "a.csv:2: 'a||b' has 2 forms, its es has 1"),
        (["Firm ,Empresa ,Firma"], "a.csv:2: 'Firm ' begins or ends with space otherwise in pt"),
    ],
)
def test_each_fault_is_told_with_its_place(rows, fault, tmp_path):
    assert catalogues.read_parts(write(tmp_path, a=rows)).faults == [fault]


def test_a_part_with_other_columns_and_a_folder_without_parts_are_faults(tmp_path):
    folder = write(tmp_path)
    assert catalogues.read_parts(folder).faults == [f"{folder} holds no translations"]
    (folder / "a.csv").write_text("en,es\nFirm,Empresa\n", "utf-8")
    assert catalogues.read_parts(folder).faults == ["a.csv: the columns must be en,es,pt"]


def test_a_singular_may_leave_the_number_out(tmp_path):
    row = "%(n)s firm||%(n)s firms,una empresa||%(n)s empresas,%(n)s empresa||%(n)s empresas"
    assert catalogues.read_parts(write(tmp_path, a=[row])).faults == []


def test_the_compiled_catalogue_is_read_by_gettext(tmp_path):
    rows = [
        "Firm,Empresa,Firma",
        "%(n)s firm||%(n)s firms,%(n)s empresa||%(n)s empresas,%(n)s firma||%(n)s firmas",
        "verb|:|Open,Abrir,Abrir",
    ]
    write(tmp_path, a=rows)
    catalogues.build(tmp_path)
    spanish = translation(tmp_path)
    assert spanish.gettext("Firm") == "Empresa"
    assert (spanish.pgettext("verb", "Open"), spanish.gettext("Open")) == ("Abrir", "Open")
    assert [spanish.ngettext("%(n)s firm", "%(n)s firms", n) for n in (0, 1, 2)] == [
        "%(n)s empresas",
        "%(n)s empresa",
        "%(n)s empresas",
    ]


def test_equal_rows_give_equal_files():
    rows = {"b": {"es": "B", "pt": "B"}, "a": {"es": 'A "1"\n', "pt": "A"}}
    backwards = dict(reversed(rows.items()))
    assert catalogues.mo_bytes("es", rows, "x") == catalogues.mo_bytes("es", backwards, "x")
    assert catalogues.mo_bytes("es", rows, "x") != catalogues.mo_bytes("es", rows, "y")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_catalogues_in_use_say_what_the_parts_say(language):
    """Read without our own reader: every cell of every part, and nothing else."""
    said = {}
    for part in (LOCALE / "parts").glob("*.csv"):
        with part.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                context, _sign, text = row["en"].rpartition("|:|")
                ident, forms = text.split("||"), row[language].split("||")
                key = f"{context}\4{ident[0]}" if context else ident[0]
                plural = {(key, 0): forms[0], (key, 1): forms[-1]}
                said |= plural if len(ident) == 2 else {key: forms[0]}
    compiled = dict(translation(LOCALE, language)._catalog)
    header = compiled.pop("")
    assert compiled == said
    assert f"X-Made-Of: {catalogues.digest(LOCALE)}\n" in header


def test_it_is_compiled_once_and_again_after_a_part_changes(tmp_path):
    write(tmp_path, a=["Firm,Empresa,Empresa"])
    assert (catalogues.missing(tmp_path), catalogues.outdated(tmp_path)) == (True, True)
    catalogues.build(tmp_path)
    assert (catalogues.missing(tmp_path), catalogues.outdated(tmp_path)) == (False, False)
    first = catalogues.compiled(tmp_path)["es"].stat()
    catalogues.build(tmp_path)
    assert catalogues.compiled(tmp_path)["es"].stat() == first
    write(tmp_path, a=["Firm,Firma,Firma"])
    assert (catalogues.missing(tmp_path), catalogues.outdated(tmp_path)) == (False, True)
    catalogues.build(tmp_path)
    assert translation(tmp_path).gettext("Firm") == "Firma"
    assert not catalogues.outdated(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda locale: write(locale, b=["Network,Red,Rede"]),
        lambda locale: (locale / "parts" / "a.csv").rename(locale / "parts" / "c.csv"),
        lambda locale: catalogues.compiled(locale)["pt"].unlink(),
    ],
)
def test_a_part_added_or_renamed_and_a_catalogue_removed_are_noticed(change, tmp_path):
    write(tmp_path, a=["Firm,Empresa,Empresa"])
    catalogues.build(tmp_path)
    change(tmp_path)
    assert catalogues.outdated(tmp_path)
    catalogues.build(tmp_path)
    assert not catalogues.outdated(tmp_path)


def test_another_builder_compiles_again(tmp_path):
    write(tmp_path, a=["Firm,Empresa,Empresa"])
    other = tmp_path / "other_builder.py"
    shutil.copy(PROGRAM, other)
    assert run(other, tmp_path) == (0, "")
    assert not catalogues.outdated(tmp_path)
    other.write_text(other.read_text("utf-8") + "# changed\n", "utf-8")
    assert run(other, tmp_path) == (0, "")
    assert catalogues.outdated(tmp_path)
    assert run(PROGRAM, tmp_path) == (0, "")
    assert not catalogues.outdated(tmp_path)


def in_spanish(locale: Path, names: list[str]) -> list[str]:
    spanish = translation(locale)
    return [spanish.gettext(name) for name in names]


def run(program: Path, locale: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", program, locale]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_nothing_is_compiled_of_faulty_parts(tmp_path):
    write(tmp_path, a=["Firm,Empresa,Empresa"])
    catalogues.build(tmp_path)
    before = catalogues.compiled(tmp_path)["es"].read_bytes()
    write(tmp_path, a=["Firm,Firma,", "Network,,Rede"])
    sentences = "a.csv:2: 'Firm' has no pt\na.csv:3: 'Network' has no es"
    with pytest.raises(catalogues.Faulty) as refusal:
        catalogues.build(tmp_path)
    assert str(refusal.value) == sentences
    assert run(PROGRAM, tmp_path) == (1, f"{sentences}\n")
    assert catalogues.compiled(tmp_path)["es"].read_bytes() == before
    write(tmp_path, a=["Firm,Firma,Firma", "Network,Red,Rede"])
    assert run(PROGRAM, tmp_path) == (0, "")
    assert translation(tmp_path).gettext("Network") == "Red"


def test_several_at_once_leave_whole_catalogues_and_whoever_reads_meets_a_whole_one(tmp_path):
    names = [f"Firm {number}" for number in range(3000)]
    command = [sys.executable, "-I", PROGRAM, tmp_path]
    for edition in ("a", "b", "c"):
        write(tmp_path, a=[f"{name},{edition} {name},{edition} {name}" for name in names])
        builders = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
        while any(each.poll() is None for each in builders):
            if not catalogues.missing(tmp_path):
                assert len({text.partition(" ")[0] for text in in_spanish(tmp_path, names)}) == 1
        assert [each.communicate()[1] for each in builders] == [b""] * 4
        assert [each.returncode for each in builders] == [0] * 4
        assert in_spanish(tmp_path, names) == [f"{edition} {name}" for name in names]
    assert not catalogues.outdated(tmp_path)
    left = [file.name for file in tmp_path.rglob("*") if file.is_file()]
    assert sorted(left) == ["a.csv", "django.mo", "django.mo"]
