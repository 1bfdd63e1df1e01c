"""Drafts of the catalogue: what may be changed, what is refused, and what a published one does to
series and reports.
"""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from monitoring.analysis import compute, figures_document
from monitoring.catalogue import draft_rows, drafts
from monitoring.catalogue.changes.comparison import compare
from monitoring.catalogue.contents import NAMED, SERIES, TYPE, Contents
from monitoring.catalogue.loading import load_version
from monitoring.catalogue.rules import faults
from monitoring.definitions import reading
from monitoring.models import (
    CatalogueVersion,
    Check,
    Indicator,
    Measurement,
    Observation,
    Unit,
    Variable,
)
from monitoring.portfolio import facts
from monitoring.record.catalogue_export import catalogue_zip, export_catalogue
from monitoring.record.chain import verify
from monitoring.record.export import export_measurements
from monitoring.reports import build, questions
from monitoring.reports.record import CachedSource, catalogue_of
from monitoring.sheet import cells
from monitoring.sheet.loading import load_sheet
from monitoring.submission import opening
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, DomainError, Forbidden, Invalid
from tests import factories, oracle
from tests.conftest import World
from tests.factories import CATALOGUE, PROCESS, moment
from tests.monitoring.racers import two_racers

AT = moment("2005-01-15")
BY = {"by": PROCESS, "at": AT}
OTHER = "Certificados de norma vigentes al cierre, sin contar los ambientales."
T975 = CATALOGUE / "t975.csv"


@pytest.fixture
def draft(db) -> CatalogueVersion:
    return drafts.start_draft(note="Certificados", **BY)


def row(model, code: str, number: int = 2):
    return model.objects.get(catalogue=number, code=code)


def change(model, code: str, **changes):
    return draft_rows.change_row(row=row(model, code), **changes, **BY)


def new_variable(code: str = "green", **changes):
    given = {
        "level": "firm",
        "theme": "innovation",
        "unit": Unit.objects.get(pk="certificates"),
        "value_type": "count",
        "decimals": 0,
        "minimum": 0,
        "maximum": 20,
        "frequency": "annual",
        "stock_or_flow": "stock",
        "core": False,
        "asked_at_baseline": True,
        "set_by": "director",
        "name_es": "Certificados verdes",
        "definition_es": "Los verdes.",
    }
    return draft_rows.add_row(table=Variable, code=code, **{**given, **changes}, **BY)


def told(verb: str = "catalogue.") -> list[tuple]:
    events = AuditEvent.objects.filter(verb__startswith=verb).exclude(object="V:1").order_by("id")
    return list(events.values_list("verb", "object"))


# --- the draft as a whole


def test_a_draft_is_a_copy_of_the_newest_published_version(draft, tmp_path):
    assert (draft.number, draft.status, draft.note, draft.published_on) == (
        2,
        "draft",
        "Certificados",
        None,
    )
    assert not compare(draft).differs
    assert faults(Contents.of(2), Contents.of(1)) == []
    export_catalogue(tmp_path, 2)
    for file in tmp_path.iterdir():
        assert file.read_text(encoding="utf-8") == (CATALOGUE / file.name).read_text(
            encoding="utf-8"
        ), file.name
    assert told() == [("catalogue.draft_started", "V:2")]


def test_there_is_one_draft_at_a_time(draft):
    with pytest.raises(Conflict):
        drafts.start_draft(**BY)
    with pytest.raises(Conflict):
        load_version(3, CATALOGUE, **BY)
    drafts.discard_draft(number=2, **BY)
    assert drafts.start_draft(**BY).number == 2


