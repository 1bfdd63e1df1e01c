"""Figures as evidence: as cited and as they stand, to who may open them."""

import pytest
from django.core.cache import cache

from knowledge.lessons import citing, figures
from knowledge.lessons.figures import Standing
from knowledge.models import Evidence
from monitoring.analysis import Figure, Specification, definition
from monitoring.analysis.figures import Panel, figure_id
from monitoring.models import FigureDefinition
from monitoring.reports.figure_definitions import keep_definitions
from pip_network.people.access import Role
from tests import factories

AT = factories.moment("2006-03-01")
UNKNOWN = "Ninguna cifra que usted pueda abrir"
HIDDEN = "Con una cifra del sistema de monitoreo"


def figure(value: str | None = "41.2", change: str | None = "3.1", code: str = "2005-S2") -> Figure:
    panel = Panel(change=change)
    return Figure("f", "E02", "main", "firm", {}, code, code, "percent", value=value, panel=panel)


@pytest.mark.parametrize(
    ("cited", "same", "latest", "amended", "turned"),
    [
        (("41.2", "3.1"), figure(), figure(), False, False),
        (("40.0", "3.1"), figure(), figure(), True, False),
        (("41.2", "3.1"), figure(), figure(change="-0.1"), False, True),
        (("41.2", "-3.1"), figure(change="-3.1"), figure(change="0.1"), False, True),
        (("41.2", "3.1"), figure(), figure(change="0"), False, False),
        (("41.2", ""), figure(change=None), figure(change="-2"), False, False),
        (("41.2", "3.1"), figure(), None, False, False),
        (("41.2", "3.1"), None, None, True, False),
        (("41.2", "3.1"), figure(value=None), figure(), True, False),
    ],
)
def test_it_is_amended_or_has_turned(cited, same, latest, amended, turned):
    now = Standing(*cited, 9, same, latest)
    assert (now.is_amended, now.is_reversed) == (amended, turned)


def test_as_cited_keeps_its_own_numbers():
    now = Standing("40.0", "1.5", 9, figure(), figure())
    assert (now.cited.value, now.cited.panel.change) == ("40.0", "1.5")
    assert (now.same.value, now.same.panel.change) == ("41.2", "3.1")


def defined(
    indicator: str = "Z01", code: str = "2004-S1", project: str = "PIP-01"
) -> FigureDefinition:
    """A figure of one project, as of the first approval."""
    question = Specification(
        scope={"projects": (project,)}, group_by=(), indicators=(indicator,), round=code, as_of=1
    ).question()
    what = definition(question, indicator, "main", {})
    keep_definitions({figure_id(what): what})
    return FigureDefinition.objects.get(pk=figure_id(what))


@pytest.fixture
def lesson(two_rounds):
    return factories.lesson(two_rounds.project, "Primero los compradores", state="validated")


def cited(lesson, by) -> Evidence:
    row = citing.cite_figure(lesson=lesson, figure=defined(), note="cuarenta", by=by, at=AT)
    assert row.cited_value
    return row


def told(client, person, lesson) -> str:
    client.force_login(person)
    return client.get(lesson.get_absolute_url()).content.decode()


def test_a_figure_opens_to_its_people_and_is_one_figure_to_others(client, two_rounds, lesson):
    row = cited(lesson, two_rounds.director)
    expert = factories.user("experta", role=Role.EXPERT)
    for person, opens in (
        (two_rounds.director, True),
        (two_rounds.specialist, True),
        (two_rounds.administrator, True),
        (two_rounds.coordinator, False),
        (two_rounds.stranger, False),
        (expert, False),
    ):
        client.cookies["django_language"] = "es"
        page = told(client, person, lesson)
        assert (row.figure_id in page, "cuarenta" in page) == (opens, opens), person
        if not opens and person.language != "pt":
            assert HIDDEN in page


def test_now_is_the_last_approval_and_says_what_was_amended(client, two_rounds, lesson):
    row = cited(lesson, two_rounds.director)
    page = told(client, two_rounds.director, lesson)
    assert "según la aprobación 1)" in page
    assert "La ronda se enmendó después" not in page
    Evidence.objects.filter(pk=row.pk).update(cited_value="1")
    assert "La ronda se enmendó después" in told(client, two_rounds.director, lesson)


