"""A project that a round does not ask is not missing there."""

import datetime as dt

import pytest
from django.utils import translation

from monitoring.portfolio import refreshing, tables
from monitoring.portfolio.kept_figures import indicators
from monitoring.reports import gathering, questions
from monitoring.reports.gathering import begun
from monitoring.reports.sections import BY_KEY
from projects.models import Project
from tests.monitoring.reports.world import AT, World

BY_ROUND = {"2004-S2": {"A"}, "2005-S1": {"A", "B"}, "2005-S2": {"A", "B", "C"}}


@pytest.mark.parametrize(
    ("code", "asked", "shown"),
    [
        ("2004-S2", {"A"}, ["A"]),
        ("2004-S2", {"A", "B"}, ["A", "B"]),  # asked then, approved later: missing
        ("2005-S1", {"A", "B"}, ["A", "B"]),
        ("2005-S2", {"A"}, ["A", "B", "C"]),
        ("2004-S2", {"A", "X"}, ["A"]),  # X is not in scope
    ],
)
def test_projects_that_a_round_can_speak_of(code, asked, shown):
    assert begun(BY_ROUND, code, asked) == shown


class Without(World):
    """The second project is not approved in one round."""

    skipped = ""

    def round(self, project, *rest, **given):
        if project.code != "PIP-02" or rest[3] != self.skipped:
            super().round(project, *rest, **given)


def without(code: str) -> None:
    made = Without(projects=2, networks=1, firms=1)
    made.skipped = code
    made.make()


def told(code: str) -> tuple[list[str], list[str], str]:
    with translation.override("es"):
        found = gathering.gather(questions.parse({"round": code, "indicators": ["A01"]}))
        (lead,), _blocks = BY_KEY["cover"].build(found)
        return list(found.projects), list(found.unapproved), lead.text


BOTH = ["PIP-01", "PIP-02"]


def test_one_that_had_not_begun_is_not_named(db):
    without("2004-S2")
    assert told("2004-S2")[:2] == (BOTH, ["PIP-02"])  # in its calendar: missing
    Project.objects.filter(code="PIP-02").update(starts_on="2005-01-15")
    projects, unapproved, words = told("2004-S2")
    assert [projects, unapproved] == [["PIP-01"], []]
    assert "Su alcance tiene 1 proyecto" in words
    assert told("2005-S1")[:2] == (BOTH, [])


def test_one_that_had_ended_is_not_missing_and_keeps_its_row(db):
    without("2005-S2")
    assert told("2005-S2")[:2] == (BOTH, ["PIP-02"])
    Project.objects.filter(code="PIP-02").update(ends_on="2005-06-30")
    assert told("2005-S2")[:2] == (BOTH, [])


def test_the_portfolio_says_not_asked(db):
    World(projects=2, networks=1, firms=1).make()
    kept = refreshing.refresh(at=AT)
    rows = list(indicators(kept.catalogue).filter(code="B01").select_related("unit"))
    extra = Project(code="PIP-09", ends_on=AT.date())
    with translation.override("es"):
        for begins, said in (("2003-07-01", "sin dato aprobado"), ("2006-01-01", "no se pide")):
            extra.starts_on = dt.date.fromisoformat(begins)
            ((_code, (cell,)),) = tables.heat(kept, {"PIP-09": extra}, rows)
            assert [cell.shown, cell.has_value] == [said, False]
