"""The judgements of an approval: beside each value what its checks found."""

from monitoring.models import Judgement
from monitoring.record.draft import Draft
from monitoring.sheet.cells import CellKey
from monitoring.sheet.sheet import Sheet


def judge(draft: Draft, sheet: Sheet, standing: dict[CellKey, int]) -> None:
    """What differs from the judgements in force; `standing`: the measurements that stay, by cell.

    Those of a value that is superseded, or of a check that is not evaluated any more, are
    superseded.
    """
    submission = sheet.submission
    rows = Judgement.objects.live().filter(
        measurement__project_id=submission.project_id, measurement__round_id=submission.round_id
    )
    live = {
        (measurement, check): (pk, explained)
        for pk, measurement, check, explained in rows.order_by().values_list(
            "pk", "measurement_id", "check_code", "explained"
        )
    }
    for (key, check), explained in sheet.judged.items():
        measurement = standing.get(key)
        if measurement is not None and live.get((measurement, check), (0, ""))[1] == explained:
            del live[measurement, check]
            continue
        draft.judgements.append((key, measurement, check, explained))
    draft.superseded["judgements"] += sorted(pk for pk, _explained in live.values())
    draft.judged = True
