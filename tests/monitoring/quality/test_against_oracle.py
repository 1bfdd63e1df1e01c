"""The parts of data quality, recomputed from the record files by the independent oracle."""

import copy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.choices import Status
from monitoring.models import Judgement
from monitoring.quality.of_record import head, last_places, parts_of_record
from monitoring.quality.of_sheet import read
from monitoring.quality.parts import together
from monitoring.record.catalogue_export import export_catalogue
from monitoring.record.chain import verify
from monitoring.record.export import export_measurements
from monitoring.sheet.cells import CellKey
from monitoring.sheet.loading import load_sheet
from monitoring.submission.amendments import amend
from monitoring.submission.cell_changes import CellChange
from monitoring.submission.entries import save_cells
from monitoring.submission.narratives import save_narrative
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from tests import oracle
from tests.conftest import World
from tests.factories import DOUBTFUL, Decimal, moment

ROUNDS = ("2004-S1", "2004-S2", "2005-S1", "2005-S2", "2006-S1")
ODD = {
    "sales": ["refused", "150000", "990000"],
    "jobs": ["not_collected", "30", "90"],
    "joint_actions_joined": ["refused", "9"],
}
JUMP = "F:FIRMAAAAA|regular|sales"


class Confirmed(dict):
    """Words for every cell."""

    def get(self, key, default=None):
        return "Confirmado."


@pytest.fixture(scope="module")
def _record(standing):
    """Five rounds: texts, late ones, a missing core value, a warning that is explained, a jump, an
    amendment.
    """
    world = World()
    world.open("2004-S1")
    opened = world.project.submissions.get(round="2004-S1")
    for theme in ("change", "example"):
        save_narrative(opened.pk, theme, "Más.", "es", by=world.director, at=moment("2004-06-30"))
    world.approved("2004-S1", but=DOUBTFUL, words={key: "Con otra red." for key in DOUBTFUL})
    world.approved("2004-S2", at="2005-02-20")
    world.approved("2005-S1", at="2006-03-01", but={"F:FIRMBBBBB|regular|energy_kwh": "refused"})
    world.approved("2005-S2", but={JUMP: "900000"}, words={JUMP: "Un pedido grande."})
    world.approved("2006-S1")
    return world


@pytest.fixture
def record(_record, db):
    return copy.deepcopy(_record)


def exported(folder) -> tuple[Path, Path]:
    export_measurements(folder / "record")
    export_catalogue(folder / "catalogue")
    return folder / "record", folder / "catalogue"


def numbers(parts) -> dict:
    return {part.name: (part.got, part.of) for part in parts}


def test_each_submission_and_the_project_as_of_each_approval(record, tmp_path):
    files = exported(tmp_path)
    places = [(record.project.code, code) for code in ROUNDS]
    for number in range(1, head() + 1):
        found = parts_of_record(places, number)
        assert list(found) == places[:number]
        for place, parts in found.items():
            assert numbers(parts) == oracle.parts_of_quality(*files, number, [place])
        last = last_places(record.project.code, number)
        assert len(last) == min(4, number)
        added = together(parts_of_record(last, number).values())
        assert numbers(added) == oracle.quality_of_project(*files, number, record.project.code)


def test_what_it_says_of_these_rounds(record):
    found = {
        code: numbers(parts)
        for (_project, code), parts in parts_of_record(
            [(record.project.code, code) for code in ROUNDS], head()
        ).items()
    }
    assert [found[code]["timeliness"][0] for code in ROUNDS] == [1, *late(record), 1, 1]
    assert found["2004-S1"]["evidence"] == (0, 2)
    assert found["2004-S2"]["evidence"] == (0, 0)
    got, of = found["2005-S2"]["plausibility"]
    assert of - got == 1
    got, of = found["2004-S1"]["validity"]
    assert of - got == 0  # the warning was explained
    assert found["2004-S1"]["baseline"][1] > 0
    assert found["2005-S1"]["baseline"] == (0, 0)


def late(record) -> list:
    rows = record.project.submissions.filter(round__in=("2004-S2", "2005-S1")).order_by("round")
    days = [row.days_late(row.first_submitted_at) for row in rows]
    assert days[0] in range(1, 90)
    assert days[1] > 90
    return [1 - oracle.Fraction(days[0], 90), 0]


def test_the_sheet_says_the_same_as_the_record(record):
    for code in ROUNDS:
        row = record.project.submissions.get(round=code)
        assert row.status == Status.APPROVED
        place = (record.project.code, code)
        assert read(load_sheet(row)).parts == parts_of_record([place], head())[place]


def test_an_amendment_judges_anew_and_the_chain_holds(record, tmp_path):
    row = record.project.submissions.get(round="2006-S1")
    amend(row.pk, "Corrige una cifra", by=record.director, at=moment("2006-09-01"))
    at = moment("2006-09-02")
    key = CellKey("F:FIRMCCCCC", "regular", "joint_actions_joined")
    change = CellChange(key, Decimal(9), "", "Con otra red.")
    save_cells(row.pk, [change], by=record.director, at=at)
    place = (record.project.code, "2006-S1")
    before = parts_of_record([place], head())
    row.refresh_from_db()
    standing = read(load_sheet(row))
    submit(row.pk, by=record.director, at=at)
    approval = approve(row.pk, by=record.specialist, at=moment("2006-09-03"))
    after = parts_of_record([place], approval.number)
    assert after[place] == standing.parts
    assert parts_of_record([place], approval.number - 1) == before
    [judged] = Judgement.objects.filter(approved_in=approval, explained__isnull=False)
    assert (judged.check_code, judged.explained) == ("joint_actions_members", True)
    files = exported(tmp_path)
    for number in (approval.number - 1, approval.number):
        found = parts_of_record([place], number)
        assert numbers(found[place]) == oracle.parts_of_quality(*files, number, [place])
    assert verify().whole


def test_the_same_questions_for_one_three_and_five(record):
    counted = []
    for codes in (ROUNDS[:1], ROUNDS[:3], ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            parts_of_record([(record.project.code, code) for code in codes], head())
        counted.append(len(captured))
    assert counted == [8, 8, 8]


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_round_gives_what_the_oracle_gives(data, record, tmp_path_factory):
    """Values of one more round, at will: left out, refused, far off, late, with texts or without."""
    world = copy.deepcopy(record)
    with transaction.atomic():
        opened = world.open("2006-S2")
        firm = st.sampled_from(["F:FIRMAAAAA", "F:FIRMBBBBB", "F:FIRMCCCCC"])
        odd: dict[tuple[str, str], str] = {}
        for variable, values in ODD.items():
            drawn = data.draw(st.dictionaries(firm, st.sampled_from(values), max_size=2))
            odd |= {(subject, variable): said for subject, said in drawn.items()}
        but = {f"{subject}|regular|{code}": said for (subject, code), said in odd.items()}
        words = Confirmed(all="")
        for theme in data.draw(st.sets(st.sampled_from(["change", "for_whom", "evidence"]))):
            save_narrative(
                opened.pk, theme, "Más.", "es", by=world.director, at=moment("2006-12-30")
            )
        day = data.draw(st.integers(1, 28))
        month = data.draw(st.integers(1, 6))
        world.approved("2006-S2", at=f"2007-{month:02}-{day:02}", but=but, words=words)
        files = exported(tmp_path_factory.mktemp("exported"))
        place = (world.project.code, "2006-S2")
        found = parts_of_record([place], head())[place]
        assert numbers(found) == oracle.parts_of_quality(*files, head(), [place])
        transaction.set_rollback(True)
