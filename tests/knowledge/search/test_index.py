"""The index as it is kept: rows, ghosts, rebuilding, and what is said when it does not stand."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from knowledge.models import Form, IndexHead, IndexRow
from knowledge.search import shelf
from knowledge.search.engines import bits, engine
from knowledge.search.index import forget, index_work, rebuild
from knowledge.search.standing import FEW_GHOSTS, empty_without_rows, faults
from tests import factories

from .texts import found, put, work

pytestmark = pytest.mark.django_db


def row(code: str) -> IndexRow:
    return IndexRow.objects.get(code=code)


def test_a_text_that_is_the_same_keeps_its_row():
    put(work("A", "Redes"))
    before = row("A")
    put(work("A", "Redes", audience=["staff"], year=2007))
    after = row("A")
    assert (before.id, before.digest) == (after.id, after.digest)
    assert after.seq > before.seq
    assert found("redes") == set()
    assert found("redes año:2007", {"staff"}) == {"A"}
    assert IndexHead.objects.get().ghosts == 0


def test_another_text_takes_a_new_number_that_nobody_had():
    put(work("A", "Redes"), work("B", "Cadenas"))
    before = row("A").id
    put(work("A", "Cadenas"))
    assert row("A").id > row("B").id > before
    assert IndexHead.objects.get().ghosts == 1
    assert found("redes") == set()


def test_a_work_that_is_gone_is_not_found():
    put(work("A", "Redes"), work("B", "Redes"))
    assert found("redes") == {"A", "B"}
    forget("A")
    assert found("redes") == {"B"}
    assert found("") == {"B"}


def test_nothing_stays_of_a_transaction_that_failed():
    put(work("A", "Redes"))
    with transaction.atomic():
        put(work("A", "Cadenas"), work("B", "Cadenas"))
        transaction.set_rollback(True)
    shelf.forget()
    assert found("redes") == {"A"}
    assert found("cadenas") == set()
    assert bits([["caden"]]) == []


def test_rebuilding_leaves_the_same_answers_and_no_ghosts():
    factories.work("X1", "Redes de empresas")
    factories.work("X2", "Cadenas de valor")
    again = factories.work("X3", "Redes de crédito")
    again.expressions.update(title="Cadenas de crédito")
    index_work(again)
    put(work("GONE", "Redes"))  # of no work any more
    assert found("redes") == {"X1", "GONE"}
    assert rebuild() == 3
    assert found("redes") == {"X1"}
    assert found("cadenas") == {"X2", "X3"}
    assert IndexHead.objects.get().ghosts == 0
    assert not Form.objects.filter(form="gone").exists()


def test_the_command_says_how_many_works_the_index_holds(capsys):
    factories.work("X1", "Redes")
    call_command("rebuild_library_index")
    assert capsys.readouterr().out == "Works in the index: 1.\n"


def test_an_index_that_stands_has_no_faults():
    factories.work("X1", "Redes")
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda: IndexHead.objects.update(keys=0), "older rules of words"),
        (lambda: IndexHead.objects.update(ghosts=FEW_GHOSTS + 1), "1001 rows that were replaced"),
        (lambda: IndexRow.objects.all().delete(), "does not hold all works"),
    ],
)
def test_what_is_wrong_with_an_index_is_said(change, told):
    factories.work("X1", "Redes")
    change()
    assert [told in fault for fault in faults()] == [True]
    rebuild()
    assert faults() == []


def test_an_index_that_is_missing_is_said_and_made():
    table = "knowledge_index_pieces"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    assert faults() == ["The index of the library is missing"]
    engine().create()
    assert faults() == []


def test_whoever_empties_the_rows_empties_the_words_too():
    """What `flush` does, of which the tables of the words are none of its business."""
    put(work("A", "Redes"))
    empty_without_rows(apps.get_app_config("knowledge"))
    assert bits([["red"]])
    IndexRow.objects.all().delete()
    empty_without_rows(apps.get_app_config("knowledge"))
    assert bits([["red"]]) == []