def test_what_was_computed_of_an_approval_is_remembered(two_rounds, django_assert_num_queries):
    cache.clear()
    what = defined().definition
    first = figures.standing(what, cited_value="1", cited_change="")
    with django_assert_num_queries(2):  # the head of the record, and what is remembered
        again = figures.standing(what, cited_value="1", cited_change="")
    assert again == first


@pytest.mark.parametrize("name", ["director", "stranger", "coordinator"])
def test_who_may_not_open_a_figure_cites_none(client, two_rounds, lesson, name):
    """By its identifier or the address of its page; what does not exist is told the same."""
    key = defined().pk
    person = getattr(two_rounds, name)
    own = factories.lesson(two_rounds.project, "Otra")
    client.force_login(person)
    answers = {
        typed: client.post(f"/lessons/{own.pk}/evidence/figure/", {"figure": typed})
        for typed in (key, f"https://pip.example/figures/{key}/", "0" * 16, "x' OR 1=1 --", "\0")
    }
    codes = [answer.status_code for answer in answers.values()]
    assert (
        codes
        == {
            "director": [302, 409, 422, 422, 422],  # the second is the same figure
            "coordinator": [422] * 5,
            "stranger": [404] * 5,
        }[name]
    )
    if name == "coordinator":
        assert UNKNOWN in answers[key].content.decode()
    assert Evidence.objects.filter(lesson=own).count() == (1 if name == "director" else 0)


def pick(client, lesson, **typed):
    return client.get(f"/lessons/{lesson.pk}/evidence/figure/", typed)


def test_a_figure_is_chosen_and_shown_before_it_is_cited(client, two_rounds):
    lesson = factories.lesson(two_rounds.project, "Otra")
    client.force_login(two_rounds.director)
    empty = pick(client, lesson)
    whole = f"P:{lesson.project_id}"
    assert empty.context["picker"].fields["about"].choices[0][0] == whole
    shown = pick(client, lesson, about=whole, indicator="Z01", round="2004-S1")
    words = shown.context["picker"].picked.words
    assert words.startswith("2004-S1: ")
    page = shown.content.decode()
    assert words in page
    assert 'name="figure"' not in page
    address = f"/lessons/{lesson.pk}/evidence/figure/?about={whole}&indicator=Z01&round=2004-S1"
    assert client.post(address, {"note": "Lo dice"}).status_code == 302
    piece = lesson.evidence.get()
    assert (piece.note, piece.figure.definition["indicator"]) == ("Lo dice", "Z01")
    assert words.partition(" ")[2].split(" ")[0] in told(client, two_rounds.director, lesson)


def test_what_has_no_value_is_said_and_not_cited(client, two_rounds):
    lesson = factories.lesson(two_rounds.project, "Otra")
    client.force_login(two_rounds.director)
    for wrong in ({"round": "1999-S1"}, {"indicator": "Z99"}, {"about": "OTRA"}):
        typed = {"about": f"P:{lesson.project_id}", "indicator": "Z01", "round": "2004-S1", **wrong}
        assert pick(client, lesson, **typed).context["picker"].picked is None
        query = "&".join(f"{name}={value}" for name, value in typed.items())
        address = f"/lessons/{lesson.pk}/evidence/figure/?{query}"
        assert client.post(address, {"note": ""}).status_code == 422
    assert not lesson.evidence.exists()


def test_a_coordinator_cites_figures_of_her_own_network_alone(client, two_rounds):
    lesson = factories.lesson(two_rounds.project, "Otra")
    own = two_rounds.project.networks.order_by("code").first()
    client.force_login(two_rounds.coordinator)
    choices = pick(client, lesson).context["picker"].fields["about"].choices
    assert [key for key, _name in choices] == [f"N:{own.pk}"]
    query = f"?about=N:{own.pk}&indicator=Z01&round=2004-S1"
    address = f"/lessons/{lesson.pk}/evidence/figure/{query}"
    assert client.post(address, {"note": "De la red"}).status_code == 302
    assert lesson.evidence.get().figure.definition["scope"]["networks"] == [own.code]
    other = address.replace(f"N:{own.pk}", f"P:{lesson.project_id}")
    assert client.post(other, {"note": "Del proyecto"}).status_code == 422
