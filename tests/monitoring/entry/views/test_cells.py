"""Saving cells as they are left."""

import json

import pytest

from monitoring.models import Entry, EntryChange
from monitoring.submission.opening import submit
from tests import factories
from tests.monitoring.entry.conftest import ADDRESS

CELLS = ADDRESS + "cells/"
SALES, JOBS, WOMEN = (f"F:FIRMAAAAA|regular|{code}" for code in ("sales", "jobs", "jobs_women"))


@pytest.fixture
def world(world_and_opened):
    return world_and_opened[0]


@pytest.fixture
def opened(world_and_opened):
    return world_and_opened[1]


def save(client, *cells, **body):
    body = {"catalogue": 1, "cells": list(cells), **body}
    return client.post(CELLS, json.dumps(body), content_type="application/json")


def cell(key, text="", **more):
    return {"key": key, "text": text, "stamp": 0, **more}


def held(variable, subject="F:FIRMAAAAA"):
    row = Entry.objects.get(subject=subject, kind="regular", variable__code=variable)
    return row.value, row.missing


def test_it_works(opened, director):
    answer = save(director, cell(JOBS, "1.204,5")).json()

    assert (held("jobs")[0], answer["saved"][JOBS]["state"], answer["saved"][JOBS]["text"]) == (
        1204.5,
        "warn",
        "1.204,5",
    )
    assert answer["refused"] == answer["conflicts"] == {}


def test_an_english_reader_writes_points(opened, director):
    director.cookies["pip_language"] = "en"

    answer = save(director, cell(JOBS, "1,204.5")).json()

    assert answer["saved"][JOBS]["text"] == "1,204.5"


def test_the_coordinator_fills_her_network(opened, coordinator):
    assert save(coordinator, cell(JOBS, "8")).status_code == 200


def test_the_coordinator_fills_no_other(opened, coordinator):
    assert save(coordinator, cell("F:FIRMCCCCC|regular|jobs", "8")).status_code == 403
    assert not Entry.objects.filter(subject="F:FIRMCCCCC").exists()


def test_a_reader_may_not_write(opened, specialist):
    assert save(specialist, cell(JOBS, "8")).status_code == 403


def test_who_may_not_see_it_finds_nothing(opened, stranger, partner):
    assert (
        save(stranger, cell(JOBS, "8")).status_code,
        save(partner, cell(JOBS, "8")).status_code,
    ) == (404, 404)


def test_an_ended_session_is_told_apart(opened, visitor):
    answer = save(visitor, cell(JOBS, "8"))

    assert (answer.status_code, answer.json()["sign_in"]) == (401, "/accounts/login/")


def test_what_has_two_readings_is_refused_with_both(opened, director):
    answer = save(director, cell(JOBS, "1.230")).json()

    assert answer["refused"][JOBS]["readings"] == ["1230", "1,23"]
    assert not Entry.objects.filter(variable__code="jobs").exists()


@pytest.mark.parametrize("text", ["1.230", "1,230", "-1.230", "12,000", "588.400", "1.234"])
def test_every_reading_that_is_offered_is_final(opened, director, text):
    for reading in save(director, cell(SALES, text)).json()["refused"][SALES]["readings"]:
        answer = save(director, cell(SALES, reading)).json()
        stamp = answer["saved"][SALES]["stamp"]
        save(director, cell(SALES, "", stamp=stamp))

        assert answer["refused"] == {}


def test_a_reading_that_no_cell_keeps_is_not_offered(opened, director):
    assert save(director, cell(JOBS, "1.234")).json()["refused"][JOBS] == {
        "readings": ["1234"],
        "message": "«1.234» se lee como 1234; como 1,234 tiene más de dos decimales. "
        "Escriba el número sin separadores de miles.",
    }


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.000"])
def test_where_whole_numbers_are_asked_a_mark_parts_thousands(opened, director, text):
    key = "F:FIRMAAAAA|regular|new_clients_local"

    saved = save(director, cell(key, text)).json()["saved"]

    assert saved[key]["text"] == {"1": "1.234", "12": "12.000"}[text.split(text[-4])[0]]


