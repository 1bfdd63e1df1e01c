"""The acts of the library: works are proposed by members and kept by who curates."""

from knowledge.choices import State
from knowledge.demonstration import lists as invented
from knowledge.lists import actions as lists
from knowledge.lists import moves
from knowledge.models import List, ListItem, Module, ProposalRemark, Question, SavedSearch, Work
from knowledge.path import actions as path
from knowledge.path import modules
from knowledge.saved import actions as saved
from knowledge.works import actions, links, proposals
from pip_network.models import Stored, User
from pip_network.people.access import Permission
from tests import factories

from .stage import AT, DOING, Act, person

CURATE = (Permission.CURATE_LIBRARY,)
CODE = "W0RK"


def curates(call, prepare=lambda: None) -> Act:
    return Act(CURATE, "especialista", "directora coordinadora experta", call, prepare)


def proposes(call) -> Act:
    return Act((Permission.PROPOSE_WORK,), "experta", "directora especialista", call, hers)


def work(state: str = State.PUBLISHED) -> Work:
    """One work, in a state."""
    found = Work.objects.filter(code=CODE).first()
    return found or factories.work(CODE, "Una obra", state=state)


def linked() -> Work:
    found = Work.objects.filter(code=CODE).first()
    return found or factories.work(CODE, "Una obra", source_url="https://example.org")


def proposed() -> Work:
    return work(State.PROPOSED)


def hers() -> Work:
    """A proposal of the expert, of which something is asked."""
    found = Work.objects.filter(code=CODE).first()
    if found is None:
        found = factories.work(
            CODE, "Una obra", state=State.PROPOSED, proposed_by=person("experta")
        )
        ProposalRemark.objects.create(work=found, text="Falta el año", at=AT)
    return found


def withdrawn() -> Work:
    gone = work()
    return actions.withdraw_work(work=gone, reason="Hay otra edición", **DOING)


def kept_file() -> Stored:
    return Stored.objects.first() or factories.stored()


# --- each member's own


def owns(call, prepare=lambda: None) -> Act:
    """Hers alone: nobody else of the portal does it, whatever she holds."""
    return Act((Permission.VIEW_INTERNAL,), "experta", "directora especialista", call, prepare)


def experta() -> User:
    return User.objects.get(email="experta@example.org")


def her_list(*, removed: bool = False) -> List:
    fields = {"kind": "reading", "title_es": "Lecturas", "made_at": AT, "used_at": AT}
    return List.objects.get_or_create(
        owner=experta(), defaults={**fields, "removed_at": AT if removed else None}
    )[0]


def her_item(*, removed: bool = False) -> ListItem:
    work_, one = work(), her_list()
    fields = {"position": 1, "added_at": AT, "removed_at": AT if removed else None}
    second = Work.objects.filter(code="W0RK2").first() or factories.work("W0RK2")
    one.items.get_or_create(work=second, defaults={"position": 2, "added_at": AT})
    return one.items.get_or_create(work=work_, defaults=fields)[0]


def lower_item_of_hers() -> ListItem:
    her_item()
    return ListItem.objects.get(work="W0RK2")


def her_search(**fields) -> SavedSearch:
    values = {"name": "redes", "saved_at": AT, "seen": 0, "next_at": AT, **fields}
    return SavedSearch.objects.get_or_create(person=experta(), asked="q=redes", defaults=values)[0]


def reading() -> ListItem:
    found = ListItem.objects.filter(list__kind="path").first()
    if found is None:
        one = List.objects.create(
            kind="path", title_es="Recorrido", open_to="everybody", made_at=AT, used_at=AT
        )
        module = Module.objects.create(list=one, number=1, title_es="Uno", text_es="Texto")
        Question.objects.create(module=module, number=1, text_es="¿Qué?")
        found = one.items.create(module=module, work=work(), position=1, added_at=AT)
    return found


def done_reading() -> ListItem:
    item = reading()
    item.done_by.get_or_create(person=experta(), defaults={"at": AT})
    return item


def module() -> Module:
    """With a reading and a question."""
    reading()
    return Module.objects.get()


def empty_module() -> Module:
    return Module.objects.create(list=reading().list, number=2, title_es="Dos", text_es="Texto")


WORDS = {
    f"{name}_{language}": "Dos" for name in ("title", "text") for language in ("es", "pt", "en")
}


def question() -> Question:
    reading()
    return Question.objects.get()


def members(call, prepare=lambda: None) -> Act:
    """Every member for herself."""
    return Act((Permission.VIEW_INTERNAL,), "experta", "visitante", call, prepare)


