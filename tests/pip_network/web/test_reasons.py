"""A reason says why: one rule, and every action that asks for one keeps it."""

import pytest

from pip_network.web.errors import Invalid
from pip_network.web.reasons import require_reason, says_why

NONE = (
    "",
    "x",
    "xxxxxxxxxx",
    "XxXxXxXxXx",
    "xyxyxyxyxy",
    "ááááááaaaa",
    "..........",
    "1234567890",
    "a b c d e f g h i",
)


@pytest.mark.parametrize("reason", NONE)
def test_what_says_nothing_is_no_reason(reason):
    assert not says_why(reason)
    with pytest.raises(Invalid) as refused:
        require_reason(reason)
    assert refused.value.place == "reason"


def test_ten_letters_are_enough_and_nine_are_not():
    assert says_why("corrección")
    assert not says_why("correcció")
    assert require_reason("  Se corrigió el acta.  ") == "Se corrigió el acta."


def test_it_may_be_too_long_where_a_column_ends():
    words = "corrección "
    assert require_reason(words * 2, most=21) == "corrección corrección"
    with pytest.raises(Invalid):
        require_reason(words * 2, most=20)
    with pytest.raises(Invalid):
        require_reason("corrección\0")