def test_one_bad_cell_does_not_stop_the_others(opened, director):
    answer = save(
        director, cell(JOBS, "8"), cell(SALES, "muchas"), cell("F:FIRMAAAAA|regular|operating", "1")
    ).json()

    assert (list(answer["saved"]), sorted(answer["refused"])) == (
        [JOBS],
        ["F:FIRMAAAAA|regular|operating", SALES],
    )


def test_a_reason_instead_of_a_value(opened, director):
    answer = save(director, cell(JOBS, missing="refused")).json()

    assert (held("jobs"), answer["saved"][JOBS]["state"]) == ((None, "refused"), "reason")


@pytest.mark.parametrize("reason", ["not_applicable", "no_data", "because"])
def test_reasons_that_nobody_chooses(opened, director, reason):
    assert list(save(director, cell(JOBS, missing=reason)).json()["refused"]) == [JOBS]


def test_blanking(opened, director):
    stamp = save(director, cell(JOBS, "8")).json()["saved"][JOBS]["stamp"]

    answer = save(director, cell(JOBS, "", stamp=stamp)).json()

    assert (answer["saved"][JOBS], Entry.objects.filter(variable__code="jobs").exists()) == (
        {
            "state": "empty",
            "text": "",
            "stamp": 0,
            "was": {"text": "8", "missing": "", "stamp": stamp},
        },
        False,
    )


def test_a_check_speaks_of_this_cell_and_of_those_it_touches(opened, director):
    save(director, cell(WOMEN, "9"))

    answer = save(director, cell(JOBS, "8")).json()

    assert answer["touched"][WOMEN]["state"] == "error"
    assert save(director, cell(WOMEN, "9")).json()["said"] == [
        "Empleo de mujeres (ETJ): El empleo de mujeres no puede superar el empleo total."
    ]


def test_somebody_was_first(opened, director, coordinator):
    save(coordinator, cell(JOBS, "7"))

    answer = save(director, cell(JOBS, "8")).json()

    conflict = answer["conflicts"][JOBS]
    assert (conflict["text"], conflict["by"], held("jobs")[0]) == ("7,0", "Coordinadora", 7)
    assert (
        save(director, cell(JOBS, "8", stamp=conflict["stamp"])).json()["saved"][JOBS]["text"]
        == "8,0"
    )


def test_sending_the_same_again_is_harmless(opened, director):
    first = save(director, cell(JOBS, "8")).json()["saved"][JOBS]
    first.pop("was")

    assert save(director, cell(JOBS, "8")).json()["saved"] == {JOBS: first}


def test_an_explanation_goes_with_its_value(opened, director):
    saved = save(director, cell(JOBS, "300")).json()["saved"][JOBS]

    answer = save(
        director, cell(JOBS, "300", stamp=saved["stamp"], explanation="Turno nuevo.")
    ).json()

    assert (saved["state"], answer["saved"][JOBS]["state"]) == ("warn", "told")
    assert Entry.objects.get(variable__code="jobs").explanation == "Turno nuevo."


def test_a_closed_submission_says_so(opened, director, world):
    at = factories.moment("2005-01-20")
    factories.fill(opened, by=world.director, at=at)
    submit(opened.pk, by=world.director, at=at)

    answer = save(director, cell(JOBS, "9"))

    assert (answer.status_code, held("jobs")[0]) == (409, 8)
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"nonsense",
        b'{"cells": 1, "catalogue": 1}',
        b'{"cells": [], "catalogue": 1}',
        b'{"cells": [1], "catalogue": 1}',
        b'{"cells": [{}], "catalogue": 99}',
        b'{"cells": [{}], "catalogue": "x"}',
        b'{"catalogue": 1, "cells": [{"key": "F:\\ud800|regular|jobs", "text": "8"}]}',
        b'{"catalogue": 1, "cells": [{"key": "F:FIRMAAAAA|regular|jobs", "text": "8", "explanation": "\\ud800"}]}',
        b"[" * 50_000,
        b'{"catalogue": 1, "cells": [' + b",".join([b"{}"] * 10_001) + b"]}",
        b'{"catalogue": 1, "cells": [{"text": "' + b"9" * 3_000_000 + b'"}]}',
    ],
)
def test_a_request_that_makes_no_sense(opened, director, body):
    answer = director.post(CELLS, body, content_type="application/json")

    assert (answer.status_code, list(answer.json())) == (400, ["error"])