def test_the_database_itself_holds_one_draft(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueVersion.objects.create(number=3, status="draft")
    CatalogueVersion.objects.create(number=3, status="published")


def test_a_discarded_draft_leaves_nothing_but_the_trail(draft):
    new_variable()
    drafts.discard_draft(number=2, **BY)
    assert [
        model.objects.filter(catalogue_id=2).count() for model in (Variable, Indicator, Check)
    ] == [0, 0, 0]
    assert list(CatalogueVersion.objects.values_list("number", flat=True)) == [1]
    assert Contents.of(1).variables
    assert told()[-1] == ("catalogue.draft_discarded", "V:2")


ACTS = {
    "note": lambda who: drafts.change_note(number=2, note="Otra", **who),
    "add": lambda who: draft_rows.add_row(
        table=Check,
        code="x",
        severity="error",
        level="firm",
        kind="not_below_previous",
        left="jobs",
        message_es="X",
        **who,
    ),
    "change": lambda who: draft_rows.change_row(row=row(Variable, "trust"), maximum=4, **who),
    "remove": lambda who: draft_rows.remove_row(row=row(Indicator, "A06"), **who),
    "publish": lambda who: drafts.publish_draft(number=2, reason="Porque hacía falta", **who),
    "discard": lambda who: drafts.discard_draft(number=2, **who),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_who_keeps_the_catalogue_changes_a_draft(world, act):
    drafts.start_draft(**BY)
    change(Check, "sales_jump", high="4.00")
    before = told()
    for person in (world.director, world.specialist, world.stranger):
        with pytest.raises(Forbidden):
            ACTS[act]({"by": person, "at": AT})
    assert told() == before
    ACTS[act]({"by": world.administrator, "at": AT})
    assert len(told()) == len(before) + 1


def test_only_who_keeps_the_catalogue_starts_one(world):
    with pytest.raises(Forbidden):
        drafts.start_draft(by=world.specialist, at=AT)
    assert drafts.start_draft(by=world.administrator, at=AT).number == 2


@pytest.mark.parametrize("act", [name for name in ACTS if name != "add"])
def test_what_is_published_never_changes(draft, act):
    change(Check, "sales_jump", high="4.00")
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    kept = Contents.of(2).stamp
    with pytest.raises(Conflict):
        ACTS[act](BY)
    assert (Contents.of(2).stamp, CatalogueVersion.objects.get(pk=2).note) == (kept, "Certificados")


def test_a_row_is_added_only_where_there_is_a_draft(db):
    with pytest.raises(Conflict):
        new_variable()
    drafts.start_draft(**BY)
    assert new_variable().catalogue_id == 2


def test_publishing_asks_for_a_reason_and_for_something_to_publish(draft):
    with pytest.raises(Invalid) as same:
        drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    assert same.value.place == ""
    change(Check, "sales_jump", high="4.00")
    with pytest.raises(Invalid) as silent:
        drafts.publish_draft(number=2, reason="  ", **BY)
    assert silent.value.place == "reason"
    published = drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    assert (published.status, published.published_on) == ("published", factories.day("2005-01-15"))
    assert AuditEvent.objects.get(verb="catalogue.published", object="V:2").details == {
        "reason": "Porque hacía falta",
        "variables": 53,
        "checks": 38,
        "redefined": [],
    }


def test_what_is_published_is_what_was_looked_at(draft):
    change(Check, "sales_jump", high="4.00")
    seen = Contents.of(2).stamp
    change(Check, "jobs_jump", high="2.00")
    with pytest.raises(Conflict):
        drafts.publish_draft(number=2, reason="Porque hacía falta", seen=seen, **BY)
    assert (
        drafts.publish_draft(
            number=2, reason="Porque hacía falta", seen=Contents.of(2).stamp, **BY
        ).status
        == "published"
    )


def test_a_process_that_has_read_the_draft_reads_the_published_version(draft):
    assert reading.definitions(2).by_code["certificates"].core is False
    change(Variable, "certificates", core=True)
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    assert reading.definitions(2).by_code["certificates"].core is True


def test_nobody_is_asked_by_a_draft(world, tmp_path):
    drafts.start_draft(**BY)
    new_variable()
    assert world.open("2004-S2").catalogue_id == 1
    export_catalogue(tmp_path)
    assert "green" not in (tmp_path / "variables.csv").read_text(encoding="utf-8")


def test_the_archive_of_a_version_is_loaded_as_the_next_one(draft, tmp_path):
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    new_variable()
    packed = catalogue_zip(2)
    assert packed == catalogue_zip(2)
    drafts.discard_draft(number=2, **BY)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    load_version(2, tmp_path, **BY)
    assert row(Variable, "green").position == 54


# --- rows


def test_a_row_is_added_changed_and_removed(draft):
    made = new_variable()
    assert (made.position, made.defined_in) == (54, 2)
    changed = draft_rows.change_row(row=made, maximum=Decimal(30), **BY)
    assert changed.maximum == 30
    draft_rows.remove_row(row=changed, **BY)
    assert not Variable.objects.filter(code="green").exists()
    assert told()[1:] == [
        (f"catalogue.row_{done}", "variable:2/green") for done in ("added", "changed", "removed")
    ]
    event = AuditEvent.objects.get(verb="catalogue.row_changed")
    assert event.details == {"fields": ["maximum"], "changes": {"maximum": ["20.00", "30"]}}


def test_saving_what_already_stands_writes_nothing(draft):
    before = told()
    change(Variable, "trust", name_es=row(Variable, "trust").name_es)
    assert told() == before


def test_a_row_takes_another_place_and_the_others_close_up(draft):
    change(Check, "sales_jump", position=2)
    codes = list(
        Check.objects.filter(catalogue=2).order_by("position").values_list("code", "position")
    )
    assert codes[:3] == [("women_le_jobs", 1), ("sales_jump", 2), ("paid_le_jobs", 3)]
    assert [position for _code, position in codes] == list(range(1, 39))
    draft_rows.remove_row(row=row(Check, "sales_jump"), **BY)
    assert list(
        Check.objects.filter(catalogue=2).order_by("position").values_list("position", flat=True)
    ) == list(range(1, 38))


@pytest.mark.parametrize("name", ["code", "catalogue", "defined_in", "pk"])
def test_no_other_column_is_changed(draft, name):
    with pytest.raises(TypeError):
        draft_rows.change_row(row=row(Variable, "trust"), **{name: 1}, **BY)


@pytest.mark.parametrize("name", ["catalogue", "defined_in", "pk", "position"])
def test_no_other_column_is_given(draft, name):
    with pytest.raises(TypeError):
        new_variable(**{name: 1})


def test_a_row_that_has_gone_is_said_to_have_gone(draft):
    gone = row(Indicator, "A06")
    draft_rows.remove_row(row=row(Indicator, "A06"), **BY)
    with pytest.raises(Conflict):
        draft_rows.change_row(row=gone, core=True, **BY)
    with pytest.raises(Conflict):
        draft_rows.remove_row(row=gone, **BY)


# --- rules of a row: each refusal, and the same with one thing right


VARIABLE_RULES = [
    ({"code": "Verde"}, "code"),
    ({"code": "verde-2"}, "code"),
    ({"code": "2verde"}, "code"),
    ({"code": "jobs"}, "code"),
    ({"name_es": ""}, "name_es"),
    ({"definition_es": ""}, "definition_es"),
    ({"level": "planet"}, "level"),
    ({"theme": "x"}, "theme"),
    ({"frequency": "monthly"}, "frequency"),
    ({"value_type": "text"}, "value_type"),
    ({"stock_or_flow": "both"}, "stock_or_flow"),
    ({"unit": None}, "unit"),
    ({"minimum": 21}, "maximum"),
    ({"decimals": 1}, "decimals"),
    ({"value_type": "decimal", "decimals": 3}, "decimals"),
    ({"value_type": "boolean"}, "minimum"),
    ({"applies_to": "x"}, "applies_to"),
    ({"set_by": "nobody"}, "set_by"),
    ({"maximum": "1e20"}, "maximum"),
]


@pytest.mark.parametrize(("wrong", "place"), VARIABLE_RULES, ids=str)
def test_a_variable_that_breaks_a_rule_is_refused_at_its_field(draft, wrong, place):
    with pytest.raises(Invalid) as refusal:
        new_variable(**wrong)
    assert refusal.value.place == place
    assert not Variable.objects.filter(catalogue=2, name_es="Certificados verdes").exists()


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"code": "verde_2"},
        {"minimum": 20},
        {"minimum": None, "maximum": None},
        {"value_type": "decimal", "decimals": 2},
        {"value_type": "boolean", "maximum": 1},
        {"applies_to": "cluster;cadena_proveedores"},
        {"name_en": "", "name_pt": ""},
    ],
    ids=str,
)
def test_a_variable_that_keeps_the_rules_is_stored(draft, right):
    assert new_variable(**right).pk


