"""The parts of the Manual that are made from the catalogue: variables, indicators, checks."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.analysis import RULES
from monitoring.choices import Frequency, Level
from monitoring.definitions.words import formula, parts
from monitoring.manual import examples
from monitoring.manual.blocks import Block, Facts, Formula, Heading, Mark, Run, Table, plain, table
from monitoring.manual.blocks import Paragraph as Words
from monitoring.manual.edition import Edition
from monitoring.models import Check, Indicator, Variable
from pip_network.choices import Origin, Theme
from pip_network.web import formats
from projects.choices import Typology

RECONSTRUCTED = Mark(Origin.RECONSTRUCTED)
INVENTED = Mark(Origin.DEMO)
LEVELS = {
    Level.FIRM: gettext_lazy("Variables of firms"),
    Level.NETWORK: gettext_lazy("Variables of networks"),
    Level.PROJECT: gettext_lazy("Variables of the project"),
}


def yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def typologies(codes: str) -> str:
    """What a row applies to, in words."""
    names = [str(Typology(code).label) for code in codes.split(";") if code in Typology.values]
    return ", ".join(names) or _("all typologies")


def themes(edition: Edition) -> list[str]:
    """Of the indicators, in the order of the catalogue."""
    return list(dict.fromkeys(row.theme for row in edition.indicators))


# --- variables


def variables_index(edition: Edition) -> list[Block]:
    """Every variable in one line, by level."""
    heads = (_("Variable"), _("Code"), _("Unit"), _("Frequency"), _("In the core"))
    return [
        table(
            str(LEVELS[Level(level)]),
            heads,
            [
                (
                    row.name,
                    row.code,
                    str(row.unit),
                    str(row.get_frequency_display()),
                    yes_or_no(row.core),
                )
                for row in edition.variables
                if row.level == level
            ],
        )
        for level in Level.values
        if any(row.level == level for row in edition.variables)
    ]


def variables_of(edition: Edition, level: str) -> list[Block]:
    """Each variable of a level in full."""
    rows = [row for row in edition.variables if row.level == level]
    return [block for row in rows for block in variable(row, edition)]


def variable(row: Variable, edition: Edition) -> Iterable[Block]:
    yield Heading(row.name, row.code, 1, row.code, RECONSTRUCTED)
    yield plain(row.definition)
    yield Facts(
        [
            (_("Unit"), str(row.unit)),
            (_("Type of value"), str(row.get_value_type_display())),
            (_("Frequency"), str(row.get_frequency_display())),
            (_("Stock or flow"), str(row.get_stock_or_flow_display())),
            (_("Limits"), limits(row)),
            (_("In the core"), yes_or_no(row.core)),
            (_("Asked at the baseline"), yes_or_no(row.asked_at_baseline)),
            (_("Applies to"), typologies(row.applies_to)),
            (_("Entered by"), str(row.get_set_by_display())),
            (_("Defined since version"), str(row.defined_in)),
            (_("Indicators that use it"), _names(edition.using(row.code))),
            (
                _("Checks that read it"),
                ", ".join(c.code for c in edition.checking(row.code)) or _("None."),
            ),
        ]
    )


def limits(row: Variable) -> str:
    """Least, greatest, and decimals."""
    said = []
    if row.minimum is not None:
        said.append(_("at least %(number)s") % {"number": formats.number(row.minimum, 0)})
    if row.maximum is not None:
        said.append(_("at most %(number)s") % {"number": formats.number(row.maximum, 0)})
    said.append(_("decimals: %(count)s") % {"count": row.decimals})
    return ", ".join(said)


def _names(rows: Iterable[Indicator]) -> str:
    return ", ".join(f"{row.code} {row.name}" for row in rows) or _("None.")


# --- indicators


def indicators_index(edition: Edition) -> list[Block]:
    """Every indicator in one line, by theme."""
    heads = (_("Indicator"), _("Code"), _("Unit"), _("Level"), _("Rule"), _("In the core"))
    return [
        table(
            str(Theme(theme).label),
            heads,
            [
                (
                    row.name,
                    row.code,
                    str(row.unit),
                    str(row.get_level_display()),
                    str(RULES[row.rule].title) if row.rule in RULES else row.rule,
                    yes_or_no(row.core),
                )
                for row in edition.indicators
                if row.theme == theme
            ],
        )
        for theme in themes(edition)
    ]


def indicators_of(edition: Edition, theme: str) -> list[Block]:
    """Each indicator of a theme in full, with its example."""
    rows = [row for row in edition.indicators if row.theme == theme]
    return [block for row in rows for block in indicator(row, edition)]


def indicator(row: Indicator, edition: Edition) -> Iterable[Block]:
    yield Heading(row.name, row.code, 1, row.code, RECONSTRUCTED)
    yield plain(row.definition)
    rule = RULES.get(row.rule)
    if rule is not None:
        yield Words((Run(f"{rule.title}. ", True), Run(f"{rule.description} {rule.over_time}")))
        yield Formula([formula(row), *(f"{code} = {edition.name(code)}" for code in parts(row))])
    frequency = next((edition.by_code[c].frequency for c in parts(row) if c in edition.by_code), "")
    yield Facts(
        [
            (_("Unit"), str(row.unit)),
            (_("Level"), str(row.get_level_display())),
            (_("Class"), str(row.get_classification_display())),
            (_("Frequency"), str(Frequency(frequency).label) if frequency else ""),
            (_("Reading"), str(row.get_direction_display())),
            *_prices(row, edition),
            (_("In the core"), yes_or_no(row.core)),
            (_("Applies to"), typologies(row.applies_to)),
            (_("Small groups"), _small_groups(row)),
        ]
    )
    if rule is not None:
        yield from examples.blocks(row, edition)


def _prices(row: Indicator, edition: Edition) -> list[tuple[str, str]]:
    """Where something of it is an amount."""
    if not any(edition.by_code[code].is_money for code in parts(row) if code in edition.by_code):
        return []
    shown = str(row.get_prices_display()) or _("those that the report asks for")
    return [(_("Prices"), shown)]


def _small_groups(row: Indicator) -> str:
    if row.level == Level.FIRM or row.confidential:
        return _("hidden in public where a firm could be recognised")
    return _("shown")


def rules(edition: Edition) -> list[Block]:
    """Each rule of the closed list, with the indicators that use it."""
    made: list[Block] = []
    for rule in RULES.values():
        using = [row for row in edition.indicators if row.rule == rule.name]
        made += [
            Heading(str(rule.title), rule.name, 2, rule.name, RECONSTRUCTED),
            plain(f"{rule.description} {rule.over_time}"),
            Formula([rule.formula]),
            Facts([(_("Indicators"), _names(using))]),
        ]
    return made


# --- checks


def checks(edition: Edition) -> list[Block]:
    """Every check by level: what it compares, what it says, and what it asks."""
    heads = (_("Check"), _("Kind"), _("What it looks at"), _("What it says"), _("Code"))
    made: list[Block] = []
    for level in Level.values:
        rows = [row for row in edition.checks if row.level == level]
        if rows:
            lines = [
                (
                    condition(row, edition),
                    str(row.get_severity_display()),
                    row.kind,
                    row.message,
                    row.code,
                )
                for row in rows
            ]
            shown = (heads[2], heads[0], heads[1], heads[3], heads[4])
            title = _("Checks at level %(level)s") % {"level": Level(level).label.lower()}
            made.append(_marked(table(title, shown, lines)))
    return made


def _marked(made: Table) -> Table:
    return Table(made.title, made.columns, made.rows, RECONSTRUCTED)


def condition(row: Check, edition: Edition) -> str:
    """What a check asks to hold, with the names of its variables."""
    left, right, then = (edition.name(c) if c else "" for c in (row.left, row.right, row.then_left))
    then_part = f"{then} {SIGNS.get(row.then_operator, '')} {row.then_value}"
    times = f"{row.factor} × " if row.factor not in ("", "1") else ""
    said = {
        "compare": f"{left} {SIGNS.get(row.operator, '')} {times}{right}",
        "pairs": f"{left} ≤ {right} × ({right} − 1) / 2",
        "implies": f"{left} {SIGNS.get(row.operator, '')} {row.factor} → {then_part}",
        "implies_previous": _("%(left)s, previous value %(sign)s %(number)s → %(then)s")
        % {
            "left": left,
            "sign": SIGNS.get(row.operator, ""),
            "number": row.factor,
            "then": then_part,
        },
        "not_below_previous": _("%(left)s ≥ its previous value") % {"left": left},
        "jump": _("change of %(left)s against its previous value from %(low)s to %(high)s %%")
        % {"left": left, "low": _percent(row.low), "high": _percent(row.high)},
        "outlier": _(
            "distance of %(left)s from the median of its sector ≤ %(factor)s × MAD%(scale)s"
        )
        % {
            "left": left,
            "factor": row.factor,
            "scale": _(", in logarithms") if row.scale == "log" else "",
        },
        "members_compare": _("%(left)s of both semesters ≤ %(right)s of its firms, added")
        % {"left": left, "right": f"{times}{right}"},
        "members_max": _("%(left)s ≤ %(right)s of its networks, added")
        % {"left": left, "right": f"{times}{right}"},
    }.get(row.kind, row.kind)
    return f"{said} ({_('only in S2')})" if row.when == "S2" else said


SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "=", "!=": "≠"}


def _percent(share: str) -> str:
    try:
        return formats.number(Decimal(share) * 100, 0)
    except InvalidOperation:
        return share
