"""The hash chain of the approved record: what an approval states, in one canonical text, and
whether the rows still say so.

hash_N = sha256(hash_{N-1} || payload_N), both hashes as lower-case hexadecimal text (empty before
the first approval).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.models import Approval, RecordHead
from monitoring.numbers import plain
from monitoring.record.defining import ROUND, digest_of_rows
from monitoring.record.facts import (
    EVIDENCE,
    EXPLANATION,
    FORMATS,
    NARRATIVE,
    RATE,
    STATED,
    TARGET,
    Decision,
    Facts,
    Reader,
    decision_of,
)

CHUNK = 5000
NEW_IN = {
    2: frozenset(
        {
            "catalogues",
            "completes",
            "definitions",
            "explanations",
            "left_out",
            "process",
            "rounds",
        }
    ),
    3: frozenset({"targets"}),
    4: frozenset({"evidence"}),
    5: frozenset({"judgements"}),
}


def payload(number: int) -> bytes:
    """The canonical text of an approval, from the rows as they are now.

    Raises Approval.DoesNotExist.
    """
    approval = Approval.objects.select_related("submission").get(number=number)
    return _document(approval, Reader())


def _document(approval: Approval, reader: Reader) -> bytes:
    decision = decision_of(approval)
    return canonical(decision, reader.facts(decision))


def canonical(decision: Decision, facts: Facts) -> bytes:
    """Canonical JSON: UTF-8, sorted keys, no spaces, plain decimals, times in UTC to the second,
    codes only.

    Free words (reasons, narratives, explanations, notes) and files are people's: only their digests
    are in it, so that they can be taken away.
    """
    columns = FORMATS[decision.format]
    networks: dict[int, list[list]] = {}
    for observation, *rest in sorted(facts.networks):
        networks.setdefault(observation, []).append([_text(value) for value in rest])
    document: dict[str, Any] = {
        **decision._asdict(),
        "at": decision.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "author": f"U:{decision.author}" if decision.author else "",
        "approver": f"U:{decision.approver}" if decision.approver else "",
        "completes": decision.completes or "",
        "reason": digest(decision.reason),
        "measurements": [
            _named(columns.measurement, row)
            for row in sorted(facts.measurements, key=itemgetter(2, 3, 4, 5, 0))
        ],
        "observations": [
            {**_named(columns.observation, row), "networks": networks.get(row[0], [])}
            for row in sorted(facts.observations, key=itemgetter(2, 3, 4, 0))
        ],
        "rates": [_named(RATE, row) for row in sorted(facts.rates, key=itemgetter(1, 2, 0))],
        "targets": [
            {
                **_named(TARGET, row),
                "proposed_by": f"U:{row[-2]}",
                "note": digest(row[-1]),
            }
            for row in sorted(facts.targets, key=itemgetter(1, 2, 3, 0))
        ],
        "narratives": [
            {**_named(NARRATIVE, row), "text": digest(row[-1])}
            for row in sorted(facts.narratives, key=itemgetter(1, 2, 3, 0))
        ],
        "explanations": [
            {**_named(EXPLANATION, row), "text": digest(row[-1])}
            for row in sorted(facts.explanations)
        ],
        "evidence": [
            {**_named(EVIDENCE, row), "added_by": f"U:{row[-1]}"} for row in sorted(facts.evidence)
        ],
        "judgements": digest_of_rows(sorted(facts.judgements)) if facts.judgements else "",
        "superseded": facts.superseded,
        "catalogues": [_named(STATED, row) for row in sorted(facts.stated)],
        "definitions": [_named(STATED, row) for row in facts.definitions],
        "rounds": [_named(ROUND, row) for row in facts.rounds],
        "left_out": facts.left_out,
    }
    _leave_out_what_came_later(document, decision.format)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _leave_out_what_came_later(document: dict[str, Any], format: int) -> None:
    """Whatever nobody could write then is stated where it is, and so makes another hash."""
    if format == 1:
        del document["format"]
    later = frozenset().union(*(names for number, names in NEW_IN.items() if number > format))
    for part in (document, document["superseded"]):
        for name in later & part.keys():
            if not part[name]:
                del part[name]


def _named(names: tuple[str, ...], row: tuple) -> dict[str, Any]:
    return {name.removesuffix("_id"): _text(value) for name, value in zip(names, row, strict=True)}


def _text(value: Any) -> Any:
    """Decimals plain, days as 2005-12-31, None as empty text; text, numbers and truth values as
    they are.
    """
    if value is None:
        return ""
    if isinstance(value, str | int):
        return value
    return value.isoformat() if isinstance(value, dt.date) else plain(value)


def digest(text: str) -> str:
    """The hash of free words; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def chained(previous_hash: str, document: bytes) -> str:
    """The hash of an approval that states `document` and follows `previous_hash`."""
    return hashlib.sha256(previous_hash.encode() + document).hexdigest()


class VerifyResult(NamedTuple):
    """Whether the record is what was approved.

    `sentence` says it; `number` and `hash` are those of its head.
    """

    whole: bool
    number: int
    hash: str
    sentence: str


def verify(expect: str | None = None) -> VerifyResult:
    """Recompute the whole chain from the rows.

    `expect` is `N:HASH` as printed on a report or in a letter.
    """
    head = RecordHead.objects.filter(pk=1).first() or RecordHead(number=0, hash="")
    problem = next(_problems(head), "") or _unexpected(expect)
    if problem:
        return VerifyResult(False, head.number, head.hash, problem)
    sentence = ngettext(
        "The record is whole: %(count)s approval, N=%(number)s with hash %(hash)s.",
        "The record is whole: %(count)s approvals, the last N=%(number)s with hash %(hash)s.",
        head.number,
    )
    return VerifyResult(
        True,
        head.number,
        head.hash,
        sentence % {"count": head.number, "number": head.number, "hash": head.hash or "-"},
    )


def _problems(head: RecordHead) -> Iterator[str]:
    previous, number, reader = "", 0, Reader()
    for approval in (
        Approval.objects.select_related("submission").order_by("number").iterator(CHUNK)
    ):
        number += 1
        if approval.number != number:
            yield _("Approval N=%(number)s is missing.") % {"number": number}
        if approval.previous_hash != previous:
            yield _("Approval N=%(number)s does not follow from the one before.") % {
                "number": number
            }
        previous = chained(previous, _document(approval, reader))
        if approval.hash != previous:
            yield _("Approval N=%(number)s: its rows are not those that were approved.") % {
                "number": number
            }
    if (head.number, head.hash) != (number, previous):
        yield _("The head of the record says N=%(head)s, the approvals end at N=%(number)s.") % {
            "head": head.number,
            "number": number,
        }


def _unexpected(expect: str | None) -> str:
    if expect is None:
        return ""
    number, _colon, hash_start = expect.partition(":")
    if not number.isascii() or not number.isdigit() or len(hash_start) < 8:
        return _("Write what you expect as N:HASH, with at least eight characters of the hash.")
    approval_hash = (
        Approval.objects.filter(number=int(number)).values_list("hash", flat=True).first()
    )
    if approval_hash is None:
        return _("The record has no approval N=%(number)s.") % {"number": number}
    if not approval_hash.startswith(hash_start.lower()):
        return _("Approval N=%(number)s has hash %(hash)s, not the one expected.") % {
            "number": number,
            "hash": approval_hash,
        }
    return ""
