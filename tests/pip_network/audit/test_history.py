import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from pip_network import audit
from pip_network.audit import objects
from pip_network.audit.history import Change
from pip_network.models import AuditEvent
from pip_network.people.access import Process, Role
from tests import factories

pytestmark = pytest.mark.django_db
PORTAL = Process("system")
AT = factories.moment("2005-07-20")


def changed(
    number: int = 0, *, by=PORTAL, on: str = "P:PIP-01", verb: str = "project.updated", **details
):
    return audit.record(verb=verb, on=on, by=by, at=AT + dt.timedelta(hours=number), **details)


@pytest.fixture
def director():
    return factories.user("directora", role=Role.DIRECTOR, scope="P:PIP-01")


def test_history_is_newest_first_and_of_these_keys_only(director):
    changed(1, by=director)
    changed(2, on="N:N1", verb="network.created")
    changed(3, on="P:PIP-02")
    with translation.override("en"):
        found = [
            (str(line.sentence), line.actor)
            for line in audit.history_of("P:PIP-01", "N:N1", reader=director)
        ]
    assert found == [("Network created", "The portal"), ("Project changed", director.name)]
    assert len(audit.history_of("P:PIP-01", "N:N1", limit=1)) == 1


def test_names_are_for_those_who_may_see_them(director):
    changed(by=director)
    expert = factories.user("experta", role=Role.EXPERT, scope="*")
    with translation.override("en"):
        words = f"Project director (person {director.pk})"
        seen = {
            reader: audit.history_of("P:PIP-01", reader=reader)[0].actor
            for reader in (None, expert, director)
        }
    assert seen == {None: words, expert: words, director: director.name}


def test_changes_show_before_and_after_in_words():
    changed(
        changes={"name": ["Uno", "Dos"], "summary": ["", "x"], "typology": ["cluster", None]},
        on="N:N1",
    )
    with translation.override("en"):
        (line,) = audit.history_of("N:N1")
    assert line.changes[0] == Change("Name", "Uno", "Dos")
    assert line.changes[1] == Change("Summary", "", "x")
    assert (line.changes[2].old, line.changes[2].new) == ("Cluster", "")


def test_a_field_without_values_is_only_named():
    changed(on="F:X", verb="firm.updated", fields=["name"])
    with translation.override("en"):
        assert audit.history_of("F:X")[0].changes == [Change("Name", "", "")]


def test_a_reason_that_is_a_code_stands_in_words():
    changed(on="F:X", verb="firm.closed", reason="economic")
    changed(1, on="F:X", verb="role.ended", reason="economic")
    assert [line.reason for line in audit.history_of("F:X")] == [
        "economic",
        str(objects.reason_label("firm.closed", "economic")),
    ]
    assert objects.reason_label("firm.closed", "economic") != "economic"


@pytest.mark.parametrize(
    ("verb", "code", "words"),
    [
        ("firm.archived", "mistake", "Registered by mistake"),
        ("firm.anonymised", "law", "A law or an authority demands it"),
        ("firm.left", "excluded", "Excluded by the network"),
        ("firm.archived", "of another time", "of another time"),
        ("project.archived", "mistake", "mistake"),
    ],
)
def test_every_closed_list_of_reasons_has_its_words(verb, code, words):
    changed(on="F:X", verb=verb, reason=code)
    with translation.override("en"):
        assert [line.reason for line in audit.history_of("F:X")] == [words]


@pytest.mark.parametrize(
    "details",
    [{"changes": 3}, {"changes": {"x": 1}}, {"fields": "x"}, {"changes": {"x": []}}, {"reason": 7}],
)
def test_details_of_another_shape_do_not_break_a_page(details):
    changed(**details)
    assert len(audit.history_of("P:PIP-01")) == 1


@pytest.mark.parametrize("number", [1, 3, 30])
def test_three_queries_whatever_the_number(director, number, django_assert_num_queries):
    for each in range(number):
        changed(each, by=director, on=f"U:{factories.user(f'p{each}').pk}", verb="role.given")
    keys = list(AuditEvent.objects.filter(verb="role.given").values_list("object", flat=True))
    with django_assert_num_queries(2):
        assert len(audit.history_of(*keys)) == number


def test_the_template_escapes_and_says_when_there_is_nothing(director):
    changed(changes={"name": ["<b>", "<script>"]}, reason="<i>")
    html = render_to_string("ui/history.html", {"history": audit.history_of("P:PIP-01")})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<i>" not in html
    assert "<ol" not in render_to_string("ui/history.html", {"history": []})


@pytest.mark.parametrize(
    "sql", ["UPDATE pip_network_auditevent SET verb = 'x'", "DELETE FROM pip_network_auditevent"]
)
def test_the_database_refuses_to_change_or_delete_a_row(sql):
    changed()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEvent.objects.filter(object="P:PIP-01", verb="project.updated").count() == 1


def test_adding_a_row_is_all_that_may_be_done():
    changed()
    changed()
    assert AuditEvent.objects.filter(object="P:PIP-01").count() == 2


@pytest.mark.parametrize(
    ("key", "words", "page"),
    [
        ("P:PIP-01", "Project PIP-01", "/projects/PIP-01/"),
        ("P:PIP-01/2005-S1", "PIP-01 · 2005-S1", "/monitoring/PIP-01/2005-S1/"),
        ("N:N1", "Network N1", "/networks/N1/"),
        ("V:1", "Catalogue version 1", "/admin/monitoring/catalogueversion/1/change/"),
        ("J:nonsense", "Job nonsense", ""),
        ("P:", "P:", ""),
        ("/reports/", "/reports/", ""),
        ("", "", ""),
    ],
)
def test_what_an_event_is_about_has_words_and_perhaps_a_page(key, words, page):
    with translation.override("en"):
        assert (objects.object_label(key), objects.page_of(key)) == (words, page)
