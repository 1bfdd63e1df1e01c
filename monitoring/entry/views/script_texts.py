"""What the scripts of the sheet and of the forms of units say."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from monitoring.sheet.display import ANSWERS, CHOSEN_REASONS, REASONS, STATE_TEXTS
from pip_network.web import formats


def script_texts() -> dict[str, object]:
    """What the scripts of sheet and forms say, in the reader's language; {n} and the like are filled in by it."""
    return {
        "states": {state: str(text) for state, text in STATE_TEXTS.items()},
        "reasons": {code.value: str(REASONS[code]) for code in CHOSEN_REASONS},
        "reason_words": _reason_words(),
        "answers": {value: str(label) for value, label, _keys in ANSWERS},
        "decimal": formats.MARKS[formats.language()][0],
        "thousands": formats.MARKS[formats.language()][1],
        "saved": _("Saved at {at}"),
        "waiting": _("Cells waiting: {n}"),
        "place": _("{n} of {all}"),
        "columns": _("Columns out of sight: {n}"),
        "mine": _("Yours:"),
        "pasted": {
            "saved": _("Saved: {n}"),
            "refused": _("Refused: {n}"),
            "skipped": _("Skipped: {n}"),
            "waiting": _("Cells waiting: {n}"),
        },
        "skips": {
            "closed": _("the firm has closed"),
            "left": _("the firm has left the network"),
            "locked": _("the system writes it"),
            "off": _("not asked"),
            "shut": _("the sheet takes no values now"),
            "outside": _("outside the sheet"),
        },
        "baseline": _("Baseline"),
        "passed_over": _("Rows of baselines were passed over."),
        "from_to": _("From {first} to {last}."),
        "cells": _("Selected cells: {n}"),
        "selected": _("Selected cells: {n}, from {first} to {last}."),
        "copied": _("Cells copied: {n}."),
        "filled": _("Cells filled: {n}."),
        "cleared": _("Cells emptied: {n}."),
        "marked": _("Cells marked “{reason}”: {n}."),
        "undone": _("Cells undone: {n}."),
        "redone": _("Cells redone: {n}."),
        "elsewhere": _("They stand on another page."),
        "nothing_undo": _("There is nothing to undo."),
        "nothing_redo": _("There is nothing to redo."),
        "nothing_open": _("None of these cells takes a value."),
        "no_page": _("There is no further page."),
        "merged": _(
            "The cell in row {row}, column {column} of what you copied is merged with others. "
            "Nothing has been pasted: separate it in the spreadsheet and copy again."
        ),
        "too_many": _(
            "Too much was copied (cells: {n}); at most 10,000 go in at once. Nothing has been "
            "pasted: copy fewer rows."
        ),
        "too_long": _("is too long for a value (characters at most: {most})."),
        "null": _("has a null character."),
        "others": _("Also in this sheet now:"),
        "seen": _("{name} ({place}, {at})"),
        "seen_only": _("{name} ({at})"),
        "no_warning": _("No warning of this page waits for an explanation."),
        "block_row": _("row {n} of what was pasted"),
        "block_column": _("column {n} of what was pasted"),
        "shut": _("This sheet takes no values now."),
        "clash": _("Conflict: {by} wrote {text} before you. Nothing has been replaced."),
    }


def _reason_words() -> dict[str, str]:
    """The words of the reasons in every language, as somebody may have copied them."""
    words: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {str(REASONS[code]).lower(): code.value for code in CHOSEN_REASONS}
    return words
