"""Evidence is in nothing that the public sees, and in the trace of a figure for who may see its rows."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from monitoring.analysis import Specification, definition
from monitoring.analysis.figures import figure_id
from monitoring.evidence.actions import attach
from monitoring.evidence.places import Spot
from monitoring.evidence.taking_away import take_away
from monitoring.models import Evidence
from monitoring.publication.actions import publish_round
from monitoring.publication.results import publish_results
from monitoring.reports.figure_definitions import keep_definitions
from monitoring.submission.opening import submit
from monitoring.submission.review import approve
from tests import factories
from tests.access_rules import RULES, parameters

from .conftest import AT, CHANGE, SALES, kept
from .test_pages import client_of, text

CANARY = "canario"
PAGE = f"https://example.org/{CANARY}"
EVIDENCE = "/monitoring/PIP-01/2004-S1/evidence/"


@pytest.fixture
def published(world, opened):
    """The first round, with a file beside a firm's cell and an address beside a text, published."""
    for spot in (Spot("cell", SALES), CHANGE):
        attach(opened.pk, spot, address=PAGE, by=world.director, at=AT)
        file = kept(by=world.director, name=f"{CANARY}.pdf")
        attach(opened.pk, spot, file=file, by=world.director, at=AT)
    submit(opened.pk, by=world.director, at=AT)
    approve(opened.pk, by=world.specialist, at=AT)
    doing = {"by": world.administrator, "at": factories.moment("2004-09-01")}
    publication = publish_round(
        round=world.rounds["2004-S1"], as_of=1, reason="Cierre del semestre", **doing
    )
    publish_results(
        publication=publication,
        projects=[world.project],
        reason="Lo pidió el consejo",
        **doing,
    )
    return world


def traces() -> set[str]:
    """What gives a piece away."""
    rows = Evidence.objects.all()
    return {CANARY, *(row.sha256 for row in rows), *(str(row.key) for row in rows)}


def body(answer) -> str:
    """What is read in an answer; an archive unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b"\n".join(file.read(name) for name in file.namelist())
    return content.decode("utf-8", "replace")


def addresses():
    for name, rule in RULES.items():
        for asked in ({}, {"round_code": "2004-S1"}):
            try:
                yield name, rule, reverse(name, kwargs=parameters(name) | _known(name, asked))
            except NoReverseMatch:
                continue


def _known(name: str, asked: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in asked.items() if key in parameters(name)}


def test_a_visitor_finds_nothing_of_it_anywhere(published):
    visitor, wanted = Client(), traces()
    looked, found = set(), []
    for name, _rule, address in addresses():
        for query in ("", "?format=csv", "?format=xlsx", f"?q={CANARY[:-1]}"):
            answer = visitor.get(address + query)
            looked.add((name, answer.status_code))
            said = body(answer)
            if any(trace in said for trace in wanted):
                found.append((name, query))
    assert found == []
    assert sum(status == 200 for _name, status in looked) > 30


@pytest.fixture
def figure(published) -> str:
    """The page of the figure that the cell stands behind."""
    return figure_of(published, "Z03")


def test_the_trace_shows_the_evidence_of_its_rows(published, figure):
    file = Evidence.objects.get(place="cell", address="")
    for person in (published.director, published.specialist, published.administrator):
        page = text(client_of(person).get(figure))
        assert file.sha256 in page
        assert f"{EVIDENCE}{file.key}/" in page
        assert "2 pieces, attached to the cells" in page
    take_away(file.pk, "Contiene datos de una persona", by=published.director, at=AT)
    page = text(client_of(published.specialist).get(figure))
    assert (file.sha256 in page, f"{EVIDENCE}{file.key}/" in page) == (True, False)
    assert "Contiene datos de una persona" in page


def test_who_may_not_see_the_rows_does_not_see_it(published, figure):
    for person in (published.coordinator, published.stranger, factories.user("experta")):
        assert client_of(person).get(figure).status_code == 404
    assert Client().get(figure).status_code == 302


def test_a_figure_of_other_cells_shows_none(published, figure, world):
    other = figure_of(world, "E02")
    assert "attached to the cells" not in text(client_of(world.director).get(other))
    assert "attached to the cells" in text(client_of(world.director).get(figure))


def figure_of(world, indicator: str) -> str:
    question = Specification(
        scope={"projects": (world.project.pk,)},
        group_by=(),
        indicators=(indicator,),
        round="2004-S1",
        as_of=1,
    ).question()
    defined = definition(question, indicator, "main", {})
    keep_definitions({figure_id(defined): defined})
    return f"/figures/{figure_id(defined)}/"
