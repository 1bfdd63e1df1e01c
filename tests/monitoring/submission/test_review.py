"""What a reviewer may not do: approve what she has not read, or remark on nothing."""

import pytest

from monitoring.models import Approval, Remark
from monitoring.submission import review
from monitoring.submission.opening import submit
from pip_network.web.errors import Conflict, Invalid
from tests.factories import moment

AT = moment("2004-07-10")


@pytest.fixture
def submitted(world):
    opened = world.filled("2004-S1")
    return submit(opened.pk, by=world.director, at=AT)


@pytest.fixture
def doing(world):
    return {"by": world.specialist, "at": AT}


def test_what_was_submitted_anew_is_read_anew(submitted, doing):
    read = int(submitted.submitted_at.timestamp())
    with pytest.raises(Conflict):
        review.approve(submitted.pk, seen=read - 1, **doing)
    assert not Approval.objects.exists()
    assert review.approve(submitted.pk, seen=read, **doing).number == 1


def test_open_remarks_stay_open_only_when_the_reviewer_says_so(submitted, doing):
    told = review.remark(submitted.pk, "¿Y el acta?", **doing)
    closed = review.remark(submitted.pk, "¿Y la firma?", **doing)
    review.resolve(closed.pk, **doing)
    for despite in ((), (closed.pk,)):
        with pytest.raises(review.RemarksOpen):
            review.approve(submitted.pk, despite=despite, **doing)
    assert not Approval.objects.exists()
    review.approve(submitted.pk, despite=(told.pk,), **doing)
    assert Approval.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "theme"), [("¿Cuál?", "weather"), ("x" * (review.LONGEST + 1), "change")]
)
def test_a_remark_is_on_something_and_ends_somewhere(submitted, doing, text, theme):
    with pytest.raises(Invalid):
        review.remark(submitted.pk, text, theme=theme, **doing)
    assert not Remark.objects.exists()
    review.remark(submitted.pk, "x" * review.LONGEST, theme="change", **doing)
    assert Remark.objects.count() == 1


def test_what_is_approved_takes_no_remark(submitted, doing):
    review.remark(submitted.pk, "¿Y el acta?", **doing)
    review.approve(submitted.pk, **doing)
    with pytest.raises(Conflict):
        review.remark(submitted.pk, "¿Y la firma?", **doing)
    assert Remark.objects.count() == 1