INDICATOR = {
    "level": "firm",
    "theme": "innovation",
    "classification": "outcome",
    "core": False,
    "direction": "up",
    "rule": "sum",
    "numerator": "innov_product+innov_process",
    "name_es": "Innovaciones",
    "definition_es": "Las dos.",
}


def new_indicator(**changes):
    unit = Unit.objects.get(pk="innovations")
    return draft_rows.add_row(
        table=Indicator,
        code=changes.pop("code", "B09"),
        **{**INDICATOR, "unit": unit, **changes},
        **BY,
    )


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"code": "b9"}, "code"),
        ({"code": "B01"}, "code"),
        ({"rule": "average"}, "rule"),
        ({"numerator": ""}, "numerator"),
        ({"numerator": "innov_product + innov_process"}, "numerator"),
        ({"numerator": "innov_nothing"}, "numerator"),
        ({"numerator": "joint_actions"}, "numerator"),
        ({"numerator": "innov_product+service_hours"}, "numerator"),
        ({"denominator": "jobs"}, "denominator"),
        ({"rule": "ratio"}, "denominator"),
        ({"rule": "ratio", "denominator": "jobs", "factor": "cien"}, "factor"),
        ({"rule": "ratio", "denominator": "jobs", "factor": "0"}, "factor"),
        ({"threshold": "-1"}, "threshold"),
        ({"rule": "ratio", "denominator": "jobs", "factor": "1e99999999"}, "factor"),
        ({"threshold": "1e9999999"}, "threshold"),
        ({"min_k": "cinco"}, "min_k"),
        ({"confidential": "network"}, "confidential"),
        ({"not_summed_over": "x"}, "not_summed_over"),
        ({"rule": "survival"}, "numerator"),
        ({"featured": "x"}, "featured"),
        ({"direction": "left"}, "direction"),
        ({"definition_es": ""}, "definition_es"),
        ({"prices": "fixed"}, "prices"),
        ({"prices": "constant"}, "prices"),
        ({"prices": "constant", "rule": "share_positive", "numerator": "sales"}, "prices"),
        ({"shown_in": "portfolio;home"}, "shown_in"),
        ({"drawn_as": "line;pie"}, "drawn_as"),
        ({"drawn_as": "pairs", "rule": "panel_share_up"}, "drawn_as"),
        ({"featured_order": -1}, "featured_order"),
        (
            {"attrition_order": 1, "level": "network", "numerator": "anchor_purchases"},
            "attrition_order",
        ),
        ({"alert": "late"}, "alert"),
        ({"alert": "spending"}, "alert"),
        ({"sentence_es": "En {period} fue {valor}."}, "sentence_es"),
        ({"sentence_es": "En {period}."}, "sentence_es"),
        ({"sentence_en": "{value} { {period}"}, "sentence_en"),
        ({"sentence_pt": "{now} e {base}"}, "sentence_pt"),
        ({"sentence_es": "La red causó {value}."}, "sentence_es"),
        ({"sentence_es": "Fue {value}.", "rule": "panel_change_abs"}, "sentence_es"),
    ],
    ids=str,
)
def test_an_indicator_that_breaks_a_rule_is_refused_at_its_field(draft, wrong, place):
    with pytest.raises(Invalid) as refusal:
        new_indicator(**wrong)
    assert refusal.value.place == place


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"rule": "ratio", "denominator": "jobs", "factor": "1/12"},
        {"rule": "survival", "numerator": "operating"},
        {"numerator": "innov_product-innov_process"},
        {"not_summed_over": "rounds", "confidential": "firm"},
        {"prices": "constant", "numerator": "sales"},
        {"shown_in": "portfolio;projects"},
        {"drawn_as": "line;pairs"},
        {"drawn_as": "dots", "rule": "panel_share_up"},
        {"featured_order": 1},
        {"attrition_order": 1},
        {
            "sentence_es": "En {period} fue {value}.",
            "sentence_en": "{value} ({basis})",
            "sentence_pt": "{name}: {value}",
        },
        {"sentence_es": "De {base} a {now}.", "rule": "panel_change_abs"},
    ],
    ids=str,
)
def test_an_indicator_that_keeps_the_rules_is_stored(draft, right):
    assert new_indicator(**right).pk


