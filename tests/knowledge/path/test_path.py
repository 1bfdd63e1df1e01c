"""A path: everybody reads it, a member keeps what she has done, nobody loses what she wrote."""

import pytest

from knowledge.demonstration import lists as invented
from knowledge.models import Answer, List, Module, Progress, Question
from knowledge.path import actions
from knowledge.path.steps import next_step, steps_of
from pip_network.models import AuditEvent
from pip_network.web.errors import Conflict, Forbidden
from tests import factories
from tests.knowledge.lists.making import AT, curator, member, narrow, of_institution

pytestmark = pytest.mark.django_db
LATER = factories.moment("2006-08-01")


def texts(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{language}": f"{text} {language}" for language in ("es", "pt", "en")}


def make_path(*modules: list, questions: int = 1) -> List:
    """Each module with its works."""
    path = List.objects.create(
        kind="path",
        open_to="everybody",
        origin="demo",
        made_at=AT,
        used_at=AT,
        **texts("title", "Senda"),
    )
    place = 0
    for number, works in enumerate(modules, 1):
        module = Module.objects.create(
            list=path, number=number, **texts("title", f"Módulo {number}"), **texts("text", "Texto")
        )
        for work in works:
            place += 1
            path.items.create(module=module, work=work, position=place, added_at=AT)
        for each in range(questions):
            Question.objects.create(module=module, number=each + 1, **texts("text", "Pregunta"))
    return path


def told(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def module(path, number=1) -> str:
    return f"/library/paths/{path.code}/{number}/"


def press(client, path, item, word):
    return client.post(f"/library/paths/{path.code}/readings/{item.pk}/{word}/")


def test_everybody_reads_it_in_the_language_of_the_portal(client, settings):
    path = make_path([factories.work("K1", "Redes")])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pt"
    page = told(client, path.get_absolute_url())
    assert "Senda pt" in page
    assert "Demonstração" in page
    page = told(client, module(path))
    for word in ("Texto pt", "Pregunta pt", "Redes"):
        assert word in page
    assert "<textarea" not in page
    assert path.get_absolute_url() in told(client, "/library/lists/")
    told(client, module(path, 2), status=404)


def test_a_work_is_read_in_two_modules_and_done_in_each_by_itself(client):
    work = factories.work("K1")
    path, ana = make_path([work], [work]), member()
    first, second = path.items.order_by("position")
    client.force_login(ana)
    assert press(client, path, first, "done")["Location"] == f"{module(path)}#r{first.pk}"
    press(client, path, first, "done")
    assert [step.done for step in steps_of(path, ana)] == [{first.pk}, set()]
    assert "Hecho: 1 de 2" in " ".join(told(client, path.get_absolute_url()).split())
    press(client, path, second, "done")
    press(client, path, first, "again")
    assert [step.done for step in steps_of(path, ana)] == [set(), {second.pk}]


def test_one_goes_on_where_something_is_left(client):
    path, ana = make_path([factories.work("K1")], [factories.work("K2")]), member()
    client.force_login(ana)
    assert f'href="{module(path, 1)}"' in told(client, path.get_absolute_url())
    assert "Empezar" in told(client, path.get_absolute_url())
    press(client, path, path.items.get(work="K1"), "done")
    answer(client, path, 1, "Sí")
    assert next_step(steps_of(path, ana)).module.number == 2
    assert "Seguir con el módulo 2" in told(client, path.get_absolute_url())
    press(client, path, path.items.get(work="K2"), "done")
    answer(client, path, 2, "No")
    assert "Usted lo hizo todo" in told(client, path.get_absolute_url())


def answer(client, path, number, text, stamp=""):
    question = Question.objects.get(module__list=path, module__number=number)
    address = f"/library/paths/{path.code}/questions/{question.pk}/"
    return client.post(address, {"text": text, "stamp": stamp})


def test_an_answer_is_hers_alone_and_comes_back(client):
    path, ana = make_path([factories.work("K1")]), member()
    client.force_login(ana)
    text = "<b>Mi</b> respuesta 🌱"
    assert answer(client, path, 1, text).status_code == 302
    assert "&lt;b&gt;Mi&lt;/b&gt; respuesta 🌱" in told(client, module(path))
    assert "&lt;b&gt;Mi&lt;/b&gt;" in told(client, f"/library/paths/{path.code}/whole/")
    for other in (member("otra"), curator(), None):
        client.logout()
        if other:
            client.force_login(other)
        for address in (
            module(path),
            path.get_absolute_url(),
            f"/library/paths/{path.code}/whole/",
        ):
            assert "respuesta 🌱" not in told(client, address)


def test_what_was_written_on_another_device_is_not_lost(client):
    path, ana = make_path([factories.work("K1")]), member()
    client.force_login(ana)
    question = Question.objects.get()
    actions.answer_question(question=question, text="Del teléfono", by=ana, at=AT)
    refused = answer(client, path, 1, "De la mesa")
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "De la mesa" in page
    assert "Del teléfono" in page
    assert Answer.objects.get().text == "Del teléfono"
    answer(client, path, 1, "Ambas", stamp=actions.stamp_of(Answer.objects.get()))
    assert Answer.objects.get().text == "Ambas"
    with pytest.raises(Conflict):
        actions.answer_question(question=question, text="Otra", stamp="x", by=ana, at=LATER)
    actions.answer_question(question=question, text="Ambas", stamp="x", by=ana, at=LATER)


@pytest.mark.parametrize(
    ("text", "status"), [("a\0b", 422), ("a" * 10_001, 422), ("", 302), ("a" * 10_000, 302)]
)
def test_what_cannot_be_kept_is_said_at_its_field(client, text, status):
    path = make_path([factories.work("K1")])
    client.force_login(member())
    assert answer(client, path, 1, text).status_code == status
    assert Answer.objects.exclude(text="").count() == (status == 302 and bool(text))


def test_a_reading_that_one_may_not_see_is_not_there_and_is_not_missing(client):
    socia, ana = of_institution(), member()
    path = make_path([factories.work("K1"), narrow("K2", "Zumbambico")], questions=0)
    hidden = path.items.get(work="K2")
    client.force_login(ana)
    assert "Zumbambico" not in told(client, module(path))
    assert press(client, path, hidden, "done").status_code == 404
    press(client, path, path.items.get(work="K1"), "done")
    (step,) = steps_of(path, ana)
    assert (step.parts, step.is_done) == (1, True)
    (step,) = steps_of(path, socia)
    assert (step.parts, step.is_done) == (2, False)


def test_visitors_and_people_without_a_role_keep_nothing(client):
    path = make_path([factories.work("K1")])
    item = path.items.get()
    assert press(client, path, item, "done").status_code == 302
    assert answer(client, path, 1, "Sí").status_code == 302
    nobody = factories.user("nadie")
    client.force_login(nobody)
    assert press(client, path, item, "done").status_code == 404
    assert answer(client, path, 1, "Sí").status_code == 404
    with pytest.raises(Forbidden):
        actions.finish_reading(item=item, by=nobody, at=AT)
    assert (Progress.objects.count(), Answer.objects.count()) == (0, 0)


def test_a_path_is_for_whom_it_is_open_to(client):
    path = make_path([factories.work("K1")])
    List.objects.update(open_to="network")
    told(client, module(path), status=404)
    told(client, path.get_absolute_url(), status=404)
    client.force_login(member())
    told(client, module(path))
    told(client, f"/library/lists/{path.code}/", status=404)


def test_no_trail_and_gone_with_the_account(client):
    path, ana = make_path([factories.work("K1")]), member()
    before = AuditEvent.objects.count()
    actions.finish_reading(item=path.items.get(), by=ana, at=AT)
    actions.answer_question(question=Question.objects.get(), text="Sí", by=ana, at=AT)
    assert AuditEvent.objects.count() == before
    ana.assignments.all().delete()
    ana.delete()
    assert (Progress.objects.count(), Answer.objects.count()) == (0, 0)
    assert List.objects.count() == 1


@pytest.mark.parametrize("many", [1, 3, 12])
def test_its_pages_ask_the_same_number_of_questions(client, django_assert_num_queries, many):
    path, ana = (
        make_path([factories.work(f"K{number}") for number in range(many)], questions=many),
        member(),
    )
    client.force_login(ana)
    for address in (module(path), path.get_absolute_url()):
        told(client, address)
        with django_assert_num_queries(14):
            told(client, address)


# --- the invented one


def test_the_invented_lists_are_in_three_languages_marked_and_made_once(client):
    told_of = invented.read()
    codes = {
        reading["work"] for each in told_of["path"]["modules"] for reading in each["readings"]
    } | {code for each in told_of["collections"] for code in each["works"]}
    for code in sorted(codes - {"L62"}):
        factories.work(code)
    keeper = curator()
    for _time in range(2):
        invented.load(by=keeper, at=AT)
    assert sorted(List.objects.values_list("kind", "origin")) == [
        ("collection", "demo"),
        ("collection", "demo"),
        ("path", "demo"),
    ]
    rows = [*List.objects.all(), *Module.objects.all(), *Question.objects.all()]
    for row in rows:
        for field in row._meta.get_fields():
            if field.name.endswith(("_es", "_pt", "_en")):
                assert getattr(row, field.name), (row, field.name)
    path = List.objects.get(kind="path")
    assert path.items.count() == sum(
        reading["work"] != "L62"
        for each in told_of["path"]["modules"]
        for reading in each["readings"]
    )
    assert "L62" not in told(client, f"/library/paths/{path.code}/whole/")
    with pytest.raises(Forbidden):
        invented.load(by=member(), at=AT)
