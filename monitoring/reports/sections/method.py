"""How the figures were computed, with which words they are told, and the question itself, to ask it
again.
"""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.analysis import RULES, Catalogue
from monitoring.reports.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
)
from monitoring.reports.material import Material


def build(material: Material) -> tuple[list[Paragraph], list[Block]]:
    specification = material.specification
    opening = [
        Run(
            _(
                "Every figure is a question about the record as of approval no. {number}; asked "
                "again it gives the same digits."
            ).format(number=specification.as_of)
        ),
        Run(" "),
        Run(_("Rules, intervals and protection are those of the portal's method page.")),
    ]
    blocks: list[Block] = [
        Heading(_("How it is computed")),
        *[Paragraph([Run(sentence)]) for sentence in sentences(material)],
        rules(material),
        Heading(_("Words")),
        Paragraph(
            [
                Run(
                    _(
                        "A change rises or falls only when its 95%\N{NO-BREAK SPACE}interval does "
                        "not hold 0; otherwise "
                        "it is said that there is no clear change. "
                        "Without an interval the two numbers stand side by side and nothing is "
                        "concluded."
                    )
                )
            ]
        ),
        Callout(
            _("The indicators are a reconstruction"),
            _(
                "The manual of 2005 could be read only in part: variables, indicators and rules "
                "were rebuilt, and say so in the catalogue."
            ),
            "rec",
        ),
    ]
    return [Paragraph(opening)], blocks


def sentences(material: Material) -> list[str]:
    prices = (
        _(
            "Amounts are at constant prices of the last calendar year ended, converted at that "
            "year's exchange rate."
        )
        if material.specification.prices == "constant"
        else current_prices(material.catalogue)
    )
    sentences = [
        _(
            "Closed firms count with zero sales and jobs; firms that left are attrition, never "
            "zero. "
            "Nothing missing is carried forward or filled in."
        ),
        _(
            "Change is measured on the units with data at their own baseline and now. There is no "
            "average of percentages."
        ),
        prices,
        _(
            "Intervals treat the firms of one network, and the networks of one project, as "
            "related: linearised, Woodruff for medians, "
            "Wilson with effective n for shares. With fewer than 8 clusters there is none."
        ),
    ]
    if not material.staff:
        sentences.append(
            _(
                "Figures about fewer than 5 firms are hidden, and a second one where a "
                "subtraction would give "
                "the first away. Comparing several reports may still reveal more than one of them "
                "alone."
            )
        )
    return sentences


def current_prices(catalogue: Catalogue) -> str:
    """How amounts are converted, and which indicators are deflated all the same."""
    codes = [
        indicator.code for indicator in catalogue.indicators.values() if indicator.always_constant
    ]
    if not codes:
        return _("Amounts are converted at the average exchange rate of their own period.")
    return ngettext(
        "Amounts are converted at the average exchange rate of their own period; {codes} is "
        "always at constant prices.",
        "Amounts are converted at the average exchange rate of their own period; {codes} are "
        "always at constant prices.",
        len(codes),
    ).format(codes=get_text_list(codes, _("and")))


def rules(material: Material) -> Table:
    """Each indicator of the report with its rule in words."""
    rows = []
    for code in material.specification.indicators:
        indicator = material.catalogue.indicators[code]
        parts = str(indicator.numerator) + (
            f" / {indicator.denominator}" if indicator.denominator else ""
        )
        rows.append(
            Row(
                (
                    Cell(material.name(code), small=code),
                    Cell(str(RULES[indicator.rule].description), small=parts),
                )
            )
        )
    return Table(
        _("Rules of the indicators in this report"),
        [Column(_("Indicator"), numeric=False), Column(_("Rule"), numeric=False)],
        rows,
        folded=True,
    )