def test_one_indicator_opens_an_alert(draft):
    """`Z04` opens spending; once it does not, another one may."""
    draft_rows.change_row(row=row(Indicator, "Z04"), alert="", **BY)
    assert new_indicator(alert="spending").alert == "spending"


CHECK = {
    "severity": "warning",
    "level": "firm",
    "kind": "compare",
    "left": "jobs_paid",
    "operator": "<=",
    "right": "jobs",
    "factor": "1",
    "message_es": "X",
}
JUMP = {
    "kind": "jump",
    "left": "jobs",
    "operator": "",
    "right": "",
    "factor": "",
    "low": "-0.5",
    "high": "1",
}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"kind": "guess"}, "kind"),
        ({"left": ""}, "left"),
        ({"left": "nothing"}, "left"),
        ({"right": "joint_sales"}, "right"),
        ({"operator": "=="}, "operator"),
        ({"operator": ""}, "operator"),
        ({"factor": ""}, "factor"),
        ({"factor": "NaN"}, "factor"),
        ({"factor": "1e99999999"}, "factor"),
        ({"low": "1"}, "low"),
        ({"when": "S1"}, "when"),
        ({"message_es": ""}, "message_es"),
        ({"severity": "hint"}, "severity"),
        ({**JUMP, "low": "2"}, "high"),
        ({**JUMP, "high": ""}, "high"),
        ({"kind": "members_compare"}, "level"),
        (
            {
                "kind": "implies",
                "right": "",
                "then_left": "jobs",
                "then_operator": ">",
                "then_value": "",
            },
            "then_value",
        ),
        ({"kind": "outlier", "operator": "", "right": "", "scale": "linear"}, "scale"),
    ],
    ids=str,
)
def test_a_check_that_breaks_a_rule_is_refused_at_its_field(draft, wrong, place):
    with pytest.raises(Invalid) as refusal:
        draft_rows.add_row(table=Check, code="x", **{**CHECK, **wrong}, **BY)
    assert refusal.value.place == place


