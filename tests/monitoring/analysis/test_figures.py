"""Ids, order and bytes of the published files; attrition beside them."""

import csv
import hashlib
import io
import json
import random

from monitoring.analysis import Figure, attrition, figures_csv, figures_document
from monitoring.analysis.engine import compute
from monitoring.analysis.figures import definition, figure_id
from tests.monitoring.analysis.hand import CATALOGUE, Hand, part, specification


def world() -> Hand:
    hand = Hand().dollars()
    for n, (now, before) in enumerate([(4, 2), ("refused", 3), (0, 5), (6, "no_data")]):
        membership = "closed" if now == 0 else "active"
        hand.unit(
            f"F{n}", {"jobs": now, "sales": 1}, {"jobs": before, "sales": 1}, membership=membership
        )
    return hand


def document(hand: Hand, **spec) -> str:
    spec = specification("F01", "C01", **spec)
    figures = compute(spec, hand.source(), CATALOGUE)
    return figures_document(spec.question(), figures, record_hash="ab", application="0.1.0")


def test_an_id_is_the_hash_of_what_defines_the_figure() -> None:
    asked = specification("F01").question()
    text = (
        '{"as_of":1,"audience":"staff","currency":"USD","group":{"country":"AR"},"indicator":"F01","measure":"main",'
        '"prices":"current","round":"2005-S2","scope":{}}'
    )
    assert (
        figure_id(definition(asked, "F01", "main", {"country": "AR"}))
        == hashlib.sha256(text.encode()).hexdigest()[:16]
    )
    one = world().main("F01", group_by=("country",))
    assert one.id == world().main("F01").id  # the total is the same figure in both questions
    assert one.id != world().main("F01", prices="constant").id


def test_bytes_do_not_depend_on_the_order_of_rows() -> None:
    hand = world()
    first = document(hand, group_by=("size",))
    for seed in range(3):
        random.Random(seed).shuffle(hand.observed)
        random.Random(seed).shuffle(hand.measured)
        assert document(hand, group_by=("size",)) == first


def test_figures_json_holds_its_question_and_one_figure_a_line_in_order() -> None:
    text = document(world(), group_by=("size",))
    found = json.loads(text)
    assert sorted(found) == ["application", "as_of", "figures", "record_hash", "spec"]
    assert sorted(found["spec"]) == [
        "as_of",
        "audience",
        "baseline",
        "currency",
        "group_by",
        "indicators",
        "prices",
        "round",
        "scope",
        "version",
    ]
    assert text.endswith("]" + text[text.rindex(',"record_hash"') :])
    assert text.count("\n") == len(found["figures"]) + 2
    assert [(f["indicator"], f["measure"], f["group"]) for f in found["figures"]] == [
        ("C01", "main", {}),
        ("C01", "gained", {}),
        ("C01", "lost", {}),  # nobody was asked: the whole alone
        ("F01", "main", {"size": "micro"}),
        ("F01", "main", {}),
        ("F01", "median", {"size": "micro"}),
        ("F01", "median", {}),
        ("F01", "total", {"size": "micro"}),
        ("F01", "total", {}),
        ("F01", "joined_later", {"size": "micro"}),
        ("F01", "joined_later", {}),
    ]
    assert [Figure.from_dict(f).as_dict() for f in found["figures"]] == found["figures"]


def test_figures_csv_has_the_same_figures_flat() -> None:
    spec = specification("F01", group_by=("size",))
    figures = compute(spec, world().source(), CATALOGUE)
    text = figures_csv(figures)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert "\r" not in text
    assert len(rows) == len(figures)
    main = next(row for row in rows if row["measure"] == "main" and row["group"] == "{}")
    assert [main[key] for key in ("id", "value", "n", "suppressed", "reason", "panel_lost")] == [
        figures[1].id,
        "4",
        "2",
        "false",
        "",
        '{"no_data":1,"refused":1}',
    ]


def test_progress_is_told_before_each_indicator_and_may_stop_the_work() -> None:
    told = []
    spec = specification("F01", "C01")
    compute(spec, world().source(), CATALOGUE, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "C01"), (1, 2, "F01")]


def test_without_intervals_only_the_intervals_are_missing() -> None:
    hand = Hand()
    for n in range(9):
        hand.unit(f"F{n}", {"service_hours": n}, networks=(f"N{n}",))
    spec = specification("Z03")
    full, bare = (compute(spec, hand.source(), CATALOGUE, intervals=on)[0] for on in (True, False))
    assert part(full, "ci_method clusters") == ["linearised", 9]
    assert part(bare, "ci_method clusters ci_low value") == ["none", None, None, full.value]


def test_attrition_flow_and_bounds() -> None:
    # Due 4 (F3 said nothing at baseline): captured 3; F1 refused: answered 2 = used.
    # Jobs: used 2 -> 4 and 5 -> 0; lost F1 with 3, F3 without: baseline 10, unchanged 4 + 3 = 7,
    # closed 4.
    found = attrition(specification("F01"), world().source(), CATALOGUE, ("F01",))
    assert [part(flow, "indicator group due captured answered used") for flow in found] == [
        ["F01", {}, 4, 3, 2, 2]
    ]
    assert found[0].losses == {"captured": {"no_data": 1}, "answered": {"refused": 1}, "used": {}}
    assert found[0].bounds == {"baseline": "10", "lost_unchanged": "7", "lost_closed": "4"}


def test_attrition_bounds_of_a_share() -> None:
    # Exports at t: yes, no; one refused: 1 of 3 and 2 of 3.
    hand = Hand()
    for n, now in enumerate([1, 0, "refused"]):
        hand.unit(f"F{n}", {"exports": now}, {"exports": 1})
    found = attrition(specification("C01"), hand.source(), CATALOGUE, ("C01",))
    assert found[0].bounds == {"all_lost_no": "33.333333", "all_lost_yes": "66.666667"}
