"""Writing the index: a work whole, in the transaction of what changed it."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from knowledge.models import Form, FormCut, IndexHead, IndexRow, Work
from pip_network.folding import fold
from pip_network.folding.words import KEYS, key
from pip_network.web.locks import for_update

from .cuts import cuts_of
from .engines import PIECE_BITS, engine
from .sources import text_of
from .texts import WorkText
from .tokens import Tokens, tokens_of

BATCH = 500


def index_work(work: Work) -> None:
    """Make the index say of `work` what it is now, its readers included."""
    with transaction.atomic():
        head = locked_head()  # first: who comes later reads a later text
        write(text_of(work), head.seq)


def forget(code: str) -> None:
    """A work is gone: nobody finds it any more."""
    with transaction.atomic():
        IndexRow.objects.filter(code=code).update(audience=[], seq=locked_head().seq)


def locked_head() -> IndexHead:
    """The head with its next number, until the end of the transaction."""
    IndexHead.objects.get_or_create(pk=1, defaults={"keys": KEYS})
    head = IndexHead.objects.select_for_update().get(pk=1)
    head.seq += 1
    head.save(update_fields=["seq"])
    return head


def settled() -> dt.datetime:
    """A moment before which nobody is still writing: what was stamped earlier is there to be read,
    what comes later is stamped later.
    """
    with transaction.atomic():
        for_update(IndexHead.objects.all()).first()
        return timezone.now()


def write(text: WorkText, seq: int) -> None:
    """What is said of a work changes in place; its words take a new row when they change."""
    tokens = tokens_of(text)
    digest = tokens.digest
    row = IndexRow.objects.filter(code=text.code).first()
    if row is None or row.digest != digest:
        if row is not None:
            replace(row)
        row = IndexRow(id=seq, code=text.code, digest=digest)
        put(row.id, tokens)
    row.seq = seq
    row.facts = text.facts
    row.audience = sorted(text.audience)
    row.pages = [page.page for page in text.pages]
    row.save()


def replace(row: IndexRow) -> None:
    engine().remove(row.id)
    row.delete()
    IndexHead.objects.filter(pk=1).update(ghosts=F("ghosts") + 1)


def put(row: int, tokens: Tokens) -> None:
    into = engine()
    into.add_work(row, tokens.work)
    into.add_pieces([((row << PIECE_BITS) + number, keys) for number, keys in tokens.pieces])
    put_forms(tokens.forms)


def put_forms(forms: dict[str, bool]) -> None:
    """Words that the index did not know, and those that are common now. They are never taken away:
    what is proposed of them is counted for each reader.
    """
    known: dict[str, bool] = {}
    for some in batches(sorted(forms)):
        known |= dict(Form.objects.filter(form__in=some).values_list("form", "common"))
    new = [
        Form(form=form, key=key(form), common=forms[form])
        for form in sorted(forms.keys() - known.keys())
    ]
    Form.objects.bulk_create(new, batch_size=BATCH)
    raised = sorted(form for form, common in forms.items() if common and known.get(form) is False)
    for some in batches(raised):
        Form.objects.filter(form__in=some).update(common=True)
    common = [form for form in new if form.common]
    for some in batches(raised):
        common += Form.objects.filter(form__in=some)
    FormCut.objects.bulk_create(
        [
            FormCut(form=form, cut=cut)
            for form in common
            for cut in sorted(cuts_of(fold(form.form)))
        ],
        batch_size=BATCH * 4,
    )


def batches(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), BATCH):
        yield words[start : start + BATCH]


def rebuild(said: Callable[[int], None] = lambda count: None) -> int:
    """Everything anew, in one transaction: readers ask the old one until it is whole."""
    with transaction.atomic():
        locked_head()
        engine().empty()
        IndexRow.objects.all().delete()
        FormCut.objects.all().delete()
        Form.objects.all().delete()
        count = 0
        for work in Work.objects.order_by("code").iterator(chunk_size=BATCH):
            index_work(work)
            count += 1
            said(count)
        engine().analyze()
        IndexHead.objects.filter(pk=1).update(built=F("built") + 1, keys=KEYS, ghosts=0)
    return count