@pytest.mark.parametrize(
    "bad",
    [
        {"key": "nonsense"},
        {"key": "F:FIRMAAAAA|regular|nonsense"},
        {"key": JOBS, "text": 8},
        {"key": JOBS, "stamp": -1},
        {"key": JOBS, "stamp": "1"},
        {"key": JOBS, "stamp": 2**40},
        {"key": JOBS, "missing": 1},
        {"key": JOBS, "text": "8", "explanation": 1},
        {"key": JOBS, "text": "8", "explanation": "x" * 2001},
        {"key": "F:OTHER|regular|jobs", "text": "8"},
        {"key": "F:\0|regular|jobs", "text": "8"},
        {"key": JOBS, "text": "8", "missing": "refused"},
        {"key": JOBS, "text": "1" * 1_000_000},
        {},
    ],
)
def test_a_cell_that_makes_no_sense(opened, director, bad):
    answer = save(director, bad)

    assert (answer.status_code, list(answer.json()["saved"]), len(answer.json()["refused"])) == (
        200,
        [],
        1,
    )
    assert not Entry.objects.filter(source="entered").exists()


@pytest.mark.parametrize("firms", [1, 3, 60])
def test_a_save_asks_little_whatever_the_size(
    opened, director, world, django_assert_num_queries, firms
):
    for number in range(firms):
        factories.firm(f"FIRMX{number:04}", world.n1)
    stamp = save(director, cell(JOBS, "8")).json()["saved"][JOBS]["stamp"]

    with django_assert_num_queries(14) as captured:  # two of them the savepoint
        answer = save(director, cell(JOBS, "9", stamp=stamp))

    assert answer.json()["saved"][JOBS]["text"] == "9,0"
    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) == 12


@pytest.mark.parametrize("firms", [1, 51])
def test_a_coordinator_is_told_of_her_own_units_only(opened, coordinator, world, firms):
    """From 51 units on the whole project is read at once."""
    codes = [f"FIRMX{number:04}" for number in range(firms)]
    for code in codes:
        factories.firm(code, world.n1)

    answer = save(coordinator, *(cell(f"F:{code}|regular|jobs", "8") for code in codes)).json()

    assert len(answer["saved"]) == firms
    assert {name.split("|")[0] for name in answer["rows"]} == {f"F:{code}" for code in codes}


# --- what an undo gives back, and the order in which requests arrive


def changes(variable="jobs"):
    rows = EntryChange.objects.filter(submission__round="2004-S2", variable_code=variable)
    return list(rows.order_by("id").values_list("new_value", "door"))


def test_an_undo_is_an_edit_with_its_line_in_the_history(opened, director):
    first = save(director, cell(JOBS, "8")).json()["saved"][JOBS]
    second = save(director, cell(JOBS, "9,5", stamp=first["stamp"])).json()["saved"][JOBS]

    was = second["was"]
    answer = save(director, cell(JOBS, was["text"], stamp=second["stamp"], undo=True)).json()

    assert (was, answer["saved"][JOBS]["text"]) == (
        {"text": "8", "missing": "", "stamp": first["stamp"]},
        "8,0",
    )
    assert changes() == [(8, "web"), (9.5, "web"), (8, "undo")]


def test_an_undo_gives_back_reasons_and_words(opened, director):
    saved = save(director, cell(JOBS, "300", explanation="Turno nuevo.")).json()["saved"][JOBS]
    cleared = save(director, cell(JOBS, missing="refused", stamp=saved["stamp"])).json()

    was = cleared["saved"][JOBS]["was"]
    stamp = cleared["saved"][JOBS]["stamp"]
    again = {key: was[key] for key in ("text", "missing", "explanation")}
    answer = save(director, {"key": JOBS, "stamp": stamp, "undo": True, **again}).json()

    assert answer["saved"][JOBS]["state"] == "told"
    assert answer["saved"][JOBS]["was"]["missing"] == "refused"
    assert Entry.objects.get(variable__code="jobs").explanation == "Turno nuevo."


