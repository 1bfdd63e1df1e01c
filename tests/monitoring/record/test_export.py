"""The record as files: what stands in them is the record, now and as of any approval."""

import csv

import pytest
from django.core.management import CommandError, call_command

from monitoring.models import Judgement, Measurement, Observation, ObservationNetwork
from monitoring.rates.actions import RateRow, approve_rates
from monitoring.record.export import export_measurements
from monitoring.sheet.cells import CellKey
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from pip_network.web.errors import Invalid
from tests.factories import Decimal, moment

COLUMNS = {
    "measurements.csv": "measurement,project,level,subject,round,kind,period,variable,value,missing,source,currency,catalogue"
    ",approved_in,superseded_in",
    "observations.csv": "observation,project,level,subject,round,kind,country,sector,size,owner_sex,currency,constituted_on,"
    "joined_on,captured_on,membership,reconstructed,catalogue,approved_in,superseded_in",
    "observation_networks.csv": "observation,network,typology,constituted_on,joined_on,position,approved_in,superseded_in",
    "rates.csv": "currency,period,usd_rate,cpi,approved_in,superseded_in",
    "evidence.csv": "evidence,project,round,place,subject,kind,variable,remark,format,size,sha256,"
    "approved_in,superseded_in",
    "targets.csv": "project,indicator,round,value,approved_in,superseded_in",
    "judgements.csv": "measurement,check,explained,approved_in,superseded_in",
    "submissions.csv": "project,round,revision,due_first,zone,first_submitted_at,approved_in",
    "narratives.csv": "project,round,theme,characters,evidence,approved_in,superseded_in",
}
AT = moment("2005-03-01")


@pytest.fixture
def record(world):
    """N=1, 2 rounds; N=3 rates; N=4 an amendment of one value; N=5 a corrected rate."""
    world.approved("2004-S1", but={"F:FIRMAAAAA|regular|units_produced": None})
    world.approved("2004-S2")
    approve_rates(
        [RateRow("ARS", "2004", "2.90", "130.5")],
        "Serie, según acta",
        by=world.administrator,
        at=AT,
    )
    submission = world.project.submissions.get(round="2004-S2")
    amend(submission.pk, "Corrige una cifra", by=world.director, at=AT)
    save_cells(
        submission.pk,
        [CellChange(CellKey("F:FIRMAAAAA", "regular", "sales"), Decimal("90000.50"))],
        by=world.director,
        at=AT,
    )
    submit(submission.pk, by=world.director, at=AT)
    approve(submission.pk, by=world.specialist, at=AT)
    approve_rates(
        [RateRow("ARS", "2004", "2.91", "130.5")],
        "Corrige una cifra",
        by=world.administrator,
        at=AT,
    )
    return world


