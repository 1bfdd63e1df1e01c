"""Which middles may stand beside each other: each refusal with a twin that differs in one firm."""

from itertools import chain

import pytest

from monitoring.feedback.nearness import Given, are_apart, is_enough, shown


def firms(count: int, project: str = "P1", begin: int = 0, value: int = 0) -> dict[str, Given]:
    """`count` firms of a project, each with a value of its own."""
    return {
        f"F:{project}{number:03d}": Given(number + value, frozenset({project}))
        for number in range(begin, begin + count)
    }


@pytest.mark.parametrize(("count", "expected"), [(12, True), (11, False), (0, False)])
def test_ten_others_are_left_when_two_readers_take_themselves_out(
    count: int, expected: bool
) -> None:
    assert is_enough(firms(count)) is expected


@pytest.mark.parametrize(("others", "expected"), [(10, True), (9, False), (0, True)])
def test_ten_others_are_left_when_all_of_a_project_take_themselves_out(
    others: int, expected: bool
) -> None:
    """With none beside them there is nobody else to be told of."""
    assert is_enough(firms(20) | firms(others, "P2")) is (expected if others else True)


def test_groups_that_differ_by_few_are_not_both_shown() -> None:
    one = firms(30)
    assert are_apart(one, dict(one))
    assert not are_apart(one, firms(31))
    assert not are_apart(one, firms(36))
    assert are_apart(one, firms(37))


def test_a_firm_with_another_value_is_one_by_which_groups_differ() -> None:
    """The same group before an amendment and after it."""
    one = firms(30)
    assert not are_apart(one, one | firms(6, value=100))
    assert are_apart(one, one | firms(7, value=100))


def test_five_are_left_between_groups_for_all_of_a_project() -> None:
    """A sector that holds a network and four firms of another project."""
    network = firms(14)
    assert not are_apart(network, network | firms(4, "P2") | firms(5, "P1", 14))
    assert are_apart(network, network | firms(5, "P2") | firms(5, "P1", 14))
    assert are_apart(network, network | firms(9, "P2"))


def test_of_two_that_are_near_the_larger_is_shown() -> None:
    near = {"sector": firms(30), "size": firms(34)}
    assert shown(near, []) == {"size"}
    apart = {"sector": firms(30), "size": firms(37)}
    assert shown(apart, []) == {"sector", "size"}


def test_beside_what_the_public_has_the_one_on_paper_is_hidden() -> None:
    group = {"network": firms(14)}
    assert shown(group, [firms(16)]) == set()
    assert shown(group, [firms(21)]) == {"network"}
    assert shown(group, [firms(14)]) == {"network"}  # it tells nothing new
    assert shown(group, [firms(9)]) == {"network"}  # no middle of nine is published


def test_none_are_shown_that_are_near_in_threes() -> None:
    """Each that is kept is apart from each other one, whatever the order."""
    groups = {str(count): firms(count) for count in range(12, 60, 3)}
    kept = shown(groups, [])
    pairs = ((one, two) for one in kept for two in kept if one != two)
    assert kept
    assert all(are_apart(groups[one], groups[two]) for one, two in pairs)
    assert len(set(chain(kept))) < len(groups)
