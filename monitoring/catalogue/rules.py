"""What a version of the catalogue must satisfy, through whichever door it comes: files, the
administration, publication.

`faults_of` judges one row, `faults` a whole version. A version without faults can be asked, checked
and computed from.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monitoring.catalogue.check_rules import wrong_with_check
from monitoring.catalogue.contents import NAMED, TABLES, TYPE, Contents, Row, refusal_of_named
from monitoring.catalogue.indicator_rules import wrong_with_indicator
from monitoring.catalogue.numbers import Wrong
from monitoring.choices import ChartKind, Place, ValueType
from monitoring.models import Check, Indicator, Unit, Variable
from monitoring.models.catalogue import codes_in
from pip_network.web.errors import Invalid
from projects.choices import Typology

WORD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
INDICATOR = re.compile(r"[A-Z][0-9]{2,3}", re.ASCII)
NO_TYPOLOGY = gettext_lazy("There is no such typology.")
# Columns that hold a list of codes, and of which.
LISTS: dict[str, tuple[Any, Any]] = {
    "applies_to": (Typology, NO_TYPOLOGY),
    "featured": (Typology, NO_TYPOLOGY),
    "shown_in": (Place, gettext_lazy("There is no such place.")),
    "drawn_as": (ChartKind, gettext_lazy("There is no such chart.")),
}


class Fault(NamedTuple):
    """Why a version cannot be published: the row, its field ("" for the row as a whole), and a
    sentence.
    """

    table: str
    code: str
    field: str
    message: str


def faults(contents: Contents, before: Contents | None = None) -> list[Fault]:
    """Everything that stands against a whole version; `before` is the one published last."""
    units = set(Unit.objects.values_list("code", flat=True))
    broken_rules = []
    for table, name in TABLES.items():
        codes: set[str] = set()
        for row in contents.rows(table):
            broken_rules += faults_of(row, contents, before)
            if row.code in codes:
                broken_rules.append(
                    Fault(
                        name, row.code, "code", _("The code stands twice: change one of the two.")
                    )
                )
            if not isinstance(row, Check) and row.unit_id not in units:
                broken_rules.append(
                    Fault(
                        name,
                        row.code,
                        "unit",
                        _("There is no such unit: use one of the catalogue."),
                    )
                )
            codes.add(row.code)
    absent = (code for code in NAMED if code not in contents.by_code)
    return broken_rules + [
        Fault("variables", code, "code", refusal_of_named(code)) for code in absent
    ]


def faults_of(row: Row, contents: Contents, before: Contents | None = None) -> list[Fault]:
    """What stands against one row of a version."""
    wrong = list(_of_fields(row))
    if not wrong:
        if isinstance(row, Variable):
            wrong = list(_of_variable(row, before))
        elif isinstance(row, Indicator):
            wrong = list(wrong_with_indicator(row, contents))
        else:
            wrong = list(wrong_with_check(row, contents))
    return [Fault(TABLES[type(row)], row.code, field, str(message)) for field, message in wrong]


def refuse(broken_rules: Sequence[Fault]) -> None:
    """Raises Invalid (place: the field of the first; `context["faults"]`: all) if there are any."""
    if broken_rules:
        raise Invalid(
            broken_rules[0].message, place=broken_rules[0].field, faults=list(broken_rules)
        )


def _of_fields(row: Row) -> Wrong:
    """Lengths, needed words, closed lists of the columns themselves."""
    try:
        row.clean_fields(exclude={"catalogue", "unit", "defined_in", "position"})
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            yield (
                name,
                f"{getattr(row._meta.get_field(name), 'verbose_name', name)}: {' '.join(sentences)}",
            )
    form = INDICATOR if isinstance(row, Indicator) else WORD
    if row.code and not form.fullmatch(row.code):
        yield (
            "code",
            _("A capital letter and two or three digits: E02.")
            if form is INDICATOR
            else _(
                "Small letters without accents, digits and low lines, the first one a letter: "
                "jobs_women."
            ),
        )
    if not isinstance(row, Check) and not row.unit_id:
        yield "unit", _("There is no such unit: use one of the catalogue.")
    for name, (listed, sentence) in LISTS.items():
        if set(codes_in(getattr(row, name, ""))) - set(listed.values):
            yield name, str(sentence)


def _of_variable(row: Variable, before: Contents | None) -> Wrong:
    if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
        yield "maximum", _("The greatest value is below the least.")
    most = 0 if row.value_type in (ValueType.BOOLEAN, ValueType.COUNT) else 2
    if row.decimals > most:
        yield (
            "decimals",
            ngettext("At most %(count)s decimal.", "At most %(count)s decimals.", most)
            % {"count": most}
            if most
            else _("Whole numbers only."),
        )
    if row.value_type == ValueType.BOOLEAN and (row.minimum, row.maximum) != (0, 1):
        yield "minimum", _("Yes is 1 and no is 0: the least value must be 0 and the greatest 1.")
    if row.code in NAMED:
        for name, fixed in zip(TYPE, NAMED[row.code], strict=True):
            if getattr(row, name) != fixed:
                yield name.removesuffix("_id"), refusal_of_named(row.code)
    earlier = before.by_code.get(row.code) if before else None
    if earlier is not None and earlier.is_money != row.is_money:
        yield (
            "unit",
            _(
                "Its values until now are in another currency than these would be: give it a code "
                "of its own."
            ),
        )