def read(folder, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_rows_and_order(record, tmp_path, capsys):
    call_command("export_measurements", "--out", str(tmp_path))
    counts = {
        "measurements.csv": Measurement.objects.count(),
        "observations.csv": Observation.objects.count(),
        "observation_networks.csv": ObservationNetwork.objects.count(),
        "rates.csv": 2,
        "targets.csv": 0,
        "evidence.csv": 0,
        "judgements.csv": Judgement.objects.count(),
        "submissions.csv": 3,
        "narratives.csv": 0,
    }
    assert capsys.readouterr().out.splitlines() == [
        f"{name}: {count}" for name, count in counts.items()
    ]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(COLUMNS)
    for name, header in COLUMNS.items():
        lines = (tmp_path / name).read_bytes().decode().split("\n")
        assert (lines[0], lines[-1], len(lines) - 2) == (header, "", counts[name])
        assert "\r" not in "".join(lines)
    ids = [int(row["measurement"]) for row in read(tmp_path, "measurements.csv")]
    assert ids == sorted(ids)


def test_values_are_plain_and_missing_ones_say_why(record, tmp_path):
    export_measurements(tmp_path)
    rows = {
        (r["subject"], r["kind"], r["round"], r["variable"], r["approved_in"]): r
        for r in read(tmp_path, "measurements.csv")
    }
    first = rows["F:FIRMAAAAA", "regular", "2004-S2", "sales", "2"]
    second = rows["F:FIRMAAAAA", "regular", "2004-S2", "sales", "4"]
    assert (
        first["value"],
        first["currency"],
        first["period"],
        first["source"],
        first["superseded_in"],
    ) == (
        "100000",
        "ARS",
        "2004",
        "entered",
        "4",
    )
    assert (second["value"], second["superseded_in"], second["catalogue"]) == ("90000.5", "", "1")
    blank = rows["F:FIRMAAAAA", "regular", "2004-S1", "units_produced", "1"]
    assert (blank["value"], blank["missing"], blank["currency"]) == ("", "no_data", "")
    assert rows["F:FIRMAAAAA", "regular", "2004-S2", "jobs", "2"]["currency"] == ""
    assert [
        (r["usd_rate"], r["cpi"], r["approved_in"], r["superseded_in"])
        for r in read(tmp_path, "rates.csv")
    ] == [
        ("2.9", "130.5", "3", "5"),
        ("2.91", "130.5", "5", ""),
    ]


def test_observations_name_their_networks_in_order(record, tmp_path):
    export_measurements(tmp_path)
    row = next(
        r
        for r in read(tmp_path, "observations.csv")
        if (r["subject"], r["kind"]) == ("F:FIRMBBBBB", "baseline")
    )
    assert (
        row["membership"],
        row["size"],
        row["joined_on"],
        row["captured_on"],
        row["reconstructed"],
        row["constituted_on"],
    ) == (
        "active",
        "micro",
        "2004-02-15",
        "2004-07-30",
        "0",
        "",
    )
    ties = [
        t
        for t in read(tmp_path, "observation_networks.csv")
        if t["observation"] == row["observation"]
    ]
    assert [
        (t["network"], t["typology"], t["constituted_on"], t["joined_on"], t["position"])
        for t in ties
    ] == [
        ("N1", "cluster", "2004-02-01", "2004-02-15", "1"),
        ("N2", "cadena_proveedores", "2004-03-01", "2004-04-01", "2"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_as_of_an_approval_is_what_was_in_force_then(record, tmp_path, number):
    export_measurements(tmp_path / "all")
    export_measurements(tmp_path / "then", number)
    for name in COLUMNS:
        expected = [
            {**row, **({"superseded_in": ""} if "superseded_in" in row else {})}
            for row in read(tmp_path / "all", name)
            if int(row["approved_in"]) <= number
            and not (row.get("superseded_in") and int(row["superseded_in"]) <= number)
        ]
        assert read(tmp_path / "then", name) == expected


def test_as_of_an_approval_does_not_change_when_the_record_grows(record, tmp_path):
    export_measurements(tmp_path / "before", 4)
    record.approved("2005-S1")
    export_measurements(tmp_path / "after", 4)
    for name in COLUMNS:
        assert (tmp_path / "before" / name).read_bytes() == (tmp_path / "after" / name).read_bytes()


@pytest.mark.parametrize("number", [-1, 6])
def test_an_approval_that_does_not_exist_is_one_sentence(record, tmp_path, number):
    with pytest.raises(Invalid):
        export_measurements(tmp_path, number)
    with pytest.raises(CommandError, match=str(number)):
        call_command("export_measurements", f"--out={tmp_path}", f"--as-of={number}")


def test_a_folder_that_cannot_be_written_is_one_sentence(record, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError):
        call_command("export_measurements", "--out", str(tmp_path / "file"))


def test_no_names_leave(record, tmp_path):
    export_measurements(tmp_path)
    text = "".join((tmp_path / name).read_text(encoding="utf-8") for name in COLUMNS)
    assert "Empresa" not in text
    assert "Red " not in text
