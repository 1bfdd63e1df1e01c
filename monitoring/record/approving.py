"""Writing the approved record: the rows of an approval and the next link of the chain."""

import datetime as dt

from django.apps import apps

from monitoring.choices import ApprovalKind
from monitoring.models import (
    Approval,
    CatalogueDigest,
    Evidence,
    Explanation,
    Judgement,
    Measurement,
    Narrative,
    Observation,
    ObservationNetwork,
    Rate,
    RecordHead,
    Submission,
    Target,
)
from monitoring.record.chain import canonical, chained
from monitoring.record.draft import MEASUREMENT_COLUMNS, Draft
from monitoring.record.facts import VERSIONED, Decision, Reader
from monitoring.sheet.cells import CellKey
from pip_network.files import bulk
from pip_network.models import User
from pip_network.people.access import Process, person_of
from pip_network.web.locks import for_update

CHUNK = 500


def write(
    draft: Draft,
    *,
    kind: ApprovalKind,
    approver: User | Process,
    at: dt.datetime,
    reason: str = "",
    submission: Submission | None = None,
) -> Approval:
    """Take the next number under the lock of the head, write the rows and the link of the chain.

    In a transaction that already holds the submission's lock, if there is one: numbers have no gaps
    and commit in order.
    """
    head = for_update(RecordHead.objects.all()).get(pk=1)
    number = head.number + 1
    _supersede(draft, number)
    _insert(draft, number)
    author = submission.submitted_by_id if submission else None
    person = person_of(approver)
    decision = Decision(
        number,
        kind.value,
        submission.project_id if submission else "",
        submission.round_id if submission else "",
        submission.revision if submission else 0,
        at,
        author,
        person.pk if person else None,
        reason,
        draft.format,
        "" if isinstance(approver, User) else approver.name,
    )
    approval = Approval.objects.create(
        number=number,
        kind=kind,
        submission=submission,
        revision=submission.revision if submission else None,
        at=at,
        author_id=author,
        approver=person,
        process=decision.process,
        reason=reason,
        format=decision.format,
        previous_hash=head.hash,
        hash=chained(head.hash, canonical(decision, Reader().facts(decision))),
    )
    head.number, head.hash = number, approval.hash
    head.save(update_fields=["number", "hash"])
    return approval


def _supersede(draft: Draft, number: int) -> None:
    for name, ids in draft.superseded.items():
        for start in range(0, len(ids), CHUNK):
            rows = apps.get_model("monitoring", VERSIONED[name]).objects.filter(
                pk__in=ids[start : start + CHUNK]
            )
            rows.update(superseded_in=number)


def _insert(draft: Draft, number: int) -> None:
    """All rows of the approval; their foreign key to it is checked at commit."""
    bulk.insert(
        Measurement,
        (*MEASUREMENT_COLUMNS, "approved_in"),
        ((*row, number) for row in draft.measurements),
    )
    for rows in (
        draft.observations,
        draft.rates,
        draft.targets,
        draft.narratives,
        draft.evidence,
        draft.catalogues,
    ):
        for row in rows:
            row.approved_in_id = number
    Observation.objects.bulk_create(draft.observations)
    for tie in draft.networks:
        tie.observation_id = tie.observation.pk
    ObservationNetwork.objects.bulk_create(draft.networks)
    Rate.objects.bulk_create(draft.rates)
    Target.objects.bulk_create(draft.targets)
    Narrative.objects.bulk_create(draft.narratives)
    Evidence.objects.bulk_create(draft.evidence)
    CatalogueDigest.objects.bulk_create(draft.catalogues)
    _insert_explanations(draft, number)
    _insert_judgements(draft, number)


def _insert_explanations(draft: Draft, number: int) -> None:
    """Each beside its measurement: one that stands, or one of this approval."""
    if not draft.explanations:
        return
    ids = _written_in(number)
    for key, row in draft.explanations:
        row.approved_in_id = number
        row.measurement_id = row.measurement_id or ids[key]
    Explanation.objects.bulk_create(row for _key, row in draft.explanations)


def _insert_judgements(draft: Draft, number: int) -> None:
    """As the explanations; there may be a thousand."""
    if not draft.judgements:
        return
    ids = _written_in(number)
    bulk.insert(
        Judgement,
        ("measurement", "check_code", "explained", "approved_in"),
        (
            (measurement or ids[key], check, explained, number)
            for key, measurement, check, explained in draft.judgements
        ),
    )


def _written_in(number: int) -> dict[CellKey, int]:
    """The measurements of this approval by cell: their ids are known now."""
    written = Measurement.objects.filter(approved_in=number).order_by()
    columns = ("subject", "kind", "variable_code", "pk")
    return {CellKey(*cell): pk for *cell, pk in written.values_list(*columns)}
