"""The catalogue: what is loaded is what is exported, and what is published never changes."""

import csv
import re

import pytest
from django.core.management import CommandError, call_command

from monitoring.catalogue.loading import load_version
from monitoring.models import CatalogueVersion, Check, Indicator, Variable
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests.factories import CATALOGUE, PROCESS, moment

AT = moment("2005-01-01")
FILES = [
    "variables.csv",
    "indicators.csv",
    "checks.csv",
    "units.csv",
    "variables_translations.csv",
    "indicators_translations.csv",
    "checks_translations.csv",
]


def test_export_gives_back_what_was_loaded(db, tmp_path, capsys):
    call_command("export_catalogue", "--out", str(tmp_path))
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / name).read_text(encoding="utf-8") == (CATALOGUE / name).read_text(
            encoding="utf-8"
        ), name


def test_exported_files_load_as_the_next_version(db, tmp_path):
    call_command("export_catalogue", "--out", str(tmp_path), verbosity=0)
    load_version(2, tmp_path, by=PROCESS, at=AT)
    assert CatalogueVersion.objects.get(number=2).status == "published"
    for model in (Variable, Indicator, Check):
        first, second = (
            list(model.objects.filter(catalogue=n).order_by("position")) for n in (1, 2)
        )
        skipped = {"id", "catalogue_id"}
        fields = [f.attname for f in model._meta.concrete_fields if f.attname not in skipped]
        assert [[getattr(r, f) for f in fields] for r in first] == [
            [getattr(r, f) for f in fields] for r in second
        ]


def test_counts_and_translations(db):
    assert (Variable.objects.count(), Indicator.objects.count(), Check.objects.count()) == (
        53,
        44,
        38,
    )
    assert not Variable.objects.filter(definition_en="").exists()
    assert not Indicator.objects.filter(definition_pt="").exists()
    assert not Check.objects.filter(message_en="").exists()


@pytest.mark.parametrize("name", ["variables", "indicators", "checks"])
def test_every_translation_says_something_of_its_own(name):
    with (CATALOGUE / f"{name}_translations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["en"] and row["pt"] and row["en"] != row["pt"] for row in rows)
    assert all("FOMIN" not in row["en"] + row["pt"] for row in rows)


def test_the_words_of_the_catalogue_name_no_file(db):
    """What a reader sees of a definition is words, not the name of a file of this repository."""
    texts = [
        text
        for model, column in (
            (Variable, "definition"),
            (Indicator, "definition"),
            (Check, "message"),
        )
        for language in ("es", "en", "pt")
        for text in model.objects.values_list(f"{column}_{language}", flat=True)
    ]
    assert len(texts) == 3 * (53 + 44 + 38)
    assert [text for text in texts if re.search(r"\w\.(md|csv|py)\b", text)] == []


def test_a_published_version_is_not_loaded_again(db):
    with pytest.raises(Conflict):
        load_version(1, CATALOGUE, by=PROCESS, at=AT)


def test_only_who_keeps_the_catalogue_loads_one(world):
    with pytest.raises(Forbidden):
        load_version(2, CATALOGUE, by=world.director, at=AT)
    assert load_version(2, CATALOGUE, by=world.administrator, at=AT).number == 2


def test_a_check_of_an_unknown_kind_is_refused_and_nothing_is_stored(db, tmp_path):
    for name in FILES:
        (tmp_path / name).write_bytes((CATALOGUE / name).read_bytes())
    checks = (tmp_path / "checks.csv").read_text(encoding="utf-8")
    (tmp_path / "checks.csv").write_text(
        checks.replace("women_le_jobs,error,firm,compare", "women_le_jobs,error,firm,guess"),
        encoding="utf-8",
    )
    with pytest.raises(Invalid) as refusal:
        load_version(2, tmp_path, by=PROCESS, at=AT)
    assert refusal.value.place == "checks.csv"
    assert not CatalogueVersion.objects.filter(number=2).exists()


@pytest.mark.parametrize("column", ["prices", "sentence_pt"])
def test_files_of_before_a_column_are_refused_not_guessed(db, tmp_path, column):
    """An indicator without its prices would be computed otherwise, and nobody would be told."""
    for name in FILES:
        with (CATALOGUE / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        names = [one for one in rows[0] if one != column]
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    with pytest.raises(Invalid) as refusal:
        load_version(2, tmp_path, by=PROCESS, at=AT)
    assert refusal.value.place == "indicators.csv"


def test_a_folder_without_files_is_refused(db, tmp_path):
    with pytest.raises(Invalid) as refusal:
        load_version(2, tmp_path, by=PROCESS, at=AT)
    assert refusal.value.place == "units.csv"


def test_exporting_an_unknown_version_is_one_sentence(db, tmp_path):
    with pytest.raises(CommandError):
        call_command("export_catalogue", "--out", str(tmp_path), "--version-number", "9")


def test_a_submission_pins_the_version_it_was_opened_with(world):
    first = world.open("2004-S1")
    load_version(2, CATALOGUE, by=world.administrator, at=AT)
    second = world.open("2004-S2")
    assert (first.catalogue_id, second.catalogue_id) == (1, 2)
