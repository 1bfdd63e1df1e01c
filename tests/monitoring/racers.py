"""Two processes of their own that act at the same instant on the same database."""

from contextlib import contextmanager
from typing import Any

from django.db import connection

from tests.racing import PROCESSES, database


@contextmanager
def two_racers():
    """A function `race(first, second) -> (outcome, outcome)`; each act is (name of an act below,
    arguments).
    """
    barrier = PROCESSES.Barrier(2)
    racers = []
    for _ in range(2):
        ours, theirs = PROCESSES.Pipe()
        process = PROCESSES.Process(target=_run, args=(theirs, barrier, database()), daemon=True)
        process.start()
        racers.append((process, ours))

    def race(*acts: tuple[str, tuple]) -> tuple[Any, ...]:
        for (_process, pipe), act in zip(racers, acts, strict=True):
            pipe.send(act)
        return tuple(pipe.recv() for _process, pipe in racers)

    try:
        yield race
    finally:
        for process, pipe in racers:
            pipe.send(None)
            process.join(10)


def _run(pipe, barrier, settings: dict[str, str]) -> None:
    from tests import loaded  # noqa: F401, PLC0415 -- a process of its own

    connection.settings_dict.update(settings)
    from pip_network.jobs import outbox  # noqa: PLC0415 -- after the set-up

    outbox._wake = lambda: None  # no broker is told: the race is about the database
    while (act := pipe.recv()) is not None:
        name, arguments = act
        barrier.wait(30)
        try:
            pipe.send(("ok", ACTS[name](*arguments)))
        except Exception as error:  # whatever went wrong is the outcome that the test judges
            pipe.send((type(error).__name__, str(error)))
    connection.close()


def _person(email: str):
    from pip_network.models import User  # noqa: PLC0415 -- after the set-up

    return User.objects.get(email=email)


def save(submission: int, text: str, value: int, seen: int | None, email: str):
    from monitoring.sheet.cells import CellKey  # noqa: PLC0415 -- after the set-up
    from monitoring.submission.cell_changes import CellChange  # noqa: PLC0415 -- after the set-up
    from monitoring.submission.entries import save_cells  # noqa: PLC0415 -- after the set-up
    from tests.factories import Decimal, moment  # noqa: PLC0415 -- after the set-up

    key = CellKey.parse(text)
    result = save_cells(
        submission,
        [CellChange(key, Decimal(value), seen_stamp=seen)],
        by=_person(email),
        at=moment("2004-07-01"),
    )
    return (
        ("conflict", int(result.conflicts[0].value))
        if result.conflicts
        else ("saved", result.saved[key].stamp)
    )


def submit(submission: int, text: str, email: str):
    """Submits, and says what the cell held in the same transaction."""
    from django.db import transaction  # noqa: PLC0415 -- after the set-up

    from monitoring.models import Entry  # noqa: PLC0415 -- after the set-up
    from monitoring.sheet.cells import CellKey  # noqa: PLC0415 -- after the set-up
    from monitoring.submission import opening  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    key = CellKey.parse(text)
    with transaction.atomic():
        opening.submit(submission, by=_person(email), at=moment("2004-07-02"))
        return int(
            Entry.objects.get(subject=key.subject, kind=key.kind, variable__code=key.variable).value
        )


def step(name: str, submission: int, email: str) -> str:
    """Takes a step of the workflow; says to which state it led."""
    from monitoring.submission import amendments, opening, review  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    steps = {
        "submit": (opening.submit, ()),
        "withdraw": (opening.withdraw, ()),
        "return": (review.return_submission, ("other",)),
        "approve": (review.approve, ()),
        "amend": (amendments.amend, ("Otra vez lo mismo",)),
        "discard": (amendments.discard, ("No hacía falta",)),
    }
    act, words = steps[name]
    act(submission, *words, by=_person(email), at=moment("2004-07-03"))
    return name


def approve(submission: int, email: str) -> int:
    from monitoring.submission import review  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    return review.approve(submission, by=_person(email), at=moment("2004-07-03")).number


def give_back(submission: int, email: str) -> str:
    from monitoring.submission import review  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    by, at = _person(email), moment("2004-07-03")
    return review.return_submission(submission, "other", by=by, at=at).status


def rates(value: str, email: str) -> int:
    from monitoring.rates.actions import RateRow, approve_rates  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    row = RateRow("ARS", "2004", value, "100")
    return approve_rates(
        [row], "Serie, según acta", by=_person(email), at=moment("2004-07-03")
    ).number


def rates_seen(value: str, seen: str, email: str) -> int:
    """Approves a rate by who saw another one in force."""
    from monitoring.rates.actions import RateRow, approve_rates  # noqa: PLC0415 -- after the set-up
    from tests.factories import Decimal, moment  # noqa: PLC0415 -- after the set-up

    then = {("ARS", "2004"): (Decimal(seen), Decimal(100), "")}
    row = RateRow("ARS", "2004", value, "100")
    return approve_rates(
        [row], "Serie, según acta", by=_person(email), at=moment("2004-07-03"), seen=then
    ).number


def sector(value: str, seen: int, email: str) -> int:
    """Corrects the sector of a firm by who saw one version of it."""
    from monitoring.models import Observation  # noqa: PLC0415 -- after the set-up
    from monitoring.submission.correcting import correct_observations  # noqa: PLC0415 -- after the set-up
    from monitoring.submission.corrections.versions import ObservationChange  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    row = Observation.objects.get(pk=seen)
    return correct_observations(
        row.project,
        row.round,
        [ObservationChange(row.subject, "sector", value, row.kind)],
        "Código errado",
        by=_person(email),
        at=moment("2005-03-01"),
        seen={seen},
    ).number


def draft(email: str) -> int:
    from monitoring.catalogue.drafts import start_draft  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    return start_draft(by=_person(email), at=moment("2004-07-03")).number


def change(number: int, code: str, high: str, email: str) -> str:
    """Changes a check of a draft."""
    from monitoring.catalogue.draft_rows import change_row  # noqa: PLC0415 -- after the set-up
    from monitoring.models import Check  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    row = Check.objects.get(catalogue=number, code=code)
    return change_row(row=row, high=high, by=_person(email), at=moment("2004-07-03")).high


def publish(number: int, email: str) -> int:
    from monitoring.catalogue.drafts import publish_draft  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    return publish_draft(
        number=number, reason="Porque hacía falta", by=_person(email), at=moment("2004-07-03")
    ).number


def tables(round_code: str, as_of: int, email: str) -> int:
    """Asks for what the public would see of a round."""
    from monitoring.models import Round  # noqa: PLC0415 -- after the set-up
    from monitoring.publication.tables import request_tables  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    return request_tables(
        round=Round.objects.get(code=round_code),
        as_of=as_of,
        by=_person(email),
        at=moment("2005-07-03"),
    ).job_id


ACTS = {
    "save": save,
    "submit": submit,
    "step": step,
    "approve": approve,
    "give_back": give_back,
    "rates": rates,
    "rates_seen": rates_seen,
    "sector": sector,
    "draft": draft,
    "change": change,
    "publish": publish,
    "tables": tables,
}