def test_an_undo_over_what_somebody_else_wrote_shows_both(opened, director, coordinator):
    mine = save(director, cell(JOBS, "8")).json()["saved"][JOBS]["stamp"]
    save(coordinator, cell(JOBS, "7", stamp=mine))

    answer = save(director, cell(JOBS, "", stamp=mine, undo=True)).json()

    assert (answer["conflicts"][JOBS]["text"], answer["conflicts"][JOBS]["by"]) == (
        "7,0",
        "Coordinadora",
    )
    assert held("jobs")[0] == 7


def test_a_save_that_comes_again_after_a_later_one_changes_nothing(opened, director):
    first = cell(JOBS, "8")
    stamp = save(director, first).json()["saved"][JOBS]["stamp"]
    second = save(director, cell(JOBS, "9", stamp=stamp)).json()

    assert list(save(director, first).json()["conflicts"]) == [JOBS]
    doubled = save(director, cell(JOBS, "9", stamp=stamp)).json()
    assert doubled["saved"][JOBS]["stamp"] == second["saved"][JOBS]["stamp"]
    assert changes() == [(8, "web"), (9, "web")]


def test_saves_in_the_wrong_order_lose_none_in_silence(opened, director):
    later = save(director, cell(JOBS, "9", stamp=1)).json()
    first = save(director, cell(JOBS, "8")).json()

    assert (list(later["conflicts"]), list(first["saved"]), held("jobs")[0]) == ([JOBS], [JOBS], 8)


def test_a_cell_that_is_given_twice_is_not_guessed(opened, director):
    answer = save(director, cell(JOBS, "8"), cell(WOMEN, "3"), cell(JOBS, "9")).json()

    assert (list(answer["saved"]), list(answer["refused"])) == ([WOMEN], [JOBS])


# --- cells of pages that were not open


@pytest.mark.parametrize(("since", "is_kept"), [(0, False), (1, True)])
def test_a_block_that_reaches_further_sees_what_others_wrote_since(
    opened, director, coordinator, since, is_kept
):
    save(coordinator, cell(JOBS, "7"))
    opened.refresh_from_db()

    answer = save(director, {"key": JOBS, "text": "8", "since": opened.edits - 1 + since}).json()

    assert list(answer["saved" if is_kept else "conflicts"]) == [JOBS]
    assert held("jobs")[0] == (8 if is_kept else 7)


def test_a_block_goes_over_what_one_wrote_oneself(opened, director):
    save(director, cell(JOBS, "7"))

    assert save(director, {"key": JOBS, "text": "8", "since": 0}).json()["conflicts"] == {}
    assert held("jobs")[0] == 8


def test_a_large_block_is_one_save_with_every_check(opened, director, world):
    codes = [f"FIRMX{number:04}" for number in range(120)]
    for code in codes:
        factories.firm(code, world.n1)
    cells = [
        {"key": f"F:{code}|regular|{variable}", "text": text, "since": opened.edits}
        for code in codes
        for variable, text in (("jobs", "8"), ("jobs_women", "9"), ("sales", "1000"))
    ]
    cells += [cell(f"F:FIRM{n}|regular|jobs", "8") for n in range(50)]

    answer = save(director, *cells).json()

    assert (len(answer["saved"]), len(answer["refused"]), len(answer["touched"])) == (360, 50, 360)
    assert len(answer["said"]) == 6
    assert len(set(Entry.objects.filter(value=8).values_list("stamp", flat=True))) == 1


# --- text that no cell holds


@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u200b", "\ufeff", "\x07"])
def test_a_sign_that_nobody_sees_is_named(opened, director, mark):
    answer = save(director, cell(JOBS, f"{mark}12"), cell(WOMEN, "12")).json()

    assert f"U+{ord(mark):04X}" in answer["refused"][JOBS]["message"]
    assert list(answer["saved"]) == [WOMEN]


def test_null_is_refused_in_words(opened, director):
    answer = save(director, cell(JOBS, "1\0" + "2"), cell(WOMEN, "12")).json()

    assert answer["refused"][JOBS]["message"]
    assert list(answer["saved"]) == [WOMEN]
