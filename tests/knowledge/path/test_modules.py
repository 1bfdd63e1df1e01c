"""Modules of a path, kept by who curates: words in three languages, readings, questions, order."""

import pytest

from knowledge.models import Answer, Module, Progress
from knowledge.path import modules
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden, Invalid
from tests import factories
from tests.knowledge.lists.making import AT, curator, member
from tests.knowledge.works.test_proposals import form_of

from .test_path import make_path

pytestmark = pytest.mark.django_db
WORDS = {f"{name}_{code}": "Tres" for name in ("title", "text") for code in ("es", "pt", "en")}
NOTES = {f"note_{code}": "" for code in ("es", "pt", "en")}


@pytest.fixture
def path():
    """Two modules, of one reading and one question each."""
    return make_path([factories.work("K1")], [factories.work("K2")])


def said(module: Module) -> dict:
    """What it says, as its action takes it."""
    return {
        "texts": {name: getattr(module, name) for name in WORDS},
        "readings": [
            modules.Reading(f"reading_{item.pk}", item.work, item.pages, NOTES)
            for item in modules.present(module)
        ],
        "questions": [
            modules.Asking(
                f"question_{one.pk}",
                one.pk,
                {f"text_{code}": "¿Qué?" for code in ("es", "pt", "en")},
            )
            for one in module.questions.order_by("number")
        ],
    }


def order(path) -> list[tuple]:
    rows = path.items.filter(removed_at=None).order_by("position")
    return [(item.module.number, item.work_id) for item in rows.select_related("module")]


def numbers(path) -> list[tuple]:
    return [(one.number, one.title_es) for one in path.modules.order_by("number")]


def test_a_module_is_added_at_its_place_and_takes_its_readings_along(path):
    who, work = curator(), factories.work("K3")
    reading = modules.Reading("reading_new1", work, "3-5", NOTES)
    first, second = (title for _number, title in numbers(path))
    modules.add_module(path=path, texts=WORDS, number=1, readings=[reading], by=who, at=AT)
    assert numbers(path) == [(1, "Tres"), (2, first), (3, second)]
    assert order(path) == [(1, "K3"), (2, "K1"), (3, "K2")]
    assert AuditEvent.objects.filter(verb="list.module_added", object=f"list:{path.code}").exists()


@pytest.mark.parametrize("field", WORDS)
def test_every_word_is_there_in_three_languages(path, field):
    who = curator()
    for text in ("", "  ", "\u200b"):
        with pytest.raises(Invalid) as refused:
            modules.add_module(path=path, texts={**WORDS, field: text}, by=who, at=AT)
        assert refused.value.place == field
    modules.add_module(path=path, texts=WORDS, by=who, at=AT)


def test_a_reading_that_leaves_comes_back_with_what_members_did_of_it(path):
    ana, who, module = member(), curator(), path.modules.get(number=1)
    item = path.items.get(work="K1")
    Progress.objects.create(person=ana, item=item, at=AT)
    before = said(module)
    modules.change_module(module=module, **{**before, "readings": []}, by=who, at=AT)
    assert order(path) == [(2, "K2")]
    modules.change_module(module=module, **before, by=who, at=AT)
    assert order(path) == [(1, "K1"), (2, "K2")]
    assert Progress.objects.filter(item__work="K1", item__removed_at=None).count() == 1


def test_a_question_that_somebody_answered_stays(path):
    ana, who, module = member(), curator(), path.modules.get(number=1)
    question, before = module.questions.get(), said(module)
    answer = Answer.objects.create(question=question, person=ana, text="Sí", at=AT)
    with pytest.raises(Conflict):
        modules.change_module(module=module, **{**before, "questions": []}, by=who, at=AT)
    modules.change_module(module=module, **before, by=who, at=AT)
    assert module.questions.get().text_pt == "¿Qué?"
    answer.delete()
    modules.change_module(module=module, **{**before, "questions": []}, by=who, at=AT)
    assert not module.questions.exists()


def test_only_an_empty_module_is_removed_and_those_after_it_move_up(path):
    who, module = curator(), path.modules.get(number=1)
    with pytest.raises(Conflict):
        modules.remove_module(module=module, by=who, at=AT)
    empty = {"texts": said(module)["texts"], "readings": [], "questions": []}
    modules.change_module(module=module, **empty, by=who, at=AT)
    modules.remove_module(module=module, by=who, at=AT)
    assert [number for number, _title in numbers(path)] == [1]
    with pytest.raises(Forbidden):
        modules.remove_module(module=path.modules.get(), by=member("eva"), at=AT)


def test_it_is_all_done_on_one_page(client, path):
    client.force_login(curator())
    address = f"/library/paths/{path.code}/1/change/"
    opened = form_of(client, address)
    factories.work("K3")
    (reading,) = modules.present(path.modules.get(number=1))
    sent = {
        **opened,
        "number": 2,
        "reading_new1_work": "k3",
        "reading_new1_at": 1,
        f"reading_{reading.pk}_at": 2,
        "question_new1_text_es": "¿Y usted?",
        "question_new1_text_pt": "E você?",
    }
    missing = client.post(address, sent)
    assert missing.status_code == 422
    assert list(missing.context["form"].errors) == ["question_new1_text_en"]
    assert client.post(address, {**sent, "question_new1_text_en": "And you?"}).status_code == 302
    assert order(path) == [(1, "K2"), (2, "K3"), (2, "K1")]
    late = client.post(address.replace("/1/", "/2/"), sent)
    assert late.status_code == 409
    wrong = form_of(client, address.replace("/1/", "/2/")) | {"reading_new1_work": "NADA"}
    assert client.post(address.replace("/1/", "/2/"), wrong).status_code == 422


def test_two_who_change_one_module_see_each_other(client, path):
    client.force_login(curator())
    address = f"/library/paths/{path.code}/1/change/"
    opened = form_of(client, address)
    assert client.post(address, {**opened, "title_es": "De la primera"}).status_code == 302
    late = client.post(address, {**opened, "title_es": "De la segunda"})
    assert late.status_code == 409
    assert [each.stored for each in late.context["form"].meanwhile] == ["De la primera"]
