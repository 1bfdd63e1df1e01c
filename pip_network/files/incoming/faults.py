"""What is wrong with one cell, said so that whoever made the file finds it: sheet, row, column,
value, rule.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SHOWN = 60


@dataclass(frozen=True)
class Fault:
    """`row` counts from 1 as the spreadsheet does; `column` is its letters, or the heading where
    there is one.
    """

    sheet: str
    row: int
    column: str
    value: str
    rule: str

    @property
    def place(self) -> str:
        names = {"sheet": self.sheet, "row": self.row, "column": self.column}
        if not self.column:
            return _("Row %(row)s") % names
        if not self.sheet:
            return _("Row %(row)s, column %(column)s") % names
        return _("Sheet %(sheet)s, row %(row)s, column %(column)s") % names

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}…"
        return f"{self.place} («{shown}»): {self.rule}" if shown else f"{self.place}: {self.rule}"


def column_letters(number: int) -> str:
    """1 is A, 27 is AA; 0 is no column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sentence_of(rule: str) -> str:
    """What the rule asks for, in the reader's language."""
    return {
        "formula": _("The cell holds a formula: paste its value instead."),
        "error": _("The cell holds an error of the spreadsheet."),
        "merged": _("The cell is merged with others: divide it and fill in each."),
        "number": _("This is not a finite number."),
        "time": _("The cell holds a time of day: give a day only."),
        "long": _("The text is too long."),
        "control": _("The text contains characters that cannot be shown."),
        "width": _("The row has fewer cells than the heading."),
    }[rule]
