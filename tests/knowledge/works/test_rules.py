"""What a record must satisfy, whoever corrects it."""

import pytest

from knowledge.models import Expression, File
from knowledge.works import actions, records
from pip_network.web.errors import Invalid
from tests import factories

pytestmark = pytest.mark.django_db
DOING = {"by": factories.PROCESS, "at": factories.moment("2006-07-12")}


def test_a_language_with_a_file_keeps_its_title():
    work = factories.work("K1", "Redes", title_pt="Redes", title_en="Networks")
    expression = Expression.objects.get(work=work, language="pt")
    File.objects.create(expression=expression, stored=factories.stored())
    with pytest.raises(Invalid) as refused:
        actions.correct_work(work=work, title_pt="", **DOING)
    assert (refused.value.place, File.objects.count()) == ("title_pt", 1)
    actions.correct_work(work=work, title_en="", **DOING)
    assert set(Expression.objects.values_list("language", flat=True)) == {"es", "pt"}


def test_an_original_said_to_be_in_another_language_takes_its_file_along():
    work = factories.work("K1", "Redes")
    File.objects.create(expression=work.original, stored=factories.stored())
    moved = {"original": "pt", "title_es": "", "title_pt": "Redes"}
    actions.correct_work(work=work, **moved, **DOING)
    record = records.read(work)
    assert (record["original"], record["title_es"], record["title_pt"]) == ("pt", "", "Redes")
    assert File.objects.get().expression.language == "pt"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"link_answers": True}, "link_checked_on"),
        ({"link_checked_on": factories.day("2006-07-01")}, "link_checked_on"),
        ({"link_answers": True, "link_checked_on": factories.day("2006-07-01")}, ""),
    ],
)
def test_a_check_says_the_day_and_the_answer(said, place):
    work = factories.work("K1", source_url="https://example.org")
    if not place:
        actions.correct_work(work=work, **said, **DOING)
        return
    with pytest.raises(Invalid) as refused:
        actions.correct_work(work=work, **said, **DOING)
    assert refused.value.place == place