RECORD = {"original": "es", "title_es": "Otra obra", "type": "report"}
ACTS = {
    actions.propose_work: Act(
        (Permission.PROPOSE_WORK,),
        "experta",
        "visitante",
        lambda by: actions.propose_work(**RECORD, by=by, at=AT),
    ),
    actions.add_record: curates(lambda by: actions.add_record(**RECORD, by=by, at=AT)),
    actions.correct_work: curates(
        lambda by: actions.correct_work(work=work(), year=2004, by=by, at=AT), work
    ),
    actions.add_file: curates(
        lambda by: actions.add_file(work=work(), language="es", file=kept_file(), by=by, at=AT),
        lambda: (work(), kept_file()),
    ),
    actions.review_work: curates(
        lambda by: actions.review_work(work=work(), by=by, at=AT), proposed
    ),
    actions.publish_work: curates(
        lambda by: actions.publish_work(work=work(), by=by, at=AT), proposed
    ),
    actions.withdraw_work: curates(
        lambda by: actions.withdraw_work(work=work(), reason="Hay otra edición", by=by, at=AT), work
    ),
    actions.restore_work: curates(
        lambda by: actions.restore_work(work=work(), by=by, at=AT), withdrawn
    ),
    links.check_link: curates(
        lambda by: links.check_link(work=linked(), answers=False, day=AT.date(), by=by, at=AT),
        linked,
    ),
    proposals.send_back: curates(
        lambda by: proposals.send_back(work=hers(), remark="Falta el año", by=by, at=AT), hers
    ),
    proposals.correct_proposal: proposes(
        lambda by: proposals.correct_proposal(work=hers(), year=2004, by=by, at=AT)
    ),
    proposals.send_again: proposes(lambda by: proposals.send_again(work=hers(), by=by, at=AT)),
    lists.make_reading_list: members(
        lambda by: lists.make_reading_list(title="Lecturas", by=by, at=AT)
    ),
    lists.make_collection: curates(
        lambda by: lists.make_collection(title_es="Casos", by=by, at=AT)
    ),
    lists.change_list: owns(
        lambda by: lists.change_list(one=her_list(), title="Otra", by=by, at=AT), her_list
    ),
    lists.remove_list: owns(lambda by: lists.remove_list(one=her_list(), by=by, at=AT), her_list),
    lists.restore_list: owns(
        lambda by: lists.restore_list(one=her_list(), by=by, at=AT),
        lambda: her_list(removed=True),
    ),
    moves.add_work: owns(
        lambda by: moves.add_work(work=work(), one=her_list(), by=by, at=AT),
        lambda: (work(), her_list()),
    ),
    moves.note_item: owns(
        lambda by: moves.note_item(item=her_item(), note="Ver", by=by, at=AT), her_item
    ),
    moves.raise_item: owns(
        lambda by: moves.raise_item(item=lower_item_of_hers(), by=by, at=AT), her_item
    ),
    moves.lower_item: owns(lambda by: moves.lower_item(item=her_item(), by=by, at=AT), her_item),
    moves.remove_item: owns(lambda by: moves.remove_item(item=her_item(), by=by, at=AT), her_item),
    moves.restore_item: owns(
        lambda by: moves.restore_item(item=her_item(), by=by, at=AT),
        lambda: her_item(removed=True),
    ),
    saved.save_search: members(lambda by: saved.save_search(asked="q=redes", by=by, at=AT)),
    saved.rename_search: owns(
        lambda by: saved.rename_search(search=her_search(), name="Otra", by=by, at=AT), her_search
    ),
    saved.stop_search: owns(
        lambda by: saved.stop_search(search=her_search(), by=by, at=AT), her_search
    ),
    saved.resume_search: owns(
        lambda by: saved.resume_search(search=her_search(), by=by, at=AT),
        lambda: her_search(stopped_at=AT),
    ),
    saved.remove_search: owns(
        lambda by: saved.remove_search(search=her_search(), by=by, at=AT), her_search
    ),
    saved.restore_search: owns(
        lambda by: saved.restore_search(search=her_search(), by=by, at=AT),
        lambda: her_search(removed_at=AT),
    ),
    path.finish_reading: members(
        lambda by: path.finish_reading(item=reading(), by=by, at=AT), reading
    ),
    path.reopen_reading: members(
        lambda by: path.reopen_reading(item=reading(), by=by, at=AT), done_reading
    ),
    modules.add_module: curates(
        lambda by: modules.add_module(path=reading().list, texts=WORDS, by=by, at=AT), reading
    ),
    modules.change_module: curates(
        lambda by: modules.change_module(module=module(), texts=WORDS, by=by, at=AT), reading
    ),
    modules.remove_module: curates(
        lambda by: modules.remove_module(module=Module.objects.get(number=2), by=by, at=AT),
        empty_module,
    ),
    path.answer_question: members(
        lambda by: path.answer_question(question=question(), text="Sí", by=by, at=AT), question
    ),
    invented.load: curates(lambda by: invented.load(by=by, at=AT)),
}