@pytest.mark.parametrize(
    "right",
    [
        {},
        JUMP,
        {"when": "S2", "left": "new_clients_local"},
        {
            "kind": "members_compare",
            "level": "network",
            "left": "joint_sales",
            "right": "sales",
            "when": "S2",
        },
        {"kind": "outlier", "operator": "", "right": "", "scale": "log"},
    ],
    ids=str,
)
def test_a_check_that_keeps_the_rules_is_stored(draft, right):
    assert draft_rows.add_row(table=Check, code="x", **{**CHECK, **right}, **BY).pk


def test_all_that_stands_against_a_row_is_told(draft):
    with pytest.raises(Invalid) as refusal:
        new_variable(decimals=1, minimum=30)
    assert [fault.field for fault in refusal.value.context["faults"]] == ["maximum", "decimals"]


# --- variables that the code names


def test_the_named_variables_are_those_that_the_code_names():
    written = {cells.OPERATING, cells.UNIT_COST_INDEX, *cells.ZERO_ONCE_CLOSED, *cells.DISSOLVED}
    assert set(NAMED) == written | set(opening.PREFILLED) | set(facts.MONEY)


def test_named_variables_are_what_the_published_catalogue_says(db):
    found = {
        v.code: tuple(getattr(v, name) for name in TYPE)
        for v in Contents.of(1).variables
        if v.code in NAMED
    }
    assert found == NAMED


