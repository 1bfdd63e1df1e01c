import hashlib
import json

from django.db import migrations
from django.utils import timezone

from monitoring.record.chain import canonical, chained
from monitoring.record.defining import digest_of
from monitoring.record.facts import Decision, Reader

FORMAT, COMPLETED, COLUMNS = 2, 1, 1
PROCESS = "migrate"
REASON = "Lo que el primer formato del registro no decía: definiciones, niveles y explicaciones."


def state(apps, schema_editor):
    """One approval of a named process states, of what the record holds, what format 1 left out; an
    empty record gets none.
    """
    head = apps.get_model("monitoring", "RecordHead").objects.filter(pk=1).first()
    approvals = apps.get_model("monitoring", "Approval").objects
    stated = approvals.filter(completes=COMPLETED).exists()
    if stated or not approvals.filter(format=COMPLETED).exists():
        return
    number, at = head.number + 1, timezone.now().replace(microsecond=0)
    state_catalogues(apps, number)
    keep_explanations(apps, number)
    decision = Decision(
        number, "catalogue", "", "", 0, at, None, None, REASON, FORMAT, PROCESS, COMPLETED
    )
    approval = approvals.create(
        number=number,
        kind=decision.kind,
        at=at,
        process=PROCESS,
        reason=REASON,
        format=FORMAT,
        completes=COMPLETED,
        previous_hash=head.hash,
        hash=chained(head.hash, canonical(decision, Reader(apps).facts(decision))),
    )
    head.number, head.hash = number, approval.hash
    head.save(update_fields=["number", "hash"])


def state_catalogues(apps, number):
    versions = apps.get_model("monitoring", "CatalogueVersion").objects.exclude(status="draft")
    digests = apps.get_model("monitoring", "CatalogueDigest")
    digests.objects.bulk_create(
        digests(
            catalogue_id=version,
            columns=COLUMNS,
            digest=digest_of(version, COLUMNS, apps),
            approved_in_id=number,
        )
        for version in sorted(versions.values_list("number", flat=True))
    )


def keep_explanations(apps, number):
    """The words with which a value in force was last entered in the sheet, which its approval
    dropped. They answer no check: which one they answered was not written down.
    """
    explanations = apps.get_model("monitoring", "Explanation")
    last = last_words(apps)
    rows = []
    for pk, project, round_code, subject, kind, variable, value, missing, at in (
        apps.get_model("monitoring", "Measurement")
        .objects.filter(superseded_in=None, approved_in__format=COMPLETED)
        .order_by("id")
        .values_list(
            "id",
            "project_id",
            "round_id",
            "subject",
            "kind",
            "variable_code",
            "value",
            "missing",
            "approved_in__at",
        )
    ):
        said = last.get((project, round_code, subject, kind, variable))
        if said and said[:2] == (value, missing) and said[2] <= at and said[3]:
            rows.append(
                explanations(
                    measurement_id=pk,
                    check_code="",
                    basis=basis_of_value(value, missing),
                    text=said[3],
                    approved_in_id=number,
                )
            )
    explanations.objects.bulk_create(rows, batch_size=500)


def basis_of_value(value, missing):
    """What words stand on that answer no check: the value alone."""
    parts = json.dumps(
        [value, missing], default=plain, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(parts.encode()).hexdigest()


def plain(value):
    """A decimal without trailing zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def last_words(apps):
    """By cell, the last edit in the sheet of an approved submission: value, reason, when, words."""
    changes = apps.get_model("monitoring", "EntryChange").objects.filter(
        submission__status="approved", door="web"
    )
    columns = ("submission__project_id", "submission__round_id", "subject", "kind", "variable_code")
    return {
        row[:5]: row[5:]
        for row in changes.order_by("id").values_list(
            *columns, "new_value", "new_missing", "at", "reason"
        )
    }


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0013_digests_of_the_catalogue")]

    operations = [migrations.RunPython(state, migrations.RunPython.noop)]
