"""The first sheet of a workbook: how to fill it in, and what each variable means."""

from typing import Any

from django.utils.translation import gettext as _

from monitoring.reports.printable import clean
from monitoring.sheet.display import CHOSEN_REASONS, REASONS
from monitoring.sheet.sheet import Sheet

from .formats import Formats
from .tables import Table
from .words import limits_of

GUIDE = "guide"  # how the sheet is known again


def steps() -> list[str]:
    """How it is filled in, in order."""
    reasons = ", ".join(f"“{REASONS[code]}”" for code in CHOSEN_REASONS)
    return [
        _("Fill in the white cells. Grey ones are not asked, or the portal writes them."),
        _(
            "Numbers without signs of currency or percent. 0 is a value: leave blank what you do not know yet."
        ),
        _(
            "If there is no value and there will be none, choose why in the list of the cell: %(reasons)s."
        )
        % {"reasons": reasons},
        _("Paste values, never formulas. Rows may stand in another order; do not add any."),
        _("Do not change the codes above the headings: by them the portal knows what is what."),
        _(
            "A firm in several networks stands on one sheet only: that of the network it joined first."
        ),
        _(
            "Upload the workbook on the page from which you downloaded it: first you see what it would change."
        ),
    ]


def write_guide(book: Any, formats: Formats, sheet: Sheet, tables: list[Table]) -> None:
    page = book.add_worksheet(_("Guide"))
    page.write_string(0, 0, GUIDE)
    page.set_column(0, 0, 4, None, {"hidden": True})
    page.set_column(1, 1, 26)
    page.set_column(2, 4, 20)
    page.set_column(5, 5, 70)
    page.write_string(0, 1, clean(sheet.submission.label), formats.title)
    row = 2
    for number, sentence in enumerate(steps(), 1):
        page.write_string(row, 1, f"{number}. {sentence}")
        row += 1
    row += 1
    heads = (_("Variable"), _("Code"), _("Unit"), _("Limits"), _("Definition"))
    for column, head in enumerate(heads, 1):
        page.write_string(row, column, head, formats.head)
    variables = {v.code: v for table in tables for v in table.variables}
    for variable in sorted(variables.values(), key=lambda variable: variable.position):
        row += 1
        texts = (
            variable.name,
            variable.code,
            str(variable.unit),
            limits_of(variable),
            variable.definition,
        )
        for column, text in enumerate(texts, 1):
            page.write_string(row, column, clean(text), formats.text)
    page.protect("")
    page.set_landscape()
    page.set_paper(9)
    page.print_area(0, 1, row, len(heads))
    page.fit_to_pages(1, 0)