@pytest.mark.parametrize("code", sorted(NAMED))
def test_a_named_variable_is_not_removed_even_if_nothing_uses_it(draft, code):
    Indicator.objects.filter(catalogue=2).delete()
    Check.objects.filter(catalogue=2).delete()
    with pytest.raises(Conflict):
        draft_rows.remove_row(row=row(Variable, code), **BY)
    draft_rows.remove_row(row=row(Variable, "certificates"), **BY)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"level": "network"}, "level"),
        ({"frequency": "semester"}, "frequency"),
        ({"stock_or_flow": "flow"}, "stock_or_flow"),
        ({"value_type": "amount"}, "value_type"),
    ],
)
def test_a_named_variable_keeps_its_type(draft, changes, place):
    with pytest.raises(Invalid) as refusal:
        change(Variable, "jobs", **changes)
    assert refusal.value.place == place
    assert change(Variable, "jobs", maximum=9000, name_es="Empleo").maximum == 9000


def test_a_variable_in_use_is_not_removed_and_its_users_are_named(draft):
    with pytest.raises(Conflict) as refusal:
        draft_rows.remove_row(row=row(Variable, "attendances"), **BY)
    assert "A06, attend_le_invited" in str(refusal.value.message)
    draft_rows.remove_row(row=row(Indicator, "A06"), **BY)
    draft_rows.remove_row(row=row(Check, "attend_le_invited"), **BY)
    draft_rows.remove_row(row=row(Variable, "attendances"), **BY)


def test_money_of_another_kind_takes_another_code(draft):
    with pytest.raises(Invalid) as refusal:
        change(Variable, "credit_amount", unit=Unit.objects.get(pk="usd"))
    assert refusal.value.place == "unit"
    assert (
        change(Variable, "service_hours", unit=Unit.objects.get(pk="actions")).unit_id == "actions"
    )


# --- the whole draft


def test_what_one_row_does_to_another_is_refused_at_publication(draft):
    """`service_hours` may become annual, but then Z01 adds an annual and a semester variable."""
    change(Variable, "service_hours", frequency="annual")
    assert [(fault.table, fault.code, fault.field) for fault in compare(draft).faults] == [
        ("indicators", "Z01", "numerator")
    ]
    with pytest.raises(Invalid) as refusal:
        drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    assert [fault.code for fault in refusal.value.context["faults"]] == ["Z01"]
    change(Indicator, "Z01", numerator="joint_actions_joined")
    assert drafts.publish_draft(number=2, reason="Porque hacía falta", **BY).status == "published"


def test_the_comparison_says_what_changes_and_what_follows(draft):
    change(
        Variable,
        "certificates",
        definition_es=OTHER,
        definition_en="Without the environmental ones.",
    )
    change(Variable, "innov_product", definition_es="Productos nuevos.")
    draft_rows.remove_row(row=row(Indicator, "A06"), **BY)
    new_variable()
    found = compare(draft)
    variables, indicators, checks = found.tables
    assert [one.code for one in variables.added] == ["green"]
    assert [one.row.code for one in variables.changed] == ["innov_product", "certificates"]
    assert [one.name for one in variables.changed[1].fields] == ["definition_es", "definition_en"]
    assert ([one.code for one in indicators.removed], checks.differs) == (["A06"], False)
    assert [(one.variable.code, one.panels, one.sums) for one in found.breaks] == [
        ("innov_product", ["B01", "B02"], ["B02"]),
        ("certificates", ["B03"], []),
    ]
    assert [one.row.code for one in found.untranslated] == [
        "innov_product",
        "certificates",
        "green",
    ]
    assert found.faults == []


# --- series


@pytest.mark.parametrize("name", [*SERIES, "name_es", "maximum", "core"])
def test_a_series_begins_anew_when_what_it_means_changes_and_only_then(draft, name):
    other = {
        "level": "network",
        "unit_id": "actions",
        "value_type": "decimal",
        "frequency": "milestone",
        "stock_or_flow": "flow",
        "definition_es": OTHER,
        "name_es": "Otro",
        "maximum": 99,
        "core": True,
    }
    Indicator.objects.filter(catalogue=2, code="B03").delete()
    changes = {"unit": Unit.objects.get(pk="actions")} if name == "unit_id" else {name: other[name]}
    change(Variable, "certificates", **changes)
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    expected = 2 if name in SERIES else 1
    assert row(Variable, "certificates").defined_in == expected
    assert set(
        Variable.objects.filter(catalogue=2)
        .exclude(code="certificates")
        .values_list("defined_in", flat=True)
    ) == {1}
    drafts.start_draft(**BY)
    change_third = row(Check, "sales_jump", 3)
    draft_rows.change_row(row=change_third, high="5.00", **BY)
    drafts.publish_draft(number=3, reason="Porque hacía falta", **BY)
    assert row(Variable, "certificates", 3).defined_in == expected  # carried on


