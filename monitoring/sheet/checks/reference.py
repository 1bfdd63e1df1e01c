"""What is usual in a sector: the reference of the outlier checks, read once and kept as long as the
record says the same.
"""

from collections import OrderedDict
from collections.abc import Iterable
from decimal import Context, Decimal

from django.db.models import OuterRef, Q, Subquery

from monitoring.choices import ApprovalKind, Kind
from monitoring.definitions.reading import Definitions
from monitoring.models import Approval, Measurement, Observation, Rate, Submission

from .data import Reference, Spread

LOGARITHMS = Context(prec=20)
MOST_REFERENCES = 8
_references: OrderedDict[tuple, Reference] = OrderedDict()


def reference(submission: Submission, catalogue: Definitions) -> Reference:
    """Spreads of the approved regular values of earlier rounds of the whole network, for the
    variables judged by them.

    The hash of the last approval that can touch them names what the record says: one process reads
    each state once.
    """
    judged = sorted({rule.left for rule in catalogue.rules if rule.kind == "outlier"})
    variables = tuple((code, catalogue.by_code[code].defined_in) for code in judged)
    last = (
        Approval.objects.filter(
            ~Q(kind=ApprovalKind.SUBMISSION) | Q(submission__round__lt=submission.round_id)
        )
        .order_by("-number")
        .values_list("hash", flat=True)
        .first()
    )
    key = (submission.round_id, variables, last)
    if last is None:
        return Reference({}, {})
    if key not in _references:
        _references[key] = _load(
            submission.round_id, variables, {v.code for v in catalogue.variables if v.is_money}
        )
        while len(_references) > MOST_REFERENCES:
            _references.popitem(last=False)
    return _references[key]


def _load(round_code: str, variables: tuple[tuple[str, int], ...], money: set[str]) -> Reference:
    """Of the rounds before this one.

    `variables`: code, and the version in which its present definition began; values of another one
    are left out.
    """
    defined = dict(variables)
    rates = {
        (c, p): rate
        for c, p, rate in Rate.objects.live().values_list("currency", "period", "usd_rate")
    }
    observed = Observation.objects.live().filter(
        project=OuterRef("project"),
        subject=OuterRef("subject"),
        round=OuterRef("round"),
        kind=Kind.REGULAR,
    )
    rows = (
        Measurement.objects.live()
        .filter(
            kind=Kind.REGULAR, variable_code__in=list(defined), round__lt=round_code, value__gt=0
        )
        .order_by()
        .annotate(sector=Subquery(observed.values("sector")[:1]))
        .values_list("variable_code", "catalogue_id", "sector", "value", "currency", "period")
    )
    logarithms: dict[tuple[str, str], list[Decimal]] = {}
    for variable, defined_in, sector, value, currency, period in rows.iterator(5000):
        x = logarithm(value, currency if variable in money else "", period, rates)
        if x is not None and defined_in == defined[variable]:
            logarithms.setdefault((variable, sector), []).append(x)
    return Reference({key: spread(values) for key, values in logarithms.items()}, rates)


def logarithm(
    value: Decimal, currency: str, period: str, rates: dict[tuple[str, str], Decimal]
) -> Decimal | None:
    """Natural logarithm of a positive value, an amount first turned into US$; None without a rate."""
    if currency and currency != "USD":
        rate = rates.get((currency, period))
        if rate is None:
            return None
        value = LOGARITHMS.divide(value, rate)
    return LOGARITHMS.ln(value)


def spread(values: Iterable[Decimal]) -> Spread:
    """How many values, their median and their median absolute deviation; there is at least one."""
    ordered = sorted(values)
    middle = median(ordered)
    return Spread(len(ordered), middle, median(sorted(abs(value - middle) for value in ordered)))


def median(ordered: list[Decimal]) -> Decimal:
    """Median of ordered values: of an even number the mean of the two in the middle."""
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2
