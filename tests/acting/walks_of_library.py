"""The acts of the library, as they are walked."""

from knowledge.works import actions, acts

from . import library
from .stage import DOING
from .walking import Walk, of

CURATE = ("especialista", "directora", 403)
UNSEEN = ("especialista", "directora", 404)
PROPOSER = ("experta", "directora", 404)
WHY = {"reason": "Hay otra edición más completa"}
RECORD = {"original": "es", "title_es": "Otro título", "type": "report", "access": "public"}


def publish():
    actions.publish_work(work=library.work(), **DOING)


def withdraw():
    library.withdrawn()


def restore():
    actions.restore_work(work=library.work(), **DOING)


def make():
    library.work()


OF_LIBRARY = {
    acts.CORRECT: of(
        CURATE,
        library.work,
        data={**RECORD, "origin": "stated"},
        prepare=make,
        spoil=withdraw,
    ),
    acts.REVIEW: of(UNSEEN, library.work, prepare=library.proposed, spoil=publish, refusal=302),
    acts.PUBLISH: of(UNSEEN, library.work, prepare=library.proposed, spoil=publish, refusal=302),
    acts.CHECK_LINK: of(
        CURATE,
        library.linked,
        data={"answers": "no", "day": "2007-01-31"},
        prepare=library.linked,
        spoil=withdraw,
    ),
    acts.SEND_BACK: of(
        UNSEEN,
        library.hers,
        data={"remark": "Falta el año de la edición"},
        prepare=library.hers,
        spoil=publish,
    ),
    acts.CORRECT_PROPOSAL: of(PROPOSER, library.hers, prepare=library.hers, spoil=publish),
    acts.SEND_AGAIN: of(PROPOSER, library.hers, prepare=library.hers, spoil=publish),
    acts.WITHDRAW: of(CURATE, library.work, data=WHY, prepare=make, spoil=withdraw),
    acts.RESTORE: Walk(  # on a page that answers 410
        UNSEEN, lambda: (library.CODE,), prepare=withdraw, spoil=restore, refusal=302
    ),
}