def test_files_give_the_same_series_as_the_administration(db, tmp_path):
    export_catalogue(tmp_path, 1)
    file = tmp_path / "variables.csv"
    old = row(Variable, "certificates", 1).definition_es
    file.write_text(file.read_text(encoding="utf-8").replace(old, "Otra cosa."), encoding="utf-8")
    load_version(2, tmp_path, **BY)
    assert sorted(
        Variable.objects.filter(catalogue=2, defined_in=2).values_list("code", flat=True)
    ) == ["certificates"]


def test_the_database_knows_no_definition_from_the_future(draft):
    for number, fits in ((1, True), (2, True), (3, False), (0, False)):
        try:
            with transaction.atomic():
                Variable.objects.filter(catalogue=2, code="trust").update(defined_in=number)
        except IntegrityError:
            assert not fits, number
        else:
            assert fits, number


def test_files_that_break_the_rules_are_refused_with_their_place(db, tmp_path):
    for name, old, new in (
        ("variables.csv", ",count,0,", ",count,x,"),
        ("variables.csv", "trust,firm", "Trust,firm"),
        ("indicators.csv", ",sum,joint_actions,", ",sum,joint_action,"),
        ("checks.csv", ",jump,sales,", ",jump,joint_sales,"),
    ):
        export_catalogue(tmp_path, 1)
        file = tmp_path / name
        assert old in file.read_text(encoding="utf-8")
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        with pytest.raises(Invalid) as refusal:
            load_version(2, tmp_path, **BY)
        assert refusal.value.place == name
    export_catalogue(tmp_path, 1)
    assert load_version(2, tmp_path, **BY).number == 2


# --- a whole journey


def figures(as_of: int, code: str, measure: str = "main"):
    asked_for = questions.parse(
        {"title": "T", "indicators": [code], "round": "2005-S2", "as_of": as_of}
    )
    found = compute(asked_for, CachedSource(as_of), catalogue_of(as_of))
    return next(one for one in found if one.measure == measure and not one.group)


def test_a_new_version_breaks_the_panel_of_what_it_redefines_and_of_nothing_else(world, tmp_path):
    world.approved("2004-S1")
    old = world.approved("2004-S2").number
    asked_for = {"title": "Antes", "indicators": ["A06", "B01", "B03", "F02"], "as_of": old}
    before = build.build(questions.parse(asked_for)).contents
    stored = questions.parse(asked_for).stored()

    drafts.start_draft(by=world.administrator, at=AT)
    change(Variable, "certificates", definition_es=OTHER)
    draft_rows.remove_row(row=row(Indicator, "A06"), **BY)
    drafts.publish_draft(number=2, reason="Porque hacía falta", by=world.administrator, at=AT)
    assert build.build(questions.parse(asked_for)).contents == before

    world.approved("2005-S1")
    new = world.approved("2005-S2").number

    # What was redefined begins a series; all else goes on; observations say with what they were
    # asked.
    live = Measurement.objects.filter(approved_in=new)
    assert set(
        live.values_list("variable_code", "catalogue_id").filter(variable_code="certificates")
    ) == {("certificates", 2)}
    assert set(
        live.exclude(variable_code="certificates").values_list("catalogue_id", flat=True)
    ) == {1}
    assert set(
        Observation.objects.filter(approved_in=new).values_list("catalogue_id", flat=True)
    ) == {2}
    broken, whole = figures(new, "B03"), figures(new, "B01")
    assert (broken.panel.reason, broken.panel.change, broken.value) == (
        "definition_changed",
        None,
        "3",
    )
    assert (whole.panel.reason, whole.panel.change, whole.panel.n) == (None, "0", 3)

    # What was asked about an earlier approval is answered as before, to the byte, the stored
    # question too.
    assert questions.parse(stored).stored() == stored
    assert build.build(questions.parse(stored)).contents == before
    with pytest.raises(ValueError, match="A06"):
        questions.parse({**asked_for, "as_of": new})
    assert verify().whole

    # The oracle, which knows nothing of drafts, finds the same figures in the files.
    export_measurements(tmp_path / "record")
    export_catalogue(tmp_path / "catalogue", 2)
    question = questions.parse({"title": "T", "indicators": "all", "round": "2005-S2"})
    made = compute(question, CachedSource(new), catalogue_of(new))
    document = json.loads(
        figures_document(question.question(), made, record_hash="", application="")
    )
    assert len(made) > 40
    assert oracle.compare(document, tmp_path / "record", tmp_path / "catalogue", T975) == []


