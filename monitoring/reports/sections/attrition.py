"""Firms on the way to a comparison: the flow of one indicator, what the lost could change, and the
flow of all indicators.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import Attrition
from monitoring.reports import text
from monitoring.reports.blocks import Block, Cell, Column, Flow, FlowStep, Row, Run, Table
from monitoring.reports.material import Material


def flow(material: Material, attrition: Attrition) -> Flow:
    """Baseline due -> captured -> answered -> used, with what is lost at each step."""
    steps = [
        FlowStep(
            attrition.due,
            text.count(attrition.due),
            _("firms whose baseline is due"),
            of=attrition.due,
        )
    ]
    remaining = attrition.due
    for stage, count, label in (
        ("captured", attrition.captured, _("with their baseline captured")),
        (
            "answered",
            attrition.answered,
            _("also with an answer in {period}").format(period=attrition.period),
        ),
        ("used", attrition.used, _("used in the comparison")),
    ):
        for cause, lost in attrition.losses.get(stage, {}).items():
            remaining -= lost
            steps.append(
                FlowStep(
                    lost,
                    f"\N{MINUS SIGN}{text.count(lost)}",
                    cause_in_words(cause),
                    True,
                    remaining,
                    attrition.due,
                )
            )
        remaining = count
        steps.append(FlowStep(count, text.count(count), label, of=attrition.due))
    return Flow(
        ngettext(
            "Of {due} firm, {used} is compared",
            "Of {due} firms, {used} are compared",
            attrition.due,
        ).format(due=text.count(attrition.due), used=text.count(attrition.used)),
        f"{attrition.indicator} · {material.name(attrition.indicator)}",
        steps,
        [
            Run(
                _("Source: record at approval no. {number}.").format(
                    number=material.specification.as_of
                )
            )
        ],
    )


def cause_in_words(cause: str) -> str:
    """Why a unit was lost at a step."""
    extra = {
        "baseline_not_before": _("baseline not before the period"),
        "not_applicable": _("does not apply"),
        "None": _("no data"),
    }
    return extra.get(cause) or text.missing(cause.rpartition(":")[2])


def bounds(material: Material, attrition: Attrition) -> list[Block]:
    """What the lost units could change; nothing where some bound is not known."""
    if not attrition.bounds or None in attrition.bounds.values():
        return []
    unit = material.catalogue.indicators[attrition.indicator].unit
    labels = {
        "baseline": _("Baseline of the units used and lost"),
        "lost_unchanged": _("Now, if the lost firms had not changed since their baseline"),
        "lost_closed": _("Now, if the lost firms had closed"),
        "all_lost_no": _("If none of the lost firms had it"),
        "all_lost_yes": _("If all of the lost firms had it"),
    }
    rows = [
        Row(
            (
                Cell(labels[key]),
                Cell(text.amount(value, unit, currency=material.sign(attrition.indicator)), value),
            )
        )
        for key, value in attrition.bounds.items()
    ]
    heads = [Column(_("Scenario"), numeric=False), Column(material.name(attrition.indicator))]
    return [
        Table(
            _("What the lost firms could change"),
            heads,
            rows,
            [_("Scenarios, not limits of what is possible.")],
        )
    ]


def flows(material: Material, attritions: list[Attrition]) -> Table:
    """The steps of every indicator, a row each."""
    heads = [
        Column(_("Indicator"), numeric=False),
        Column(_("Baseline due")),
        Column(_("Captured")),
        Column(_("Answered")),
        Column(_("Used")),
    ]
    rows = [
        Row(
            (
                Cell(
                    material.name(attrition.indicator),
                    small=f"{attrition.indicator} · {attrition.period}",
                ),
                *(
                    Cell(text.count(number), str(number))
                    for number in (
                        attrition.due,
                        attrition.captured,
                        attrition.answered,
                        attrition.used,
                    )
                ),
            )
        )
        for attrition in attritions
    ]
    return Table(_("Flow of firms by indicator"), heads, rows)
