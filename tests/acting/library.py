"""The acts of the library: works are proposed by members and kept by who curates."""

from knowledge.choices import State
from knowledge.models import ProposalRemark, Work
from knowledge.works import actions, links, proposals
from pip_network.models import Stored
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
}