@pytest.mark.parametrize(("redefined", "found"), [(False, ["cumulative_fomin"]), (True, [])])
def test_a_check_compares_with_earlier_values_of_the_same_definition(world, redefined, found):
    world.approved("2004-S1")
    drafts.start_draft(**BY)
    change(
        Variable,
        "spent_fomin",
        **({"definition_es": "El gasto del semestre."} if redefined else {"name_es": "Gasto"}),
    )
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    opened = world.filled("2004-S2", but={"P:PIP-01|regular|spent_fomin": "5"})
    sheet = load_sheet(opened)
    assert [finding.check for finding in sheet.errors] == found
    past = sheet.data.previous.get(("P:PIP-01", "spent_fomin"))
    assert (past is None) is redefined


def test_an_amendment_of_an_earlier_round_keeps_its_version(world):
    from monitoring.submission.amendments import amend  # noqa: PLC0415

    approval = world.approved("2004-S2")
    drafts.start_draft(**BY)
    change(Variable, "certificates", definition_es=OTHER)
    drafts.publish_draft(number=2, reason="Porque hacía falta", **BY)
    amend(approval.submission_id, "Otra vez lo mismo", by=world.director, at=moment("2005-06-01"))
    opened = approval.submission
    opened.refresh_from_db()
    assert opened.catalogue_id == 1
    sheet = load_sheet(opened)
    assert sheet.roster.definitions.by_code["certificates"].defined_in == 1


# --- two at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time: there is no race to run",
)
def test_two_drafts_started_at_once_are_one(transactional_db):
    world = World()
    with two_racers() as race:
        for _ in range(30):
            outcomes = race(
                ("draft", (world.administrator.email,)), ("draft", (world.administrator.email,))
            )
            assert sorted(kind for kind, _what in outcomes) == ["Conflict", "ok"], outcomes
            assert list(
                CatalogueVersion.objects.values_list("number", "status").order_by("number")
            ) == [
                (1, "published"),
                (2, "draft"),
            ]
            assert [
                m.objects.filter(catalogue=2).count() for m in (Variable, Indicator, Check)
            ] == [53, 44, 38]
            drafts.discard_draft(number=2, **BY)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time: there is no race to run",
)
def test_a_change_and_the_publication_at_once_do_not_leave_a_changed_publication(transactional_db):
    """The change is in what was published, or it is refused: never after."""
    world = World()
    with two_racers() as race:
        for number in range(2, 22):
            drafts.start_draft(**BY)
            change_to = f"{number}.25"  # what no version before has
            draft_rows.change_row(row=row(Check, "jobs_jump", number), high=f"{number}.50", **BY)
            changing, publishing = race(
                ("change", (number, "sales_jump", change_to, world.administrator.email)),
                ("publish", (number, world.administrator.email)),
            )
            assert publishing[0] == "ok", publishing
            assert changing[0] in ("ok", "Conflict"), changing
            assert (row(Check, "sales_jump", number).high == change_to) is (changing[0] == "ok")


def test_every_refusal_is_a_sentence(draft):
    """A sample of the errors: none of them is a mere code."""
    for act in (
        lambda: drafts.start_draft(**BY),
        lambda: drafts.publish_draft(number=2, reason="", **BY),
    ):
        with pytest.raises(DomainError) as refusal:
            act()
        assert str(refusal.value.message).endswith(".")
