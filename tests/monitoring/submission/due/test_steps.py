"""The steps of the reminders, day by day."""

from hypothesis import given
from hypothesis import strategies as st

from monitoring.submission.due.steps import STEPS, step_of


def test_from_the_first_day_to_the_last():
    assert {
        days: step_of(days) for days in (-15, -14, -4, -3, 0, 1, 7, 8, 14, 15, 22, 29, 35, 36)
    } == {
        -15: None,
        -14: -14,
        -4: -14,
        -3: -3,
        0: -3,
        1: 1,
        7: 1,
        8: 8,
        14: 8,
        15: 15,
        22: 22,
        29: 29,
        35: 29,
        36: None,
    }


@given(st.integers(-400, 400))
def test_a_step_is_never_ahead_of_its_day_and_never_more_than_eleven_days_behind(days):
    step = step_of(days)
    assert step is None or (step in STEPS and 0 <= days - step <= 10)
    assert (step is None) == (days < -14 or days > 35)
