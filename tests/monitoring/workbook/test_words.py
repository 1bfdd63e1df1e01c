"""What stands in a cell means what it meant, whatever the language."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from monitoring.models import Variable
from monitoring.workbook.words import content_of, held_in
from pip_network.web.errors import Invalid

LANGUAGES = st.sampled_from(["es", "pt", "en"])
VALUES = st.decimals(
    min_value=Decimal("-9999999999999.99"), max_value=Decimal("9999999999999.99"), places=2
)
KINDS = ("amount", "count", "decimal", "score")


def variable(kind: str) -> Variable:
    return Variable(code="v", value_type=kind, decimals=2, unit_id="number")


@given(value=VALUES, kind=st.sampled_from(KINDS), there=LANGUAGES, back=LANGUAGES)
def test_every_number_that_a_cell_holds_comes_back(value, kind, there, back):
    with translation.override(there):
        content = content_of(variable(kind), (value, ""))
    with translation.override(back):
        assert held_in(content, variable(kind)) == (value, "")


@given(
    held=st.sampled_from(
        [(Decimal(1), ""), (Decimal(0), ""), (None, "not_collected"), (None, "refused"), (None, "")]
    ),
    there=LANGUAGES,
    back=LANGUAGES,
)
def test_answers_and_reasons_come_back_in_any_language(held, there, back):
    with translation.override(there):
        content = content_of(variable("boolean"), held)
    with translation.override(back):
        assert held_in(content, variable("boolean")) == held


@given(content=st.one_of(st.text(max_size=40), st.floats(allow_nan=False, allow_infinity=False)))
def test_anything_else_is_a_value_a_reason_or_one_sentence(content):
    for kind in ("boolean", "count", "amount"):
        try:
            value, missing = held_in(content, variable(kind))
        except Invalid as refusal:
            assert str(refusal.message)  # noqa: PT017 -- either is right, nothing else is
        else:
            assert value is None or not missing


@pytest.mark.parametrize(
    ("content", "held"), [(1, Decimal(1)), (0, Decimal(0)), (True, Decimal(1)), (False, Decimal(0))]
)
def test_yes_and_no_may_be_numbers_or_truth_values(content, held):
    assert held_in(content, variable("boolean")) == (held, "")
    if isinstance(content, bool):
        with pytest.raises(Invalid):
            held_in(content, variable("count"))
